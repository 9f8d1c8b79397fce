//! The tests that keep the house tidy (`ARCHITECTURE.md`): arrows between crates, lengths of files, first lines,
//! lock files, paths, migrations. They read files only; what the program does is tested in its crates.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "the project's own files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What each crate may use of the others. A crate that is not listed here has no place in the house yet.
const ARROWS: [(&str, &[&str]); 10] = [
    ("domain", &[]),
    ("rollup", &["domain"]),
    ("forecast", &["domain"]),
    ("text", &["domain"]),
    ("sheets", &["domain"]),
    ("paper", &["text"]),
    ("store", &["domain"]),
    ("app", &["domain", "forecast", "paper", "rollup", "sheets", "store", "text"]),
    ("web", &["app", "domain", "forecast", "paper", "rollup", "sheets", "text"]),
    ("server", &["app", "domain", "forecast", "rollup", "sheets", "store", "text", "web"]),
];

/// Lines a file in `src` may have.
const MOST_LINES: usize = 500;

/// Files that are longer. The list only shrinks: split a file instead of adding it.
const LONGER: [&str; 0] = [];

/// The only source of packages a lock file may name.
const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()))
}

/// Every file below a folder, without what is built or downloaded.
fn files(folder: &Path) -> Vec<PathBuf> {
    let built = ["target", "node_modules", "dist", "demo", "tmp"];
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        let own = !name.starts_with('.') || name == ".ci" || name == ".npmrc";
        let source = folder.ends_with("src");
        if path.is_dir() && own && (source || !built.contains(&name.as_ref())) {
            found.extend(files(&path));
        } else if path.is_file() && own {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<PathBuf> {
    let is_source = |path: &PathBuf| {
        path.extension().is_some_and(|end| end == "rs")
            && path.components().any(|part| part.as_os_str() == "src")
    };
    files(&root().join("crates")).into_iter().filter(is_source).collect()
}

fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().display().to_string()
}

/// The crates of this house that a crate uses, in its code or only in its tests.
fn used_by(name: &str) -> BTreeSet<String> {
    let manifest = read(&root().join("crates").join(name).join("Cargo.toml"));
    let named = manifest.lines().filter_map(|line| line.split_once(['.', ' ', '=']).map(|(first, _)| first));
    let crates = named.filter_map(|first| first.trim().strip_prefix("dacheng-"));
    crates.filter(|used| *used != name).map(str::to_owned).collect()
}

#[test]
fn arrows_between_crates_point_down_only() {
    let floors: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(
        floors,
        ARROWS.iter().map(|(name, _)| (*name).to_owned()).collect(),
        "crates and ARROWS differ"
    );
    for (name, allowed) in ARROWS {
        for used in used_by(name) {
            assert!(allowed.contains(&used.as_str()), "{name} must not use {used}");
        }
    }
}

#[test]
fn no_file_is_longer_than_500_lines() {
    for path in sources() {
        let (lines, name) = (read(&path).lines().count(), from_root(&path));
        let listed = LONGER.contains(&name.as_str());
        assert!(lines <= MOST_LINES || listed, "{name} has {lines} lines: split it");
        assert!(lines > MOST_LINES || !listed, "{name} has become short: take it off the list");
    }
}

#[test]
fn every_module_begins_by_saying_what_lives_in_it() {
    for path in sources() {
        assert!(read(&path).starts_with("//! "), "{} does not begin with //!", from_root(&path));
    }
}

#[test]
fn lock_files_name_no_registry_but_the_public_one() {
    let cargo = read(&root().join("Cargo.lock"));
    for line in cargo.lines().filter(|line| line.starts_with("source = ")) {
        assert_eq!(line, REGISTRY);
    }
    let npm = read(&root().join("package-lock.json"));
    assert!(!npm.contains("\"resolved\""), "package-lock.json names a registry: keep .npmrc");
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    let folders = ["root", "home", "Users", "work", "tmp"].map(|name| format!("/{name}/"));
    for path in files(&root()) {
        // What is not text has no such name that anybody reads.
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for folder in &folders {
            let named = text.match_indices(folder).any(|(at, _)| {
                text[..at].chars().next_back().is_none_or(|before| " \t\n\"'`=(:".contains(before))
            });
            assert!(!named, "{} names {folder}", from_root(&path));
        }
    }
}

/// `sha256sums` lists what was released, as `sha256sum` prints it. Only the newest migration may still be open.
#[test]
fn a_released_migration_is_never_edited() {
    let folder = root().join("crates/store/migrations");
    let listed = read(&folder.join("sha256sums"));
    let released: Vec<(&str, &str)> = listed.lines().filter_map(|line| line.split_once("  ")).collect();
    for (hash, name) in &released {
        let text = read(&folder.join(name));
        let found = dacheng_app::hash::hex(&dacheng_app::hash::sha256(text.as_bytes()));
        assert_eq!(&found, hash, "{name} was edited: write a new migration");
    }
    let mut written: Vec<String> = files(&folder).iter().map(|path| from_root(path)).collect();
    written.retain(|name| Path::new(name).extension().is_some_and(|end| end == "sql"));
    assert_eq!(
        i64::try_from(written.len()).unwrap(),
        dacheng_store::migrate::known(),
        "files and MIGRATIONS"
    );
    for (number, name) in (1..).zip(&written) {
        assert!(
            name.ends_with(".sql") && name.contains(&format!("/{number:04}_")),
            "{name} is not number {number}"
        );
    }
    assert!(released.len() + 1 >= written.len(), "add all migrations but the newest to sha256sums");
}
