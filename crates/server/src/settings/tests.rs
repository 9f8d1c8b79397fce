//! `dacheng.toml.example` and the table of `docs/operation.md` say what the settings are; what wins over what.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use clap::{Arg, CommandFactory, FromArgMatches};

use super::file;
use crate::commands::Arguments;

fn root(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)).unwrap()
}

fn settings() -> Vec<Arg> {
    file::keys(&Arguments::command())
}

fn default(setting: &Arg) -> String {
    let values = setting.get_default_values().iter().map(|value| value.to_string_lossy().into_owned());
    values.collect::<Vec<_>>().join(",")
}

fn help(setting: &Arg) -> String {
    setting.get_help().map(ToString::to_string).unwrap_or_default()
}

/// The value as the file writes it: numbers and truths bare, lists in brackets, the rest quoted.
fn written(setting: &Arg) -> String {
    let value = default(setting);
    if setting.get_value_delimiter().is_some() {
        return "[]".to_owned();
    }
    let bare = value.parse::<u64>().is_ok() || value == "true" || value == "false";
    if bare { value } else { format!("\"{value}\"") }
}

#[test]
fn every_command_and_its_flags_have_one_name_each() {
    Arguments::command().debug_assert();
}

#[test]
fn the_example_is_the_defaults_with_every_setting_explained() {
    let expected: Vec<String> = settings()
        .iter()
        .map(|setting| format!("\n# {}\n# {} = {}\n", help(setting), setting.get_id(), written(setting)))
        .collect();
    let example = root("dacheng.toml.example");
    let (_, keys) = example.split_once("\n\n").unwrap();
    assert_eq!(format!("\n{keys}"), expected.concat(), "write dacheng.toml.example as expected");
}

#[test]
fn the_example_can_be_read_without_its_comment_signs() {
    let example = root("dacheng.toml.example");
    let (_, keys) = example.split_once("\n\n").unwrap();
    let uncommented: String = keys
        .lines()
        .filter_map(|line| line.strip_prefix("# ").filter(|line| line.contains(" = ")))
        .flat_map(|line| [line, "\n"])
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("all.toml");
    std::fs::write(&path, uncommented).unwrap();
    let words = ["dacheng", "serve", "--config", path.to_str().unwrap()].map(OsString::from);
    let commands = file::applied(Arguments::command(), &words).unwrap();
    let read = file::keys(&commands);
    for before in settings() {
        let after = read.iter().find(|after| after.get_id() == before.get_id()).unwrap();
        assert_eq!(default(&before), default(after), "{}", before.get_id());
    }
}

#[test]
fn the_table_in_the_docs_is_that_of_the_program() {
    let docs = root("docs/operation.md");
    for setting in settings() {
        let env = setting.get_env().unwrap().to_string_lossy();
        let default = default(&setting);
        let shown = if default.is_empty() { "–".to_owned() } else { format!("`{default}`") };
        let line = format!("| `{}` | `{env}` | {shown} | {} |", setting.get_id(), help(&setting));
        assert!(docs.contains(&line), "docs/operation.md wants the line\n{line}");
    }
    let listed = docs.lines().filter(|line| line.contains("| `DACHENG_")).count();
    assert_eq!(listed, settings().len(), "docs/operation.md lists a setting that is not there");
}

#[test]
fn every_setting_has_one_name_everywhere() {
    for setting in settings() {
        let (key, help) = (setting.get_id().to_string(), help(&setting));
        assert_eq!(setting.get_env().unwrap().to_string_lossy(), format!("DACHENG_{}", key.to_uppercase()));
        assert_eq!(setting.get_long().unwrap(), key.replace('_', "-"));
        assert!(!help.is_empty(), "{key} says nothing");
    }
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for command in Arguments::command().get_subcommands() {
        for argument in command.get_arguments().filter(|argument| argument.get_env().is_some()) {
            let told = format!("{} {}", default(argument), help(argument));
            let before = said.entry(argument.get_id().to_string()).or_insert_with(|| told.clone());
            assert_eq!(*before, told, "{} differs between commands", argument.get_id());
        }
    }
}

/// The database that `serve` would open.
fn chosen(words: &[&str]) -> String {
    let words: Vec<OsString> = words.iter().map(OsString::from).collect();
    let commands = file::applied(Arguments::command(), &words).unwrap();
    let matches = commands.try_get_matches_from(&words).unwrap();
    assert!(Arguments::from_arg_matches(&matches).is_ok());
    matches.subcommand().unwrap().1.get_one::<String>("database").unwrap().clone()
}

/// Between them stands the environment: `tests/settings.rs` shows it with the program itself.
#[test]
fn a_flag_wins_over_the_file_and_the_file_over_the_default() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("own.toml");
    std::fs::write(&path, "database = \"sqlite:file.db\"\n").unwrap();
    let path = path.to_str().unwrap();
    assert_eq!(chosen(&["dacheng", "serve", "--config", path]), "sqlite:file.db");
    assert_eq!(
        chosen(&["dacheng", "serve", "--config", path, "--database", "sqlite:flag.db"]),
        "sqlite:flag.db"
    );
}
