//! What a CSV file reads as, and where it is refused.

mod support;

use dacheng_sheets::{Delimiter, ReadOptions, Reason};
use proptest::prelude::*;
use support::{options, read, read_with, refusal, rows};

#[test]
fn rows_carry_the_number_that_a_spreadsheet_shows() {
    let table = read("\na,b\n\n1,\"x\ny\"\n,\n  , \n2,z").unwrap();
    assert_eq!(table.header, ["a", "b"]);
    assert_eq!(
        table.rows,
        [(4, vec!["1".to_owned(), "x\ny".to_owned()]), (7, vec!["2".to_owned(), "z".to_owned()])]
    );
}

#[test]
fn a_refusal_also_names_the_line_where_texts_have_line_breaks() {
    assert_eq!(
        refusal("a,b\n\"1\n2\",x\n3\n"),
        "file, row 3 (line 4): the row has 1 fields, the header has 2"
    );
}

#[test]
fn lines_may_end_in_any_usual_way() {
    let expected = [["1", "2"], ["3", "4"]];
    for text in ["a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4", "a,b\n1,2\r\n3,4"] {
        let table = read(text).unwrap();
        assert_eq!(table.rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 3], "{text:?}");
        assert_eq!(table.fields(), expected, "{text:?}");
    }
}

#[test]
fn the_delimiter_is_told_by_the_first_lines() {
    let cases = [
        ("a,b\n1;1,2\n", ["1;1", "2"]),
        ("a;b\n1,5;2,5\n", ["1,5", "2,5"]),
        ("a\tb\n1,5\t2,5\n", ["1,5", "2,5"]),
        ("a|b\n1|2\n", ["1", "2"]),
        ("amount (net, in yuan, rounded);b\n1;2\n3;4\n", ["1", "2"]),
        ("\"a;;;;\",b\n\"1;;\",2\n", ["1;;", "2"]),
    ];
    for (text, first) in cases {
        assert_eq!(rows(text)[0], first, "{text:?}");
    }
    assert_eq!(rows("name\n王芳\n"), [["王芳"]]);
}

#[test]
fn a_delimiter_can_be_settled() {
    let semicolon = ReadOptions { delimiter: Some(Delimiter::SEMICOLON), ..options() };
    let table = read_with("a,a;b\n1,1;2\n", semicolon).unwrap();
    assert_eq!(table.header, ["a,a", "b"]);
    for wrong in ["", "ab", "\"", "\n", "1", "，"] {
        assert!(wrong.parse::<Delimiter>().is_err(), "{wrong:?}");
    }
}

#[test]
fn a_missing_quotation_mark_never_joins_rows() {
    let cases = [
        (
            "a,b\n1,\"x\n2,y\n3,z\n",
            "row 2, column 2 \"b\": the quotation mark that opens here is never closed",
        ),
        (
            "a,b,c\n1,\"x,3\n2,\"y\",4\n",
            "row 2, column 2 \"b\": a closing quotation mark is followed by other text",
        ),
        ("a,b\n\"1\" ,2\n", "row 2, column 1 \"a\": a closing quotation mark is followed by other text"),
    ];
    for (text, expected) in cases {
        let refusal = refusal(text);
        assert!(refusal.contains(expected), "{text:?}: {refusal}");
    }
    let text = format!("a,b\n1,\"x\n{}", "2,y\n".repeat(50_000));
    assert_eq!(read(text).unwrap_err().place.row, Some(2));
}

#[test]
fn a_quotation_mark_inside_a_plain_field_is_a_character() {
    assert_eq!(rows("a,b\n5\" screen,\"say \"\"hi\"\"\"\n"), [["5\" screen", "say \"hi\""]]);
}

#[test]
fn rows_must_be_as_wide_as_the_header() {
    assert!(refusal("a,b,c\n1,2\n").contains("row 2: the row has 2 fields, the header has 3"));
    assert!(refusal("a,b\n1,2,3\n").contains("row 2, column 3: there is a value to the right"));
    assert_eq!(rows("a,b\n1,2,,\n"), [["1", "2"]]);
    assert_eq!(rows("a,b,,\n1,2,,\n3,4\n"), [["1", "2"], ["3", "4"]]);
}

#[test]
fn a_name_that_stands_twice_harms_only_who_asks_for_it() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    std::io::Write::write_all(&mut file, b" id ,x,x\n1,2,3\n").unwrap();
    let sheet = dacheng_sheets::open(file.path(), &options()).unwrap();
    assert_eq!(sheet.column("id").unwrap(), Some(0));
    assert_eq!(sheet.column("y").unwrap(), None);
    let refusal = sheet.column("x").unwrap_err();
    assert_eq!(refusal.reason, Reason::AmbiguousColumn { name: "x".into() });
    assert_eq!(refusal.place.column.unwrap().letters(), "C");
}

#[test]
fn files_without_rows_are_refused() {
    assert_eq!(refusal(""), "file: the file is empty");
    assert_eq!(refusal("\u{FEFF}"), "file: the file is empty");
    assert_eq!(refusal("\n \n,,\n"), "file: the file is empty");
    assert_eq!(read("a,b\n\n").unwrap_err().reason, Reason::NoRows);
}

#[test]
fn files_of_other_kinds_are_refused_by_their_content() {
    let cases: [(&[u8], &str); 5] = [
        (b"%PDF-1.7\nabc", "a binary file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01", "a binary file"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        (b"\xEF\xBB\xBF<?xml version='1.0'?><Workbook/>", "a web page or XML"),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a zip file without a workbook"),
    ];
    for (bytes, kind) in cases {
        let refusal = refusal(bytes);
        assert!(refusal.contains(kind), "{refusal}");
    }
    let directory = dacheng_sheets::open(std::path::Path::new("/"), &options()).err().unwrap();
    assert!(directory.to_string().contains("not an ordinary file"), "{directory}");
    let missing = dacheng_sheets::open(std::path::Path::new("/no/such.csv"), &options()).err().unwrap();
    assert!(missing.to_string().starts_with("such.csv: the file cannot be read"), "{missing}");
}

#[test]
fn characters_that_no_cell_may_hold_are_refused_where_they_stand() {
    assert!(
        refusal("a,b\n1,2\n3,x\0y\n")
            .contains("row 3, column 2 \"b\": the text contains the control character U+0000")
    );
    assert!(refusal("a,b\n1,\x07\n").contains("U+0007"));
    assert!(
        refusal("a,b\n1,2\n\u{FEFF}a,b\n3,4\n")
            .contains("row 3, column 1 \"a\": the text contains a byte order mark")
    );
}

#[test]
fn widths_and_lengths_have_an_end() {
    let header: Vec<String> = (1..=101).map(|number| format!("c{number}")).collect();
    assert!(refusal(header.join(",")).contains("row 1, column 101: there are more than 100 columns"));
    let width = format!("{}{}\n1,2\n", header[..2].join(","), ",".repeat(20_000));
    assert_eq!(rows(width), [["1", "2"]]);

    let longest = "字".repeat(32_767);
    assert_eq!(rows(format!("a,b\n1,{longest}\n"))[0][1], longest);
    assert!(
        refusal(format!("a,b\n1,{longest}x\n"))
            .contains("row 2, column 2 \"b\": the text is longer than 32767")
    );
    assert!(refusal(format!("a,b\n1,{}\n", "x".repeat(3_000_000))).contains("row 2, column 2"));
}

#[test]
fn only_the_apostrophe_of_a_text_like_a_formula_is_taken_away() {
    assert_eq!(rows("a,b\n'=1+1,''-x\n'＝1,'001\n")[..], [["=1+1", "'-x"], ["＝1", "'001"]]);
}

#[test]
fn progress_counts_bytes() {
    let progress = read("a,b\n1,2\n").unwrap().progress;
    assert_eq!((progress.done, progress.total), (8, 8));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The `csv` crate as the measure: whatever it writes is read alike.
    #[test]
    fn well_formed_files_read_as_the_csv_crate_reads_them(
        rows in proptest::collection::vec(proptest::array::uniform3("[a-c,;'\"\r\n \t王=|-]{0,6}"), 1..8),
        semicolon in any::<bool>(),
    ) {
        let delimiter = if semicolon { (b';', Delimiter::SEMICOLON) } else { (b',', Delimiter::COMMA) };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter.0).from_writer(Vec::new());
        writer.write_record(["h1", "h2", "h3"]).unwrap();
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        writer.write_record(["last", "", ""]).unwrap();
        let bytes = writer.into_inner().unwrap();
        let mut expected: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .delimiter(delimiter.0)
            .from_reader(bytes.as_slice())
            .records()
            .map(|record| record.unwrap().iter().map(str::to_owned).collect())
            .collect();
        for field in expected.iter_mut().flatten() {
            if field.starts_with('\'') && field.trim_start_matches('\'').starts_with(['=', '-', '\t', '\r', '\n']) {
                field.remove(0);
            }
        }
        expected.retain(|row| !row.concat().trim().is_empty());
        let read = read_with(bytes, ReadOptions { delimiter: Some(delimiter.1), ..options() }).unwrap();
        prop_assert_eq!(read.fields(), expected);
    }
}
