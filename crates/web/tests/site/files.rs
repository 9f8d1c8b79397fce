//! Evidence on improvement plans: by page and by API, for each who may see it, and against whoever means harm.

use axum::body::Body;
use axum::http::{Method, header};
use dacheng_app::testing::company::EVIDENCE;
use dacheng_domain::access::{Action, Right};
use serde_json::json;

use super::support::{Answer, Guest, Site, on_site};

const PLAN: &str = "/api/v1/improvement-plans/1";
const CASE: &str = "/alerts/1";
const PHOTO: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF\0photo";

fn attach(guest: &Guest<'_>, name: &str, content: &[u8]) -> Answer {
    guest.upload(&format!("{CASE}/files"), &[("act", "attach")], &[("file", name, content)])
}

/// Sends a file as the body.
fn send(guest: &Guest<'_>, query: &str, content: &[u8], headers: &[(&str, &str)]) -> Answer {
    let mut request = guest.request(Method::POST, &format!("{PLAN}/files?{query}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    guest.ask(request.body(Body::from(content.to_vec())).unwrap())
}

fn delete(guest: &Guest<'_>, id: i64) -> Answer {
    guest.ask(guest.request(Method::DELETE, &format!("/api/v1/files/{id}")).body(Body::empty()).unwrap())
}

fn files(site: &Site) -> Vec<serde_json::Value> {
    site.sign_in("d1").get(PLAN).value()["files"].as_array().unwrap().clone()
}

#[test]
fn a_file_is_given_out_as_it_came_to_whom_its_plan_is_shown_and_to_nobody_else() {
    on_site(|site| {
        for login in ["s4", "t2", "r1", "d1", "x1", "o1", "aud"] {
            let answer = site.sign_in(login).get("/files/1");
            assert_eq!((answer.status, answer.bytes.as_slice()), (200, EVIDENCE), "{login}");
            assert_eq!(site.sign_in(login).get(PLAN).status, 200, "{login}");
        }
        for login in ["s1", "s3", "t1", "t3", "r2", "k1", "f2", "h1", "sys", "sec"] {
            let guest = site.sign_in(login);
            assert_eq!(guest.get("/files/1").status, 404, "{login}");
            assert_eq!(guest.get("/api/v1/files/1").status, 404, "{login}");
            assert_eq!(delete(&guest, 1).status, 404, "{login}");
            assert!(!guest.get(CASE).text.contains("客户回执"), "{login}");
        }
        assert_eq!(site.stranger().get("/files/1").status, 303);
        for none in ["/files/99", "/files/x", "/files/-1", "/files/99999999999999999999"] {
            assert_eq!(site.sign_in("d1").get(none).status, 404, "{none}");
        }
    });
}

#[test]
fn what_is_given_out_is_saved_and_never_shown() {
    on_site(|site| {
        let owner = site.sign_in("s4");
        let answer = owner.get("/files/1");
        let head =
            |name: &str| answer.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        assert_eq!(answer.kind, "application/pdf");
        assert_eq!(head("content-length"), EVIDENCE.len().to_string());
        assert_eq!(
            head("content-disposition"),
            "attachment; filename=\"____.pdf\"; filename*=UTF-8''%E5%AE%A2%E6%88%B7%E5%9B%9E%E6%89%A7.pdf"
        );
        assert_eq!(head("x-content-type-options"), "nosniff");
        assert_eq!(answer.headers.get_all("content-security-policy").iter().count(), 1);
        assert_eq!(head("content-security-policy"), "default-src 'none'; sandbox");
        let hash = dacheng_app::hash::hex(&dacheng_app::hash::sha256(EVIDENCE));
        assert_eq!(head("etag"), format!("\"{hash}\""));
        let again = |tag: String| {
            let request = owner.request(Method::GET, "/files/1").header(header::IF_NONE_MATCH, tag);
            owner.ask(request.body(Body::empty()).unwrap())
        };
        let known = again(format!("\"x\", W/\"{hash}\""));
        assert_eq!((known.status, known.bytes.len()), (304, 0));
        assert_eq!(again("\"x\"".to_owned()).status, 200);
        assert!(owner.get(CASE).headers["content-security-policy"].to_str().unwrap().contains("script-src"));
    });
}

#[test]
fn the_owner_adds_and_removes_on_the_page_and_what_was_typed_is_kept() {
    on_site(|site| {
        let owner = site.sign_in("s4");
        let version = owner.get(CASE).hidden("version");
        let typed = [("version", version.as_str()), ("act", "attach"), ("cause", "两家大客户推迟签约")];
        let two = [("file", "现场.jpg", PHOTO), ("file", "C:\\x\\说明.txt", &b"text"[..])];
        let added = owner.upload(&format!("{CASE}/plan"), &typed, &two);
        assert_eq!(added.status, 200, "{}", added.text);
        for said in ["已添加 2 份附件", "现场.jpg", "说明.txt", "两家大客户推迟签约", "移除 现场.jpg"]
        {
            assert!(added.text.contains(said), "{said}: {}", added.text);
        }
        let again = owner.upload(&format!("{CASE}/plan"), &typed, &two[..1]);
        assert!(again.status == 200 && again.text.contains("没有重复添加"), "{}", again.text);

        // What is wrong is told by name; the other file is added all the same.
        let three = [("file", "page.png", &b"<html>"[..]), ("file", "表.csv", b"a,b\n")];
        let wrong = owner.upload(&format!("{CASE}/plan"), &typed, &three);
        assert_eq!(wrong.status, 422);
        for said in ["“page.png”的内容不是 PNG", "表.csv", "两家大客户推迟签约", "error-summary"]
        {
            assert!(wrong.text.contains(said), "{said}: {}", wrong.text);
        }
        assert!(wrong.text.contains("<title>错误"), "{}", wrong.text);
        let none = owner.upload(&format!("{CASE}/plan"), &typed, &[]);
        assert!(none.status == 422 && none.text.contains("请选择要上传的文件"));

        // A file that is chosen when the plan is handed in goes along.
        let act = [("version", version.as_str()), ("act", "submit"), ("cause", "")];
        let refused = owner.upload(&format!("{CASE}/plan"), &act, &[("file", "later.txt", b"later")]);
        assert!(refused.status == 422 && refused.text.contains("later.txt"), "{}", refused.text);

        assert_eq!(files(site).len(), 5);
        let removed = [("version", version.as_str()), ("act", "withdraw-2"), ("cause", "写到一半")];
        let page = owner.upload(&format!("{CASE}/plan"), &removed, &[]);
        assert!(page.status == 200 && page.text.contains("写到一半") && !page.text.contains("移除 现场.jpg"));
        let plain = owner.post(&format!("{CASE}/files"), &[("act", "withdraw-3")]);
        assert_eq!((plain.status, plain.location.as_deref()), (303, Some(CASE)));
        assert_eq!(owner.get("/files/3").status, 404);
        let gone = owner.post(&format!("{CASE}/files"), &[("act", "withdraw-3")]);
        assert_eq!(gone.status, 404);
        let page = owner.get(CASE);
        for said in ["冯镕 添加附件：现场.jpg", "冯镕 移除附件：说明.txt"] {
            assert!(page.text.contains(said), "{said}: {}", page.text);
        }
        let trail = site.sign_in("aud").get("/audit?kind=improvement_plan");
        assert!(trail.text.contains("添加附件") && trail.text.contains("移除附件"), "{}", trail.text);
        assert_eq!(attach(&site.sign_in("t2"), "a.jpg", PHOTO).status, 403);
        assert_eq!(attach(&site.sign_in("t1"), "a.jpg", PHOTO).status, 404);
    });
}

#[test]
fn hostile_uploads_are_refused_by_name_and_leave_nothing() {
    on_site(|site| {
        let owner = site.sign_in("s4");
        let limit = site.web.site.files.bytes;
        let exact = [PHOTO, &vec![7; usize::try_from(limit).unwrap() - PHOTO.len()]].concat();
        let over = [&exact[..], b"1"].concat();
        let polyglot = [&b"%PDF-1.7\n%%EOF\n"[..], b"PK\x05\x06", &[0; 18]].concat();
        let macros = include_bytes!("macros.xlsx");
        for (name, content, said) in [
            ("page.png", &b"<!DOCTYPE html><script>alert(1)</script>"[..], "内容不是 PNG"),
            ("drawing.svg", b"<svg onload='alert(1)'/>", "不是可以上传的类型"),
            ("book.xlsm", &macros[..], "不是可以上传的类型"),
            ("book.xlsx", &macros[..], "含有宏"),
            ("both.pdf", &polyglot, "同时是两种文件"),
            ("zip.docx", b"PK\x03\x04....", "内容不是 DOCX"),
            ("空.pdf", b"", "是空文件"),
            ("large.jpg", &over, "超过 20 MB"),
            ("run\u{202e}gpj.exe", b"MZ", "“rungpj.exe”不是可以上传的类型"),
            ("...", b"x", "没有可用的名称"),
        ] {
            let told = attach(&owner, name, content);
            assert_eq!(told.status, 422, "{name}: {}", told.text);
            assert!(told.text.contains(said), "{name}: {said}: {}", told.text);
        }
        let many: Vec<(&str, &str, &[u8])> = vec![("file", "a.txt", b"x"); 21];
        assert_eq!(owner.upload(&format!("{CASE}/files"), &[], &many).status, 422);
        // Without its token a form is not read; one that breaks off leaves nothing.
        let forged = site.sign_in("s4").with_form(&site.stranger().get("/login"));
        assert_eq!(attach(&forged, "a.jpg", PHOTO).status, 400);
        let head = "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n";
        let token = owner.get(CASE).hidden("csrf");
        let file = "\r\n--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n";
        let half = [head.as_bytes(), token.as_bytes(), file.as_bytes(), PHOTO].concat();
        let request = owner.request(Method::POST, &format!("{CASE}/files"));
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        assert_eq!(owner.ask(request.body(Body::from(half)).unwrap()).status, 400);
        assert_eq!(files(site).len(), 1, "only what was there before");
        let left = std::fs::read_dir(site.web.site.uploads.folder()).unwrap().count();
        assert_eq!(left, 0, "and no byte on the disk");

        // What it says of its length does not count, only what comes.
        let lies = send(&owner, "name=a.jpg", &over, &[("content-length", "10")]);
        assert_eq!((lies.status, lies.kind.as_str()), (413, "application/problem+json"), "{}", lies.text);
        assert!(lies.text.contains("20 MB"), "{}", lies.text);
        assert_eq!(attach(&owner, "exact.jpg", &exact).status, 303);
        let page = owner.get(CASE);
        assert!(page.text.contains("20 MB"));
        assert_eq!(owner.get("/files/2").bytes, exact);
    });
}

#[test]
fn programs_attach_once_list_fetch_and_remove() {
    on_site(|site| {
        let owner = site.sign_in("s4");
        let made = send(&owner, "name=%E5%9B%9E%E6%89%A7.jpg", PHOTO, &[("idempotency-key", "k")]);
        assert_eq!(made.status, 201, "{}", made.text);
        let file = made.value();
        assert_eq!((&file["name"], &file["media_type"]), (&json!("回执.jpg"), &json!("image/jpeg")));
        assert_eq!(
            (&file["actor"], &file["note"], &file["bytes"]),
            (&json!("s4"), &json!(null), &json!(PHOTO.len()))
        );
        let id = file["id"].as_i64().unwrap();
        assert_eq!(made.location.as_deref(), Some(format!("/api/v1/files/{id}").as_str()));
        let again = send(&owner, "name=other.jpg", PHOTO, &[("idempotency-key", "k")]);
        assert_eq!((again.status, again.value()["id"].as_i64()), (200, Some(id)));
        let form = owner.upload(&format!("{PLAN}/files"), &[], &[("file", "a.txt", b"text")]);
        assert_eq!(form.status, 201, "{}", form.text);
        assert_eq!(files(site).len(), 3);
        for (query, content, status) in [
            ("name=a.png", PHOTO, 422),
            ("", PHOTO, 422),
            ("name=a.jpg", &b""[..], 422),
            ("name=a.jpg&note=99", PHOTO, 404),
            ("name=a.jpg&note=x", PHOTO, 400),
        ] {
            assert_eq!(send(&owner, query, content, &[]).status, status, "{query}");
        }
        assert_eq!(send(&site.sign_in("t2"), "name=a.jpg", PHOTO, &[]).status, 403);
        assert_eq!(send(&site.sign_in("t1"), "name=a.jpg", PHOTO, &[]).status, 404);

        // A token that reads does not attach.
        let token = owner.token(&[(Action::Alerts, Right::Read)]);
        let bearer = format!("Bearer {token}");
        let stranger = site.stranger();
        let with = |method: Method, path: &str| {
            let request = stranger.request(method, path).header(header::AUTHORIZATION, &bearer);
            stranger.ask(request.body(Body::empty()).unwrap())
        };
        assert_eq!(with(Method::GET, &format!("/api/v1/files/{id}")).bytes, PHOTO);
        assert_eq!(with(Method::POST, &format!("{PLAN}/files?name=a.jpg")).status, 403);
        assert_eq!(with(Method::DELETE, &format!("/api/v1/files/{id}")).status, 403);

        assert_eq!(delete(&site.sign_in("d1"), id).status, 403);
        assert_eq!(delete(&owner, id).status, 204);
        assert_eq!(delete(&owner, id).status, 404);
        assert_eq!(files(site).len(), 2);
    });
}

#[test]
fn evidence_hangs_on_a_note_of_the_progress() {
    on_site(|site| {
        let owner = site.sign_in("s4");
        let version = owner.get(PLAN).value()["version"].as_i64().unwrap();
        let noted = owner.json(
            Method::POST,
            &format!("{PLAN}/progress"),
            &json!({ "note": "回访 3 家", "version": version }),
            &[],
        );
        assert_eq!(noted.status, 200, "{}", noted.text);
        let number = noted.value()["progress"][0]["number"].as_i64().unwrap();
        let page = owner.get(CASE).text;
        assert!(
            page.contains(&format!("<option value=\"{number}\">")) && page.contains("回访 3 家"),
            "{page}"
        );
        let on = number.to_string();
        let fields = [("act", "attach"), ("on", on.as_str())];
        assert_eq!(
            owner.upload(&format!("{CASE}/files"), &fields, &[("file", "现场.jpg", PHOTO)]).status,
            303
        );
        assert!(owner.get(CASE).text.contains("附在"));
        assert_eq!(files(site)[1]["note"], json!(number));
        assert_eq!(site.sign_in("t2").get("/files/2").bytes, PHOTO);
        assert_eq!(site.sign_in("s3").get("/files/2").status, 404);
    });
}
