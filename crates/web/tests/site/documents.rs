//! Documents on paper: what the page shows, for whoever sees the page and for nobody else. Read by poppler's `pdftotext`.

use std::io::Write as _;
use std::process::{Command, Stdio};

use dacheng_app::testing::company::PEOPLE;
use jiff::civil::date;
use serde_json::Value;

use super::exports::csv_rows;
use super::support::{Answer, Guest, Site, on_site};
use super::tracking::propose;

/// The text of a PDF without what only arranges it.
#[track_caller]
fn read(file: &Answer) -> String {
    assert_eq!((file.status, file.kind.as_str()), (200, "application/pdf"), "{}", file.text);
    let program = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut program =
        program.unwrap_or_else(|wrong| panic!("pdftotext (poppler-utils, scripts/need): {wrong}"));
    let (mut input, bytes) = (program.stdin.take().unwrap(), file.bytes.clone());
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let done = program.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let text = String::from_utf8(done.stdout).unwrap();
    text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{200b}').collect()
}

/// The check code that a document bears.
fn code(text: &str) -> String {
    text.split("校验码：")
        .nth(1)
        .unwrap_or_else(|| panic!("no check code: {text}"))
        .chars()
        .take(32)
        .collect()
}

/// The alert and the plan of `s4`, which `s4` hands in with a hostile text.
pub fn handed_in(site: &Site) -> (i64, i64) {
    let director = site.sign_in("d1");
    let listed = director.get("/api/v1/alerts?limit=1000").value();
    let of_s4 = |alert: &&Value| {
        alert["owner"] == "member:s4" && alert["level"] == "red" && alert["metric"] == "revenue"
    };
    let alert = listed["items"].as_array().unwrap().iter().find(of_s4).unwrap()["id"].as_i64().unwrap();
    let writer = site.sign_in("s4");
    let version = writer.get(&format!("/alerts/{alert}")).hidden("version");
    let sent = writer.post(
        &format!("/alerts/{alert}/plan"),
        &[
            ("version", version.as_str()),
            ("act", "submit"),
            ("cause", "两家大客户推迟签约 #import \"x\": * $x^2$ *不加粗*"),
            ("goal", "11月完成率恢复到 85%"),
            ("step-1-text", "逐一回访"),
            ("step-1-who", "冯镕"),
            ("step-1-from", "2026-11-24"),
            ("step-1-to", "2026-11-27"),
            ("support", "售前支持 4 人日"),
            ("last-month", "2026-12"),
        ],
    );
    assert_eq!(sent.status, 303, "{}", sent.text);
    let plan = director.get(&format!("/api/v1/alerts/{alert}")).value();
    let plan = plan["plan"]["id"].as_i64().unwrap_or_else(|| panic!("{plan}"));
    (alert, plan)
}

#[test]
fn an_improvement_plan_on_paper_says_what_its_page_says_for_whoever_sees_the_page() {
    on_site(|site| {
        let before = site.sign_in("s4").get("/alerts/1/plan.pdf");
        assert_eq!(before.status, 404, "nothing was handed in");
        let (alert, plan) = handed_in(site);
        let (page, program) =
            (format!("/alerts/{alert}/plan.pdf"), format!("/api/v1/improvement-plans/{plan}/pdf"));
        for (who, _) in PEOPLE {
            let guest = site.sign_in(who);
            let expected = guest.get(&format!("/alerts/{alert}")).status;
            assert_eq!(guest.get(&page).status, expected, "{who}");
            assert_eq!(guest.get(&program).status, expected, "{who}");
        }
        let director = site.sign_in("d1");
        let (paper, same) = (director.get(&page), director.get(&program));
        assert_eq!(paper.bytes, same.bytes, "a person and a program are given the same");
        let name = paper.headers["content-disposition"].to_str().unwrap();
        assert!(name.starts_with("attachment; filename*=UTF-8''") && name.contains("_GJ-2026-"), "{name}");
        let text = read(&paper);
        let shown = director.get(&format!("/alerts/{alert}"));
        for told in [
            "改进计划",
            "两家大客户推迟签约#import\"x\":*$x^2$*不加粗*",
            "11月完成率恢复到85%",
            "逐一回访",
            "冯镕",
            "11-24至11-27",
            "售前支持4人日",
            "第1页/共",
            "GJ-2026-",
        ] {
            assert!(text.contains(told), "{told}: {text}");
        }
        for figure in figures(&shown.text) {
            assert!(text.contains(&figure), "{figure}: {text}");
        }
        let english = read(&site.sign_in("d1").in_english().get(&page));
        assert!(english.contains("Improvementplan") && english.contains("Page1of"), "{english}");
    });
}

/// The figures of the table of evidence on the page of an alert.
fn figures(page: &str) -> Vec<String> {
    let table = page.split("<caption class=\"unseen\">").find(|part| part.starts_with("依据"));
    let table = table.unwrap_or_else(|| panic!("no evidence: {page}")).split("</table>").next().unwrap();
    let cells = table
        .split("<data ")
        .skip(1)
        .map(|cell| cell.split_once('>').unwrap().1.split("</data>").next().unwrap());
    let found: Vec<String> = cells.map(|cell| cell.split_whitespace().collect()).collect();
    assert!(found.len() >= 6, "{found:?}");
    found
}

#[test]
fn the_check_code_follows_the_content_and_not_who_prints() {
    on_site(|site| {
        let (alert, _) = handed_in(site);
        let print = |guest: &Guest<'_>| code(&read(&guest.get(&format!("/alerts/{alert}/plan.pdf"))));
        let (owner, director) = (site.sign_in("s4"), site.sign_in("d1"));
        let before = print(&owner);
        assert_eq!(before, print(&director));
        let version = director.get(&format!("/alerts/{alert}")).hidden("version");
        let act = [("version", version.as_str()), ("act", "accept"), ("note", "")];
        assert_eq!(director.post(&format!("/alerts/{alert}/check"), &act).status, 303);
        assert_ne!(before, print(&owner));
    });
}

/// The figures of a row of a plan's CSV file as its document prints them, worked out here: months, each third one followed by its
/// quarter, then the year, what is given out and what is not.
fn figures_of(row: &[String], whole: bool) -> String {
    let (months, quarters, sums) = (&row[12..24], &row[24..28], &row[28..31]);
    let year = months.chunks(3).zip(quarters).flat_map(|(months, quarter)| months.iter().chain([quarter]));
    year.chain(sums).map(|yuan| in_ten_thousands(yuan, whole)).collect()
}

/// Yuan in 万元, half away from zero, to one decimal or none.
fn in_ten_thousands(yuan: &str, whole: bool) -> String {
    if yuan.is_empty() {
        return "—".to_owned();
    }
    let (digits, unit) = (yuan.replace('.', ""), if whole { 1_000_000 } else { 100_000 });
    let fen: i64 = digits.parse().unwrap();
    let tenths = (fen + unit / 2) / unit;
    if whole {
        return grouped(tenths);
    }
    format!("{}.{}", grouped(tenths / 10), tenths % 10)
}

fn grouped(number: i64) -> String {
    if number < 1_000 {
        number.to_string()
    } else {
        format!("{},{:03}", grouped(number / 1_000), number % 1_000)
    }
}

#[test]
fn the_sheet_of_a_plan_on_paper_has_the_rows_of_its_file_for_whoever_reads_them() {
    on_site(|site| {
        for (who, _) in PEOPLE {
            let guest = site.sign_in(who);
            let below = ["", "?at=EAST&metric=revenue", "?at=S1&metric=collections"];
            let queries = if ["d1", "r1", "t1"].contains(&who) { &below[..] } else { &below[..1] };
            for query in queries {
                let [file, paper] =
                    ["csv", "pdf"].map(|ending| guest.get(&format!("/plans/2026/sheet.{ending}{query}")));
                assert_eq!(file.status, paper.status, "{who} {query}");
                if file.status == 200 {
                    same_rows(&csv_rows(&file)[1..], &read(&paper), &format!("{who} {query}"));
                }
            }
        }
        let paper = read(&site.sign_in("d1").get("/plans/2026/sheet.pdf"));
        for told in ["年度销售目标分解表", "单位：万元", "1月", "Q4", "年度合计", "第1页/共"]
        {
            assert!(paper.contains(told), "{told}: {paper}");
        }
    });
}

#[track_caller]
fn same_rows(rows: &[Vec<String>], text: &str, told: &str) {
    let is_whole = |yuan: &String| yuan.is_empty() || yuan.ends_with("0000.00") || yuan == "0.00";
    let whole = rows.iter().flat_map(|row| &row[12..24]).all(is_whole);
    let mut rest = text;
    for row in rows {
        let (_, after) =
            rest.split_once(row[5].as_str()).unwrap_or_else(|| panic!("{told}: no {} in {rest}", row[5]));
        let expected = figures_of(row, whole);
        rest = after.split_once(&expected).unwrap_or_else(|| panic!("{told}: no {expected} in {after}")).1;
    }
}

/// The amounts of the control totals on the page of a month, to the fen.
#[track_caller]
fn control_totals(page: &str) -> Vec<String> {
    let table = page.split("<caption class=\"unseen\">").find(|part| part.starts_with("对账"));
    let table =
        table.unwrap_or_else(|| panic!("no control totals: {page}")).split("</table>").next().unwrap();
    let texts = table.split('>').map(|part| part.split('<').next().unwrap());
    let amounts = texts.filter(|text| text.ends_with('元')).map(|text| text.split_whitespace().collect());
    let found: Vec<String> = amounts.collect();
    assert!(found.len() >= 2, "{found:?}");
    found
}

#[test]
fn the_close_of_a_month_on_paper_says_what_its_page_says_for_whoever_sees_the_page() {
    on_site(|site| {
        for (who, _) in PEOPLE {
            let guest = site.sign_in(who);
            let [page, paper, program] =
                ["/closes/2026-10", "/closes/2026-10/sheet.pdf", "/api/v1/closes/2026-10/pdf"]
                    .map(|address| guest.get(address).status);
            assert_eq!((paper, program), (page, page), "{who}");
        }
        let director = site.sign_in("d1");
        let (page, paper) = (director.get("/closes/2026-10"), director.get("/closes/2026-10/sheet.pdf"));
        assert!(page.text.contains("href=\"/closes/2026-10/sheet.pdf\""), "{}", page.text);
        assert_eq!(
            paper.bytes,
            director.get("/api/v1/closes/2026-10/pdf").bytes,
            "a program is given the same"
        );
        let text = read(&paper);
        for told in ["月结单", "YJ-2026-10", "2026年10月·已结账", "随历史数据结账", "命令行", "第1页/共"]
        {
            assert!(text.contains(told), "{told}: {text}");
        }
        for amount in control_totals(&page.text) {
            assert!(text.contains(&amount), "{amount}: {text}");
        }
        assert!(!text.contains("提请人"), "imported history was proposed by nobody: {text}");
        // Nobody has begun the running month, and the next has not begun at all.
        let running = director.get("/closes/2026-11");
        assert!(running.status == 200 && !running.text.contains("sheet.pdf"));
        for month in ["2026-11", "2026-12", "never"] {
            assert_eq!(director.get(&format!("/closes/{month}/sheet.pdf")).status, 404, "{month}");
            assert_eq!(director.get(&format!("/api/v1/closes/{month}/pdf")).status, 404, "{month}");
        }
    });
}

#[test]
fn the_sheet_of_a_close_follows_it_from_the_proposal_to_its_reopening() {
    on_site(|site| {
        let site = site.on(date(2026, 12, 2));
        assert_eq!(propose(&site, "599999.99", "ERP 四舍五入").status, 303);
        let print = |who: &str| read(&site.sign_in(who).get("/closes/2026-11/sheet.pdf"));
        let act = |who: &str, step: &str, reason: &str| {
            let guest = site.sign_in(who);
            let version = guest.get("/closes/2026-11").hidden("version");
            let done = guest.post(
                &format!("/closes/2026-11/{step}"),
                &[("version", version.as_str()), ("reason", reason)],
            );
            assert_eq!(done.status, 303, "{}", done.text);
        };
        let name = |who: &str| {
            let name = site.sign_in(who).get("/api/v1/me").value()["name"].as_str().unwrap().to_owned();
            name.split_whitespace().collect::<String>()
        };
        let proposed = print("f2");
        for told in ["待财务结账", "已说明：ERP四舍五入", "600,000.00元", "599,999.99元", "0.01元", "提请人"]
        {
            assert!(proposed.contains(told), "{told}: {proposed}");
        }
        assert!(proposed.contains(&format!("{}提请结账", name("o1"))) && proposed.contains("2026-12-02"));
        assert!(proposed.contains("触发预警：—"), "it has raised nothing yet: {proposed}");
        act("f2", "close", "");
        let closed = print("o1");
        assert_ne!(code(&proposed), code(&closed), "another version");
        let alerts = site.sign_in("d1").get("/api/v1/alerts?month=2026-11&limit=1000").value();
        let count = |level: &str| {
            let items = alerts["items"].as_array().unwrap();
            items.iter().filter(|alert| alert["level"] == level).count()
        };
        let raised = format!("触发预警：红灯{}个、黄灯{}个", count("red"), count("yellow"));
        assert!(closed.contains(&raised), "{raised}: {closed}");
        let finance = name("f2");
        assert!(closed.contains(&format!("{finance}结账，触发红灯")), "{closed}");
        assert!(!closed.contains("重新打开签字人"), "{closed}");
        act("d1", "reopen", "退货漏录");
        act("f2", "reopen", "退货漏录");
        let reopened = print("d1");
        for told in ["已重新打开", "退货漏录", "重新打开签字人"] {
            assert!(reopened.contains(told), "{told}: {reopened}");
        }
        assert_eq!(reopened.matches("重新打开签字人").count(), 2, "{reopened}");
        let english = read(&site.sign_in("d1").in_english().get("/closes/2026-11/sheet.pdf"));
        assert!(english.contains("Monthclose") && english.contains("Reopeningsignedby"), "{english}");
    });
}
