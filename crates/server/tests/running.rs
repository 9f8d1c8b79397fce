//! The program as a service: its log, and its end while something is under way.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;

use common::{Served, dacheng, rest, token};
use dacheng_app::Clock;
use dacheng_domain::access::Role;

const PASSWORD: &str = "a-long-password-2026";

fn serve(folder: &Path, more: &[&str]) -> Served {
    let words = ["serve", "--database", "sqlite:run.db", "--listen", "127.0.0.1:0", "--log-format", "json"];
    Served::start(folder, &[&words, more].concat())
}

/// A request whose body the server waits for.
fn begun(served: &Served) -> TcpStream {
    let mut slow = served.begin(
        "POST /login?secret=1 HTTP/1.1\r\nHost: test\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         X-Request-Id: slow-1\r\nExpect: 100-continue\r\nConnection: close\r\nContent-Length: 10\r\n\r\n",
    );
    let mut continues = [0; 25];
    slow.read_exact(&mut continues).unwrap();
    assert!(continues.starts_with(b"HTTP/1.1 100 Continue"));
    slow
}

#[test]
fn a_request_under_way_is_finished_after_the_word_to_stop() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = serve(folder.path(), &["--trusted-proxies", "127.0.0.1,::1"]);
    let mut slow = begun(&served);
    served.terminate();
    served.hear("stopping");
    slow.write_all(b"login=abcd").unwrap();
    let answer = rest(slow);
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("x-request-id: slow-1"), "{answer}");
    let (status, log) = served.end();
    assert_eq!(status.code(), Some(0), "{log:#?}");
    let line = log.iter().find(|line| line.contains("\"answered\"")).unwrap();
    for part in ["\"request\":\"slow-1\"", "\"route\":\"/login\"", "\"status\":400", "\"milliseconds\":"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(!log.iter().any(|line| line.contains("secret") || line.contains("abcd")), "{log:#?}");
}

#[test]
fn a_request_that_does_not_end_is_cut_off_in_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = serve(folder.path(), &["--stop-within", "1"]);
    let _stuck = begun(&served);
    served.terminate();
    served.hear("cut off");
    assert_eq!(served.end().0.code(), Some(0));
}

/// A company with somebody who may import, and a file that takes a while.
fn company(folder: &Path) -> String {
    let orders: String =
        (0..60_000).fold("order,customer,member,date,amount,status\n".to_owned(), |mut all, at| {
            let _ = writeln!(all, "o{at},c1,m1,2026-07-{:02},10.00,normal", at % 28 + 1);
            all
        });
    for (name, text) in [
        ("units.csv", "unit,name,parent,leader\nALL,公司,,\n"),
        ("members.csv", "member,name,unit,position,hired,left\nm1,林静,ALL,sales_operations,2024-03-01,\n"),
        ("customers.csv", "customer,name,region,type,owner,first_order\nc1,云帆贸易,上海,KA,m1,\n"),
        ("orders.csv", &orders),
    ] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    for kind in ["units", "members", "customers"] {
        dacheng(folder, &["import", kind, &format!("{kind}.csv"), "--database", "sqlite:run.db"]);
    }
    dacheng(folder, &["admin", "members", "--password", PASSWORD, "--database", "sqlite:run.db"]);
    token(&folder.join("run.db"), Clock::System, ("m1", PASSWORD), Role::SalesOperations)
}

#[test]
fn an_import_under_way_ends_with_the_server_and_counts_for_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let token = company(folder.path());
    let mut served = serve(folder.path(), &[]);
    let orders = std::fs::read(folder.path().join("orders.csv")).unwrap();
    let head = |path: &str| {
        format!("POST {path} HTTP/1.1\r\nAuthorization: Bearer {token}\r\nContent-Type: text/csv")
    };
    let answer = served.ask(&head("/api/v1/facts/orders:import?name=orders.csv"), &orders);
    assert!(answer.starts_with("HTTP/1.1 202 "), "{answer}");
    served.terminate();
    served.hear("stopped");
    let (status, log) = served.end();
    assert_eq!(status.code(), Some(0), "{log:#?}");
    let figures =
        ["attainment", "--metric", "revenue", "--period", "2026", "--by", "unit", "--format", "json"];
    let before = dacheng(folder.path(), &[&figures[..], &["--database", "sqlite:run.db"]].concat());
    assert!(before.contains("\"actual\":\"0.00\""), "{before}");
    // The next start puts right what was cut off, and the file can come again.
    let served = serve(folder.path(), &[]);
    let state =
        served.ask(&format!("GET /api/v1/imports?limit=1 HTTP/1.1\r\nAuthorization: Bearer {token}"), b"");
    assert!(state.contains("\"refused\"") || state.contains("\"discarded\""), "{state}");
    served.terminate();
    assert_eq!(served.end().0.code(), Some(0));
    dacheng(folder.path(), &["import", "orders", "orders.csv", "--database", "sqlite:run.db"]);
    dacheng(folder.path(), &["verify", "--database", "sqlite:run.db"]);
}

#[test]
fn metrics_have_an_address_of_their_own_where_one_is_set() {
    let folder = tempfile::tempdir().unwrap();
    let mut served = serve(folder.path(), &["--metrics-listen", "127.0.0.1:0"]);
    let metrics = served.line().replace("metrics on http://", "").replace("/metrics", "");
    assert!(served.ask("GET /metrics HTTP/1.1", b"").starts_with("HTTP/1.1 404 "));
    assert!(served.ask("GET /healthz HTTP/1.1", b"").starts_with("HTTP/1.1 200 "));
    served.address = metrics;
    assert!(served.ask("GET /metrics HTTP/1.1", b"").contains("dacheng_requests_total{method=\"GET\""));
    assert!(served.ask("GET /login HTTP/1.1", b"").starts_with("HTTP/1.1 404 "));
}
