//! `backup` and `restore` on the command line.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod common;

use std::process::Command;

use common::dacheng;

#[test]
fn a_company_is_saved_restored_and_whole() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let on = |words: &[&str], database: &str| dacheng(here, &[words, &["--database", database]].concat());
    on(&["company", "--name", "云帆"], "sqlite:one.db");
    let saved = on(&["backup", "one.backup"], "sqlite:one.db");
    assert!(saved.starts_with("one.backup: ") && saved.contains("read back and whole"), "{saved}");
    let restored = on(&["restore", "one.backup"], "sqlite:two.db");
    assert!(restored.contains("restored\nroll-up blocks, files and audit trail are whole"), "{restored}");
    assert_eq!(on(&["company"], "sqlite:two.db"), on(&["company"], "sqlite:one.db"));
    let refused = |words: &[&str]| {
        let done =
            Command::new(env!("CARGO_BIN_EXE_dacheng")).args(words).current_dir(here).output().unwrap();
        (done.status.code().unwrap(), String::from_utf8(done.stderr).unwrap())
    };
    let (code, told) = refused(&["backup", "one.backup", "--database", "sqlite:one.db"]);
    assert!(code == 3 && told.contains("not overwritten"), "{code} {told}");
    let (code, told) = refused(&["restore", "one.backup", "--database", "sqlite:two.db"]);
    assert!(code == 3 && told.contains("not empty"), "{code} {told}");
    let (code, _) = refused(&["restore", "one.backup", "--database", "sqlite:two.db", "--replace", "yes"]);
    assert_eq!(code, 2);
    on(&["restore", "one.backup", "--replace", "everything"], "sqlite:two.db");
}
