//! From the cells of a worksheet to rows, in the child process. What a single value reads as lives in
//! `values`.

use std::fs::File;
use std::io::{BufReader, Seek, SeekFrom, Write};

use calamine::{DataRef, Dimensions, Reader, Sheet, SheetType, SheetVisible, Xlsx, XlsxError};

use super::inspect::inspect;
use super::values;
use super::wire::{self, Opening};
use crate::limits::{COLUMNS, WORKBOOK_ROWS};
use crate::record::{Record, unwanted_character};
use crate::refusal::{Column, Fault, Kind, Reason};
use crate::sheet::{OtherSheet, Visibility};

type Workbook = Xlsx<BufReader<File>>;

/// Checks the file and sends the opening and the rows of the named sheet, or of the first visible one.
pub(crate) fn send(mut file: File, wanted: Option<&str>, out: &mut impl Write) -> Result<(), Fault> {
    let findings = inspect(&mut file)?;
    file.seek(SeekFrom::Start(0))?;
    let mut workbook: Workbook = Xlsx::new(BufReader::new(file)).map_err(fault)?;
    let opening = choose(&mut workbook, wanted)?;
    wire::send_opening(out, &opening)?;
    let name = opening.sheet.as_str();
    if findings.merged_cells {
        refuse_merged_cells(&mut workbook, name)?;
    }
    if findings.formulas {
        refuse_formulas_without_result(&mut workbook, name)?;
    }
    send_rows(&mut workbook, name, out)
}

fn choose(workbook: &mut Workbook, wanted: Option<&str>) -> Result<Opening, Fault> {
    let is_visible = |sheet: &Sheet| sheet.visible == SheetVisible::Visible;
    let sheets: Vec<Sheet> = workbook.sheets_metadata().to_vec();
    if sheets.iter().any(|sheet| sheet.name.chars().count() > 255) {
        return Err(Fault::damaged("the name of a sheet is too long"));
    }
    let tables = || sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let chosen = match wanted {
        Some(name) => tables().find(|sheet| sheet.name == name).ok_or_else(|| Reason::NoSuchSheet {
            name: name.to_owned(),
            sheets: tables().map(|sheet| sheet.name.clone()).collect(),
        })?,
        None => {
            tables().find(|sheet| is_visible(sheet)).or_else(|| tables().next()).ok_or(Reason::NoSheet)?
        }
    };
    let others = tables()
        .filter(|sheet| sheet.name != chosen.name)
        .map(|sheet| OtherSheet {
            name: sheet.name.clone(),
            visibility: if is_visible(sheet) { Visibility::Visible } else { Visibility::Hidden },
        })
        .collect();
    let rows = workbook.worksheet_cells_reader(&chosen.name).map_err(fault)?.dimensions().end.0;
    Ok(Opening { sheet: chosen.name.clone(), others, rows: u64::from(rows) + 1 })
}

fn refuse_merged_cells(workbook: &mut Workbook, name: &str) -> Result<(), Fault> {
    let merged = workbook.merge_cells_by_sheet_name(name).map_err(fault)?;
    match merged.iter().find(|range| range.start != range.end) {
        None => Ok(()),
        Some(Dimensions { start, end }) => {
            let range = format!("{}:{}", address(*start), address(*end));
            Err(fault_at(*start, Reason::Merged { range }))
        }
    }
}

fn refuse_formulas_without_result(workbook: &mut Workbook, name: &str) -> Result<(), Fault> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(fault)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(fault)? {
        if cell.formula.is_some() && cell.value == DataRef::Empty {
            return Err(fault_at(cell.pos, Reason::NoResult));
        }
    }
    Ok(())
}

fn send_rows(workbook: &mut Workbook, name: &str, out: &mut impl Write) -> Result<(), Fault> {
    let mut cells = workbook.worksheet_cells_reader(name).map_err(fault)?;
    let mut record = Record::new();
    let mut last = None;
    let mut is_begun = false;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(fault)? {
        let place @ (row, column) = cell.get_position();
        // Before anything can be refused in the next row, so that the header is known by then.
        if is_begun && last.is_some_and(|(last, _)| last < row) {
            wire::send_row(out, &record)?;
            is_begun = false;
        }
        let format = cells.styles().get(style).and_then(|style| style.number_format.as_ref());
        let format = format.map_or("General", |format| format.format_code.as_str());
        let text = values::text(cell.get_value(), format).map_err(|reason| fault_at(place, reason))?;
        // Formatted but blank cells may stand anywhere.
        if text.is_empty() {
            continue;
        }
        if last.is_some_and(|last| last >= place) {
            return Err(Fault::damaged(format_args!("the cell {} comes too late", address(place))));
        }
        if !is_begun {
            record.begin(u64::from(row) + 1, u64::from(row) + 1);
            is_begun = true;
        }
        last = Some(place);
        add(&mut record, row, column as usize, &text).map_err(|reason| fault_at(place, reason))?;
    }
    if is_begun {
        wire::send_row(out, &record)?;
    }
    Ok(())
}

fn add(record: &mut Record, row: u32, column: usize, text: &str) -> Result<(), Reason> {
    if column >= COLUMNS {
        return Err(Reason::TooManyColumns { limit: COLUMNS });
    }
    if row > WORKBOOK_ROWS {
        return Err(Reason::TooManyRows { limit: WORKBOOK_ROWS });
    }
    if let Some((_, reason)) = unwanted_character(text) {
        return Err(reason);
    }
    while record.len() < column {
        record.end_field()?;
    }
    record.push(text)?;
    record.end_field()
}

fn fault_at((row, column): (u32, u32), reason: Reason) -> Fault {
    Fault::at(u64::from(row) + 1, column as usize, reason)
}

fn address((row, column): (u32, u32)) -> String {
    let column = Column { index: column as usize, name: String::new() };
    format!("{}{}", column.letters(), row + 1)
}

fn fault(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Reason::WrongKind { kind: Kind::Encrypted }.into(),
        XlsxError::CellError(code) => Reason::CellError { code: code.chars().take(40).collect() }.into(),
        error => Fault::damaged(error),
    }
}
