//! Values from a file, one row an owner and month (`owner,month,value,note`): all of it or nothing.

use std::collections::BTreeMap;
use std::path::Path;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::mapping::Mapping;
use dacheng_domain::facts::texts::{TextField, TextNeed, TextReader};
use dacheng_domain::metrics::Metric;
use dacheng_sheets::{ChildCommand, Record};
use dacheng_text::Lang;

use super::entries::{Entry, enter_all};
use crate::allocation::Owner;
use crate::facts::problems::{RowProblem, Wrong, unreadable};
use crate::facts::source::{open_sheet, refused};
use crate::planning::read_amount;
use crate::{App, Context, Error, Result};

const FIELDS: &[TextField] = &[
    TextField { name: "owner", need: TextNeed::Wanted },
    TextField { name: "month", need: TextNeed::Wanted },
    TextField { name: "value", need: TextNeed::Wanted },
    TextField { name: "note", need: TextNeed::Optional },
];

/// A file of values.
pub struct ValuesFile<'f> {
    /// Where it is.
    pub path: &'f Path,
    /// Its name as the person who sent it knows it.
    pub name: &'f str,
    /// The program that reads workbooks.
    pub workbooks: &'f ChildCommand,
}

/// What a file came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BroughtIn {
    /// Rows read.
    pub rows: usize,
    /// Values that changed.
    pub changed: usize,
    /// What is wrong; where anything is, nothing was written.
    pub problems: Vec<RowProblem>,
}

/// Enters the values of a file.
pub fn import(app: &App, context: &Context, code: &str, file: &ValuesFile<'_>) -> Result<BroughtIn> {
    let lang = context.lang;
    let metric = super::read(app, &mut app.store.read()?, code)?;
    let mut opened = open_sheet(file.path, file.name, &Mapping::default(), file.workbooks, lang)?;
    let header: Vec<&str> = opened.header().iter().map(String::as_str).collect();
    let reader = TextReader::new(FIELDS, &header, &Mapping::default()).map_err(|unfit| {
        let say = lang.problems();
        Error::Refused(
            unfit.iter().map(|wrong| say.unfit("values", format!("{}: {wrong}", file.name))).collect(),
        )
    })?;
    let mut months: BTreeMap<Month, Vec<Entry>> = BTreeMap::new();
    let mut brought = BroughtIn::default();
    let mut record = Record::new();
    while opened.next(&mut record).map_err(|refusal| refused(&refusal, lang))? {
        brought.rows += 1;
        let row = Some(record.row());
        match reader.read(|column| record.field(column)) {
            Ok(None) => {}
            Ok(Some(values)) => match entry(metric, &values, lang) {
                Ok((month, entry)) => months.entry(month).or_default().push(entry),
                Err((column, reason)) => brought.problems.push(RowProblem {
                    row,
                    column: Some(column.to_owned()),
                    value: values.get(column).cloned().unwrap_or_default(),
                    reason,
                }),
            },
            Err(problems) => {
                brought
                    .problems
                    .extend(problems.into_iter().map(|problem| Wrong::Cell(problem).at(row, lang)));
            }
        }
    }
    if brought.problems.is_empty() {
        brought.changed = enter_all(app, context, code, &months)?.changed;
    }
    Ok(brought)
}

fn entry(
    metric: Metric,
    values: &BTreeMap<&'static str, String>,
    lang: Lang,
) -> std::result::Result<(Month, Entry), (&'static str, String)> {
    let text = |field: &str| values.get(field).map_or("", |text| text.trim());
    let say = lang.own_metrics();
    let owner = text("owner");
    let owner: Owner = if owner.contains(':') {
        owner.parse().map_err(|_| ("owner", say.not_carried(owner)))?
    } else {
        Owner::member(owner)
    };
    let month = text("month").parse().map_err(|_| ("month", lang.settings().month_hint().to_owned()))?;
    let amount = read_amount(metric, text("value")).map_err(|wrong| ("value", unreadable(wrong, lang)))?;
    let note = Some(text("note").to_owned()).filter(|note| !note.is_empty());
    Ok((month, Entry { owner, amount, note, seen: None }))
}
