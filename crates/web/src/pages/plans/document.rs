//! `GET /plans/{code}/sheet.pdf`: the targets of a plan from a unit down on paper (`forms.md`, 1), with the rows of its workbook.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::planning::{TreeRow, tree};
use dacheng_app::{Error, Result};
use dacheng_paper::{Block, Column, Form, Row, Table};
use dacheng_text::{date, metric};

use super::rounds::said_basis;
use super::seen::{Asked, Seen, seen};
use crate::charts::Amounts;
use crate::components::Badged as _;
use crate::http::{Reply, Visitor, Web};
use crate::printing::Document;

/// Rows of the longest table that is printed: some thirty pages. More are read on a screen.
const MOST_ROWS: usize = 1_000;
/// Before the name, for each unit above.
const INDENT: &str = "\u{3000}";

/// `GET /plans/{code}/sheet.pdf?at=hd&metric=revenue`.
pub async fn sheet(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = seen(desk, &code, &asked)?;
        let rows = tree(desk.app, &desk.context, &code, seen.amount.metric, &seen.at)?;
        desk.print(document(&seen, &rows)?)
    })
    .await
}

fn document(seen: &Seen<'_>, rows: &[TreeRow]) -> Result<Document> {
    let (lang, plan) = (seen.desk.lang(), &seen.plan);
    if rows.len() > MOST_ROWS {
        return Err(Error::refused(lang.plans_sheet().too_long(MOST_ROWS)));
    }
    let amounts = seen.amount.column(rows.iter().flat_map(|row| row.line.sums.months).collect::<Vec<_>>());
    Ok(Document {
        form: Form::Across,
        number: format!("FJ-{}-{}-{}", plan.code, seen.at, seen.amount.metric.code()),
        version: plan.version,
        title: lang.plans_sheet().title().to_owned(),
        about: lang.plans().title(&plan.name, metric::name(lang, seen.amount.metric), seen.unit_name()),
        blocks: vec![head(seen), Block::Table(table(seen, rows, &amounts))],
        seal: None,
    })
}

/// What is the same in all rows.
fn head(seen: &Seen<'_>) -> Block {
    let (lang, plan) = (seen.desk.lang(), &seen.plan);
    let say = lang.plans_sheet();
    let pairs = [
        (say.year(), date::year(lang, plan.year)),
        (say.plan(), format!("{} ({})", plan.name, plan.code)),
        (say.metric(), metric::name(lang, seen.amount.metric).to_owned()),
        (lang.plans().basis(), said_basis(lang, plan.basis)),
        (say.method(), say.by_units().to_owned()),
        (lang.plans().state_is(), plan.state.badge(&lang).text),
        (say.due(), seen.year.last_day().to_string()),
        (say.version(), plan.version.to_string()),
    ];
    Block::Pairs(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn table(seen: &Seen<'_>, rows: &[TreeRow], amounts: &Amounts) -> Table {
    let lang = seen.desk.lang();
    let marks: Marks = [
        rows.iter().any(|row| row.year(FLOOR).is_some()),
        rows.iter().any(|row| row.year(STRETCH).is_some()),
    ];
    Table {
        caption: lang.plans().unit_is(amounts.heading(lang)),
        columns: columns(seen, marks),
        rows: rows.iter().map(|own| row(seen, own, amounts, marks)).collect(),
    }
}

/// Whether there is a floor, and a stretch, at all.
type Marks = [bool; 2];
const FLOOR: fn(&dacheng_domain::planning::Marks) -> Option<i64> = |marks| marks.floor;
const STRETCH: fn(&dacheng_domain::planning::Marks) -> Option<i64> = |marks| marks.stretch;

fn columns(seen: &Seen<'_>, marks: Marks) -> Vec<Column> {
    let lang = seen.desk.lang();
    let say = lang.plans_sheet();
    let mut columns = vec![Column::text(say.owner(), 1), Column::figures(say.last_year())];
    let names = [say.floor(), say.stretch()];
    columns.extend(
        names.into_iter().zip(marks).filter(|(_, is_there)| *is_there).map(|(name, _)| Column::figures(name)),
    );
    for place in 0..12_i32 {
        let month = seen.year.first_month().plus(place);
        columns.push(Column::figures(date::month_name(lang, month.number())));
        if place % 3 == 2 {
            columns.push(Column::figures(format!("Q{}", place / 3 + 1)));
        }
    }
    columns.extend([say.total(), say.given(), say.open()].map(Column::figures));
    columns
}

fn row(seen: &Seen<'_>, row: &TreeRow, amounts: &Amounts, marks: Marks) -> Row {
    let lang = seen.desk.lang();
    let number = |found: Option<i64>| found.map_or_else(|| "—".to_owned(), |own| amounts.number(lang, own));
    let mut cells = vec![name(row), number(row.last_year)];
    let found = [row.year(FLOOR), row.year(STRETCH)];
    cells.extend(
        found.into_iter().zip(marks).filter(|(_, is_there)| *is_there).map(|(found, _)| number(found)),
    );
    for (place, month) in row.line.months.iter().enumerate() {
        cells.push(number(month.map(|marks| marks.target)));
        if place % 3 == 2 {
            // Three months without a target are a quarter without one.
            let carried = row.line.months[place - 2..=place].iter().any(Option::is_some);
            cells.push(number(row.line.sums.quarters.get(place / 3).copied().filter(|_| carried)));
        }
    }
    cells.extend([number(Some(row.line.sums.year)), number(row.given), number(row.open())]);
    if row.given.is_some() { Row::sum(cells) } else { Row::of(cells) }
}

/// The name below those above it, and who is responsible where that is somebody else.
fn name(row: &TreeRow) -> String {
    let indent = INDENT.repeat(row.depth);
    match row.responsible.as_ref().filter(|responsible| **responsible != row.name) {
        Some(responsible) => format!("{indent}{} · {responsible}", row.name),
        None => format!("{indent}{}", row.name),
    }
}
