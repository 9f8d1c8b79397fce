//! By which texts a name is found, and in which order: examples people type, and properties of any name.

use std::collections::BTreeSet;

use dacheng_domain::search::{Extent, Named, Query, Term, Way, terms};
use proptest::prelude::*;

fn terms_of(code: &str, name: &str) -> BTreeSet<Term> {
    terms(&Named { codes: &[code], names: &[name] })
}

/// The place of the first step that finds a thing; `None` where none does.
fn place(typed: &str, thing: &BTreeSet<Term>) -> Option<usize> {
    let query = Query::read(typed)?;
    query.steps().iter().position(|step| {
        let own = thing.iter().filter(|term| term.way == step.way);
        let meant = |term: &&Term| match step.extent {
            Extent::Whole => term.text == step.text,
            Extent::Beginning => term.text.starts_with(step.text),
        };
        own.filter(meant).any(|term| query.is_found(step, term, thing))
    })
}

#[track_caller]
fn found(code: &str, name: &str, all: &[&str]) {
    let thing = terms_of(code, name);
    for typed in all {
        assert!(place(typed, &thing).is_some(), "{typed} finds {name}: {thing:?}");
    }
}

#[track_caller]
fn not_found(code: &str, name: &str, all: &[&str]) {
    let thing = terms_of(code, name);
    for typed in all {
        assert_eq!(place(typed, &thing), None, "{typed} does not find {name}: {thing:?}");
    }
}

#[test]
fn a_person_is_found_by_characters_pinyin_initials_and_staff_number() {
    found(
        "E000123",
        "李喆",
        &["李", "喆", "李喆", "李 喆", "lizhe", "li zhe", "LiZhe", "lz", "zhe", "e000123"],
    );
    found("E000123", "李喆", &["E0001", "ｌｉｚｈｅ", "ＬＺ", "li'zhe", "zhe li", " 李喆 "]);
    not_found("E000123", "李喆", &["喆李", "zl", "izhe", "000123", "李哲", "", "  ", "-", "li zhang"]);
}

#[test]
fn a_unit_is_found_from_any_of_its_characters() {
    found(
        "EAST",
        "华东大区",
        &["华东", "东大", "大区", "区", "huadong", "hddq", "dongda", "daqu", "east", "ea"],
    );
    found("EAST", "华东大区", &["华 区", "hua dong da qu", "hd"]);
    not_found("EAST", "华东大区", &["华大", "华东区", "dd", "st"]);
}

#[test]
fn every_reading_of_a_polyphonic_name_finds_it() {
    found("cq", "重庆组", &["chongqing", "zhongqing", "cqz", "zqz"]);
    found("1", "单于婵", &["shanyu", "danyu", "chanyu"]);
    found("2", "吕布", &["lvbu", "lubu", "lb"]);
    found("3", "查良镛", &["zha", "cha", "zly"]);
}

#[test]
fn an_english_name_is_found_from_each_of_its_words() {
    found("a1", "Zoë O’Brien Sales", &["zoe", "ZOE O", "brien", "sales", "zoeobrien", "Sales Zoe"]);
    not_found("a1", "Zoë O’Brien Sales", &["rien", "oe", "zs"]);
    found("a2", "KA大客户2部", &["ka", "大客户", "2部", "kadakehu", "kadkh2b", "dakehu"]);
}

#[test]
fn what_is_meant_most_exactly_comes_first() {
    let order = [
        terms_of("li", "王"),
        terms_of("7", "Li Wei"),
        terms_of("7", "Wei Li"),
        terms_of("7", "李娜"),
        terms_of("7", "罗一"),
        terms_of("7", "王丽"),
        terms_of("li8", "王"),
    ];
    let places = |typed: &str| order.each_ref().map(|thing| place(typed, thing));
    assert_eq!(places("li"), [Some(0), Some(1), Some(2), Some(3), None, Some(6), Some(7)]);
    assert_eq!(places("ly")[4], Some(5));
    assert_eq!(place("li", &terms_of("7", "林一")), Some(4), "a whole syllable comes before a part of one");
    assert_eq!(
        places("wei li"),
        [None, Some(9), Some(1), None, None, None, None],
        "every word, then the whole"
    );
}

#[test]
fn whatever_is_typed_little_of_it_is_read() {
    for hostile in
        ["李".repeat(100_000), "a ".repeat(50_000), "\u{FDFA}".repeat(100_000), "\u{301}".repeat(100_000)]
    {
        let Some(query) = Query::read(&hostile) else { continue };
        assert!(query.steps().len() < 20);
        assert!(query.steps().iter().all(|step| step.text.chars().count() <= 300));
    }
    let thing = terms_of("1", &"重".repeat(100_000));
    assert!(thing.len() < 800, "{}", thing.len());
    assert!(place("重".repeat(100_000).as_str(), &thing).is_some(), "both are cut alike");
}

/// Names as they are: mostly Han, some Latin, digits, signs.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[李王张重庆单吕华东大区苏州组喆赟镕销售部]{1,6}",
        1 => "[A-Za-z]{2,8}( [A-Za-z]{2,8}){0,2}",
        1 => "[A-Z]{2}[华东大区销售部]{1,4}[0-9]?",
        1 => "\\PC{0,20}",
    ]
}

proptest! {
    #[test]
    fn every_pair_of_neighbouring_characters_finds_a_name(name in "[李王张重庆单吕华东大区苏州组喆赟镕销售部]{2,12}") {
        let thing = terms_of("0", &name);
        let letters: Vec<char> = name.chars().collect();
        for pair in letters.windows(2) {
            prop_assert!(place(&pair.iter().collect::<String>(), &thing).is_some());
        }
    }

    #[test]
    fn every_beginning_of_a_term_finds_it_in_any_case_and_width(name in name(), code in "[A-Z]{0,3}[0-9]{1,6}") {
        let thing = terms_of(&code, &name);
        for term in &thing {
            for end in 1..=term.text.chars().count() {
                let beginning: String = term.text.chars().take(end).collect();
                prop_assert!(place(&beginning, &thing).is_some(), "{beginning}");
                prop_assert!(place(&beginning.to_uppercase(), &thing).is_some() || !beginning.is_ascii());
                let wide: String = beginning.chars().map(|letter| match letter {
                    '!'..='~' => char::from_u32(u32::from(letter) + 0xFEE0).unwrap(),
                    other => other,
                }).collect();
                prop_assert!(place(&wide, &thing).is_some(), "{wide}");
            }
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,300}", name in "\\PC{0,80}") {
        let thing = terms_of(&text, &name);
        prop_assert!(thing.iter().all(|term| !term.text.is_empty() && term.text.chars().all(|letter| letter.is_alphanumeric() || letter == ' ')));
        place(&text, &thing);
        // Whatever is in a name finds it, so its own text does, as long as there is something to read.
        if Query::read(&name).is_some() {
            prop_assert!(place(&name, &thing).is_some());
        }
    }

    #[test]
    fn what_finds_a_name_is_a_part_of_it_or_of_how_it_is_read(name in "[李王张华东大区苏州组喆]{1,6}", typed in "[李王张华东大区苏州组喆]{1,3}") {
        prop_assert_eq!(place(&typed, &terms_of("0", &name)).is_some(), name.contains(&typed));
    }
}

#[test]
fn a_term_of_former_times_finds_nothing() {
    let (before, now) = (terms_of("1", "李喆"), terms_of("1", "王喆"));
    let query = Query::read("lizhe").unwrap();
    let steps = query.steps();
    let step = steps.iter().find(|step| step.way == Way::Pinyin).unwrap();
    let old = before.iter().find(|term| term.way == Way::Pinyin).unwrap();
    assert!(query.is_found(step, old, &before));
    assert!(!query.is_found(step, old, &now));
}
