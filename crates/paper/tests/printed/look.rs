//! The pixels: no page is blank, and nothing lies outside of the margins or runs into header and footer.

use dacheng_paper::{Block, Column, Form, Row, Sheet, Table};
use dacheng_text::Lang;

use super::hostile::HOSTILE;
use super::reading::{Area, pictures, size};
use super::samples::{everywhere, long, pdf, sheet};

/// Millimetres that a line may be thick, and a letter may reach out.
const TOLERANCE: f64 = 0.6;

#[track_caller]
fn looks_right(sheet: &Sheet, told: &str) {
    let (width, height) = size(sheet.form);
    let pages = pictures(&pdf(sheet));
    for (place, page) in pages.iter().enumerate() {
        let told = format!("{told}, page {} of {}", place + 1, pages.len());
        let ink = page.ink(page.whole()).unwrap_or_else(|| panic!("{told} is blank"));
        assert!(ink.left >= 18.0 - TOLERANCE && ink.right <= width - 18.0 + TOLERANCE, "{told}: {ink:?}");
        assert!(ink.top >= 10.0 && ink.bottom <= height - 8.0, "{told}: {ink:?}");
        let strip = |top: f64, bottom: f64| page.ink(Area { left: 0.0, top, right: width, bottom });
        let content = strip(20.0 - TOLERANCE, height - 20.0 + TOLERANCE);
        assert!(content.is_some(), "{told} has a header and a footer only");
        assert_eq!(strip(15.8, 20.0 - TOLERANCE), None, "{told} runs into its header");
        assert_eq!(strip(height - 20.0 + TOLERANCE, height - 15.8), None, "{told} runs into its footer");
    }
}

#[test]
fn no_page_is_blank_and_nothing_lies_outside_of_the_margins() {
    for lang in Lang::ALL {
        for form in [Form::Upright, Form::Across] {
            looks_right(&sheet(lang, form, everywhere("新客户拓展慢，A plain text.")), "usual");
            looks_right(&sheet(lang, form, vec![long(90)]), "a long table");
            looks_right(&sheet(lang, form, Vec::new()), "nothing");
        }
    }
}

#[test]
fn hostile_text_stays_within_the_margins_too() {
    for (name, text) in HOSTILE {
        looks_right(&sheet(Lang::Zh, Form::Upright, everywhere(&text())), name);
    }
}

#[test]
fn figures_too_wide_for_the_paper_stay_on_it() {
    let wide = |length: usize| {
        let columns = (1..=20).map(|place| Column::figures(format!("{place}月")));
        let row = Row::of((1..=20).map(|_| "9".repeat(length)));
        Block::Table(Table { caption: String::new(), columns: columns.collect(), rows: vec![row] })
    };
    for length in [6, 12, 24, 60] {
        looks_right(&sheet(Lang::Zh, Form::Across, vec![wide(length)]), &format!("{length} digits"));
    }
}

#[test]
fn ink_outside_of_the_margins_would_be_seen() {
    let page = &pictures(&pdf(&sheet(Lang::Zh, Form::Upright, everywhere("字"))))[0];
    let ink = page.ink(page.whole()).unwrap();
    assert!((ink.left - 18.0).abs() < TOLERANCE && (ink.right - 192.0).abs() < TOLERANCE, "{ink:?}");
}
