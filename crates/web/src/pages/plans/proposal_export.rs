//! `GET /plans/{code}/proposal.xlsx`: the factors with what each changed, and the three totals, as a file.

use axum::extract::Path;
use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::planning::{by_code, proposal};
use dacheng_domain::Fen;
use dacheng_text::{Lang, metric};

use super::amount::Amount;
use super::proposal::{Asked, metric_of};
use super::proposal_view::{exported, said, totals};
use crate::exports::{List, Wanted};
use crate::http::Reply;

/// `GET /plans/{code}/proposal.xlsx?metric=revenue`.
pub async fn file(Path(code): Path<String>, file: Wanted<Asked>) -> Reply {
    file.answer(move |desk, asked, format| {
        let lang = desk.lang();
        let of = metric_of(asked.metric.as_deref());
        let found = proposal(desk.app, &desk.context, &code, of)?;
        let plan = by_code(desk.app, &desk.context, &code)?;
        let amount = Amount { lang, metric: of };
        let list = List {
            title: lang.proposal().title(&plan.name, metric::name(lang, of)),
            filter: said(amount, &found),
            as_of: Some(desk.known(None)),
            columns: columns(lang),
            ..List::default()
        };
        let steps = exported(amount, &found);
        let steps = steps.into_iter().map(|(name, why, change, total)| {
            vec![Value::text(name), Value::text(why), Value::money(Fen(change)), Value::money(Fen(total))]
        });
        let named = totals(amount, &found);
        let minors = found.proposal.as_ref().map(|own| [own.floor, own.target, own.stretch]).ok();
        let three = named.into_iter().zip(minors.into_iter().flatten()).map(|(own, minor)| {
            vec![Value::text(own.name), Value::text(own.chance), Value::Blank, Value::money(Fen(minor))]
        });
        desk.export(format, list, steps.chain(three).map(Ok))
    })
    .await
}

fn columns(lang: Lang) -> Vec<Column> {
    let say = lang.proposal();
    vec![
        Column::text(say.factor(), 20),
        Column::text(say.why(), 60),
        Column::of(Holds::Money, say.change()),
        Column::of(Holds::Money, say.total()),
    ]
}
