//! What a page lists is what its files hold: the same rows in the same order for the same viewer and filter, in both
//! formats; and what is below the rows is their sum. Rows of pages are read from the HTML, files with other readers.

use std::io::Cursor;

use axum::body::Body;
use axum::http::{Request, header};
use calamine::{Data, Reader as _, Xlsx};
use dacheng_app::testing::company::PEOPLE;
use dacheng_domain::access::{Action, Right};
use serde_json::Value;

use super::relations::relations;
use super::support::{Answer, Guest, Site, on_site};

/// A list: its page, its files without the ending, the name of the table, and the column of the files that has the names.
struct List<'l> {
    page: &'l str,
    files: &'l str,
    table: &'l str,
    names: usize,
}

const fn list<'l>(page: &'l str, files: &'l str, table: &'l str, names: usize) -> List<'l> {
    List { page, files, table, names }
}

/// Every list that is one table of a page.
const LISTS: [List<'_>; 27] = [
    list("/forecast/people?of=month", "/forecast/people", "人员与团队", 0),
    list("/forecast/people?of=quarter&m=collections&org=E1", "/forecast/people", "人员与团队", 0),
    list("/forecast/coverage?p=2026-11&org=EAST", "/forecast/coverage", "各级覆盖", 0),
    list("/forecast/coverage?p=2026-Q4&by=members&red=1", "/forecast/coverage", "各级覆盖", 0),
    list("/forecast?p=2026-11", "/forecast", "下级预测", 0),
    list("/forecast?p=2026-Q4&m=collections&org=EAST", "/forecast", "下级预测", 0),
    list("/dashboard?p=2026-10", "/dashboard", "下级达成", 0),
    list("/dashboard?p=2026-Q3&m=collections&sort=-actual", "/dashboard", "下级达成", 0),
    list("/dashboard?p=2026&org=EAST&as_of=2026-11-01", "/dashboard", "下级达成", 0),
    list("/targets?p=2026-10&open=ALL,EAST,E1", "/targets", "组织与人员", 1),
    list("/targets?p=2026&sort=attainment&open=ALL,SOUTH", "/targets", "组织与人员", 1),
    list("/targets/EAST?p=2026-10&sort=-gap", "/targets/EAST/units", "下级达成", 0),
    list("/targets/E1?p=2026-11", "/targets/E1/units", "下级达成", 0),
    list("/targets/E1/people/s1?p=2026-10", "/targets/E1/people/s1/spans", "本月、本季、本年", 0),
    list("/me/targets?p=2026-10", "/me/targets", "本月、本季、本年", 0),
    list("/alerts?show=open", "/alerts", "预警与改进", 2),
    list("/alerts?show=2026&sort=owner", "/alerts", "预警与改进", 2),
    list("/alerts?show=yellow&sort=-due", "/alerts", "预警与改进", 2),
    list("/closes?y=2026", "/closes", "月结", 0),
    list("/plans", "/plans", "目标分解", 0),
    list("/analysis/notes", "/analysis/notes", "市场信息", 0),
    list("/imports", "/imports", "数据导入", 1),
    list("/settings/people", "/settings/people", "人员与账号", 0),
    list("/settings/people?q=s&state=active", "/settings/people", "人员与账号", 0),
    list("/settings/org?on=2026-11-01", "/settings/org", "部门", 1),
    list("/settings/roles", "/settings/roles", "权限表", 0),
    list("/settings/jobs?state=done", "/settings/jobs", "后台作业", 0),
];

impl List<'_> {
    fn file(&self, ending: &str) -> String {
        let query = self.page.split_once('?').map_or(String::new(), |(_, query)| format!("?{query}"));
        format!("{}.{ending}{query}", self.files)
    }
}

/// The text of some HTML without its tags.
fn stripped(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    parts.collect::<String>().replace("&#38;", "&").replace("&#39;", "'").trim().to_owned()
}

/// The name in the head of a row: its first link that has words, else its words.
fn name(head: &str) -> String {
    let links = head.split("<a ").skip(1).filter_map(|link| link.split("</a>").next());
    let said = links.map(|link| stripped(&format!("<a {link}"))).find(|text| !text.is_empty());
    let plain = || head.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text).trim());
    said.unwrap_or_else(|| plain().find(|text| !text.is_empty()).unwrap_or_default().to_owned())
}

/// The names of the rows of a table of a page.
fn names(page: &Answer, table: &str) -> Vec<String> {
    let start = format!("<caption class=\"unseen\">{table}</caption>");
    let Some((_, rest)) = page.text.split_once(&start) else { return Vec::new() };
    let body = rest.split("</table>").next().unwrap().split("<tbody>").nth(1).unwrap_or_default();
    let rows = body.split("</tbody>").next().unwrap().split("<th scope=\"row\"").skip(1);
    rows.map(|row| name(row.split_once('>').unwrap().1.split("</th>").next().unwrap())).collect()
}

/// The names on all pages of a list.
fn all_names(guest: &Guest<'_>, list: &List<'_>) -> Option<Vec<String>> {
    let (mut found, mut next) = (Vec::new(), Some(list.page.to_owned()));
    while let Some(address) = next {
        let page = guest.get(&address);
        if page.status != 200 {
            return None;
        }
        found.extend(names(&page, list.table));
        let pager =
            page.text.rsplit("rel=\"next\" href=\"").next().filter(|_| page.text.contains("rel=\"next\""));
        next = pager.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
    }
    Some(found)
}

/// The rows of a CSV file, the header first.
pub fn csv_rows(file: &Answer) -> Vec<Vec<String>> {
    assert_eq!(file.kind, "text/csv; charset=utf-8");
    let text =
        file.text.strip_prefix('\u{FEFF}').unwrap_or_else(|| panic!("no byte order mark: {}", file.text));
    assert!(
        text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\r'),
        "lines end as Excel ends them"
    );
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' if quoted && characters.peek() == Some(&'"') => field.extend(characters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            other => field.push(other),
        }
    }
    rows
}

/// The rows of a sheet of a workbook, the header first.
fn sheet_rows(file: &Answer, place: usize) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(&file.bytes)).unwrap();
    let sheet = book.sheet_names()[place].clone();
    let mut cells = book.worksheet_cells_reader(&sheet).unwrap();
    let mut rows: Vec<Vec<String>> = Vec::new();
    while let Some(cell) = cells.next_cell().unwrap() {
        let (row, column) = (cell.get_position().0 as usize, cell.get_position().1 as usize);
        rows.resize(rows.len().max(row + 1), Vec::new());
        let row = &mut rows[row];
        row.resize(row.len().max(column + 1), String::new());
        row[column] = Data::from(cell.get_value().clone()).to_string();
    }
    rows
}

/// What the second sheet of a workbook says of the rows.
fn about(file: &Answer, name: &str) -> Option<String> {
    sheet_rows(file, 1).into_iter().find(|line| line[0] == name).map(|line| line[1].clone())
}

/// A month as the files name it.
fn as_in_files(name: &str) -> String {
    let month = name.strip_suffix('月').and_then(|name| name.split_once('年'));
    let month = month.and_then(|(year, month)| Some((year, month.parse::<u8>().ok()?)));
    month.map_or_else(|| name.to_owned(), |(year, month)| format!("{year}-{month:02}"))
}

fn column(rows: &[Vec<String>], place: usize) -> Vec<String> {
    rows.iter().skip(1).map(|row| row.get(place).cloned().unwrap_or_default()).collect()
}

#[test]
fn every_list_is_exported_as_its_page_shows_it_to_everybody() {
    on_site(|site| {
        site.run_jobs();
        let mut compared = 0;
        for (who, _) in PEOPLE {
            let guest = site.sign_in(who);
            for list in &LISTS {
                let told = format!("{who} {}", list.page);
                let csv = guest.get(&list.file("csv"));
                let Some(shown) = all_names(&guest, list) else {
                    assert_eq!(csv.status, guest.get(list.page).status, "{told}");
                    assert_eq!(guest.get(&list.file("xlsx")).status, csv.status, "{told}");
                    continue;
                };
                let shown: Vec<String> = match list.files {
                    "/closes" => shown.iter().map(|name| as_in_files(name)).collect(),
                    _ => shown,
                };
                assert_eq!(csv.status, 200, "{told}: {}", csv.text);
                assert_eq!(column(&csv_rows(&csv), list.names), shown, "{told}");
                compared += shown.len();
                same_in_workbook(&guest.get(&list.file("xlsx")), &csv, &told);
            }
        }
        assert!(compared > 500, "the lists were not empty: {compared}");
    });
}

/// The workbook holds what the CSV file holds, and counts its rows.
#[track_caller]
fn same_in_workbook(workbook: &Answer, csv: &Answer, told: &str) {
    let (csv, rows) = (csv_rows(csv), sheet_rows(workbook, 0));
    assert_eq!(rows[0], csv[0], "{told}");
    for (place, (row, own)) in csv.iter().zip(&rows).enumerate().skip(1) {
        for (column, field) in row.iter().enumerate() {
            let cell = own.get(column).map_or("", String::as_str);
            let same = match (field.parse::<f64>(), cell.parse::<f64>()) {
                // Days and moments are numbers in a workbook.
                (Ok(a), Ok(b)) => (a - b).abs() < 0.000_001,
                (Err(_), Ok(_)) => field.len() >= 10 && field.starts_with("20"),
                _ => field == cell,
            };
            assert!(same, "{told}: row {place}, {}: {field:?} in CSV, {cell:?}", csv[0][column]);
        }
    }
    let count = about(workbook, "行数").unwrap();
    let count = count.split('，').next().unwrap().to_owned();
    assert_eq!(count, (csv.len() - 1).to_string(), "{told}");
    let total = usize::from(about(workbook, "行数").unwrap().contains("合计"));
    assert_eq!(rows.len(), csv.len() + total, "{told}");
}

#[test]
fn a_file_says_what_it_is_who_made_it_and_how_it_was_filtered() {
    on_site(|site| {
        let file = site.sign_in("r1").get("/alerts.xlsx?show=red&sort=-due");
        assert_eq!(about(&file, "内容").as_deref(), Some("预警台账"));
        assert_eq!(about(&file, "公司").as_deref(), Some("华辰智控"));
        assert_eq!(about(&file, "导出人").as_deref(), Some("周岚 (r1)"));
        assert!(about(&file, "导出时间").unwrap().starts_with("2026-11-23"));
        assert!(about(&file, "筛选").unwrap().contains("红灯"));
        assert!(about(&file, "排序").unwrap().contains("期限"));
        assert!(about(&file, "单位").unwrap().contains("元"));
        let english = site.sign_in("r1").in_english().get("/alerts.xlsx?show=red");
        assert_eq!(about(&english, "Made by").as_deref(), Some("周岚 (r1)"));
        let past = site.sign_in("d1").get("/dashboard.xlsx?p=2026-10&as_of=2026-11-01");
        assert_eq!(about(&past, "数据截至").as_deref(), Some("2026-11-01"));
        let found = site.sign_in("sys").get("/settings/people.csv?q=s1&state=active");
        assert_eq!(csv_rows(&found).len(), 2, "{}", found.text);
    });
}

/// Yuan as fen.
fn fen(text: &str) -> i64 {
    text.replace('.', "").parse().unwrap_or_else(|_| panic!("{text} has two decimals"))
}

#[test]
fn the_rows_add_up_to_the_total_and_to_what_programs_are_told() {
    on_site(|site| {
        let director = site.sign_in("d1");
        let query = "p=2026-10&m=revenue";
        let rows = csv_rows(&director.get(&format!("/dashboard.csv?{query}")));
        let place = |name: &str| rows[0].iter().position(|own| own == name).unwrap();
        let (target, actual) = (place("目标（元）"), place("实际（元）"));
        let sum = |place: usize| column(&rows, place).iter().map(|text| fen(text)).sum::<i64>();
        let workbook = sheet_rows(&director.get(&format!("/dashboard.xlsx?{query}")), 0);
        let total = workbook.last().unwrap();
        assert_eq!(total[0], "合计");
        for place in [target, actual] {
            assert_eq!(fen(&format!("{:.2}", total[place].parse::<f64>().unwrap())), sum(place));
        }
        let told = director.get("/api/v1/attainment?metric=revenue&period=2026-10").value();
        let told: &Value = &told["rows"][0];
        assert_eq!(told["target"].as_str().map(fen), Some(sum(target)));
        assert_eq!(told["actual"].as_str().map(fen), Some(sum(actual)));
    });
}

#[test]
fn the_facts_of_a_figure_are_exported_whole_and_add_up_to_it() {
    on_site(|site| {
        for (who, owner, metric) in
            [("d1", "unit:ALL", "revenue"), ("t1", "unit:E1", "collections"), ("s1", "member:s1", "revenue")]
        {
            let guest = site.sign_in(who);
            let page = format!("/explain?m={metric}&p=2026&owner={owner}");
            let query = page.split_once('?').unwrap().1;
            let list = List { page: &page, files: "/explain", table: "计入的数据", names: 1 };
            let (csv, workbook) =
                (guest.get(&format!("/explain.csv?{query}")), guest.get(&format!("/explain.xlsx?{query}")));
            let rows = csv_rows(&csv);
            let keys: Vec<String> = rows.iter().skip(1).map(|row| format!("{} {}", row[0], row[1])).collect();
            assert_eq!(keys, all_names(&guest, &list).unwrap(), "{who}");
            same_in_workbook(&workbook, &csv, who);
            let told =
                guest.get(&format!("/api/v1/explain?metric={metric}&period=2026&owner={owner}")).value();
            let sum = column(&rows, 6).iter().map(|text| fen(text)).sum::<i64>();
            assert_eq!(told["actual"].as_str().map(fen), Some(sum), "{who} {told}");
        }
        let marketing = site.sign_in("k1");
        assert_eq!(marketing.get("/explain?p=2026").status, 200, "aggregates");
        assert_eq!(marketing.get("/explain.csv?p=2026").status, 404, "no rows of persons");
    });
}

#[test]
fn programs_fetch_the_files_with_a_token_within_what_it_holds() {
    on_site(|site| {
        let token = site.sign_in("d1").token(&[(Action::Alerts, Right::Read)]);
        let ask = |path: &str| {
            let request =
                Request::builder().uri(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
            site.stranger().ask(request.body(Body::empty()).unwrap())
        };
        let file = ask("/alerts.csv?show=open");
        assert_eq!(file.status, 200, "{}", file.text);
        assert_eq!(csv_rows(&file).len(), csv_rows(&site.sign_in("d1").get("/alerts.csv?show=open")).len());
        assert_eq!(ask("/closes.csv").status, 403, "the token does not hold that");
    });
}

#[test]
fn the_trail_is_exported_in_both_formats_as_its_pages_show_it() {
    on_site(|site| {
        for (who, query) in [("aud", ""), ("sec", ""), ("s1", ""), ("aud", "kind=post"), ("aud", "who=aud")] {
            let guest = site.sign_in(who);
            let fields: Vec<(&str, &str)> = query.split_once('=').into_iter().collect();
            for format in ["csv", "xlsx"] {
                let fields: Vec<(&str, &str)> = fields.iter().copied().chain([("format", format)]).collect();
                let begun = guest.post("/audit/exports", &fields).location.unwrap();
                site.run_jobs();
                let file = guest.get(&format!("{begun}/file"));
                let rows = if format == "csv" { csv_rows(&file) } else { sheet_rows(&file, 0) };
                let made = column(&rows, 0);
                let newest = made[0].parse().unwrap();
                assert_eq!(made, numbers(&guest, query, newest), "{who} {query} {format}");
            }
        }
    });
}

/// The numbers of the entries that the pages of the trail show, up to one.
fn numbers(guest: &Guest<'_>, query: &str, newest: i64) -> Vec<String> {
    let (mut found, mut next) = (Vec::new(), Some(format!("/audit?{query}&before={}", newest + 1)));
    while let Some(address) = next {
        let page = guest.get(&address);
        assert_eq!(page.status, 200, "{address}");
        let rows = page.text.split("<td class=\"n muted wide-only\">").skip(1);
        found.extend(rows.map(|row| row.split('<').next().unwrap().to_owned()));
        let older = page.text.split("rel=\"next\" href=\"").nth(1);
        next = older.map(|rest| rest.split('"').next().unwrap().replace("&#38;", "&"));
    }
    found
}

#[test]
fn every_page_of_a_list_leads_to_both_files_in_the_same_place() {
    on_site(|site| {
        site.run_jobs();
        let others = [
            ("d1", "/plans/2026", "/plans/2026/sheet"),
            ("d1", "/targets/E1/ranking?p=2026-10", "/targets/E1/ranking"),
            ("d1", "/explain?p=2026-10&owner=unit:E1", "/explain"),
        ];
        let lists = LISTS.iter().map(|list| {
            let who = if list.files.starts_with("/settings") { "aud" } else { "d1" };
            (if list.files == "/settings/jobs" { "sys" } else { who }, list.page, list.files)
        });
        for (who, address, files) in lists.chain(others) {
            let page = site.sign_in(who).get(address);
            assert_eq!(page.status, 200, "{who} {address}");
            let acts = page.text.split_once("<div class=\"acts\">").map_or("", |(_, acts)| acts);
            let menu = acts.split("<details class=\"menu picker export\">").nth(1).unwrap_or_default();
            let menu = menu.split("</details>").next().unwrap();
            // A person who sells nothing, and a day before anything was known, have no rows.
            let is_blank = files == "/me/targets" || address.contains("as_of=");
            for ending in ["xlsx", "csv"] {
                let is_offered = menu.contains(&format!("href=\"{files}.{ending}"));
                assert!(is_offered || is_blank, "{who} {address} {ending}: {menu}");
            }
        }
    });
}

/// Pages that show rows and have no file, with the reason.
const WITHOUT: [(&str, &str); 6] = [
    ("/plans/{code}/copy", "what a step would make; the sheet of the new plan has it once it is taken"),
    ("/plans/{code}/owners", "a view of the plan's targets; its sheet and the import have them by month"),
    ("/alerts/{id}", "one of the ledger, which has its figures"),
    ("/closes/{month}", "one of the months of a year"),
    ("/imports/new", "says what the columns of a file are"),
    ("/settings/people/{account}", "one of the people"),
];

/// Whether a page shows the rows of something.
fn has_rows(page: &str) -> bool {
    ["<table class=\"table", "<ul class=\"tasks\"", "<ol class=\"ranking\""]
        .iter()
        .any(|of| page.contains(of))
}

#[test]
fn no_page_with_rows_is_without_its_files() {
    on_site(|site| {
        site.run_jobs();
        let is_page = |path: &str| !path.starts_with("/api") && !path.contains(['.', ':']);
        let guests = ["d1", "o1", "sys", "sec", "aud"].map(|who| site.sign_in(who));
        let mut lacking = Vec::new();
        for row in relations().iter().filter(|row| is_page(row.path)) {
            let mut pages = guests
                .iter()
                .map(|guest| guest.get(row.example))
                .filter(|page| page.status == 200 && has_rows(&page.text));
            let is_offered = |page: Answer| page.text.contains("<details class=\"menu picker export\">");
            if !pages.all(is_offered) {
                lacking.push(row.path);
            }
        }
        let known: Vec<&str> = WITHOUT.iter().map(|(path, _)| *path).collect();
        assert_eq!(
            lacking, known,
            "a page with rows has no export; or it has one now, and no reason is needed"
        );
    });
}

#[test]
fn who_takes_the_list_of_people_is_in_the_trail() {
    on_site(|site| {
        let (director, admin) = (site.sign_in("d1"), site.sign_in("sys"));
        let taken = || {
            let entries = site.sign_in("aud").get("/api/v1/audit?kind=account&limit=200").value();
            let of_people = |entry: &&Value| entry["act"] == "account.export";
            entries["items"].as_array().unwrap().iter().filter(of_people).cloned().collect::<Vec<_>>()
        };
        assert!(director.get("/settings/people.csv").status >= 400, "who may not see it");
        assert!(taken().is_empty(), "and took nothing");
        let rows = csv_rows(&admin.get("/settings/people.csv?state=active")).len() - 1;
        let [entry] = &taken()[..] else { panic!("{:?}", taken()) };
        assert_eq!(entry["actor"], "sys");
        let detail = entry["detail"].to_string();
        assert!(detail.contains("active") && detail.contains(&rows.to_string()), "{detail}");
    });
}

#[test]
fn what_waits_is_exported_as_the_inbox_shows_it() {
    on_site(|site| {
        let mut compared = 0;
        for (who, _) in PEOPLE {
            let guest = site.sign_in(who);
            let page = guest.get("/inbox");
            let tasks = page.text.split("<a class=\"strong with-icon\"").skip(1);
            let shown: Vec<String> =
                tasks.map(|task| stripped(&format!("<a {}", task.split("</a>").next().unwrap()))).collect();
            let csv = guest.get("/inbox.csv");
            assert_eq!(column(&csv_rows(&csv), 1), shown, "{who}");
            compared += shown.len();
            same_in_workbook(&guest.get("/inbox.xlsx"), &csv, who);
        }
        assert!(compared > 5, "somebody has something to do: {compared}");
    });
}

#[test]
fn the_days_of_a_year_and_the_rules_are_exported_as_their_pages_show_them() {
    on_site(|site| {
        let guest = site.sign_in("o1");
        let csv = guest.get("/settings/calendar.csv?year=2026");
        let rows = csv_rows(&csv);
        assert_eq!(rows.len(), 366, "a row a day");
        same_in_workbook(&guest.get("/settings/calendar.xlsx?year=2026"), &csv, "calendar");
        // 国务院办公厅 2026: 248 working days, 1 October is a holiday, 10 October a working Saturday.
        let day = |date: &str| rows.iter().find(|row| row[0] == date).unwrap()[1..3].to_vec();
        assert_eq!(day("2026-10-01"), ["周四", "休假"]);
        assert_eq!(day("2026-10-10"), ["周六", "调休上班"]);
        assert_eq!(day("2026-11-21"), ["周六", "周末"]);
        assert_eq!(guest.get("/settings/calendar.csv?year=1900").status, 404);
        let page = guest.get("/settings/rules").text;
        let csv = guest.get("/settings/rules.csv");
        let rows = csv_rows(&csv);
        assert_eq!(rows.len() - 1, page.matches("<div class=\"gallery-item stack\"><p><b>").count());
        for row in rows.iter().skip(1) {
            for sentence in row[4].split('\n') {
                assert!(page.contains(&format!("<li>{sentence}</li>")), "{sentence}");
            }
        }
        same_in_workbook(&guest.get("/settings/rules.xlsx"), &csv, "rules");
    });
}

#[test]
fn ones_own_lists_are_exported_to_oneself_alone() {
    on_site(|site| {
        let guest = site.sign_in("d1");
        let secret = guest.token(&[(Action::Alerts, Right::Read)]);
        guest.get("/me/devices.csv");
        let devices = csv_rows(&guest.get("/me/devices.csv"));
        let page = guest.get("/me").text;
        assert_eq!(devices.len() - 1, page.matches("<td class=\"acts\"").count() - 1, "all but the token's");
        let file = guest.get("/me/tokens.csv");
        assert_eq!(csv_rows(&file).len(), 2, "{}", file.text);
        assert!(!file.text.contains(&secret) && !guest.get("/me/devices.csv").text.contains("hash"));
        assert_eq!(csv_rows(&site.sign_in("t1").get("/me/tokens.csv")).len(), 1, "nobody else's");
        let fields = [("to", "r1"), ("first", "2026-11-23"), ("last", "2026-11-25")];
        let given = guest.post("/me/delegation", &fields);
        assert_eq!(given.status, 303, "{}", given.text);
        for (who, direction) in [("d1", "我请人代理"), ("r1", "我代理他人")] {
            let csv = site.sign_in(who).get("/me/delegation.csv");
            let rows = csv_rows(&csv);
            assert_eq!(rows.len(), 2, "{who}: {}", csv.text);
            assert_eq!(
                (rows[1][0].as_str(), rows[1][2].as_str(), rows[1][3].as_str()),
                (direction, "2026-11-23", "2026-11-25")
            );
            same_in_workbook(&site.sign_in(who).get("/me/delegation.xlsx"), &csv, who);
        }
    });
}

#[test]
fn a_ranking_is_exported_without_amounts() {
    on_site(|site| {
        for who in ["d1", "t1", "s1", "k1"] {
            let guest = site.sign_in(who);
            let page = guest.get("/targets/E1/ranking?p=2026-10");
            let csv = guest.get("/targets/E1/ranking.csv?p=2026-10");
            assert_eq!(csv.status, page.status, "{who}");
            if page.status == 200 {
                let list = page.text.split("<ol class=\"ranking\"").nth(1).unwrap_or_default();
                let places = list.split("<span class=\"name\">").skip(1);
                let places: Vec<String> =
                    places.map(|place| name(place.split("</span>").next().unwrap())).collect();
                let rows = csv_rows(&csv);
                assert_eq!(column(&rows, 1), places, "{who}");
                assert_eq!(rows[0], ["名次", "名称", "完成率（%）", "状态"], "{who}");
            }
        }
    });
}

#[test]
fn what_people_typed_never_becomes_a_formula() {
    on_site(|site| {
        let (operations, site): (Guest<'_>, &Site) = (site.sign_in("o1"), site);
        let plan = [
            ("year", "2030"),
            ("code", "F-1"),
            ("name", "=1+1"),
            ("recognised_at", "signing"),
            ("tax", "included"),
        ];
        assert_eq!(operations.post("/plans", &plan).status, 303);
        let csv = operations.get("/plans.csv");
        assert!(csv.text.contains("'=1+1,F-1,"), "{}", csv.text);
        let book = site.sign_in("o1").get("/plans.xlsx");
        let rows = sheet_rows(&book, 0);
        assert!(rows.iter().any(|row| row[0] == "=1+1" && row[1] == "F-1"), "{rows:?}");
    });
}
