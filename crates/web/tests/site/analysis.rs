//! The history page, its files and its API, and notes about the market from the form to their withdrawal.

use axum::http::Method;
use serde_json::json;

use super::exports::csv_rows;
use super::support::{Answer, Guest, on_site};

/// The exact amounts of the cells of a row of the page, in fen.
fn cells(page: &Answer, table: &str, row: &str) -> Vec<i64> {
    let (_, rest) = page.text.split_once(&format!("<caption class=\"unseen\">{table}</caption>")).unwrap();
    let table = rest.split("</table>").next().unwrap();
    let own = table.split("<tr").find(|own| own.contains(&format!("{row}</"))).unwrap();
    let amounts = own.split("<data value=\"").skip(1).map(|rest| rest.split('"').next().unwrap());
    amounts.filter_map(|amount| amount.parse().ok()).collect()
}

#[test]
fn page_files_and_api_say_the_same() {
    on_site(|site| {
        let guest = site.sign_in("d1");
        let page = guest.get("/analysis?p=2026");
        assert_eq!(page.status, 200, "{}", page.text);
        assert_eq!(cells(&page, "近三年对比", "3月"), [54_000_000, 60_000_000]);
        let told = guest.get("/api/v1/analysis/history?year=2026").value();
        let march = told["periods"].as_array().unwrap().iter().find(|row| row["period"] == "03").unwrap();
        assert_eq!(march["years"][2]["amount"], "600000.00");
        assert_eq!(
            (&march["years"][0]["amount"], &march["years"][2]["year_on_year"]["rate"]),
            (&json!(null), &json!("0.1111"))
        );
        assert_eq!(told["efficiency"][0]["metric"], "average_order");
        let average = told["efficiency"][0]["years"][2]["actual"].as_str().unwrap();
        assert!(cells(&page, "销售效率", "客单价").contains(&average.replace('.', "").parse().unwrap()));
        let csv = csv_rows(&guest.get("/analysis.csv?p=2026"));
        let row = csv.iter().find(|row| row[..3] == ["近三年对比", "3月", "2026"]).unwrap();
        assert_eq!((row[3].as_str(), row[5].as_str(), row[6].as_str()), ("600000.00", "540000.00", "11.11"));
        assert!(
            page.text.contains("增长最多的是产品线") && page.text.contains("href=\"#customers\""),
            "{}",
            page.text
        );
        assert!(page.text.contains("历史从2025年1月开始"), "2024 is missing, and that is said");
        let workbook = guest.get("/analysis.xlsx?p=2026");
        assert!(workbook.bytes.starts_with(b"PK"), "{}", workbook.text);
        let english = site.sign_in("d1").in_english().get("/analysis?p=2026&m=collections");
        assert!(english.text.contains("Three years") && !english.text.contains("近三年"), "{}", english.text);
    });
}

#[test]
fn each_sees_their_branch_and_customers_only_with_persons() {
    on_site(|site| {
        let leader = site.sign_in("t1");
        let own = leader.get("/analysis?org=E1");
        assert!(own.text.contains("李喆") && own.text.contains("云帆贸易"), "{}", own.text);
        let marketing = site.sign_in("k1");
        let page = marketing.get("/analysis");
        assert_eq!(page.status, 200);
        assert!(!page.text.contains("云帆贸易") && page.text.contains("客户明细不在您的查看范围内"));
        assert!(!page.text.contains("李喆"));
        let told = marketing.get("/api/v1/analysis/history").value();
        assert_eq!((&told["aggregates_only"], &told["customers"]["largest"]), (&json!(true), &json!(null)));
        assert!(!marketing.get("/analysis.csv").text.contains("云帆贸易"));
        let specialist = site.sign_in("s1").get("/analysis");
        assert_eq!((specialist.status, specialist.location.as_deref()), (303, Some("/me/targets")));
        assert_eq!(leader.get("/analysis?p=2030").status, 404, "that lies ahead");
        assert_eq!(leader.get("/api/v1/analysis/history?owner=member:s1").status, 400);
    });
}

const NOTE: [(&str, &str); 10] = [
    ("note", "W1"),
    ("date", "2026-11-01"),
    ("kind", "growth"),
    ("subject", "<b>华东技改</b>"),
    ("year", "2027"),
    ("region", "江苏"),
    ("product_line", ""),
    ("growth", "8.5"),
    ("source", "区域统计快报"),
    ("text", "第一段\n第二段"),
];

fn with<'f>(name: &str, value: &'f str, version: &'f str) -> Vec<(&'f str, &'f str)> {
    let changed = NOTE.map(|(own, held)| if own == name { (own, value) } else { (own, held) });
    changed.into_iter().chain([("version", version)]).collect()
}

fn version(guest: &Guest<'_>) -> String {
    guest.get("/analysis/notes/W1").hidden("version")
}

#[test]
fn marketing_writes_changes_and_withdraws_notes_and_others_read_them() {
    on_site(|site| {
        let marketing = site.sign_in("k1");
        let wrong = marketing.post("/analysis/notes", &with("growth", "fast", "0"));
        assert_eq!(wrong.status, 422);
        assert!(
            wrong.text.contains("value=\"fast\"") && wrong.text.contains("aria-invalid"),
            "{}",
            wrong.text
        );
        let added = marketing.post("/analysis/notes", &with("", "", "0"));
        assert_eq!((added.status, added.location.as_deref()), (303, Some("/analysis/notes/W1")));
        assert_eq!(marketing.post("/analysis/notes", &with("", "", "0")).status, 422, "the code is taken");
        for who in ["d1", "t1", "aud"] {
            let reader = site.sign_in(who);
            let page = reader.get("/analysis/notes/W1");
            assert!(
                page.text.contains("8.5%（2027年）") && page.text.contains("&#60;b&#62;"),
                "{}",
                page.text
            );
            assert!(!page.text.contains("<form class=\"body form\""), "{who} writes none");
            assert!(reader.get("/analysis").text.contains("华东技改"), "{who}");
            assert_eq!(reader.post("/analysis/notes", &with("note", "W2", "0")).status, 403, "{who}");
        }
        let seen = version(&marketing);
        assert_eq!(marketing.post("/analysis/notes/W1", &with("growth", "9", &seen)).status, 303);
        let stale = marketing.post("/analysis/notes/W1", &with("growth", "7", &seen));
        assert_eq!(stale.status, 409);
        assert!(
            stale.text.contains("value=\"7\"") && stale.text.contains("9%（2027年）"),
            "both values: {}",
            stale.text
        );
        let page = marketing.get("/analysis/notes/W1");
        assert!(page.text.contains("第 2 版") && page.text.contains("8.5%"), "{}", page.text);
        let seen = version(&marketing);
        assert_eq!(marketing.post("/analysis/notes/W1/withdraw", &[("version", &seen)]).status, 303);
        assert!(!marketing.get("/analysis/notes").text.contains("华东技改"));
        assert!(marketing.get("/analysis/notes/W1").text.contains("已撤下"));
        let acts = site.sign_in("aud").get("/api/v1/audit?kind=market_note&limit=50").value();
        let acts: Vec<&str> =
            acts["items"].as_array().unwrap().iter().map(|entry| entry["act"].as_str().unwrap()).collect();
        assert_eq!(acts[..3], ["market_note.withdraw", "market_note.edit", "market_note.add"]);
    });
}

#[test]
fn programs_write_notes_and_bring_files_of_them() {
    on_site(|site| {
        let marketing = site.sign_in("k1");
        let body = json!({ "note": "P1", "date": "2026-11-01", "kind": "growth", "subject": "伺服", "year": 2027, "growth": "0.068", "source": "季度跟踪" });
        let added = marketing.json(Method::POST, "/api/v1/market-notes", &body, &[]);
        assert_eq!((added.status, &added.value()["growth"]), (201, &json!("0.0680")), "{}", added.text);
        let stale = marketing.json(Method::PUT, "/api/v1/market-notes/P1", &body, &[("If-Match", "\"7\"")]);
        assert!(matches!(stale.status, 409 | 412), "{}", stale.text);
        let changed = marketing.json(Method::PUT, "/api/v1/market-notes/P1", &body, &[("If-Match", "\"1\"")]);
        assert_eq!((changed.status, &changed.value()["version"]), (200, &json!(2)));
        let listed = marketing.get("/api/v1/market-notes?kind=growth&year=2027").value();
        assert_eq!(listed["items"].as_array().unwrap().len(), 2, "{listed}");
        let text = "note,date,kind,subject,source\nF1,2026-10-01,policy,补贴,公告\n";
        let brought = marketing.upload(
            "/imports",
            &[("kind", "market_notes")],
            &[("file", "notes.csv", text.as_bytes())],
        );
        assert_eq!(brought.status, 303, "{}", brought.text);
        assert_eq!(
            marketing.upload("/imports", &[("kind", "orders")], &[("file", "o.csv", text.as_bytes())]).status,
            403
        );
        let refused = marketing.json(
            Method::POST,
            "/api/v1/market-notes",
            &json!({ "date": "x", "kind": "y", "subject": "", "source": "" }),
            &[],
        );
        assert_eq!(refused.status, 422, "{}", refused.text);
        let withdrawn =
            marketing.json(Method::POST, "/api/v1/market-notes/P1/withdraw", &json!({ "version": 2 }), &[]);
        assert_eq!((withdrawn.status, &withdrawn.value()["withdrawn"]), (200, &json!(true)));
    });
}
