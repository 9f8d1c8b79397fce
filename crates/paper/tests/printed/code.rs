//! The check code: of the content and nothing else.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

use dacheng_paper::{Block, Code, Form, Printed, Row, Seal, Sheet, Table, print};
use dacheng_text::Lang;

use super::reading::{joined, text};
use jiff::tz::Offset;

use super::samples::{printed, sheet};

fn code(sheet: &Sheet) -> String {
    joined(&Code::of(sheet).unwrap().to_string())
}

fn small() -> Sheet {
    sheet(Lang::Zh, Form::Upright, vec![Block::Pairs(vec![("责任人".to_owned(), "陶喆".to_owned())])])
}

#[test]
fn it_is_the_sha_256_of_the_content_as_another_program_works_it_out() {
    let content = "{\"company\":\"苏州华辰智控科技有限公司\",\"number\":\"GJ-2026-0118\",\"version\":3,\"title\":\"改进计划\",\
                   \"about\":\"华东大区 · 佟海洋\",\"blocks\":[{\"pairs\":[[\"责任人\",\"陶喆\"]]}]}";
    let mut other = Command::new("sha256sum").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    other.stdin.take().unwrap().write_all(content.as_bytes()).unwrap();
    let said = String::from_utf8(other.wait_with_output().unwrap().stdout).unwrap();
    assert_eq!(code(&small()), said[..32]);
}

#[test]
fn it_changes_with_every_letter_and_its_place() {
    let cells = |left: &str, right: &str| {
        let row = Row::of([left.to_owned(), right.to_owned()]);
        Block::Table(Table { rows: vec![row], ..Table::default() })
    };
    let sheets = [
        small(),
        Sheet { version: 4, ..small() },
        Sheet { number: "GJ-2026-0119".to_owned(), ..small() },
        Sheet { company: "苏州华辰".to_owned(), ..small() },
        Sheet { title: "改进计划 ".to_owned(), ..small() },
        Sheet { about: String::new(), ..small() },
        Sheet { blocks: Vec::new(), ..small() },
        Sheet { blocks: vec![Block::Paragraph("ab".to_owned())], ..small() },
        Sheet { blocks: vec![Block::Note("ab".to_owned())], ..small() },
        Sheet { blocks: vec![cells("ab", "c")], ..small() },
        Sheet { blocks: vec![cells("a", "bc")], ..small() },
        Sheet { blocks: vec![cells("a", "b,c")], ..small() },
    ];
    let codes: BTreeSet<String> = sheets.iter().map(code).collect();
    assert_eq!(codes.len(), sheets.len());
}

#[test]
fn who_prints_and_when_stands_on_the_paper_and_changes_no_code() {
    let other = Printed {
        at: "2027-01-01T19:04:00Z".parse().unwrap(),
        offset: Offset::constant(8),
        by: "佟海洋".to_owned(),
    };
    let papers = [printed(), other].map(|printed| text(&print(&small(), &printed).unwrap()).concat());
    assert_ne!(papers[0], papers[1]);
    for (paper, told) in papers.iter().zip(["陆文博于2026-11-2316:02", "佟海洋于2027-01-0203:04"]) {
        assert!(joined(paper).contains(told) && joined(paper).contains(&code(&small())), "{paper}");
    }
}

#[test]
fn a_sheet_of_something_signed_bears_the_code_of_that_and_a_square() {
    let plain = sheet(Lang::Zh, Form::Upright, vec![Block::Paragraph("目标 120 万".to_owned())]);
    let seal = Seal {
        digest: std::array::from_fn(|at| u8::try_from(at).unwrap()),
        covers: "校验码由签署文本计算".to_owned(),
        link: "https://example.org/verify?no=ZR-2026-0001&code=0001020304".to_owned(),
    };
    let sealed = Sheet { seal: Some(seal), ..plain.clone() };
    assert_eq!(code(&sealed), "000102030405060708090a0b0c0d0e0f");
    let said = |sheet: &Sheet| joined(&text(&print(sheet, &printed()).unwrap()).concat());
    let sealed = said(&sealed);
    assert!(
        sealed.contains("000102030405060708090a0b") && sealed.contains("校验码由签署文本计算"),
        "{sealed}"
    );
    assert!(!said(&plain).contains("校验码由签署文本计算"));
}
