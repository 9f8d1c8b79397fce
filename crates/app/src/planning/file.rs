//! Importing a file of targets: one row a period (`interface.md`, kind `targets`), or the sheet of a plan, one row an
//! owner. Both become [`TargetRow`]s; what is wrong is told by the file's own rows and columns.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::facts::texts::{TextField, TextNeed, TextReader};
use dacheng_domain::metrics::own::Catalogue;
use dacheng_domain::number;
use dacheng_sheets::{ChildCommand, Record, Sheet as File};
use dacheng_text::Lang;
use rust_decimal::Decimal;

use super::form::{Column, metric_of};
use super::import::{Imported, TargetRow, import_targets};
use crate::facts::import::Effect;
use crate::facts::problems::{RowProblem, Wrong, unreadable};
use crate::facts::source::{open_sheet, read_mapping, refused};
use crate::{App, Context, Error, Result, company};

/// A file of targets.
#[derive(Debug, Clone, Copy)]
pub struct TargetsFile<'f> {
    /// Where it lies.
    pub path: &'f Path,
    /// Its name as the person who sent it knows it.
    pub name: &'f str,
    /// The text of a mapping file.
    pub mapping: Option<&'f str>,
    /// Whether to write.
    pub effect: Effect,
    /// The program that reads workbooks.
    pub workbooks: &'f ChildCommand,
}

const WANTED: TextNeed = TextNeed::Wanted;
const OPTIONAL: TextNeed = TextNeed::Optional;
const FIELDS: &[TextField] = &[
    TextField { name: "plan", need: WANTED },
    TextField { name: "metric", need: WANTED },
    TextField { name: "owner", need: WANTED },
    TextField { name: "product_line", need: OPTIONAL },
    TextField { name: "customer_type", need: OPTIONAL },
    TextField { name: "period", need: WANTED },
    TextField { name: "floor", need: OPTIONAL },
    TextField { name: "target", need: WANTED },
    TextField { name: "stretch", need: OPTIONAL },
];

/// Imports a file of targets, all of it or nothing.
pub fn import_targets_file(app: &App, context: &Context, file: &TargetsFile<'_>) -> Result<Imported> {
    let mapping = read_mapping(file.mapping, context.lang)?;
    let mut opened = open_sheet(file.path, file.name, &mapping, file.workbooks, context.lang)?;
    let is_form = mapping.fields.is_empty() && Column::Code.find(opened.header()).is_some();
    let read = if is_form {
        let mut tx = app.store.read()?;
        let start = company::current(&mut tx)?.0.fiscal_start;
        let catalogue = app.memory.catalogue(&mut tx)?;
        drop(tx);
        Form::new(opened.header(), catalogue, context.lang)?
            .read(&mut opened, |year| Year::new(year, start))?
    } else {
        periods(&mut opened, &mapping, file.name, context.lang)?
    };
    if !read.problems.is_empty() {
        return Ok(Imported { rows: read.file_rows, problems: read.problems, ..Imported::default() });
    }
    let imported = import_targets(app, context, &read.rows, file.name, file.effect)?;
    let problems = imported.problems.iter().map(|problem| read.placed(problem)).collect();
    Ok(Imported { rows: read.file_rows, problems, ..imported })
}

/// What a file says. Its rows are numbered from 0 here; [`Read::places`] knows where each comes from.
#[derive(Default)]
struct Read {
    rows: Vec<TargetRow>,
    places: Vec<Place>,
    /// Rows of the file.
    file_rows: usize,
    problems: Vec<RowProblem>,
    /// The file's row of each owner, where a row is an owner.
    owners: BTreeMap<String, u64>,
    /// The name of each month's column, where there is one.
    months: BTreeMap<String, String>,
}

/// Where a row comes from.
struct Place {
    row: u64,
    /// The name of the column of each field.
    columns: BTreeMap<&'static str, String>,
}

impl Read {
    fn add(&mut self, row: TargetRow, place: Place) {
        let number = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        self.rows.push(TargetRow { row: number, ..row });
        self.places.push(place);
    }

    /// A problem by the file's own row and column.
    fn placed(&self, problem: &RowProblem) -> RowProblem {
        let place = problem.row.and_then(|row| self.places.get(usize::try_from(row).ok()?));
        if let Some(place) = place {
            let column =
                problem.column.as_ref().map(|column| place.columns.get(column.as_str()).unwrap_or(column));
            return RowProblem { row: Some(place.row), column: column.cloned(), ..problem.clone() };
        }
        // What does not sum is told by unit and month.
        let Some((unit, month)) = problem.value.rsplit_once(' ') else { return problem.clone() };
        let row = self.owners.get(&format!("unit:{unit}")).copied();
        match (row, self.months.get(month)) {
            (Some(_), Some(column)) => {
                RowProblem { row, column: Some(column.clone()), value: String::new(), ..problem.clone() }
            }
            _ => problem.clone(),
        }
    }
}

/// Reads a file with one row a period.
fn periods(
    file: &mut File,
    mapping: &dacheng_domain::facts::mapping::Mapping,
    name: &str,
    lang: Lang,
) -> Result<Read> {
    let header: Vec<&str> = file.header().iter().map(String::as_str).collect();
    let reader = TextReader::new(FIELDS, &header, mapping).map_err(|unfit| {
        let say = lang.problems();
        Error::Refused(unfit.iter().map(|wrong| say.unfit("targets", format!("{name}: {wrong}"))).collect())
    })?;
    let columns: BTreeMap<&'static str, String> =
        FIELDS.iter().map(|field| (field.name, reader.column(field.name))).collect();
    let mut read = Read::default();
    let mut record = Record::new();
    while file.next(&mut record).map_err(|refusal| refused(&refusal, lang))? {
        read.file_rows += 1;
        match reader.read(|column| record.field(column)) {
            Ok(None) => {}
            Ok(Some(mut values)) => {
                let mut take = |field: &str| values.remove(field).unwrap_or_default();
                let row = TargetRow {
                    row: 0,
                    plan: take("plan"),
                    metric: take("metric"),
                    owner: take("owner"),
                    product_line: take("product_line"),
                    customer_type: take("customer_type"),
                    period: take("period"),
                    floor: take("floor"),
                    target: take("target"),
                    stretch: take("stretch"),
                };
                read.add(row, Place { row: record.row(), columns: columns.clone() });
            }
            Err(problems) => {
                let listed =
                    problems.into_iter().map(|problem| Wrong::Cell(problem).at(Some(record.row()), lang));
                read.problems.extend(listed);
            }
        }
    }
    Ok(read)
}

/// The columns of a sheet that is brought back.
struct Form {
    lang: Lang,
    catalogue: Arc<Catalogue>,
    header: Vec<String>,
    places: Vec<(Column, usize)>,
}

impl Form {
    fn new(header: &[String], catalogue: Arc<Catalogue>, lang: Lang) -> Result<Self> {
        let places: Vec<(Column, usize)> =
            Column::all(1).into_iter().filter_map(|column| Some((column, column.find(header)?))).collect();
        let missing = Column::all(1)
            .into_iter()
            .filter(|column| column.is_needed() && places.iter().all(|(found, _)| found != column));
        let problem = |column: Column| lang.problems().missing(column.name(lang));
        let missing: Vec<String> = missing.map(problem).collect();
        if missing.is_empty() {
            Ok(Self { lang, catalogue, header: header.to_vec(), places })
        } else {
            Err(Error::Refused(missing))
        }
    }

    fn text<'r>(&self, record: &'r Record, column: Column) -> &'r str {
        let place = self.places.iter().find(|(found, _)| *found == column);
        place.map_or("", |(_, place)| record.field(*place).trim())
    }

    /// The column's name as the file has it.
    fn named(&self, column: Column) -> String {
        let place = self.places.iter().find(|(found, _)| *found == column);
        place.map_or_else(|| column.name(self.lang), |(_, place)| self.header[*place].clone())
    }

    fn read(&self, file: &mut File, year_of: impl Fn(i16) -> Option<Year>) -> Result<Read> {
        let mut read = Read::default();
        let mut record = Record::new();
        while file.next(&mut record).map_err(|refusal| refused(&refusal, self.lang))? {
            read.file_rows += 1;
            let written = self.text(&record, Column::Year);
            let year = written.trim_end_matches(".0").parse().ok().and_then(&year_of);
            match year {
                Some(year) => self.owner(&mut read, &record, year),
                None => read.problems.push(RowProblem {
                    row: Some(record.row()),
                    column: Some(self.named(Column::Year)),
                    value: written.to_owned(),
                    reason: self.lang.plans_sheet().year_unreadable().to_owned(),
                }),
            }
        }
        Ok(read)
    }

    /// One row of the sheet: its months, with quarters and the year as checks, floor and stretch of the year.
    fn owner(&self, read: &mut Read, record: &Record, year: Year) {
        let owner = self.text(record, Column::Code).to_owned();
        read.owners.insert(owner.clone(), record.row());
        let row = |period: String, target: &str| TargetRow {
            plan: self.text(record, Column::Plan).to_owned(),
            metric: metric_of(&self.catalogue, self.text(record, Column::Metric)),
            owner: owner.clone(),
            period,
            target: target.to_owned(),
            ..TargetRow::default()
        };
        let months: Vec<Month> = (0..12).map(|place| year.first_month().plus(place)).collect();
        let mut given = 0;
        for month in &months {
            let column = Column::Month(month.number());
            read.months.insert(month.to_string(), self.named(column));
            let target = self.text(record, column);
            if !target.is_empty() {
                given += 1;
                read.add(row(month.to_string(), target), self.place(record, column));
            }
        }
        let sums = self.sums(record, &months);
        self.check(read, record, &sums);
        let (floor, stretch) = (self.text(record, Column::Floor), self.text(record, Column::Stretch));
        if given == months.len() && !(floor.is_empty() && stretch.is_empty()) {
            let year_row = row(year.name().to_string(), &sums.year.to_string());
            let marked = TargetRow { floor: floor.to_owned(), stretch: stretch.to_owned(), ..year_row };
            read.add(marked, self.place(record, Column::Target));
        }
    }

    fn place(&self, record: &Record, target: Column) -> Place {
        let fields = [
            ("plan", Column::Plan),
            ("metric", Column::Metric),
            ("owner", Column::Code),
            ("target", target),
            ("period", target),
            ("floor", Column::Floor),
            ("stretch", Column::Stretch),
        ];
        let columns = fields.map(|(field, column)| (field, self.named(column))).into_iter().collect();
        Place { row: record.row(), columns }
    }

    /// What the months of a row come to. What cannot be read counts as nothing: it is told with its month.
    fn sums(&self, record: &Record, months: &[Month]) -> Sums {
        let mut sums = Sums::default();
        for (place, month) in months.iter().enumerate() {
            let text = self.text(record, Column::Month(month.number()));
            match number::any(text) {
                Ok(found) => {
                    let found = found.unwrap_or_default();
                    sums.year += found;
                    sums.quarters[place / 3] += found;
                }
                Err(_) => sums.is_readable = false,
            }
        }
        sums
    }

    /// Quarters, target and year are the sums of the months, where they are filled in.
    fn check(&self, read: &mut Read, record: &Record, sums: &Sums) {
        let quarters = (1..=4).map(Column::Quarter).zip(sums.quarters);
        let years = [Column::Target, Column::Total].map(|column| (column, sums.year));
        for (column, sum) in quarters.chain(years) {
            let text = self.text(record, column);
            let stated = number::any(text);
            if matches!(stated, Ok(None)) || !sums.is_readable || stated == Ok(Some(sum)) {
                continue;
            }
            let reason = match stated {
                Ok(_) => {
                    let owner = self.text(record, Column::Owner);
                    let owner = if owner.is_empty() { self.text(record, Column::Code) } else { owner };
                    self.lang.plans_import().stated(owner, self.named(column), text, sum.normalize())
                }
                Err(wrong) => unreadable(wrong, self.lang),
            };
            let column = Some(self.named(column));
            read.problems.push(RowProblem {
                row: Some(record.row()),
                column,
                value: text.to_owned(),
                reason,
            });
        }
    }
}

/// The months of a row, added up.
struct Sums {
    year: Decimal,
    quarters: [Decimal; 4],
    is_readable: bool,
}

impl Default for Sums {
    fn default() -> Self {
        Self { year: Decimal::ZERO, quarters: [Decimal::ZERO; 4], is_readable: true }
    }
}
