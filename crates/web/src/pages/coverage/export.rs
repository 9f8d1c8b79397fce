//! `GET /forecast/coverage.xlsx`: the rows of the page as a file; `…/opportunities.xlsx`: its opportunities.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::figures::Named;
use dacheng_app::figures::pipeline::{Covered, Listed};
use dacheng_domain::tracking::pipeline::WHOLE;
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, date, number};

use super::handler::{Asked, looked};
use super::said::{left, origin, state, times};
use super::view::{listed, rows_name};
use crate::exports::{List, Wanted};
use crate::http::Reply;

/// `GET /forecast/coverage.xlsx?p=2026-11&org=hd&by=members`.
pub async fn rows(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, say) = (desk.lang(), desk.lang().pipeline());
        let (_, found) = looked(desk, &asked)?;
        let mut filter = vec![
            desk.owner_name(&found.whole.owner),
            date::period(lang, found.period),
            rows_name(lang, found.rows).to_owned(),
        ];
        if asked.red_only() {
            filter.push(say.red_only().to_owned());
        }
        let list = List {
            title: say.rows().to_owned(),
            filter,
            order: Some(say.rows_by(times(lang, found.settled.red_below))),
            as_of: Some(desk.known(None)),
            columns: columns(lang),
            total: None,
        };
        let rows = listed(&asked, &found);
        desk.export(format, list, rows.into_iter().map(|row| Ok(cells(lang, row))))
    })
    .await
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.pipeline();
    vec![
        Column::text(lang.overview().level(), 24),
        Column::text(lang.settings().code(), 12),
        Column::of(Holds::Money, lang.figures().target()),
        Column::of(Holds::Money, lang.forecast().booked()),
        Column::of(Holds::Money, say.gap()),
        Column::of(Holds::Money, say.weighted()),
        Column::of(Holds::Money, say.amount()),
        Column::of(Holds::Count, say.count()),
        Column::of(Holds::Count, say.coverage()),
        Column::text(lang.dashboard().standing(), 12),
    ]
}

fn cells(lang: Lang, (named, own): &(Named, Covered)) -> Vec<Value> {
    let ratio = |ratio: Ratio| Value::number(number::quotient(ratio.num(), ratio.den(), 2));
    vec![
        Value::text(&named.name),
        Value::text(&named.code),
        Value::money_of(own.target.map(Fen)),
        Value::money(Fen(own.booked)),
        Value::money_of(own.coverage.gap().map(Fen)),
        Value::money(Fen(own.weighted)),
        Value::money(Fen(own.amount)),
        Value::number(own.count),
        own.coverage.ratio().map_or(Value::Blank, ratio),
        Value::text(state(lang, own).text),
    ]
}

/// `GET /forecast/coverage/opportunities.xlsx?p=2026-11&org=hd`.
pub async fn opportunities(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, say) = (desk.lang(), desk.lang().pipeline());
        let (_, found) = looked(desk, &asked)?;
        let list = List {
            title: say.opportunities().to_owned(),
            filter: vec![desk.owner_name(&found.whole.owner), date::period(lang, found.period)],
            as_of: Some(desk.known(None)),
            columns: opportunity_columns(lang),
            ..List::default()
        };
        desk.export(format, list, found.opportunities.iter().map(|own| Ok(opportunity_cells(lang, own))))
    })
    .await
}

fn opportunity_columns(lang: Lang) -> Vec<Column> {
    let say = lang.pipeline();
    vec![
        Column::text(say.opportunity(), 18),
        Column::text(say.owner(), 14),
        Column::text(lang.settings().code(), 12),
        Column::text(say.stage(), 12),
        Column::of(Holds::Money, say.amount()),
        Column::of(Holds::Day, say.expected()),
        Column::of(Holds::Day, say.active()),
        Column::of(Holds::Percent, say.weight()),
        Column::text(say.weight_from(), 30),
        Column::of(Holds::Money, say.adds()),
        Column::text(lang.dashboard().standing(), 24),
    ]
}

fn opportunity_cells(lang: Lang, own: &Listed) -> Vec<Value> {
    let (counted, why) = (own.counted.ok(), own.counted.err());
    let overdue = counted.is_some_and(|own| own.overdue).then(|| lang.pipeline().overdue());
    vec![
        Value::text(own.row.opportunity.as_str()),
        Value::text(&own.member),
        Value::text(own.row.member.as_str()),
        Value::text(own.row.stage.clone().unwrap_or_default()),
        Value::money_of(own.row.amount),
        Value::day(own.row.expected),
        Value::Day(own.row.heard_of()),
        Value::percent(counted.and_then(|own| Ratio::new(own.weight.parts, WHOLE))),
        Value::text(counted.map_or_else(String::new, |own| origin(lang, own.weight.origin))),
        Value::money_of(counted.map(|own| own.weighted)),
        Value::text(why.map_or(overdue.unwrap_or_default(), |why| left(lang, why))),
    ]
}
