//! Flag › environment › `dacheng.toml` › default, as the program itself sees them.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;
use std::process::{Command, Output};

fn dacheng(folder: &Path, words: &[&str], database: Option<&str>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dacheng"));
    command.args(words).current_dir(folder).env_remove("DACHENG_DATABASE").env_remove("DACHENG_CONFIG");
    database.map(|database| command.env("DACHENG_DATABASE", database));
    command.output().unwrap()
}

#[test]
fn the_environment_stands_between_flag_and_file() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("dacheng.toml"), "database = \"sqlite:file.db\"\n").unwrap();
    let made = |words: &[&str], environment: Option<&str>, name: &str| {
        let done = dacheng(folder.path(), words, environment);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert!(folder.path().join(name).exists(), "{name} was not made");
    };
    made(&["migrate"], None, "file.db");
    made(&["migrate"], Some("sqlite:environment.db"), "environment.db");
    made(&["migrate", "--database", "sqlite:flag.db"], Some("sqlite:environment.db"), "flag.db");
    assert!(!folder.path().join("dacheng.db").exists());
}

#[test]
fn a_file_with_an_unknown_key_stops_the_program() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("own.toml"), "\nport = 80\n").unwrap();
    let done = dacheng(folder.path(), &["migrate", "--config", "own.toml"], None);
    assert_eq!(done.status.code(), Some(2));
    assert_eq!(String::from_utf8_lossy(&done.stderr), "dacheng: own.toml: line 2: unknown setting port\n");
    let done = dacheng(folder.path(), &["migrate", "--config", "none.toml"], None);
    assert_eq!(done.status.code(), Some(2));
}
