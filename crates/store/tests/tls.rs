//! A PostgreSQL that takes nothing in plain text: what each `sslmode` makes of it, and of one that knows no TLS.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::path::{Path, PathBuf};
use std::process::Command;

use dacheng_store::{Store, migrate};

/// A server of its own, with a certificate for 127.0.0.1 by an authority of its own.
struct Server {
    folder: tempfile::TempDir,
    address: String,
}

fn script() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/postgres")
}

impl Server {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let started = Command::new(script()).arg("start-tls").arg(folder.path()).output().unwrap();
        assert!(started.status.success(), "{}", String::from_utf8_lossy(&started.stderr));
        let address = String::from_utf8(started.stdout).unwrap().trim().to_owned();
        Self { folder, address }
    }

    fn open(&self, query: &str) -> Result<(), String> {
        let store = Store::open(&format!("{}?{query}", self.address)).map_err(|wrong| wrong.to_string())?;
        migrate::run(&store).map(drop).map_err(|wrong| wrong.to_string())
    }

    fn authority(&self) -> String {
        self.folder.path().join("ca.pem").display().to_string()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Command::new(script()).arg("stop").arg(self.folder.path()).status();
    }
}

#[test]
fn a_server_is_reached_as_its_address_says_or_not_at_all() {
    let Some(plain) = std::env::var_os("DACHENG_TEST_POSTGRES") else {
        eprintln!("*** SKIPPED: no DACHENG_TEST_POSTGRES ***");
        return;
    };
    let server = Server::start();
    assert_eq!(server.open(&format!("sslmode=verify-full&sslrootcert={}", server.authority())), Ok(()));
    assert_eq!(server.open("sslmode=require"), Ok(()));
    assert_eq!(server.open(""), Ok(()), "encrypted where the server can");
    let refused = server.open("sslmode=disable").unwrap_err();
    assert!(refused.contains("no encryption"), "{refused}");
    let unknown = server.open("sslmode=verify-full").unwrap_err();
    assert!(unknown.contains("UnknownIssuer"), "{unknown}");
    let elsewhere = Server {
        folder: tempfile::tempdir().unwrap(),
        address: server.address.replace("127.0.0.1", "localhost"),
    };
    let other_name = elsewhere.open(&format!("sslmode=verify-full&sslrootcert={}", server.authority()));
    assert!(other_name.as_ref().is_err_and(|said| said.contains("certificate")), "{other_name:?}");

    let plain = plain.into_string().unwrap();
    for mode in ["require", "verify-full"] {
        let refused = Store::open(&format!("{plain}?sslmode={mode}")).map(drop).unwrap_err().to_string();
        assert!(refused.contains("server does not support TLS"), "{mode}: {refused}");
    }
}
