//! What a workbook reads as, and where it is refused.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use dacheng_sheets::{OtherSheet, ReadOptions, Reason, Visibility};
use support::{Book, options, read, read_with, refusal, row};

/// One column named `a`, and a cell below with these attributes and content.
fn cell(attributes: &str, content: &str) -> Book {
    Book::new(&format!(r#"{}<row r="2"><c r="A2" {attributes}>{content}</c></row>"#, row(1, &["a"])))
}

fn text_of(book: &Book) -> String {
    read(book.bytes()).unwrap().fields().concat().concat()
}

#[test]
fn rows_carry_their_true_number_and_blank_cells_are_empty() {
    let data = format!(
        r#"{}<row r="5"><c r="C5"><v>3</v></c></row><row r="6"><c r="A6" t="inlineStr"><is><t> </t></is></c></row><row r="9"><c r="A9"><v>1</v></c></row>"#,
        row(3, &["a", "b", "c"]),
    );
    let table = read(Book::new(&data).bytes()).unwrap();
    assert_eq!(table.header, ["a", "b", "c"]);
    assert_eq!(table.name.as_deref(), Some("Sheet1"));
    let row = |fields: [&str; 3]| fields.map(str::to_owned).to_vec();
    assert_eq!(table.rows, [(5, row(["", "", "3"])), (9, row(["1", "", ""]))]);
}

#[test]
fn numbers_read_as_a_spreadsheet_shows_them_in_full() {
    let cases = [
        ("1234.5", "1234.5"),
        ("1120", "1120"),
        ("-5000.00", "-5000"),
        ("-0", "0"),
        ("0.30000000000000004", "0.3"),
        ("1234.5599999999999", "1234.56"),
        ("1E-3", "0.001"),
        ("1.5E+3", "1500"),
        ("999999999999999", "999999999999999"),
        ("0.15", "0.15"),
    ];
    for (stored, shown) in cases {
        assert_eq!(text_of(&cell("", &format!("<v>{stored}</v>"))), shown);
    }
    for stored in ["1.10101199001011E+17", "1000000000000000", "1E999", "NaN"] {
        let reason = read(cell("", &format!("<v>{stored}</v>")).bytes()).unwrap_err().reason;
        assert_eq!(reason, Reason::LongNumber, "{stored}");
    }
}

#[test]
fn zeros_in_front_are_kept() {
    let zeros =
        |value: &str| text_of(&cell(r#"s="1""#, &format!("<v>{value}</v>")).with_formats(&["000000"]));
    assert_eq!(zeros("1234"), "001234");
    assert_eq!(zeros("0"), "000000");
    assert_eq!(zeros("1234567"), "1234567");
    assert_eq!(text_of(&cell(r#"t="s""#, "<v>0</v>").with_strings(&["001234"])), "001234");
    assert_eq!(text_of(&cell(r#"t="inlineStr""#, "<is><t>001234</t></is>")), "001234");
}

#[test]
fn texts_of_every_kind_are_read() {
    assert_eq!(text_of(&cell(r#"t="s""#, "<v>1</v>").with_strings(&["x", "a &amp; b"])), "a & b");
    assert_eq!(text_of(&cell(r#"t="inlineStr""#, "<is><r><t>王</t></r><r><t>芳</t></r></is>")), "王芳");
    assert_eq!(text_of(&cell(r#"t="str""#, "<f>A1</f><v>=1+1</v>")), "=1+1");
    assert_eq!(text_of(&cell(r#"t="b""#, "<v>1</v>")), "TRUE");
    assert_eq!(text_of(&cell(r#"t="inlineStr""#, "<is><t>'=1</t></is>")), "'=1");
}

#[test]
fn dates_read_as_iso() {
    let formats = ["yyyy/m/d", "m/d/yy h:mm", "h:mm:ss", "[h]:mm", "yyyy年m月", "0.00"];
    let cases = [
        (1, "46235", "2026-08-01"),
        (2, "46235.395833333336", "2026-08-01T09:30:00"),
        (3, "0.3958333333333333", "09:30:00"),
        (4, "1.5208333333333333", "36:30:00"),
        (5, "46235", "2026-08-01"),
        (6, "46235", "46235"),
        (1, "61", "1900-03-01"),
        (1, "2958465", "9999-12-31"),
    ];
    for (format, stored, shown) in cases {
        let book = cell(&format!(r#"s="{format}""#), &format!("<v>{stored}</v>")).with_formats(&formats);
        assert_eq!(text_of(&book), shown, "{stored}");
    }
    assert_eq!(text_of(&cell(r#"t="d""#, "<v>2026-08-01</v>")), "2026-08-01");
    for stored in ["0", "60", "-1", "2958466", "0.5"] {
        let book = cell(r#"s="1""#, &format!("<v>{stored}</v>")).with_formats(&formats);
        let expected = Reason::NoDate { serial: stored.into() };
        assert_eq!(read(book.bytes()).unwrap_err().reason, expected);
    }
}

#[test]
fn days_count_from_1904_where_the_workbook_says_so() {
    let book = cell(r#"s="1""#, "<v>44773</v>").with_formats(&["yyyy-mm-dd"]);
    let workbook =
        String::from_utf8(book.parts.iter().find(|(name, _)| name == "xl/workbook.xml").unwrap().1.clone());
    let workbook = workbook.unwrap().replace("<workbook>", r#"<workbook><workbookPr date1904="1"/>"#);
    assert_eq!(text_of(&book.with("xl/workbook.xml", &workbook)), "2026-08-01");
}

#[test]
fn errors_are_refused_with_their_address() {
    let book = cell(r#"t="e""#, "<f>B9</f><v>#REF!</v>");
    assert_eq!(
        refusal(book.bytes()),
        r#"file, sheet "Sheet1", row 2, column A "a": the cell holds the error #REF!"#
    );
    assert!(refusal(cell(r#"t="e""#, "<v>#SPILL!</v>").bytes()).contains("the error #SPILL!"));
}

#[test]
fn formulas_read_as_their_stored_result_and_are_refused_without_one() {
    assert_eq!(text_of(&cell("", "<f>1+1</f><v>2</v>")), "2");
    for content in ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>", r#"<f t="shared" si="0"/>"#] {
        let refusal = refusal(cell("", content).bytes());
        assert!(
            refusal.contains("row 2, column A: the formula has no stored result"),
            "{content}: {refusal}"
        );
    }
    let blank = format!(
        r#"{}<row r="2"><c r="A2" t="str"><f>""</f><v></v></c><c r="B2"><v>1</v></c></row>"#,
        row(1, &["a", "b"])
    );
    assert_eq!(read(Book::new(&blank).bytes()).unwrap().fields(), [["", "1"]]);
}

#[test]
fn merged_cells_are_refused_with_their_range() {
    let mut book = Book::new(&row(1, &["a"]));
    book.set(
        "xl/worksheets/0.xml",
        &format!(
            r#"<worksheet><sheetData>{}</sheetData><mergeCells><mergeCell ref="B4:B4"/><mergeCell ref="A2:A4"/></mergeCells></worksheet>"#,
            row(1, &["a"])
        ),
    );
    assert!(refusal(book.bytes()).contains("row 2, column A: the cells A2:A4 are merged"));
}

#[test]
fn the_first_visible_sheet_is_read_or_the_named_one() {
    let book = Book::of_sheets(&[
        ("old", "hidden", &(row(1, &["a"]) + &row(2, &["hidden"]))),
        ("目标", "visible", &(row(1, &["a"]) + &row(2, &["seen"]))),
        ("notes", "veryHidden", ""),
    ]);
    let table = read(book.bytes()).unwrap();
    assert_eq!(table.name.as_deref(), Some("目标"));
    let other = |name: &str| OtherSheet { name: name.into(), visibility: Visibility::Hidden };
    assert_eq!(table.others, [other("old"), other("notes")]);
    assert_eq!(table.fields(), [["seen"]]);

    let named = |name: &str| read_with(book.bytes(), ReadOptions { sheet: Some(name.into()), ..options() });
    assert_eq!(named("old").unwrap().fields(), [["hidden"]]);
    assert!(named("-x").unwrap_err().to_string().contains(r#"no sheet "-x"; there are: old, 目标, notes"#));
    assert_eq!(named("notes").unwrap_err().to_string(), r#"file, sheet "notes": the file is empty"#);
}

#[test]
fn formatted_blank_cells_do_not_count() {
    let data = format!(
        r#"{}<row r="2"><c r="A2"><v>1</v></c><c r="XFD2" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>"#,
        row(1, &["a"]),
    );
    let book = Book::new(&data).with_formats(&["0.00"]);
    assert_eq!(read(book.bytes()).unwrap().fields(), [["1"]]);
}

#[test]
fn a_value_beyond_the_header_is_refused() {
    let data = row(1, &["a", "b"]) + &row(2, &["1", "", "", "note"]);
    assert!(refusal(Book::new(&data).bytes()).contains("row 2, column D: there is a value to the right"));
}

#[test]
fn headers_and_blank_books_are_treated_as_in_csv() {
    assert_eq!(read(Book::new("").bytes()).unwrap_err().reason, Reason::Empty);
    assert_eq!(read(Book::new(&row(1, &["a"])).bytes()).unwrap_err().reason, Reason::NoRows);
}

#[test]
fn control_characters_and_marks_are_refused_where_they_stand() {
    let refused = |text: &str| refusal(cell(r#"t="inlineStr""#, &format!("<is><t>{text}</t></is>")).bytes());
    assert!(
        refused("_x0001_").contains(r#"row 2, column A "a": the text contains the control character U+0001"#)
    );
    assert!(refused("x\u{FEFF}").contains("byte order mark"));
}

#[test]
fn a_workbook_without_a_worksheet_is_refused() {
    let refused = read(Book::of_sheets(&[]).bytes()).unwrap_err();
    assert_eq!(refused.reason, Reason::NoSheet, "{refused}");
    assert_eq!(refused.to_string(), "file: the workbook has no worksheet");
}
