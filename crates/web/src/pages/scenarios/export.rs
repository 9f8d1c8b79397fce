//! `GET /plans/compare.xlsx`, `.csv`: what the page shows, each figure in its own column.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::planning::scenarios::{CompareRow, Comparison, compare};
use dacheng_domain::Fen;
use dacheng_domain::metrics::{Metric, Unit};
use dacheng_text::{Lang, date, metric};

use super::asked::{Asked, Pairs};
use crate::exports::{List, Wanted};
use crate::http::Reply;
use crate::pages::forecast::said::ratio;

/// `GET /plans/compare.xlsx?plan=A&plan=B&metric=revenue`.
pub async fn file(file: Wanted<Pairs>) -> Reply {
    file.answer(|desk, pairs, format| {
        let lang = desk.lang();
        let (asked, _) = Asked::read(desk, &pairs)?;
        let found = compare(desk.app, &desk.context, &asked.compare())?;
        let mut filter =
            vec![date::year(lang, found.year.name()), metric::name(lang, found.metric).to_owned()];
        filter.extend(found.plans.iter().map(|own| format!("{} ({})", own.plan.name, own.plan.code)));
        let list = List {
            title: lang.scenarios().compare().to_owned(),
            filter,
            as_of: Some(desk.known(None)),
            columns: columns(lang, &found),
            ..List::default()
        };
        desk.export(format, list, found.rows.iter().map(|row| Ok(cells(found.metric, row))))
    })
    .await
}

fn holds(metric: Metric) -> Holds {
    match metric.definition().unit {
        Unit::Money => Holds::Money,
        Unit::Count | Unit::Percent | Unit::Score | Unit::Days => Holds::Count,
    }
}

fn columns(lang: Lang, found: &Comparison) -> Vec<Column> {
    let (say, amounts) = (lang.scenarios(), holds(found.metric));
    let of = |own: &str, name: &str| say.column(own, name);
    let mut columns = vec![
        Column::text(lang.overview().level(), 24),
        Column::text(lang.settings().code(), 18),
        Column::of(amounts, say.capacity()),
    ];
    for (place, own) in found.plans.iter().enumerate() {
        let name = own.plan.name.as_str();
        columns.push(Column::of(amounts, of(name, lang.figures().target())));
        if place > 0 {
            columns.push(Column::of(amounts, of(name, say.difference())));
            columns.push(Column::of(Holds::Percent, of(name, say.difference_rate())));
        }
        columns.push(Column::of(Holds::Percent, of(name, lang.forecast().chance())));
        columns.push(Column::of(Holds::Percent, of(name, say.load())));
        columns.push(Column::of(amounts, of(name, say.pay_at_target())));
        columns.push(Column::of(amounts, of(name, say.pay_expected())));
    }
    columns
}

fn cells(metric: Metric, row: &CompareRow) -> Vec<Value> {
    let amount = |own: Option<i64>| match metric.definition().unit {
        Unit::Money => Value::money_of(own.map(Fen)),
        Unit::Count | Unit::Percent | Unit::Score | Unit::Days => own.map_or(Value::Blank, Value::number),
    };
    let indent = "\u{3000}".repeat(row.depth);
    let mut cells = vec![
        Value::text(format!("{indent}{}", row.name)),
        Value::text(row.owner.to_string()),
        amount(row.capacity),
    ];
    for (place, cell) in row.cells.iter().enumerate() {
        cells.push(amount(cell.amount));
        if place > 0 {
            cells.push(amount(cell.apart.map(|apart| apart.amount)));
            cells.push(Value::percent(cell.apart.and_then(|apart| apart.rate)));
        }
        cells.push(Value::percent(cell.chance.map(ratio)));
        cells.push(Value::percent(cell.load));
        cells.push(amount(cell.pay));
        cells.push(amount(cell.pay_expected));
    }
    cells
}
