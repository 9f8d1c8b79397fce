//! The text layer: what is given stands there, and each page says what it belongs to.

use dacheng_paper::{Block, Code, Form};
use dacheng_text::Lang;

use super::hostile::PLACES;
use super::reading::{body, joined, text};
use super::samples::{NAMES, everywhere, figure, long, pdf, sheet};

#[test]
fn names_with_rare_letters_and_numbers_can_be_read_and_copied() {
    let paper = pdf(&sheet(Lang::Zh, Form::Upright, everywhere(&NAMES.join("、"))));
    let read = joined(&text(&paper).concat());
    for name in NAMES {
        assert_eq!(read.matches(name).count(), PLACES, "{name}: {read}");
    }
    for told in [
        "1,234.5",
        "9,876.5",
        "苏州华辰智控科技有限公司",
        "GJ-2026-0118",
        "改进计划",
        "陆文博于2026-11-2316:02打印",
    ] {
        assert!(read.contains(told), "{told}: {read}");
    }
}

#[test]
fn every_page_says_its_number_the_version_the_check_code_and_which_of_how_many_it_is() {
    for (lang, version) in [(Lang::Zh, "第3版"), (Lang::En, "version3")] {
        for (form, rows) in [(Form::Across, 120), (Form::Upright, 1)] {
            let sheet = sheet(lang, form, vec![long(rows)]);
            let pages = text(&pdf(&sheet));
            assert!(pages.len() == 1 || rows > 1);
            let code = joined(&Code::of(&sheet).unwrap().to_string());
            for (place, page) in pages.iter().enumerate() {
                let of = match lang {
                    Lang::Zh => format!("第{}页/共{}页", place + 1, pages.len()),
                    Lang::En => format!("Page{}of{}", place + 1, pages.len()),
                };
                let page = joined(page);
                for told in [of.as_str(), version, "GJ-2026-0118", &code] {
                    assert!(page.contains(told), "{told}: {page}");
                }
            }
        }
    }
}

#[test]
fn a_long_table_repeats_its_head_and_holds_each_figure_once_in_order() {
    let paper = pdf(&sheet(Lang::Zh, Form::Across, vec![long(120)]));
    let pages = body(&paper, Form::Across);
    assert!(pages.len() > 3, "{}", pages.len());
    let with_rows = pages.iter().filter(|page| page.contains("组"));
    for page in with_rows {
        assert_eq!(joined(page).matches("列19").count(), 1, "{page}");
        assert_eq!(page.matches("对象").count(), 1, "{page}");
    }
    let words: Vec<&str> = pages.iter().flat_map(|page| page.split_whitespace()).collect();
    let figures: Vec<&str> = words.into_iter().filter(|word| word.contains(',')).collect();
    let expected: Vec<String> =
        (0..120).flat_map(|row| (1..=19).map(move |column| figure(row, column))).collect();
    assert_eq!(figures, expected);
}

#[test]
fn the_words_of_the_layout_are_those_of_the_language() {
    for (lang, own, other) in [(Lang::Zh, "校验码", "Check code"), (Lang::En, "Check code", "校验码")] {
        let read = text(&pdf(&sheet(lang, Form::Upright, vec![Block::Paragraph("1".to_owned())]))).concat();
        assert!(read.contains(own) && !read.contains(other), "{read}");
    }
}
