//! Bringing facts in: who may, the form, check and confirmation, undo, the API; hostile files.

use axum::http::Method;
use serde_json::{Value, json};

use super::support::{Guest, Site, on_site};

const HEADER: &str = "order,customer,member,date,amount,status\n";

fn orders(rows: &[&str]) -> Vec<u8> {
    format!("{HEADER}{}\n", rows.join("\n")).into_bytes()
}

/// Uploads a file as a person does, and waits until it is checked. Answers the address of the import.
#[track_caller]
fn upload(site: &Site, who: &Guest<'_>, kind: &str, name: &str, file: &[u8]) -> String {
    let answer = who.upload("/imports", &[("kind", kind)], &[("file", name, file)]);
    assert_eq!(answer.status, 303, "{}", answer.text);
    site.web.site.uploads.wait();
    answer.location.unwrap()
}

fn revenue(who: &Guest<'_>, member: &str) -> String {
    let asked = format!("/api/v1/attainment?metric=revenue&period=2026-11&owner=member:{member}");
    who.get(&asked).value()["total"]["actual"].as_str().unwrap().to_owned()
}

#[test]
fn sales_operations_upload_confirm_and_undo() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let form = o1.get("/imports/new?kind=orders");
        assert_eq!(form.status, 200);
        assert!(
            form.text.contains("SO-2026-11-0412") && form.text.contains("/imports/templates/orders.xlsx")
        );
        let before = revenue(&o1, "s1");
        let file = orders(&["N1,c1,s1,2026-11-20,1000.50,normal", "N2,c1,s1,2026-11-21,2000.00,"]);
        let page = upload(site, &o1, "orders", "十一月.csv", &file);
        let checked = o1.get(&page).text;
        assert!(checked.contains("十一月.csv") && checked.contains("3,000.50"), "{checked}");
        assert!(checked.contains("导入 2 行订单"), "{checked}");
        assert_eq!(revenue(&o1, "s1"), before, "nothing counts before it is confirmed");
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 303);
        site.web.site.uploads.wait();
        assert!(o1.get(&page).text.contains("已导入，目标达成和看板已更新。"));
        assert_eq!(revenue(&o1, "s1"), "108000.50");
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 422);
        let undone = o1.post(&format!("{page}/undo"), &[]);
        assert_eq!(undone.status, 303, "{}", undone.text);
        assert_eq!(revenue(&o1, "s1"), before);
        assert_eq!(o1.post(&format!("{page}/undo"), &[]).status, 422);
        let list = o1.get("/imports").text;
        assert!(list.contains("十一月.csv") && list.contains("已撤销") && list.contains("韩运营"), "{list}");
    });
}

#[test]
fn a_bad_row_is_told_with_its_place_and_nothing_is_written() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let file = orders(&["=N1,c1,s1,2026-11-20,1.2.3,normal", "N2,c9,s1,2026-11-21,5,normal"]);
        let page = upload(site, &o1, "orders", "bad.csv", &file);
        let refused = o1.get(&page).text;
        assert!(refused.contains("有错误，未写入") && refused.contains("1.2.3"), "{refused}");
        assert!(refused.contains("amount"), "{refused}");
        assert!(refused.contains("客户编号（customer 列）“c9”不存在，请先导入"), "{refused}");
        let csv = o1.get(&format!("{page}/bad.csv"));
        assert_eq!(csv.kind, "text/csv; charset=utf-8");
        assert!(csv.bytes.starts_with("\u{feff}文件,".as_bytes()), "{}", csv.text);
        assert!(csv.text.contains("bad.csv,,2,amount,1.2.3,不是数字"), "{}", csv.text);
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 422);
    });
}

#[test]
fn a_cell_never_becomes_a_formula_in_the_list_of_bad_rows() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let page = upload(site, &o1, "orders", "a.csv", &orders(&["N1,c1,s1,=1+1,5,normal"]));
        assert!(o1.get(&format!("{page}/bad.csv")).text.contains(",date,'=1+1,"));
    });
}

#[test]
fn each_brings_in_and_sees_only_what_the_table_allows() {
    on_site(|site| {
        let payment = b"payment,order,customer,member,date,amount\nQ1,,c1,s1,2026-11-20,5.00\n".as_slice();
        let o1 = site.sign_in("o1");
        let order = upload(site, &o1, "orders", "o.csv", &orders(&["N1,c1,s1,2026-11-20,5,normal"]));
        let f2 = site.sign_in("f2");
        let form = f2.get("/imports/new");
        assert!(form.text.contains("kind=payments") && !form.text.contains("kind=orders"), "{}", form.text);
        let paid = upload(site, &f2, "payments", "p.csv", payment);
        assert_eq!(f2.get(&order).status, 404);
        assert!(!f2.get("/imports").text.contains("o.csv"));
        assert!(f2.get("/imports").text.contains("p.csv"));
        let denied = f2.upload("/imports", &[("kind", "orders")], &[("file", "o.csv", payment)]);
        assert_eq!(denied.status, 403);
        assert_eq!(o1.get(&paid).status, 200);
        assert_eq!(o1.post(&format!("{paid}/confirm"), &[]).status, 403, "only who brought it");
        let d1 = site.sign_in("d1");
        assert_eq!(d1.get(&order).status, 200);
        assert_eq!(d1.get("/imports/new").status, 403);
        assert_eq!(site.sign_in("aud").get(&order).status, 200);
        for login in ["t1", "s1", "k1", "h1", "sys", "sec"] {
            let other = site.sign_in(login);
            // Marketing brings notes about the market in, and sees no other files.
            let (list, open) = (other.get("/imports"), login == "k1");
            assert_eq!(list.status, if open { 200 } else { 403 }, "{login}");
            assert!(!list.text.contains("o.csv") && !list.text.contains("p.csv"), "{login}");
            assert!([403, 404].contains(&other.get(&order).status), "{login}");
            let sent = other.upload("/imports", &[("kind", "payments")], &[("file", "p.csv", payment)]);
            assert_eq!(sent.status, 403, "{login}");
            let sent = other.json(Method::POST, "/api/v1/facts/payments", &json!({"rows": []}), &[]);
            assert_eq!(sent.status, 403, "{login}");
        }
        assert!(!site.sign_in("t1").get("/dashboard").text.contains("href=\"/imports\""));
        assert!(o1.get("/dashboard").text.contains("href=\"/imports\""));
    });
}

#[test]
fn a_form_that_is_wrong_comes_back_with_what_was_chosen() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let none = o1.upload("/imports", &[("kind", "customers")], &[]);
        assert_eq!(none.status, 422);
        assert!(
            none.text.contains("请选择要导入的文件") && none.text.contains("first_order"),
            "{}",
            none.text
        );
        let file = orders(&["N1,c1,s1,2026-11-20,5,normal"]);
        let map = o1.upload(
            "/imports",
            &[("kind", "orders")],
            &[("file", "o.csv", &file), ("mapping", "m.toml", b"fields = 3")],
        );
        assert_eq!(map.status, 422);
        assert!(map.text.contains("映射文件无法读取"), "{}", map.text);
        let unfit = o1.upload("/imports", &[("kind", "orders")], &[("file", "x.csv", b"a,b\n1,2\n")]);
        assert_eq!(unfit.status, 422);
        assert!(unfit.text.contains("x.csv") && unfit.text.contains("order"), "{}", unfit.text);
        assert_eq!(o1.upload("/imports", &[("kind", "nothing")], &[]).status, 422);
    });
}

#[test]
fn a_mapping_is_offered_again() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let map = "[fields]\norder = \"单号\"\ncustomer = \"客户\"\nmember = \"工号\"\ndate = \"日期\"\namount = \"金额\"\n";
        let file = "单号,客户,工号,日期,金额\nN1,c1,s1,2026-11-20,5\n";
        let sent = o1.upload(
            "/imports",
            &[("kind", "orders")],
            &[("file", "erp.csv", file.as_bytes()), ("mapping", "m.toml", map.as_bytes())],
        );
        assert_eq!(sent.status, 303, "{}", sent.text);
        site.web.site.uploads.wait();
        let page = sent.location.unwrap();
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 303);
        site.web.site.uploads.wait();
        let form = o1.get("/imports/new?kind=orders").text;
        assert!(form.contains("erp.csv"), "{form}");
        let import = page.rsplit('/').next().unwrap();
        let fields = [("kind", "orders"), ("saved_mapping", import)];
        let again = o1.upload("/imports", &fields, &[("file", "b.csv", file.as_bytes())]);
        assert_eq!(again.status, 303, "{}", again.text);
        let fields = [("kind", "orders"), ("saved_mapping", "999")];
        let unknown = o1.upload("/imports", &fields, &[("file", "b.csv", file.as_bytes())]);
        assert_eq!(unknown.status, 422);
        site.web.site.uploads.wait();
    });
}

#[test]
fn a_cancelled_import_never_counts() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let before = revenue(&o1, "s1");
        let page = upload(site, &o1, "orders", "o.csv", &orders(&["N1,c1,s1,2026-11-20,5,normal"]));
        assert_eq!(o1.post(&format!("{page}/cancel"), &[]).status, 303);
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 422);
        assert!(o1.get(&page).text.contains("导入已取消"));
        assert_eq!(revenue(&o1, "s1"), before);
    });
}

#[test]
fn hostile_files_are_refused_with_a_sentence() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let gbk: &[u8] = b"order,customer,member,date,amount\nG1,c1,s1,2026\xc4\xea11\xd4\xc220\xc8\xd5,5\n";
        let page = upload(site, &o1, "orders", "gbk.csv", gbk);
        assert!(o1.get(&page).text.contains("导入 1 行订单"));
        let text = String::from_utf8(orders(&["U1,c1,s1,2026-11-20,5,normal"])).unwrap();
        let utf16: Vec<u8> =
            "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        let page = upload(site, &o1, "orders", "../../../etc/utf16.csv", &utf16);
        let shown = o1.get(&page).text;
        assert!(shown.contains("导入 1 行订单") && !shown.contains("../"), "{shown}");
        let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
        for (name, file) in
            [("old.xls", old.as_slice()), ("page.xls", b"<html><table>"), ("cut.xlsx", b"PK\x03\x04")]
        {
            let answer = o1.upload("/imports", &[("kind", "orders")], &[("file", name, file)]);
            assert_eq!(answer.status, 422, "{name}");
            assert!(answer.text.contains(&format!("{name}：")), "{name}: {}", answer.text);
            assert!(!answer.text.contains("无法读取"), "said once, by the reason: {}", answer.text);
        }
    });
}

#[test]
fn a_file_that_is_too_large_is_told_so() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let large = vec![b'x'; (64 << 20) + 1];
        let answer = o1.upload("/imports", &[("kind", "orders")], &[("file", "large.csv", &large)]);
        assert_eq!(answer.status, 422);
        assert!(answer.text.contains("64 MB"));
    });
}

#[test]
fn a_file_is_not_taken_without_the_token_of_the_form() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let body =
            "--e\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nx\r\n--e--\r\n";
        let request =
            o1.request(Method::POST, "/imports").header("content-type", "multipart/form-data; boundary=e");
        assert_eq!(o1.ask(request.body(body.into()).unwrap()).status, 400);
    });
}

#[test]
fn a_template_has_the_columns_of_its_kind() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let file = o1.get("/imports/templates/orders.xlsx");
        assert!(file.status == 200 && file.bytes.starts_with(b"PK"));
        assert_eq!(o1.get("/imports/templates/secrets.xlsx").status, 404);
        assert_eq!(site.sign_in("f2").get("/imports/templates/orders.xlsx").status, 403);
    });
}

#[test]
fn a_program_brings_in_a_file_once_for_one_key() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let send = |body: &[u8], query: &str, key: Option<&str>| {
            let mut request = o1.request(Method::POST, &format!("/api/v1/facts/orders:import{query}"));
            request = request.header("content-type", "text/csv");
            if let Some(key) = key {
                request = request.header("idempotency-key", key);
            }
            o1.ask(request.body(body.to_vec().into()).unwrap())
        };
        let file = orders(&["A1,c1,s1,2026-11-20,10.00,normal"]);
        let tried = send(&file, "?dry_run=true", None);
        assert_eq!((tried.status, tried.value()["counts"]["added"].clone()), (200, json!(1)));
        assert_eq!(tried.value()["sums"]["amount"], "10.00");
        assert!(!o1.get("/api/v1/imports").text.contains("\"writing\""));
        let first = send(&file, "?name=a.csv", Some("k1"));
        assert_eq!(first.status, 200, "{}", first.text);
        let again = send(&file, "?name=a.csv", Some("k1"));
        assert_eq!(again.value()["id"], first.value()["id"]);
        assert_eq!(send(&orders(&["A2,c1,s1,2026-11-20,1,normal"]), "", Some("k1")).status, 422);
        let bad = send(&orders(&["A3,c1,s1,2026-11-20,x,normal"]), "", None);
        let error = bad.value()["errors"][0].clone();
        assert_eq!((bad.status, bad.kind.as_str()), (422, "application/problem+json"));
        assert_eq!(
            (error["row"].clone(), error["column"].clone(), error["file"].clone()),
            (json!(2), json!("amount"), json!("orders.csv"))
        );
        assert_eq!(revenue(&o1, "s1"), "105010.00");
        let id = first.value()["id"].as_i64().unwrap();
        let undone = o1.json(Method::POST, &format!("/api/v1/imports/{id}/undo"), &json!({}), &[]);
        assert_eq!(undone.value()["state"], "withdrawn", "{}", undone.text);
        assert_eq!(revenue(&o1, "s1"), "105000.00");
        assert_eq!(send(&file, "", None).status, 200);
        assert_eq!(o1.get("/api/v1/facts/nothing").status, 404);
    });
}

#[test]
fn rows_of_a_program_go_the_way_of_every_file() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let rows = json!({"rows": [{"order": "J1", "customer": "c1", "member": "s1", "date": "2026-11-20", "amount": 7.25}]});
        let sent = o1.json(Method::POST, "/api/v1/facts/orders", &rows, &[("idempotency-key", "j")]);
        assert_eq!(sent.status, 200, "{}", sent.text);
        let again = o1.json(Method::POST, "/api/v1/facts/orders", &rows, &[("idempotency-key", "j")]);
        assert_eq!(again.value()["id"], sent.value()["id"]);
        assert_eq!(revenue(&o1, "s1"), "105007.25");
        let bad =
            json!({"rows": [{"order": "J2", "customer": "c1", "member": "nobody", "date": "2026-11-20"}]});
        let refused = o1.json(Method::POST, "/api/v1/facts/orders", &bad, &[]);
        assert_eq!(
            (refused.status, refused.value()["errors"][0]["pointer"].clone()),
            (422, json!("/rows/0/member"))
        );
        let unknown =
            o1.json(Method::POST, "/api/v1/facts/orders", &json!({"rows": [{"colour": "red"}]}), &[]);
        assert_eq!(unknown.value()["errors"][0]["pointer"], "/rows/0/colour");
    });
}

#[test]
fn facts_are_read_in_parts_and_within_the_scope() {
    on_site(|site| {
        let read = |who: &Guest<'_>, kind: &str, limit: usize| {
            let (mut found, mut cursor) = (Vec::new(), String::new());
            loop {
                let page = who.get(&format!("/api/v1/facts/{kind}?period=2026-10&limit={limit}{cursor}"));
                assert_eq!(page.status, 200, "{}", page.text);
                found.extend(page.value()["items"].as_array().unwrap().clone());
                match page.value()["next"].as_str() {
                    Some(next) => cursor = format!("&cursor={next}"),
                    None => return found,
                }
            }
        };
        let o1 = site.sign_in("o1");
        assert_eq!(read(&o1, "orders", 100).len(), 6);
        assert_eq!(read(&o1, "orders", 2), read(&o1, "orders", 100));
        assert_eq!(read(&o1, "order_lines", 4).len(), 12);
        assert_eq!(read(&o1, "payments", 4).len(), 6);
        assert_eq!(read(&site.sign_in("t1"), "orders", 100).len(), 2);
        let own = read(&site.sign_in("s2"), "orders", 100);
        assert_eq!((own.len(), own[0]["amount"].clone()), (1, json!("75000.00")));
        assert_eq!(read(&site.sign_in("f2"), "payments", 100).len(), 6);
        assert_eq!(read(&site.sign_in("f2"), "orders", 100).len(), 0);
        assert_eq!(read(&o1, "customers", 4).len(), 6);
        assert_eq!(site.sign_in("s1").get("/api/v1/facts/customers").status, 403);
        assert_eq!(o1.get("/api/v1/facts/orders?cursor=x").status, 400);
    });
}

#[test]
fn what_is_due_is_read_by_whoever_reads_its_order() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let order = o1.get("/api/v1/facts/orders?period=2026-10&limit=100").value()["items"]
            .as_array()
            .unwrap()
            .iter()
            .find(|own| own["member"] == "s2")
            .unwrap()["order"]
            .clone();
        let rows = json!({"rows": [
            {"receivable": "F1", "order": order, "due": "2026-12-31", "amount": "500.00"},
            {"receivable": "F2", "order": order, "due": "2027-01-31", "amount": "500.00"},
        ]});
        let sent = o1.json(Method::POST, "/api/v1/facts/receivables", &rows, &[]);
        assert_eq!(sent.status, 200, "{}", sent.text);
        let read = |who: &str| {
            let page = site.sign_in(who).get("/api/v1/facts/receivables?period=2026-12&limit=100");
            page.value()["items"].as_array().unwrap().clone()
        };
        assert_eq!(read("o1").len(), 1);
        assert_eq!(read("s2")[0]["amount"], "500.00");
        assert!(read("s1").is_empty(), "another's order");
        assert_eq!(
            site.sign_in("s2").json(Method::POST, "/api/v1/facts/receivables", &rows, &[]).status,
            403
        );
    });
}

#[test]
fn what_people_do_is_read_by_whoever_reads_them() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let bring = |kind: &str, rows: Value| {
            let sent = o1.json(Method::POST, &format!("/api/v1/facts/{kind}"), &json!({ "rows": rows }), &[]);
            assert_eq!(sent.status, 200, "{kind}: {}", sent.text);
        };
        let visit = |code: &str, member: &str| json!({"visit": code, "member": member, "date": "2026-11-03"});
        bring("visits", json!([visit("V1", "s1"), visit("V2", "s2"), visit("V3", "s2")]));
        bring(
            "scores",
            json!([{"member": "s1", "rater": "s2", "date": "2026-11-03", "kind": "协作", "score": "4.5"}]),
        );
        bring("summaries", json!([{"member": "s2", "month": "2026-11", "metric": "visits", "amount": "12"}]));
        bring("complaints", json!([{"complaint": "K1", "member": "s2", "date": "2026-11-04"}]));
        let read = |who: &str, kind: &str| {
            let page = site.sign_in(who).get(&format!("/api/v1/facts/{kind}?period=2026-11&limit=100"));
            page.value()["items"].as_array().unwrap().len()
        };
        let counts = |who| ["visits", "scores", "summaries", "complaints"].map(|kind| read(who, kind));
        assert_eq!(counts("o1"), [3, 1, 1, 1]);
        assert_eq!(counts("s1"), [1, 1, 0, 0]);
        assert_eq!(counts("s2"), [2, 0, 1, 1]);
        let first = o1.get("/api/v1/facts/visits?period=2026-11&limit=2").value();
        assert_eq!(first["items"].as_array().unwrap().len(), 2);
        let next = first["next"].as_str().unwrap();
        let rest = o1.get(&format!("/api/v1/facts/visits?period=2026-11&limit=2&cursor={next}")).value();
        assert_eq!(rest["items"][0]["visit"], "V3");
    });
}

#[test]
fn an_upload_that_a_stopped_program_left_is_discarded() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        let page = upload(site, &o1, "orders", "o.csv", &orders(&["N1,c1,s1,2026-11-20,5,normal"]));
        dacheng_app::facts::undo::discard_unfinished(&site.app, i64::MAX).unwrap();
        assert!(o1.get(&page).text.contains("没有写入任何数据"));
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 422);
    });
}

#[test]
fn a_calendar_is_brought_in_as_any_other_file() {
    on_site(|site| {
        let o1 = site.sign_in("o1");
        assert_eq!(o1.get("/api/v1/calendar/deadline?from=2026-12-29&working_days=3").status, 422);
        let file = "date,kind,name\n2027-01-01,holiday,元旦\n2027-05-03,holiday,劳动节\n2027-05-08,makeup_workday,\n";
        let page = upload(site, &o1, "calendar", "2027.csv", file.as_bytes());
        assert_eq!(o1.post(&format!("{page}/confirm"), &[]).status, 303);
        site.web.site.uploads.wait();
        let done = o1.get(&page).text;
        assert!(done.contains("日历导入不能撤销"), "{done}");
        let due = o1.get("/api/v1/calendar/deadline?from=2026-12-29&working_days=3");
        assert_eq!(due.value()["deadline"], "2027-01-04", "{}", due.text);
        let bad = upload(site, &o1, "calendar", "bad.csv", b"date,kind,name\n2028-01-05,makeup_workday,x\n");
        assert!(o1.get(&bad).text.contains("本来就是工作日"));
        assert_eq!(o1.post(&format!("{page}/undo"), &[]).status, 422);
    });
}
