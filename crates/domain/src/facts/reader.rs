//! Rows of a file to entries: a header and a mapping settled once, then cell by cell. Where the cells come from is
//! the caller's business.

use super::day::DateFormat;
use super::entry::Entry;
use super::header::Header;
use super::kind::{Field, Kind, Need};
use super::mapping::Mapping;
use super::problem::{Problem, Reason, Unfit};
use super::value::{self, Fields, Value};
use crate::expression::{Compiled, Condition, Expression, Failure, Formula, Tables, Unresolved, Wording};
use rust_decimal::Decimal;

/// Reads the rows of one file.
///
/// ```
/// use dacheng_domain::facts::{kind::Kind, mapping::Mapping, reader::RowReader, row::Row};
/// let header = ["order", "customer", "member", "date", "amount"];
/// let reader = RowReader::new(Kind::Orders, &header, &Mapping::default()).unwrap();
/// let cells = ["0001", "ALFKI", "4", "2026/8/5", "1,234.50"];
/// let entry = reader.read(|column| cells[column]).unwrap().unwrap();
/// assert_eq!(entry.key(), "0001");
/// let Ok(Row::Order(order)) = entry.complete() else { panic!("a complete order") };
/// assert_eq!(order.amount.unwrap().to_string(), "1234.50");
/// ```
#[derive(Debug, Clone)]
pub struct RowReader {
    kind: Kind,
    header: Header,
    sources: Vec<Source>,
    keep: Option<Condition>,
    dates: DateFormat,
    ignored: Vec<String>,
}

/// Where a field's values come from.
#[derive(Debug, Clone)]
enum Source {
    Nowhere,
    Column(usize),
    Constant(Value),
    Wording(Wording),
    Formula { formula: Formula, columns: Vec<usize> },
}

impl RowReader {
    /// Settles which column or expression fills which field, or says everything that does not fit.
    ///
    /// Without `[fields]` the header itself names the fields, and other columns are [ignored](Self::ignored).
    /// With them only those fields are filled. A value that is exactly a column's name means that column,
    /// whatever characters the name has; otherwise it is an expression (`interface.md`, "A mapping file").
    pub fn new(kind: Kind, header: &[&str], mapping: &Mapping) -> Result<Self, Vec<Unfit>> {
        let header = Header::new(header);
        let mut unfit = Vec::new();
        let dates = mapping.date_format.as_deref().map_or(Ok(DateFormat::Usual), DateFormat::named);
        let dates = dates.unwrap_or_else(|wrong| {
            unfit.push(wrong.into());
            DateFormat::Usual
        });
        let unknown = mapping.fields.keys().filter(|name| kind.field(name).is_none());
        unfit.extend(unknown.map(|name| Unfit::NoSuchField { field: name.clone() }));
        let unread = mapping.lookup_files.keys().filter(|table| !mapping.lookup.contains_key(*table));
        unfit.extend(unread.map(|table| Unfit::LookupFile { table: table.clone() }));
        let mut sources = Vec::with_capacity(kind.fields().len());
        for field in kind.fields() {
            let source = if mapping.fields.is_empty() {
                named_column(field, &header)
            } else {
                mapped(field, mapping, &header)
            };
            sources.push(source.unwrap_or_else(|wrong| {
                unfit.push(wrong);
                Source::Nowhere
            }));
        }
        let keep =
            mapping.rows.keep.as_deref().map(|text| condition(text, &header, &mapping.lookup)).transpose();
        let keep = keep.unwrap_or_else(|wrong| {
            unfit.push(wrong);
            None
        });
        if !unfit.is_empty() {
            return Err(unfit);
        }
        let ignored = if mapping.fields.is_empty() { ignored(kind, &header) } else { Vec::new() };
        Ok(Self { kind, header, sources, keep, dates, ignored })
    }

    /// The columns of the header that fill no field, when the header names the fields.
    pub fn ignored(&self) -> &[String] {
        &self.ignored
    }

    /// Reads one row; `cell` gives the text of each column of the header, `""` where the row is shorter.
    /// `None` where the mapping skips the row or all its cells are blank; else every problem of the row.
    pub fn read<'r>(&self, cell: impl Fn(usize) -> &'r str) -> Result<Option<Entry>, Vec<Problem>> {
        let read =
            self.kept(&cell).and_then(|kept| if kept { self.entry(&cell).map(Some) } else { Ok(None) });
        match read {
            Err(_) if self.is_blank(&cell) => Ok(None),
            read => read,
        }
    }

    /// The problem of a required field that is blank in a row whose fact is new.
    pub fn blank(&self, field: &'static str) -> Problem {
        Problem::new(self.column_of(field), "", Reason::Blank)
    }

    /// The column that fills a field, as the file names it; the field's name where no single one does.
    pub fn column_of(&self, field: &'static str) -> &str {
        let source = self.kind.field(field).and_then(|(place, _)| self.sources.get(place));
        match source {
            Some(Source::Column(column)) => self.column_name(*column),
            Some(Source::Nowhere | Source::Constant(_) | Source::Wording(_) | Source::Formula { .. })
            | None => field,
        }
    }

    fn kept<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<bool, Vec<Problem>> {
        let Some(keep) = &self.keep else { return Ok(true) };
        keep.holds(cell).map_err(|failure| vec![self.failed("keep", failure, cell)])
    }

    fn entry<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<Entry, Vec<Problem>> {
        let fields = self.kind.fields();
        let mut values = Fields::default();
        let mut problems = Vec::new();
        for ((field, source), place) in fields.iter().zip(&self.sources).zip(&mut values) {
            let value = self.value(field, source, cell).and_then(|value| match (field.need, value) {
                (Need::Key, None) => Err(self.blank(field.name)),
                (_, value) => Ok(value),
            });
            *place = value.unwrap_or_else(|problem| {
                problems.push(problem);
                None
            });
        }
        for (place, field) in fields.iter().enumerate() {
            if let (Need::KeyOr(other), None) = (field.need, &values[place]) {
                values[place] = self.kind.field(other).and_then(|(other, _)| values[other].clone());
                if values[place].is_none() && problems.is_empty() {
                    problems.push(self.blank(other));
                }
            }
        }
        if problems.is_empty() { Ok(Entry::new(self.kind, values)) } else { Err(problems) }
    }

    fn value<'r>(
        &self,
        field: &Field,
        source: &Source,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Result<Option<Value>, Problem> {
        match source {
            Source::Nowhere => Ok(None),
            Source::Column(column) => {
                let text = cell(*column);
                value::read(field.content, text, &self.dates)
                    .map_err(|reason| Problem::new(self.column_name(*column), text, reason))
            }
            Source::Constant(value) => Ok(Some(value.clone())),
            Source::Wording(wording) => {
                let text =
                    wording.evaluate(cell).map_err(|failure| self.failed(field.name, failure, cell))?;
                value::read(field.content, &text, &self.dates)
                    .map_err(|reason| Problem::new(field.name, &text, reason))
            }
            Source::Formula { formula, columns } => match formula.evaluate(cell) {
                Ok(number) => value::calculated(field.content, number)
                    .map(Some)
                    .map_err(|reason| Problem::new(field.name, &number.to_string(), reason)),
                // Nothing filled in makes nothing; something filled in halfway is a problem.
                Err(Failure::Blank { .. }) if columns.iter().all(|&column| is_blank(cell(column))) => {
                    Ok(None)
                }
                Err(failure) => Err(self.failed(field.name, failure, cell)),
            },
        }
    }

    fn failed<'r>(&self, place: &str, failure: Failure, cell: &impl Fn(usize) -> &'r str) -> Problem {
        match failure {
            Failure::Blank { column } => Problem::new(self.column_name(column), "", Reason::Blank),
            Failure::Cell { column, why } => {
                Problem::new(self.column_name(column), cell(column), Reason::Number(why))
            }
            Failure::Unlisted { column } => {
                Problem::new(self.column_name(column), cell(column), Reason::Unlisted)
            }
            Failure::DivisionByZero => Problem::new(place, "", Reason::DivisionByZero),
            Failure::TooLarge => Problem::new(place, "", Reason::TooLarge),
        }
    }

    fn column_name(&self, column: usize) -> &str {
        self.header.names().get(column).map_or("", String::as_str)
    }

    /// Spreadsheets leave rows of nothing but separators at the end of a file.
    fn is_blank<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> bool {
        (0..self.header.names().len()).all(|column| cell(column).trim().is_empty())
    }
}

fn is_blank(cell: &str) -> bool {
    crate::number::any(cell) == Ok(None)
}

fn named_column(field: &Field, header: &Header) -> Result<Source, Unfit> {
    match header.find(field.name) {
        Ok(column) => Ok(Source::Column(column)),
        Err(Unresolved::Ambiguous) => Err(Unfit::ColumnRepeated { column: field.name.to_owned() }),
        Err(Unresolved::Missing) if field.need.is_wanted() => {
            Err(Unfit::ColumnMissing { column: field.name })
        }
        Err(Unresolved::Missing) => Ok(Source::Nowhere),
    }
}

fn mapped(field: &'static Field, mapping: &Mapping, header: &Header) -> Result<Source, Unfit> {
    let Some(text) = mapping.fields.get(field.name) else {
        let source = if field.need.is_wanted() { None } else { Some(Source::Nowhere) };
        return source.ok_or(Unfit::FieldMissing { field: field.name });
    };
    match header.find(text) {
        Ok(column) => return Ok(Source::Column(column)),
        Err(Unresolved::Ambiguous) => return Err(Unfit::ColumnRepeated { column: text.clone() }),
        Err(Unresolved::Missing) => {}
    }
    let nature = || Unfit::Nature { place: field.name.to_owned() };
    match compiled(field.name, text, header, &mapping.lookup)? {
        Compiled::Column(column) => Ok(Source::Column(column)),
        Compiled::Text(text) => constant(field, &text),
        Compiled::Wording(wording) => Ok(Source::Wording(wording)),
        // Any number tells whether the field takes numbers.
        Compiled::Formula(_) if value::calculated(field.content, Decimal::ONE).is_err() => Err(nature()),
        Compiled::Formula(formula) => Ok(Source::Formula { columns: formula.columns(), formula }),
        Compiled::Condition(_) => Err(nature()),
    }
}

/// A constant is written in the usual forms, whatever the dates of the file look like.
fn constant(field: &'static Field, text: &str) -> Result<Source, Unfit> {
    let value = value::read(field.content, text, &DateFormat::Usual)
        .map_err(|reason| Unfit::Constant { field: field.name, reason })?;
    Ok(value.map_or(Source::Nowhere, Source::Constant))
}

pub(super) fn condition(text: &str, header: &Header, tables: &Tables) -> Result<Condition, Unfit> {
    match compiled("keep", text, header, tables)? {
        Compiled::Condition(condition) => Ok(condition),
        Compiled::Column(_) | Compiled::Text(_) | Compiled::Wording(_) | Compiled::Formula(_) => {
            Err(Unfit::Nature { place: "keep".to_owned() })
        }
    }
}

pub(super) fn compiled(place: &str, text: &str, header: &Header, tables: &Tables) -> Result<Compiled, Unfit> {
    let expression =
        Expression::parse(text).and_then(|parsed| parsed.compile_with(|name| header.find(name), tables));
    expression.map_err(|fault| Unfit::Expression { place: place.to_owned(), fault })
}

fn ignored(kind: Kind, header: &Header) -> Vec<String> {
    let fills = |name: &&String| {
        name.is_empty() || kind.fields().iter().any(|field| header.find(field.name) == header.find(name))
    };
    header.names().iter().filter(|name| !fills(name)).cloned().collect()
}
