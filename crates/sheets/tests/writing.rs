//! What is written reads back as it was, and never becomes a formula.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::io::Read as _;

use dacheng_sheets::csv::{Mark, Writer};
use dacheng_sheets::xlsx::{self, Digits, Heading, Patterns};
use dacheng_sheets::{Cell, Number, WriteError, limits};
use jiff::civil::{Date, date, datetime};
use proptest::prelude::*;
use support::{read, rows};

fn number(text: &str) -> Cell<'_> {
    Cell::Number(Number::new(text).unwrap())
}

fn csv(header: &[&str], rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new(), Mark::ByteOrderMark, header).unwrap();
    for row in rows {
        writer.write(row).unwrap();
    }
    writer.finish().unwrap()
}

fn workbook(header: &[&str], rows: &[Vec<Cell<'_>>]) -> Vec<u8> {
    let header: Vec<Heading<'_>> =
        header.iter().map(|name| Heading { name, width: 12, digits: Digits::Plain }).collect();
    let mut writer = xlsx::Writer::new("Sheet1", &header, Patterns::ISO).unwrap();
    for row in rows {
        writer.write(row).unwrap();
    }
    bytes_of(writer.finish().unwrap())
}

fn bytes_of(mut file: std::fs::File) -> Vec<u8> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).unwrap();
    bytes
}

/// The text of a part of a workbook.
fn part(book: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    std::io::read_to_string(zip.by_name(name).unwrap()).unwrap()
}

#[test]
fn a_text_never_becomes_a_formula_and_a_negative_number_stays_a_number() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'=", "''-"] {
        let text = format!("{start}cmd|' /C calc'!A0");
        let bytes = csv(&["a"], &[vec![Cell::Text(&text)]]);
        let written = String::from_utf8(bytes.clone()).unwrap();
        let field = written.lines().nth(1).unwrap().trim_start_matches('"');
        assert!(field.starts_with('\''), "{written:?}");
        assert_eq!(rows(&bytes), [[text.clone()]]);
        let read = rows(workbook(&["a", "b"], &[vec![Cell::Text(&text), number("1")]]));
        assert_eq!(read[0][0].trim(), text.trim());
    }
    let written = csv(&["a", "b"], &[vec![number("-5.00"), Cell::Text("-5.00")]]);
    assert!(written.ends_with(b"\r\n-5.00,'-5.00\r\n"));
}

#[test]
fn the_name_of_a_column_is_no_formula_either() {
    for name in ["=cmd|' /C calc'!A0", "＝1+1", "-1", "@x"] {
        let written = String::from_utf8(csv(&[name, "b"], &[vec![number("1"), number("2")]])).unwrap();
        let first = written.trim_start_matches('\u{feff}').trim_start_matches('"');
        assert!(first.starts_with('\''), "{written:?}");
        let book = workbook(&[name, "b"], &[vec![Cell::Text(name), number("-2")]]);
        let mut parts = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
        let mut sheet = String::new();
        let mut part = parts.by_name("xl/worksheets/sheet1.xml").unwrap();
        std::io::Read::read_to_string(&mut part, &mut sheet).unwrap();
        assert!(sheet.contains("<v>-2</v>") && !sheet.contains("<f"), "{sheet}");
    }
}

#[test]
fn a_workbook_holds_numbers_and_dates_as_such() {
    let cells = vec![
        number("-1234.50"),
        number("1234567890123456.78"),
        Cell::Date(date(2026, 8, 1)),
        Cell::Date(date(1899, 1, 1)),
        Cell::Blank,
        Cell::Text("001234"),
    ];
    let header = ["a", "b", "c", "d", "e", "f"];
    let bytes = workbook(&header, std::slice::from_ref(&cells));
    assert_eq!(rows(&bytes), [["-1234.5", "1234567890123456.78", "2026-08-01", "1899-01-01", "", "001234"]]);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut part = |name: &str| std::io::read_to_string(zip.by_name(name).unwrap()).unwrap();
    let sheet = part("xl/worksheets/sheet1.xml");
    assert!(sheet.contains("<v>-1234.5</v>") && sheet.contains("<v>46235</v>"), "{sheet}");
    assert!(sheet.contains(r#"state="frozen""#), "{sheet}");
    let styles = part("xl/styles.xml");
    assert!(styles.contains(r#"formatCode="0.00""#), "{styles}");
    assert!(styles.contains(r#"formatCode="yyyy\-mm\-dd""#) || styles.contains(r#"formatCode="yyyy-mm-dd""#));
    assert!(styles.contains("<b/>"), "{styles}");
    assert_eq!(rows(csv(&header, &[cells]))[0][0], "-1234.50");
}

#[test]
fn characters_that_reading_refuses_are_replaced() {
    let text = "a\0b\u{FEFF}c\u{1F}";
    let expected = "a\u{FFFD}b\u{FFFD}c\u{FFFD}";
    assert_eq!(rows(csv(&["a"], &[vec![Cell::Text(text)]])), [[expected]]);
    assert_eq!(rows(workbook(&["a"], &[vec![Cell::Text(text)]])), [[expected]]);
}

#[test]
fn what_could_not_be_read_is_not_written() {
    let header = vec!["a"; 101];
    assert!(matches!(
        Writer::new(Vec::new(), Mark::None, &header),
        Err(WriteError::TooManyColumns { limit: 100 })
    ));
    let mut writer = Writer::new(Vec::new(), Mark::None, &["a", "b"]).unwrap();
    assert!(matches!(writer.write(&[Cell::Blank]), Err(WriteError::Width { expected: 2, found: 1 })));
    let long = "字".repeat(32_768);
    assert!(matches!(writer.write(&[Cell::Text(&long), Cell::Blank]), Err(WriteError::TooLong { .. })));
    assert!(matches!(xlsx::Writer::new("a/b", &[], Patterns::ISO), Err(WriteError::Workbook(_))));
}

#[test]
fn the_longest_text_goes_both_ways() {
    let longest = "字".repeat(limits::CHARACTERS);
    let row = vec![Cell::Text(&longest)];
    assert_eq!(rows(csv(&["a"], std::slice::from_ref(&row))), [[longest.clone()]]);
    assert_eq!(rows(workbook(&["a"], &[row])), [[longest.clone()]]);
}

#[test]
fn our_own_exports_stay_below_the_limits_however_well_they_pack() {
    let text = "同一条备注".repeat(2_000);
    let rows: Vec<Vec<Cell<'_>>> = (0..400).map(|_| vec![Cell::Text(&text), number("0")]).collect();
    assert_eq!(read(workbook(&["note", "amount"], &rows)).unwrap().rows.len(), 400);
}

/// A row that is not blank, with what it reads as.
fn row() -> impl Strategy<Value = (String, i64, Date, bool)> {
    (
        "[-+=@'＝a-c王芳, ;\"\n\t]{0,8}",
        -99_999_999_999_i64..99_999_999_999,
        (1900_i16..2200, 3_i8..13, 1_i8..29),
        any::<bool>(),
    )
        .prop_map(|(text, fen, (year, month, day), blank)| (text, fen, date(year, month, day), blank))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_written_reads_back(table in proptest::collection::vec(row(), 1..12)) {
        let amounts: Vec<String> = table
            .iter()
            .map(|(_, fen, ..)| format!("{}{}.{:02}", if *fen < 0 { "-" } else { "" }, fen.abs() / 100, fen.abs() % 100))
            .collect();
        let cells: Vec<Vec<Cell<'_>>> = table
            .iter()
            .zip(&amounts)
            .map(|((text, _, day, blank), amount)| {
                let day = if *blank { Cell::Blank } else { Cell::Date(*day) };
                vec![Cell::Text(text), number(amount), day]
            })
            .collect();
        let header = ["text", "amount", "day"];
        for (read, is_workbook) in [(rows(csv(&header, &cells)), false), (rows(workbook(&header, &cells)), true)] {
            prop_assert_eq!(read.len(), table.len());
            for ((read, (text, fen, day, blank)), amount) in read.iter().zip(&table).zip(&amounts) {
                prop_assert_eq!(&read[0], text);
                if is_workbook {
                    let shortest = amount.trim_end_matches('0').trim_end_matches('.');
                    prop_assert_eq!(&read[1], if *fen == 0 { "0" } else { shortest });
                } else {
                    prop_assert_eq!(&read[1], amount);
                }
                prop_assert_eq!(&read[2], &if *blank { String::new() } else { day.to_string() });
            }
        }
    }
}

#[test]
fn a_printed_workbook_explains_itself() {
    let header = [
        Heading { name: "单位", width: 20, digits: Digits::Plain },
        Heading { name: "目标（元）", width: 16, digits: Digits::Grouped },
        Heading { name: "时间", width: 20, digits: Digits::Plain },
    ];
    let mut writer = xlsx::Writer::new("达成", &header, Patterns::ISO).unwrap();
    for amount in ["1234567.50", "-3.00"] {
        writer
            .write(&[Cell::Text("华东"), number(amount), Cell::Moment(datetime(2026, 11, 23, 14, 5, 9, 0))])
            .unwrap();
    }
    writer.total(&[Cell::Text("合计"), number("1234564.50"), Cell::Blank]).unwrap();
    writer.about("说明", &[("筛选".to_owned(), "=1+1".to_owned())]).unwrap();
    let book = bytes_of(writer.finish().unwrap());
    let sheet = part(&book, "xl/worksheets/sheet1.xml");
    for mark in [
        r#"paperSize="9""#,
        r#"orientation="landscape""#,
        r#"fitToHeight="0""#,
        r#"<autoFilter ref="A1:C3"/>"#,
    ] {
        assert!(sheet.contains(mark), "{mark}: {sheet}");
    }
    let workbook = part(&book, "xl/workbook.xml");
    assert!(workbook.contains("Print_Titles") && workbook.contains("达成!$1:$1"), "{workbook}");
    let styles = part(&book, "xl/styles.xml");
    assert!(styles.contains(r##"formatCode="#,##0.00""##) && styles.contains("hh:mm:ss"), "{styles}");
    let about = part(&book, "xl/worksheets/sheet2.xml");
    assert!(!about.contains("<f"), "{about}");
    let read = read(&book).unwrap();
    assert_eq!(read.others.len(), 1, "{:?}", read.others);
    assert_eq!(read.rows.len(), 3);
    assert_eq!(read.rows[2].1[1], "1234564.5");
    assert!(read.rows[0].1[2].starts_with("2026-11-23"), "{:?}", read.rows[0]);
}
