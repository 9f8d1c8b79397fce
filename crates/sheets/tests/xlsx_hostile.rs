//! Workbooks that were made to do harm: a clear refusal, soon, and nothing else happens.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::io::{Cursor, Write};
use std::time::{Duration, Instant};

use dacheng_sheets::{ChildCommand, Kind, ReadOptions, Reason, limits};
use proptest::prelude::*;
use support::{Book, options, read, read_with, row};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Refused soon: within 2 s on a quiet machine, more is allowed for a busy one.
fn reason(bytes: impl AsRef<[u8]>) -> Reason {
    let begin = Instant::now();
    let refusal = read(bytes).unwrap_err();
    assert!(begin.elapsed() < Duration::from_secs(15), "{refusal} after {:?}", begin.elapsed());
    refusal.reason
}

fn kind(bytes: impl AsRef<[u8]>) -> Kind {
    match reason(bytes) {
        Reason::WrongKind { kind } => kind,
        other => panic!("{other}"),
    }
}

#[test]
fn a_cell_in_the_last_corner_costs_nothing() {
    let corner = r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let bytes = Book::new(&(row(1, &["a"]) + corner)).bytes();
    assert!(bytes.len() < 1_800);
    assert_eq!(reason(bytes), Reason::TooManyColumns { limit: 100 });
}

#[test]
fn rows_and_columns_have_an_end() {
    let with = |address: &str, row_number: u32| {
        let cell = format!(r#"<row r="{row_number}"><c r="{address}"><v>1</v></c></row>"#);
        read(Book::new(&(row(1, &["a"]) + &cell)).bytes())
    };
    assert_eq!(with("A200001", 200_001).unwrap().rows.len(), 1);
    assert_eq!(with("A200002", 200_002).unwrap_err().reason, Reason::TooManyRows { limit: 200_000 });
    assert_eq!(with("CW2", 2).unwrap_err().place.to_string(), r#"file, sheet "Sheet1", row 2, column CW"#);
    let long = "x".repeat(32_768);
    let book = Book::new(&(row(1, &["a"]) + &row(2, &[&long])));
    assert_eq!(reason(book.bytes()), Reason::TooLong { limit: 32_767 });
}

/// A zip file whose last part is so many spaces.
fn bomb(spaces: usize) -> Vec<u8> {
    let mut zip = ZipWriter::new_append(Cursor::new(Book::new(&row(1, &["a"])).bytes())).unwrap();
    zip.start_file("xl/media/image1.png", SimpleFileOptions::default()).unwrap();
    let piece = vec![b' '; 1 << 16];
    for _ in 0..spaces >> 16 {
        zip.write_all(&piece).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Bytes that cannot be packed, always the same.
fn noise(length: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state.to_be_bytes()[0]
    };
    std::iter::repeat_with(next).take(length).collect()
}

#[test]
fn zip_bombs_are_refused() {
    let bomb = bomb(16 << 20);
    assert_eq!(reason(&bomb), Reason::TooDense { limit: limits::RATIO });
    // A large honest part beside it does not hide it.
    let mut zip = ZipWriter::new_append(Cursor::new(bomb)).unwrap();
    zip.start_file("xl/media/image2.png", SimpleFileOptions::default()).unwrap();
    zip.write_all(&noise(1 << 20)).unwrap();
    assert_eq!(reason(zip.finish().unwrap().into_inner()), Reason::TooDense { limit: limits::RATIO });
}

#[test]
fn a_bomb_that_lies_about_its_size_is_refused() {
    let honest = bomb(16 << 20);
    let mut lying = honest.clone();
    let (size, lie) = ((16_u32 << 20).to_le_bytes(), 1000_u32.to_le_bytes());
    let places: Vec<usize> =
        honest.windows(4).enumerate().filter(|(_, window)| *window == size).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        lying[at..at + 4].copy_from_slice(&lie);
    }
    assert!(matches!(reason(lying), Reason::TooDense { .. } | Reason::Damaged { .. }));
}

#[test]
fn the_sum_of_all_parts_is_limited() {
    // Parts of a density below the limit, so that only their sum is too much.
    let mut zip = ZipWriter::new_append(Cursor::new(Book::new(&row(1, &["a"])).bytes())).unwrap();
    zip.start_file("xl/media/0.bin", SimpleFileOptions::default()).unwrap();
    zip.write_all(&noise(1 << 18)).unwrap();
    zip.write_all(&vec![b' '; 15 << 20]).unwrap();
    let mut source = zip.finish_into_readable().unwrap();
    let mut zip = ZipWriter::new_append(Cursor::new(Book::new(&row(1, &["a"])).bytes())).unwrap();
    for number in 1..10 {
        let part = source.by_name("xl/media/0.bin").unwrap();
        zip.raw_copy_file_rename(part, format!("xl/media/{number}.bin")).unwrap();
    }
    assert_eq!(reason(zip.finish().unwrap().into_inner()), Reason::TooLarge { limit: limits::INFLATED });
}

#[test]
fn a_million_parts_are_refused_before_they_are_listed() {
    // One entry in the directory, repeated: as large as a directory of empty files.
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a", SimpleFileOptions::default()).unwrap();
    let bytes = zip.finish().unwrap().into_inner();
    let directory = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    let end = bytes.windows(4).position(|window| window == b"PK\x05\x06").unwrap();
    let entry = &bytes[directory..end];
    let mut hostile = bytes[..directory].to_vec();
    (0..1_000_000).for_each(|_| hostile.extend(entry));
    hostile.extend(&bytes[end..end + 8]);
    hostile.extend([0xFF, 0xFF, 0xFF, 0xFF]);
    hostile.extend(&bytes[end + 12..]);
    assert_eq!(reason(hostile), Reason::TooManyParts { limit: limits::PARTS });
}

#[test]
fn document_types_are_refused() {
    let entities = r#"<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst><si><t>&a;</t></si></sst>"#;
    let book = Book::new(&row(1, &["a"])).with("xl/sharedStrings.xml", entities);
    assert_eq!(reason(book.bytes()), Reason::DocumentType { part: "xl/sharedStrings.xml".into() });
    let padded = format!("{}{entities}", " ".repeat((64 << 10) - 5));
    let book = Book::new(&row(1, &["a"])).with("xl/sharedStrings.xml", &padded);
    assert_eq!(reason(book.bytes()), Reason::DocumentType { part: "xl/sharedStrings.xml".into() });
}

#[test]
fn parts_in_utf_16_hide_nothing() {
    let mut book = Book::new(&row(1, &["a"]));
    let text = "\u{FEFF}<!DOCTYPE x><sst/>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    book.parts.push(("xl/sharedStrings.xml".into(), text));
    assert!(matches!(reason(book.bytes()), Reason::Damaged { .. }));
}

#[test]
fn other_kinds_of_workbooks_are_told_apart() {
    let book = || Book::new(&row(1, &["a"]));
    let types =
        |kind: &str| format!(r#"<Types><Override ContentType="application/vnd.{kind}.main+xml"/></Types>"#);
    let with_types = |kind: &str| book().with("[Content_Types].xml", &types(kind)).bytes();
    assert_eq!(kind(book().with("xl/vbaProject.bin", "x").bytes()), Kind::Macros);
    assert_eq!(kind(with_types("ms-excel.sheet.macroEnabled")), Kind::Macros);
    assert_eq!(kind(with_types("openxmlformats-officedocument.wordprocessingml.document")), Kind::OtherZip);
    assert_eq!(kind(book().with("xl/workbook.bin", "x").bytes()), Kind::Xlsb);
    assert_eq!(
        kind(book().with("content.xml", "x").with("META-INF/manifest.xml", "x").bytes()),
        Kind::OpenDocument
    );
}

/// The container of Office 97–2003 with one name in its directory.
fn compound(name: &str) -> Vec<u8> {
    let mut bytes = vec![0; 512 * 4];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[0x1E] = 9;
    bytes[0x30] = 1;
    let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes[1024..1024 + name.len()].copy_from_slice(&name);
    bytes
}

#[test]
fn old_and_encrypted_workbooks_are_told_apart() {
    assert_eq!(kind(compound("Workbook")), Kind::Xls);
    assert_eq!(kind(compound("EncryptedPackage")), Kind::Encrypted);
    assert_eq!(kind([0xD0, 0xCF, 0x11, 0xE0]), Kind::Xls);
}

#[test]
fn parts_behind_a_password_are_refused() {
    let mut bytes = Book::new(&row(1, &["a"])).bytes();
    // The flag of the first entry in the directory.
    let at = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    bytes[at + 8] |= 1;
    assert_eq!(kind(bytes), Kind::Encrypted);
}

#[test]
fn a_workbook_cut_off_anywhere_is_damaged() {
    let bytes = Book::new(&(row(1, &["a"]) + &row(2, &["1"]))).bytes();
    for length in [10, 100, bytes.len() / 2, bytes.len() - 30, bytes.len() - 1] {
        assert!(matches!(reason(&bytes[..length]), Reason::Damaged { .. }), "{length}");
    }
}

#[test]
fn broken_xml_and_missing_parts_are_damage() {
    let open_end = Book::new("").with("xl/worksheets/0.xml", "<worksheet><sheetData><row><c>");
    assert!(matches!(reason(open_end.bytes()), Reason::Damaged { .. }));
    let mut missing = Book::new("");
    missing.parts.retain(|(name, _)| !name.contains("worksheets"));
    assert!(matches!(reason(missing.bytes()), Reason::Damaged { .. }));
    let string = Book::new(r#"<row r="1"><c r="A1" t="s"><v>7</v></c></row>"#);
    assert!(matches!(reason(string.bytes()), Reason::Damaged { .. }));
}

#[test]
fn cells_that_come_twice_or_too_late_are_damage() {
    for address in ["A1", "B1", "A2", "B2"] {
        let late = format!(
            r#"<row r="2"><c r="B2"><v>1</v></c></row><row r="1"><c r="{address}"><v>2</v></c></row>"#
        );
        let book = Book::new(&(row(1, &["a", "b"]) + &late));
        assert!(matches!(reason(book.bytes()), Reason::Damaged { .. }), "{address}");
    }
}

#[test]
fn a_workbook_that_asks_for_much_memory_ends_only_the_child() {
    for count in ["100000000000", "1000000000000000000"] {
        let strings = format!(r#"<sst uniqueCount="{count}"><si><t>x</t></si></sst>"#);
        let book = Book::new(&row(1, &["a"])).with("xl/sharedStrings.xml", &strings);
        let reason = reason(book.bytes());
        assert!(matches!(reason, Reason::TooCostly | Reason::Damaged { .. }), "{reason}");
    }
}

#[test]
fn a_wrong_or_missing_child_is_a_fault_of_the_installation() {
    let book = Book::new(&(row(1, &["a"]) + &row(2, &["1"]))).bytes();
    for (program, argument) in
        [("/no/such/program", ""), ("true", ""), ("echo", "something longer than a head")]
    {
        let reader = ChildCommand { program: program.into(), arguments: vec![argument.into()] };
        let reason = read_with(&book, ReadOptions { reader, ..options() }).unwrap_err().reason;
        assert!(matches!(reason, Reason::NoReader { .. }), "{program}: {reason}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_damaged_byte_never_brings_down_more_than_the_file(
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
    ) {
        let rows = row(1, &["a", "b"]) + r#"<row r="2"><c r="A2" s="1"><v>46235</v></c><c r="B2" t="s"><v>0</v></c></row>"#;
        let book = Book::new(&rows).with_formats(&["yyyy-mm-dd"]).with_strings(&["x"]);
        let mut bytes = book.bytes();
        for (at, value) in flips {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if let Err(refusal) = read(bytes) {
            prop_assert!(!matches!(refusal.reason, Reason::NoReader { .. } | Reason::TooCostly), "{}", refusal);
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes);
        let _ = read([b"a,b\n".as_slice(), &bytes].concat());
        let _ = read([b"PK\x03\x04".as_slice(), &bytes].concat());
        let _ = read([b"\xD0\xCF\x11\xE0".as_slice(), &bytes].concat());
    }
}
