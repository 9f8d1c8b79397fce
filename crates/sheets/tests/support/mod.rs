//! Reading bytes as a file and building workbooks, honest and hostile ones.
#![allow(dead_code, reason = "every test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::format_collect, clippy::format_push_string, reason = "short texts, and easier to read")]

use std::io::{Cursor, Write};
use std::path::PathBuf;

use dacheng_sheets::{ChildCommand, OtherSheet, Progress, ReadOptions, Record, Refusal};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file that was read to its end.
#[derive(Debug)]
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<(u64, Vec<String>)>,
    pub name: Option<String>,
    pub others: Vec<OtherSheet>,
    pub progress: Progress,
}

impl Table {
    pub fn fields(self) -> Vec<Vec<String>> {
        self.rows.into_iter().map(|(_, fields)| fields).collect()
    }
}

/// The example of this crate is the child that reads workbooks.
pub fn options() -> ReadOptions {
    let mut program: PathBuf = std::env::current_exe().unwrap();
    program.pop();
    program.pop();
    program.push("examples/read_sheet");
    ReadOptions::new(ChildCommand { program, arguments: vec!["child".into()] })
}

pub fn read(bytes: impl AsRef<[u8]>) -> Result<Table, Refusal> {
    read_with(bytes, options())
}

pub fn read_with(bytes: impl AsRef<[u8]>, options: ReadOptions) -> Result<Table, Refusal> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes.as_ref()).unwrap();
    let options = ReadOptions { name: Some("file".into()), ..options };
    let mut sheet = dacheng_sheets::open(file.path(), &options)?;
    let mut record = Record::new();
    let mut rows = Vec::new();
    while sheet.next(&mut record)? {
        rows.push((record.row(), record.fields().map(str::to_owned).collect()));
    }
    Ok(Table {
        header: sheet.header().to_vec(),
        rows,
        name: sheet.name().map(str::to_owned),
        others: sheet.others().to_vec(),
        progress: sheet.progress(),
    })
}

pub fn rows(bytes: impl AsRef<[u8]>) -> Vec<Vec<String>> {
    read(bytes).unwrap().fields()
}

/// The English sentence of the refusal.
pub fn refusal(bytes: impl AsRef<[u8]>) -> String {
    read(bytes).unwrap_err().to_string()
}

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A workbook, part by part. Parts given later replace those of the same name.
pub struct Book {
    pub parts: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// One sheet with this content of its `sheetData`.
    pub fn new(sheet_data: &str) -> Self {
        Self::of_sheets(&[("Sheet1", "visible", sheet_data)])
    }

    /// Sheets by name, state and content.
    pub fn of_sheets(sheets: &[(&str, &str, &str)]) -> Self {
        let mut book = Self { parts: Vec::new() };
        book.set(
            "[Content_Types].xml",
            r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        );
        book.set(
            "_rels/.rels",
            &format!(r#"<Relationships><Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        );
        let (mut names, mut relations) = (String::new(), String::new());
        for (index, (name, state, data)) in sheets.iter().enumerate() {
            names += &format!(r#"<sheet name="{name}" state="{state}" sheetId="{index}" r:id="r{index}"/>"#);
            relations += &format!(
                r#"<Relationship Id="r{index}" Type="{OFFICE}/worksheet" Target="worksheets/{index}.xml"/>"#
            );
            let sheet = format!("<worksheet><sheetData>{data}</sheetData></worksheet>");
            book.set(&format!("xl/worksheets/{index}.xml"), &sheet);
        }
        book.set("xl/workbook.xml", &format!("<workbook><sheets>{names}</sheets></workbook>"));
        book.set("xl/_rels/workbook.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
        book
    }

    pub fn set(&mut self, name: &str, content: &str) {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), content.as_bytes().to_vec()));
    }

    pub fn with(mut self, name: &str, content: &str) -> Self {
        self.set(name, content);
        self
    }

    /// Cell formats by their codes; format `n` is the `n`th of them, from 1.
    pub fn with_formats(self, codes: &[&str]) -> Self {
        let formats: String = codes
            .iter()
            .enumerate()
            .map(|(index, code)| format!(r#"<numFmt numFmtId="{}" formatCode="{code}"/>"#, 200 + index))
            .collect();
        let cells: String =
            (0..codes.len()).map(|index| format!(r#"<xf numFmtId="{}"/>"#, 200 + index)).collect();
        self.with(
            "xl/styles.xml",
            &format!(r#"<styleSheet><numFmts>{formats}</numFmts><cellXfs><xf numFmtId="0"/>{cells}</cellXfs></styleSheet>"#),
        )
    }

    pub fn with_strings(self, strings: &[&str]) -> Self {
        let items: String = strings.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
        self.with("xl/sharedStrings.xml", &format!("<sst>{items}</sst>"))
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), options).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}

/// A row of texts.
pub fn row(number: u32, texts: &[&str]) -> String {
    let cells: String =
        texts.iter().map(|text| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#)).collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}
