//! Rows of a file to texts, for what is no fact kind: a header and a mapping settled once, as for facts.

use std::collections::BTreeMap;

use super::header::Header;
use super::mapping::Mapping;
use super::problem::{Problem, Reason, Unfit};
use super::reader::{compiled, condition};
use crate::expression::{Compiled, Condition, Failure, Formula, Unresolved, Wording};

/// A field that a file fills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextField {
    /// Its name.
    pub name: &'static str,
    /// Whether a file must have it.
    pub need: TextNeed,
}

/// Whether a file must have a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextNeed {
    /// It must.
    Wanted,
    /// It may.
    Optional,
}

/// Reads the rows of one file as texts by field.
#[derive(Debug, Clone)]
pub struct TextReader {
    sources: BTreeMap<&'static str, Source>,
    names: Vec<String>,
    keep: Option<Condition>,
}

#[derive(Debug, Clone)]
enum Source {
    Column(usize),
    Constant(String),
    Wording(Wording),
    Formula(Formula),
}

impl TextReader {
    /// Settles which column or expression fills which field, or says everything that does not fit.
    pub fn new(fields: &'static [TextField], header: &[&str], mapping: &Mapping) -> Result<Self, Vec<Unfit>> {
        let header = Header::new(header);
        let mut unfit: Vec<Unfit> = Vec::new();
        let is_known = |name: &String| fields.iter().any(|field| field.name == name.as_str());
        let unknown = mapping.fields.keys().filter(|name| !is_known(name));
        unfit.extend(unknown.map(|name| Unfit::NoSuchField { field: name.clone() }));
        let mut sources = BTreeMap::new();
        for field in fields {
            let found = if mapping.fields.is_empty() {
                named(*field, &header)
            } else {
                mapped(*field, mapping, &header)
            };
            match found {
                Ok(Some(source)) => drop(sources.insert(field.name, source)),
                Ok(None) => {}
                Err(wrong) => unfit.push(wrong),
            }
        }
        let keep = mapping.rows.keep.as_deref();
        let keep = keep.map(|text| condition(text, &header, &mapping.lookup)).transpose();
        let keep = keep.unwrap_or_else(|wrong| {
            unfit.push(wrong);
            None
        });
        let names = header.names().to_vec();
        if unfit.is_empty() { Ok(Self { sources, names, keep }) } else { Err(unfit) }
    }

    /// Reads one row; `None` where the mapping skips it.
    pub fn read<'r>(
        &self,
        cell: impl Fn(usize) -> &'r str,
    ) -> Result<Option<BTreeMap<&'static str, String>>, Vec<Problem>> {
        if let Some(keep) = &self.keep {
            match keep.holds(&cell) {
                Ok(true) => {}
                Ok(false) => return Ok(None),
                Err(failure) => return Err(vec![self.failed("keep", failure, &cell)]),
            }
        }
        let (mut values, mut problems) = (BTreeMap::new(), Vec::new());
        for (name, source) in &self.sources {
            match self.value(name, source, &cell) {
                Ok(value) => drop(values.insert(*name, value)),
                Err(problem) => problems.push(problem),
            }
        }
        if problems.is_empty() { Ok(Some(values)) } else { Err(problems) }
    }

    /// The column that fills a field, as the file names it; the field's own name where an expression does.
    pub fn column(&self, field: &str) -> String {
        match self.sources.get(field) {
            Some(Source::Column(column)) => self.names.get(*column).cloned().unwrap_or_default(),
            Some(Source::Constant(_) | Source::Wording(_) | Source::Formula(_)) | None => field.to_owned(),
        }
    }

    fn value<'r>(
        &self,
        name: &str,
        source: &Source,
        cell: &impl Fn(usize) -> &'r str,
    ) -> Result<String, Problem> {
        match source {
            Source::Column(column) => Ok(cell(*column).to_owned()),
            Source::Constant(text) => Ok(text.clone()),
            Source::Wording(wording) => {
                let text = wording.evaluate(cell).map_err(|failure| self.failed(name, failure, cell))?;
                Ok(text.into_owned())
            }
            Source::Formula(formula) => {
                let number = formula.evaluate(cell).map_err(|failure| self.failed(name, failure, cell))?;
                Ok(number.normalize().to_string())
            }
        }
    }

    fn failed<'r>(&self, place: &str, failure: Failure, cell: &impl Fn(usize) -> &'r str) -> Problem {
        let named = |column: usize| self.names.get(column).map_or("", String::as_str);
        match failure {
            Failure::Blank { column } => Problem::new(named(column), "", Reason::Blank),
            Failure::Cell { column, why } => Problem::new(named(column), cell(column), Reason::Number(why)),
            Failure::Unlisted { column } => Problem::new(named(column), cell(column), Reason::Unlisted),
            Failure::DivisionByZero => Problem::new(place, "", Reason::DivisionByZero),
            Failure::TooLarge => Problem::new(place, "", Reason::TooLarge),
        }
    }
}

fn named(field: TextField, header: &Header) -> Result<Option<Source>, Unfit> {
    match (header.find(field.name), field.need) {
        (Ok(column), _) => Ok(Some(Source::Column(column))),
        (Err(Unresolved::Ambiguous), _) => Err(Unfit::ColumnRepeated { column: field.name.to_owned() }),
        (Err(Unresolved::Missing), TextNeed::Wanted) => Err(Unfit::ColumnMissing { column: field.name }),
        (Err(Unresolved::Missing), TextNeed::Optional) => Ok(None),
    }
}

fn mapped(field: TextField, mapping: &Mapping, header: &Header) -> Result<Option<Source>, Unfit> {
    let Some(text) = mapping.fields.get(field.name) else {
        return match field.need {
            TextNeed::Wanted => Err(Unfit::FieldMissing { field: field.name }),
            TextNeed::Optional => Ok(None),
        };
    };
    match header.find(text) {
        Ok(column) => return Ok(Some(Source::Column(column))),
        Err(Unresolved::Ambiguous) => return Err(Unfit::ColumnRepeated { column: text.clone() }),
        Err(Unresolved::Missing) => {}
    }
    Ok(Some(match compiled(field.name, text, header, &mapping.lookup)? {
        Compiled::Column(column) => Source::Column(column),
        Compiled::Text(text) => Source::Constant(text),
        Compiled::Wording(wording) => Source::Wording(wording),
        Compiled::Formula(formula) => Source::Formula(formula),
        Compiled::Condition(_) => return Err(Unfit::Nature { place: field.name.to_owned() }),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: &[TextField] = &[
        TextField { name: "owner", need: TextNeed::Wanted },
        TextField { name: "target", need: TextNeed::Wanted },
        TextField { name: "floor", need: TextNeed::Optional },
    ];

    #[test]
    fn a_header_or_a_mapping_names_the_fields() {
        let plain = TextReader::new(FIELDS, &["Owner", "note", "target"], &Mapping::default()).unwrap();
        let row = ["HD", "x", "12"];
        let read = plain.read(|column| row[column]).unwrap().unwrap();
        assert_eq!((read["owner"].as_str(), read["target"].as_str(), read.get("floor")), ("HD", "12", None));
        let missing = TextReader::new(FIELDS, &["owner"], &Mapping::default()).unwrap_err();
        assert!(matches!(missing[..], [Unfit::ColumnMissing { column: "target" }]));

        let mut mapping = Mapping::default();
        mapping.fields.insert("owner".to_owned(), "单位".to_owned());
        mapping.fields.insert("target".to_owned(), "万元 * 10000".to_owned());
        mapping.rows.keep = Some("单位 != '合计'".to_owned());
        let mapped = TextReader::new(FIELDS, &["单位", "万元"], &mapping).unwrap();
        let row = ["HD", "1.5"];
        assert_eq!(mapped.read(|column| row[column]).unwrap().unwrap()["target"], "15000");
        let sum = ["合计", "9"];
        assert!(mapped.read(|column| sum[column]).unwrap().is_none());
        let wrong = ["HD", "x"];
        assert!(mapped.read(|column| wrong[column]).is_err());
    }
}
