//! Which encoding a file is taken for, and where bytes that are no text are refused.

mod support;

use dacheng_sheets::{Encoding, ReadOptions};
use encoding_rs::GB18030;
use support::{options, read_with, refusal, rows};

const TEXT: &str = "姓名,部门\n王芳,华东区\n朱镕基,喆堃赟\n";
const READ: [[&str; 2]; 2] = [["王芳", "华东区"], ["朱镕基", "喆堃赟"]];

fn gb18030(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn every_encoding_is_told_without_being_asked() {
    assert_eq!(rows(TEXT), READ);
    assert_eq!(rows(format!("\u{FEFF}{TEXT}")), READ);
    assert_eq!(rows(gb18030(TEXT)), READ);
    for bytes in [u16::to_le_bytes, u16::to_be_bytes] {
        assert_eq!(rows(utf16(TEXT, bytes)), READ);
        assert_eq!(rows(utf16(&format!("\u{FEFF}{TEXT}"), bytes)), READ);
    }
}

#[test]
fn chinese_long_after_a_plain_beginning_is_told_too() {
    let plain = format!("id,name\n{}", "1,abcdefgh\n".repeat(30_000));
    let text = format!("{plain}2,王芳\n");
    for bytes in [gb18030(&text), text.clone().into_bytes()] {
        assert_eq!(rows(bytes).last().unwrap(), &["2", "王芳"]);
    }
}

#[test]
fn characters_may_lie_across_the_pieces_in_which_a_file_is_read() {
    for shift in 0..4 {
        let text = format!("id,name\n{},y\n{}", "x".repeat(shift + 1), "1,王芳\u{20BB7}\n".repeat(9_000));
        for bytes in [text.clone().into_bytes(), gb18030(&text), utf16(&text, u16::to_le_bytes)] {
            let read = rows(bytes);
            assert_eq!(read.len(), 9_001);
            assert!(read[1..].iter().all(|row| row == &["1", "王芳\u{20BB7}"]));
        }
    }
}

#[test]
fn four_byte_characters_of_gb18030_are_read() {
    let text = "姓名,部门\n\u{20BB7}野,\u{3400}组\n";
    assert_eq!(rows(gb18030(text)), [["\u{20BB7}野", "\u{3400}组"]]);
}

#[test]
fn a_damaged_character_is_refused_where_it_stands() {
    let mut bytes = TEXT.as_bytes().to_vec();
    let at = TEXT.find('区').unwrap();
    bytes.remove(at + 1);
    assert_eq!(
        refusal(bytes),
        "file, row 2, column 2 \"部门\": the bytes are not valid UTF-8 text; save the file as UTF-8"
    );
    let mut bytes = gb18030(TEXT);
    bytes.extend(b"x,\xB0");
    assert!(refusal(bytes).contains("row 4, column 2 \"部门\": the bytes are not valid GB18030 text"));
}

#[test]
fn text_in_an_encoding_of_the_west_is_refused_and_not_read_as_chinese() {
    let refusal = refusal(b"id,name\n1,M\xFCnster\n2,Spezialit\xE4ten\n");
    assert!(refusal.contains("row 2, column 2 \"name\": the bytes are not valid UTF-8"), "{refusal}");
}

#[test]
fn text_of_the_west_in_utf_8_stays_what_it_is() {
    assert_eq!(rows("id,name\n1,Münster\n"), [["1", "Münster"]]);
}

#[test]
fn an_encoding_can_be_settled() {
    let settled = |encoding| ReadOptions { encoding: Some(encoding), ..options() };
    // The bytes of 涓 in GB18030 are two thirds of a character in UTF-8, those of 谩 a whole one.
    let bytes = gb18030("id,name\n1,谩\n");
    assert_eq!(read_with(&bytes, settled(Encoding::Gb18030)).unwrap().fields(), [["1", "谩"]]);
    assert_eq!(read_with(&bytes, settled(Encoding::Utf8)).unwrap().fields(), [["1", "\u{E1}"]]);
    assert_eq!("GBK".parse(), Ok(Encoding::Gb18030));
    assert!("latin1".parse::<Encoding>().is_err());
}

#[test]
fn a_bar_inside_a_chinese_character_is_no_delimiter() {
    // 瓅 is AD 7C in GB18030, and 7C is the bar.
    assert_eq!(rows(gb18030("姓名|部门\n王瓅|华东\n")), [["王瓅", "华东"]]);
}
