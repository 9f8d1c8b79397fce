//! `GET /explain`: a number with the facts it is made of, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::figures::explain::{Counted, Explanation, NotCounted, Why, explain};
use dacheng_app::figures::overview::footing;
use dacheng_app::figures::{Ask, read_owner};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::access::{Action, Object, Right};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Organisation;
use dacheng_rollup::Owner;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date, money};
use serde::Deserialize;

use super::{ExplainPage, FactRow, Facts, TargetLine};
use crate::components::{Basis, Column, Figure, Link, Pager, Value};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::choices;
use crate::pages::dashboard::view::{metric_name, time_progress};
use crate::respond;
use crate::shell::Room;

/// Facts on one page.
const PAGE: usize = 50;

/// What the address asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    m: Option<String>,
    p: Option<String>,
    owner: Option<String>,
    from: Option<usize>,
}

/// `GET /explain?m=revenue&p=2026-11&owner=unit:hd`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<ExplainPage> {
    let owner = asked.owner.as_deref().map_or(Ok(Owner::Company), |owner| {
        read_owner(&desk.ground, owner).map_err(|_| Error::missing("owner", owner))
    })?;
    let period = choices::period(desk, asked.p.as_deref())?;
    let metric = choices::metric(asked.m.as_deref());
    let object = Object::on(desk.whose(&owner)?, period.last_day());
    desk.context.may(desk.organisation(), Action::BreakDown, Right::Read, &object)?;
    let ask = Ask { metric, period, by: Vec::new(), owner, as_of: None };
    let found = explain(desk.app, &desk.context, ask)?;
    let name = desk.owner_name(&found.ask.owner);
    let from = asked.from.unwrap_or(0);
    let view = View { lang: desk.lang(), organisation: desk.organisation(), found: &found, from };
    Ok(view.page(&name).into_page(desk.shell(Room::Dashboard, Vec::new())?, basis(desk, &found)?))
}

fn basis(desk: &Desk<'_>, found: &Explanation) -> Result<Basis> {
    let (ask, zone) = (&found.ask, &desk.app.zone);
    let footing = footing(desk.app, &desk.context, ask.owner.clone(), ask.period, ask.metric)?;
    let say = desk.lang().overview();
    let source = if ask.metric == Metric::Collections { say.payments() } else { say.orders() };
    let updated = footing.updated_at.map(|at| (source.to_owned(), zone.to_datetime(at)));
    Ok(Basis {
        through: footing.through,
        time: time_progress(&footing.time),
        sources: updated.into_iter().collect(),
        now: zone.to_datetime(desk.context.now),
    })
}

/// An explanation on its way to a page.
struct View<'v> {
    lang: Lang,
    organisation: &'v Organisation,
    found: &'v Explanation,
    from: usize,
}

impl View<'_> {
    /// The page; shell and basis are the caller's.
    fn page(&self, owner: &str) -> PageParts {
        let (lang, found) = (self.lang, self.found);
        let say = lang.explanations();
        let period = date::period(lang, found.ask.period);
        let actual = found.figure.actual.unwrap_or_default();
        let formula = if found.ask.metric == Metric::Collections {
            say.formula_collections()
        } else {
            say.formula_revenue()
        };
        PageParts {
            title: say.title(owner, &period, metric_name(lang, found.ask.metric)),
            figure: Figure::plain(Value::Money(actual)),
            exact: money::exact(lang, actual),
            formula: formula.to_owned(),
            scope: vec![(say.owner().to_owned(), owner.to_owned()), (say.period().to_owned(), period)],
            reason: found.counted.is_empty().then(|| say.nothing().to_owned()),
            counted: self.counted(actual),
            left_out: self.left_out(),
            target: self.target(),
        }
    }

    fn counted(&self, actual: Fen) -> Facts {
        let all = self.found.counted.len();
        let rows = self.found.counted.iter().skip(self.from).take(PAGE).map(|fact| self.row(fact));
        Facts {
            summary: self.lang.explanations().counted(all, money::said(self.lang, actual)),
            rows: rows.collect(),
            pager: (all > PAGE).then(|| self.pager(all)),
        }
    }

    fn pager(&self, all: usize) -> Pager {
        let last = (self.from + PAGE).min(all);
        let owner = match &self.found.ask.owner {
            Owner::Company => String::new(),
            Owner::Unit(code) => format!("&owner=unit:{code}"),
            Owner::Member(code) => format!("&owner=member:{code}"),
        };
        let href = |from: usize| {
            format!(
                "/explain?m={}&p={}{owner}&from={from}",
                self.found.ask.metric.code(),
                self.found.ask.period
            )
        };
        Pager {
            first: self.from as u64 + 1,
            last: last as u64,
            all: all as u64,
            earlier: (self.from > 0).then(|| href(self.from.saturating_sub(PAGE))),
            later: (last < all).then(|| href(last)),
        }
    }

    fn row(&self, fact: &Counted) -> FactRow {
        let name = self.organisation.member_of_code(&fact.member).map(|member| member.name.clone());
        FactRow {
            key: Link::new(self.key(fact.kind, &fact.code), ""),
            date: fact.date.to_string(),
            customer: fact.customer.clone().unwrap_or_default(),
            member: name.unwrap_or_else(|| fact.member.clone()),
            amount: Figure::plain(Value::Money(fact.amount)),
            share: String::new(),
            counted: Figure::plain(Value::Money(fact.amount)),
            why: if fact.overlay { self.lang.explanations().overlay().to_owned() } else { String::new() },
        }
    }

    fn key(&self, kind: &str, code: &str) -> String {
        let say = self.lang.explanations();
        let kind = match kind {
            "return" => say.returned(),
            "payment" => say.payment(),
            _order => say.order(),
        };
        format!("{kind} {code}")
    }

    fn left_out(&self) -> Facts {
        let rows = self.found.not_counted.iter().take(PAGE).map(|fact| self.left_out_row(fact));
        Facts {
            summary: self.lang.explanations().left_out(self.found.not_counted.len()),
            rows: rows.collect(),
            pager: None,
        }
    }

    fn left_out_row(&self, fact: &NotCounted) -> FactRow {
        let say = self.lang.explanations();
        let why = match fact.reason {
            Why::Cancelled => say.cancelled(),
            Why::OrderCancelled => say.order_cancelled(),
            Why::NoAmount => say.no_amount(),
            Why::MemberWithdrawn => say.member_withdrawn(),
        };
        let amount = fact.amount.map_or(Value::Blank(Blank::NoTarget), Value::Money);
        FactRow {
            key: Link::new(self.key(fact.kind, &fact.code), ""),
            date: fact.date.to_string(),
            customer: String::new(),
            member: String::new(),
            amount: Figure::plain(amount),
            share: String::new(),
            counted: Figure::plain(Value::Money(Fen::ZERO)),
            why: why.to_owned(),
        }
    }

    fn target(&self) -> Option<TargetLine> {
        let say = self.lang.explanations();
        let target = self.found.figure.target?;
        Some(TargetLine {
            target: Figure::plain(Value::Money(target)),
            attainment: Figure {
                value: self.found.figure.attainment.map_or(Value::Blank(Blank::NoTarget), Value::Rate),
                explain: None,
            },
            version: say.version().to_owned(),
            source: Link::new(
                self.found.plan.as_ref().map_or_else(String::new, |code| say.plan(code)),
                "/dashboard",
            ),
        })
    }
}

/// What an explanation says on its page.
struct PageParts {
    title: String,
    figure: Figure,
    exact: String,
    formula: String,
    scope: Vec<(String, String)>,
    reason: Option<String>,
    counted: Facts,
    left_out: Facts,
    target: Option<TargetLine>,
}

impl PageParts {
    fn into_page(self, shell: crate::shell::Shell, basis: Basis) -> ExplainPage {
        ExplainPage {
            shell,
            title: self.title,
            basis,
            figure: self.figure,
            exact: self.exact,
            formula: self.formula,
            scope: self.scope,
            reason: self.reason,
            column: Column::Money(money::Column::Fen),
            counted: self.counted,
            left_out: self.left_out,
            target: self.target,
            parts: Vec::new(),
            claim: None,
            export: None,
        }
    }
}
