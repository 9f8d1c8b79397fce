//! Plans as files: `GET /plans.xlsx` is the list, `GET /plans/{code}/sheet.xlsx` the targets of one, to be brought back.

use axum::extract::Path;
use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::planning::{self, PlanView, Round};
use dacheng_domain::Fen;
use dacheng_text::{Lang, metric};

use super::rounds::said_basis;
use super::seen::{Asked, seen};
use crate::components::Badged as _;
use crate::exports::{List, Wanted, Whole};
use crate::http::Reply;

/// `GET /plans.xlsx`.
pub async fn list(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let lang = desk.lang();
        let rounds = planning::rounds(desk.app, &desk.context)?;
        let list = List {
            title: lang.shell().plans().to_owned(),
            as_of: Some(desk.known(None)),
            columns: columns(lang),
            ..List::default()
        };
        desk.export(format, list, rounds.iter().map(|round| Ok(row(lang, round))))
    })
    .await
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.plans();
    vec![
        Column::text(say.plan(), 24),
        Column::text(say.code(), 12),
        Column::text(say.year(), 10),
        Column::text(say.basis(), 26),
        Column::text(say.state_is(), 14),
        Column::of(Holds::Money, say.company_total()),
        Column::of(Holds::Money, say.not_broken_down()),
        Column::of(Holds::Count, say.covered()),
    ]
}

fn row(lang: Lang, round: &Round) -> Vec<Value> {
    let PlanView { code, name, year, state, basis, .. } = &round.plan;
    let total = round.figures.and_then(|figures| figures.total);
    let open = round.figures.map(|figures| figures.open).filter(|_| total.is_some());
    vec![
        Value::text(name),
        Value::text(code),
        Value::number(year),
        Value::text(said_basis(lang, *basis)),
        Value::text(state.badge(&lang).text),
        Value::money_of(total.map(Fen)),
        Value::money_of(open.map(Fen)),
        round.figures.map_or(Value::Blank, |figures| Value::number(figures.covered)),
    ]
}

/// `GET /plans/{code}/sheet.xlsx?at=hd&metric=revenue`.
pub async fn sheet(Path(code): Path<String>, file: Wanted<Asked>) -> Reply {
    file.answer(move |desk, asked, format| {
        let seen = seen(desk, &code, &asked)?;
        let of = seen.amount.metric;
        let sheet = planning::export(desk.app, &desk.context, &code, of, &seen.at)?;
        let list = List {
            title: desk.lang().plans_sheet().sheet().to_owned(),
            filter: vec![seen.plan.name.clone(), seen.unit_name(), metric::name(desk.lang(), of).to_owned()],
            as_of: Some(desk.known(None)),
            columns: sheet.columns,
            ..List::default()
        };
        desk.export(format, list, sheet.rows.into_iter().map(Ok))
    })
    .await
}
