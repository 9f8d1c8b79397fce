//! `GET /forecast/people.xlsx`: the rows of the page as a file; `…/{member}/weeks.xlsx`: every version of somebody's weeks.

use axum::extract::Path;
use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::figures::Named;
use dacheng_app::figures::statements::{Line, Statement, person, week_of};
use dacheng_domain::Fen;
use dacheng_text::{Lang, date};

use super::handler::{Asked, OfPerson, led, looked};
use super::said::{reach, share, standing, week};
use crate::exports::{List, Wanted};
use crate::http::{Desk, Reply};
use crate::pages::choices;
use crate::pages::standing::metric_name;

/// `GET /forecast/people.xlsx?of=month&m=revenue&w=2026-W48&org=hd`.
pub async fn rows(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let lang = desk.lang();
        if let Some(own) = led(desk, &asked)? {
            return Ok(own);
        }
        let (_, found) = looked(desk, &asked)?;
        let list = List {
            title: lang.statements().name().to_owned(),
            filter: vec![
                desk.owner_name(&found.whole.outlook.owner),
                reach(lang, found.asked.reach).to_owned(),
                date::period(lang, found.period),
                metric_name(lang, found.asked.metric).to_owned(),
                week(lang, found.asked.week),
            ],
            as_of: Some(desk.known(None)),
            columns: columns(lang),
            ..List::default()
        };
        desk.export(format, list, found.below.iter().map(|row| Ok(cells(lang, row))))
    })
    .await
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.statements();
    vec![
        Column::text(lang.overview().level(), 24),
        Column::text(lang.settings().code(), 12),
        Column::of(Holds::Money, lang.figures().target()),
        Column::of(Holds::Money, lang.forecast().booked()),
        Column::of(Holds::Money, say.commit()),
        Column::of(Holds::Money, say.judged()),
        Column::text(say.reason(), 30),
        Column::of(Holds::Money, say.best()),
        Column::of(Holds::Money, say.model()),
        Column::text(say.state(), 12),
        Column::of(Holds::Percent, say.accuracy()),
        Column::text(say.note(), 30),
    ]
}

fn cells(lang: Lang, (named, line): &(Named, Line)) -> Vec<Value> {
    let said = |minor: i64| if line.sums.counted == 0 { Value::Blank } else { Value::money(Fen(minor)) };
    let word = line.word.as_ref();
    let judgement = word.and_then(|own| own.judgement.as_ref());
    let reason = judgement.map(|(own, name)| lang.statements().reason_of(name, &own.reason));
    let note = word.and_then(|own| own.statement.as_ref()).map(|own| own.note.clone());
    let state = word.map_or_else(|| share(lang, &line.sums), |own| standing(lang, own.standing));
    let judged =
        if judgement.is_some() { Value::money(Fen(line.sums.judged)) } else { said(line.sums.judged) };
    vec![
        Value::text(&named.name),
        Value::text(&named.code),
        Value::money_of(line.outlook.target.map(Fen)),
        Value::money(Fen(line.outlook.booked)),
        said(line.sums.commit),
        judged,
        Value::text(reason.unwrap_or_default()),
        said(line.sums.best),
        Value::money_of(line.outlook.band().map(|band| Fen(band.p50))),
        Value::text(state.text),
        Value::percent(word.and_then(|own| own.accuracy).map(|own| own.error)),
        Value::text(note.unwrap_or_default()),
    ]
}

/// `GET /forecast/people/{member}/weeks.xlsx?m=revenue`.
pub async fn weeks(Path(member): Path<String>, file: Wanted<OfPerson>) -> Reply {
    file.answer(move |desk, asked, format| {
        let (lang, say) = (desk.lang(), desk.lang().statements());
        let metric = choices::metric(desk, asked.m.as_deref());
        let found = person(desk.app, &desk.context, &member, metric)?;
        let list = List {
            title: say.history().to_owned(),
            filter: vec![found.name.clone(), metric_name(lang, metric).to_owned()],
            as_of: Some(desk.known(None)),
            columns: vec![
                Column::text(say.week_name(), 24),
                Column::of(Holds::Serial, say.version()),
                Column::of(Holds::Moment, say.when()),
                Column::text(say.who(), 14),
                Column::of(Holds::Money, say.commit_month()),
                Column::of(Holds::Money, say.best_month()),
                Column::of(Holds::Money, say.commit_quarter()),
                Column::of(Holds::Money, say.best_quarter()),
                Column::text(say.note(), 30),
            ],
            ..List::default()
        };
        desk.export(format, list, found.versions.iter().map(|own| Ok(week_cells(desk, own))))
    })
    .await
}

fn week_cells(desk: &Desk<'_>, own: &Statement) -> Vec<Value> {
    vec![
        Value::text(week(desk.lang(), week_of(own.week))),
        Value::number(own.version),
        Value::moment(desk.clock(own.recorded_at)),
        Value::text(desk.recorded(&own.actor)),
        Value::money(Fen(own.of_month.commit)),
        Value::money(Fen(own.of_month.best)),
        Value::money(Fen(own.of_quarter.commit)),
        Value::money(Fen(own.of_quarter.best)),
        Value::text(&own.note),
    ]
}
