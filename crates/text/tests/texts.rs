//! Every text is used somewhere, and each language is written in its own signs.

#![expect(clippy::unwrap_used, reason = "a failing test may stop anywhere")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

fn folder(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The texts by area and key.
fn catalogue() -> BTreeMap<(String, String), Vec<String>> {
    let mut all = BTreeMap::new();
    for file in fs::read_dir(folder("texts")).unwrap() {
        let path = file.unwrap().path();
        let area = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let table: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        for (key, value) in table {
            let texts = value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned());
            all.insert((area.clone(), key), texts.collect());
        }
    }
    all
}

/// The names of the methods that each source of any crate calls: Rust and templates, but not tests.
fn calls() -> Vec<BTreeSet<String>> {
    let mut found = Vec::new();
    let mut folders = vec![folder("..")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("tests") {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "html") {
                let text = fs::read_to_string(&path).unwrap();
                let called = text.split('.').skip(1).filter_map(|rest| rest.split_once('('));
                found.push(called.map(|(name, _)| name.to_owned()).collect());
            }
        }
    }
    found
}

#[test]
fn every_text_is_used() {
    let calls = calls();
    let unused: Vec<_> = catalogue()
        .into_keys()
        .filter(|(area, key)| !calls.iter().any(|called| called.contains(area) && called.contains(key)))
        .collect();
    assert_eq!(unused, []);
}

#[test]
fn each_language_has_its_own_signs() {
    let chinese =
        |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter) || "，。：；？！（）".contains(letter);
    for (name, texts) in catalogue() {
        let (zh, en) = texts.split_first().unwrap();
        assert!(!zh.contains("  "), "{name:?}");
        for text in en {
            assert!(!text.chars().any(chinese), "{name:?}: {text}");
        }
    }
}
