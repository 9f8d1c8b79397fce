//! Why a file cannot be read, or does not make its kind, said in the asker's language. What is found is data of `sheets`
//! and `domain`.

use dacheng_domain::facts::problem::Unfit;
use dacheng_sheets::{Kind, Place, Reason, Refusal};
use dacheng_text::Lang;

use super::problems::reason as cell_reason;

/// A refusal of a file: where, and why.
pub fn refusal(refusal: &Refusal, lang: Lang) -> String {
    lang.refusals().said(place(&refusal.place, lang), reason(&refusal.reason, lang))
}

fn place(place: &Place, lang: Lang) -> String {
    let say = lang.refusals();
    let mut said = place.file.clone();
    said.extend(place.sheet.as_ref().map(|name| say.sheet(name)));
    said.extend(place.row.map(|row| say.row(row.to_string())));
    said.extend(place.line.map(|line| say.line(line.to_string())));
    if let Some(column) = &place.column {
        // A worksheet's columns go by letters, those of a CSV file by numbers.
        let letters = match place.sheet {
            Some(_) => column.letters(),
            None => (column.index + 1).to_string(),
        };
        said += &say.column(letters);
        said.extend((!column.name.is_empty()).then(|| say.named(&column.name)));
    }
    said
}

fn reason(reason: &Reason, lang: Lang) -> String {
    let say = lang.refusals();
    match reason {
        Reason::Unreadable { detail } => say.unreadable(detail),
        Reason::Empty => say.empty().to_owned(),
        Reason::NoRows => say.no_rows().to_owned(),
        Reason::WrongKind { kind } => say.wrong_kind(kind_name(*kind, lang)),
        Reason::Damaged { detail } => say.damaged(detail),
        Reason::TooCostly => say.too_costly().to_owned(),
        Reason::NoReader { detail } => say.no_reader(detail),
        Reason::TooLarge { limit } => say.too_large(limit.to_string()),
        Reason::TooDense { limit } => say.too_dense(limit.to_string()),
        Reason::TooManyParts { limit } => say.too_many_parts(limit.to_string()),
        Reason::TooManyRows { limit } => say.too_many_rows(limit.to_string()),
        Reason::TooManyColumns { limit } => say.too_many_columns(limit.to_string()),
        Reason::TooLong { limit } => say.too_long(limit.to_string()),
        Reason::DocumentType { part } => say.document_type(part),
        Reason::NoSuchSheet { name, sheets } => say.no_such_sheet(name, sheets.join(lang.people().comma())),
        Reason::NoSheet => say.no_sheet().to_owned(),
        Reason::NotText { encoding } => say.not_text(encoding.to_string()),
        Reason::ControlCharacter { code } => say.control_character(format!("{code:04X}")),
        Reason::ByteOrderMark => say.byte_order_mark().to_owned(),
        Reason::OpenQuote => say.open_quote().to_owned(),
        Reason::StrayQuote => say.stray_quote().to_owned(),
        Reason::MissingFields { expected, found } => {
            say.missing_fields(found.to_string(), expected.to_string())
        }
        Reason::ExtraField { expected } => say.extra_field(expected.to_string()),
        Reason::AmbiguousColumn { name } => say.ambiguous_column(name),
        Reason::CellError { code } => say.cell_error(code),
        Reason::NoResult => say.no_result().to_owned(),
        Reason::Merged { range } => say.merged(range),
        Reason::NoDate { serial } => say.no_date(serial),
        Reason::LongNumber => say.long_number().to_owned(),
    }
}

fn kind_name(kind: Kind, lang: Lang) -> &'static str {
    let say = lang.refusals();
    match kind {
        Kind::Xls => say.xls(),
        Kind::Encrypted => say.encrypted(),
        Kind::Macros => say.macros(),
        Kind::Xlsb => say.xlsb(),
        Kind::OpenDocument => say.open_document(),
        Kind::OtherZip => say.other_zip(),
        Kind::Markup => say.markup(),
        Kind::Binary => say.binary(),
        Kind::NotAFile => say.not_a_file(),
    }
}

/// Why a file or its mapping does not make its kind.
pub fn unfit(unfit: &Unfit, lang: Lang) -> String {
    let say = lang.refusals();
    match unfit {
        Unfit::ColumnMissing { column } => say.column_missing(*column),
        Unfit::ColumnRepeated { column } => say.column_repeated(column),
        Unfit::NoSuchField { field } => say.no_such_field(field),
        Unfit::FieldMissing { field } => say.field_missing(*field),
        Unfit::Expression { place, fault } => say.expression(place, fault.to_string()),
        Unfit::Nature { place } => say.nature(place),
        Unfit::Constant { field, reason } => say.constant(*field, cell_reason(*reason, lang)),
        Unfit::LookupFile { table } => say.lookup_file(table),
        Unfit::DateFormat(wrong) => say.date_format(wrong.to_string()),
    }
}
