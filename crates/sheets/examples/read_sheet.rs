//! Prints the rows of a CSV or XLSX file: `cargo run --example read_sheet -- FILE [SHEET]`. It is its own
//! reader of workbooks, as the `dacheng` binary is.

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use dacheng_sheets::{ChildCommand, ReadOptions, Record};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let result = match arguments[..] {
        ["child"] => return dacheng_sheets::xlsx::child_main(None),
        ["child", "--", sheet] => return dacheng_sheets::xlsx::child_main(Some(sheet)),
        [file] => print(file, None),
        [file, sheet] => print(file, Some(sheet.to_owned())),
        _ => Err("usage: read_sheet FILE [SHEET]".into()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(3)
        }
    }
}

fn print(file: &str, sheet: Option<String>) -> Result<(), Box<dyn Error>> {
    let reader = ChildCommand { program: std::env::current_exe()?, arguments: vec!["child".into()] };
    let options = ReadOptions { sheet, ..ReadOptions::new(reader) };
    let mut sheet = dacheng_sheets::open(Path::new(file), &options)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "row\t{}", sheet.header().join("\t"))?;
    let mut record = Record::new();
    while sheet.next(&mut record)? {
        let fields: Vec<&str> = record.fields().collect();
        writeln!(out, "{}\t{}", record.row(), fields.join("\t"))?;
    }
    Ok(out.flush()?)
}
