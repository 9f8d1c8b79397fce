//! `GET /plans/{code}/proposal`: what a year may come to, factor by factor; and the acts of keeping and taking it.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::{Power, Proposed, by_code, keep_proposal, powers, proposal, take_proposal};
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::State as PlanState;
use dacheng_text::metric;
use serde::Deserialize;

use super::amount::Amount;
use super::proposal_form::{FactorsForm, form, read};
use super::proposal_view::{StepRow, ThreeTotal, note, rows, said, totals};
use crate::components::{Column, ErrorSummary, Field, Link, Note, PickerEntry, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::{Room, Shell};

/// The metrics that a proposal can be made for.
const METRICS: [Metric; 2] = [Metric::Revenue, Metric::Collections];

/// `GET /plans/{code}/proposal?metric=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/plans/proposal.html")]
pub struct ProposalPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2027年度 目标建议（销售额）`.
    pub title: String,
    /// What a proposal is.
    pub about: String,
    /// The page's own address.
    pub path: String,
    /// The metric's code.
    pub metric: String,
    /// The metrics.
    pub metrics: Vec<PickerEntry>,
    /// Why there is no proposal, or why it can only be read.
    pub note: Option<Note>,
    /// 保底, 目标, 挑战.
    pub totals: Vec<ThreeTotal>,
    /// How the outer ones and the chances came about.
    pub said: Vec<String>,
    /// The way to the target.
    pub rows: Vec<StepRow>,
    /// The unit of the amounts.
    pub column: Column,
    /// The version that may be taken.
    pub take: Option<i64>,
    /// The factors, where the viewer may change them.
    pub form: Option<FactorsForm>,
    /// What is wrong with what was typed.
    pub wrong: ErrorSummary,
}

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// `revenue` or `collections`.
    pub(super) metric: Option<String>,
}

/// Whether there is a proposal for a metric.
pub(super) fn is_proposed(metric: Metric) -> bool {
    METRICS.contains(&metric)
}

pub(super) fn metric_of(asked: Option<&str>) -> Metric {
    METRICS.into_iter().find(|own| Some(own.code()) == asked).unwrap_or(Metric::Revenue)
}

/// `GET /plans/{code}/proposal`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = metric_of(asked.metric.as_deref());
        let found = proposal(desk.app, &desk.context, &code, of)?;
        Ok(respond::page(StatusCode::OK, &page(desk, &code, &found, None)?))
    })
    .await
}

/// `POST /plans/{code}/proposal`: keeps the factors.
pub async fn keep(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = metric_of(Some(posted.value("metric")));
        let amount = Amount { lang: desk.lang(), metric: of };
        let typed = match read(amount, &posted) {
            Ok(typed) => typed,
            Err(fields) => {
                let found = proposal(desk.app, &desk.context, &code, of)?;
                let page = page(desk, &code, &found, Some((&posted, fields)))?;
                return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page));
            }
        };
        let seen = posted.number("version").unwrap_or(0);
        match keep_proposal(desk.app, &desk.context, &code, of, (&typed, seen)) {
            Ok(_) => {
                let found = proposal(desk.app, &desk.context, &code, of)?;
                let target = found.proposal.map_or(0, |own| own.target);
                let kept = desk.lang().proposal().kept(amount.said(target));
                Ok(respond::done(&address(&code, of), Tone::Ok, &kept))
            }
            Err(Error::Stale { .. }) => {
                let found = proposal(desk.app, &desk.context, &code, of)?;
                let wrong = vec![(None, desk.lang().proposal().conflict().to_owned())];
                let page = page(desk, &code, &found, Some((&posted, wrong)))?;
                Ok(respond::page(StatusCode::CONFLICT, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /plans/{code}/proposal/take`: makes the three totals the plan's.
pub async fn take(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let of = metric_of(Some(posted.value("metric")));
        let amount = Amount { lang: desk.lang(), metric: of };
        match take_proposal(desk.app, &desk.context, &code, of, posted.number("version").unwrap_or(0)) {
            Ok(set) => {
                let year = set.months.iter().map(|marks| marks.target).sum();
                let said = desk.lang().proposal().taken(amount.said(year));
                let plan = format!("/plans/{}?metric={}", encoded(&code), of.code());
                Ok(respond::done(&plan, Tone::Ok, &said))
            }
            Err(Error::Refused(sentences)) => {
                let found = proposal(desk.app, &desk.context, &code, of)?;
                let mut page = page(desk, &code, &found, None)?;
                page.wrong =
                    ErrorSummary { errors: sentences.into_iter().map(|said| (None, said)).collect() };
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(Error::Stale { .. }) => {
                let found = proposal(desk.app, &desk.context, &code, of)?;
                let mut page = page(desk, &code, &found, None)?;
                let said = desk.lang().proposal().conflict().to_owned();
                page.wrong = ErrorSummary { errors: vec![(None, said)] };
                Ok(respond::page(StatusCode::CONFLICT, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn address(code: &str, of: Metric) -> String {
    format!("/plans/{}/proposal?metric={}", encoded(code), of.code())
}

/// What came back of a form: its values, and what is wrong with which field.
type Back<'f> = (&'f Posted, Vec<(Option<String>, String)>);

fn page(desk: &Desk<'_>, code: &str, found: &Proposed, back: Option<Back<'_>>) -> Result<ProposalPage> {
    let (lang, say) = (desk.lang(), desk.lang().proposal());
    let plan = by_code(desk.app, &desk.context, code)?;
    let amount = Amount { lang, metric: found.metric };
    let may_set = powers(desk.app, &desk.context, code, "")?.may(Power::Set);
    let is_open = plan.state == PlanState::Draft && may_set;
    let plan_page = format!("/plans/{}", encoded(code));
    let amounts = found.proposal.iter().flat_map(|own| own.steps.iter().map(|moved| moved.total));
    let crumbs = vec![Link::new(lang.shell().plans(), "/plans"), Link::new(&plan.name, &plan_page)];
    let entry = |own: Metric| PickerEntry {
        text: metric::name(lang, own).to_owned(),
        href: address(code, own),
        current: own == found.metric,
        depth: 0,
    };
    let (posted, wrong) = match back {
        Some((posted, wrong)) => (Some(posted), wrong),
        None => (None, Vec::new()),
    };
    let column = match amount.column(amounts.collect::<Vec<_>>()) {
        crate::charts::Amounts::Money(column) => Column::Money(column),
        crate::charts::Amounts::Count(unit) | crate::charts::Amounts::Hundredths(unit) => Column::Count(unit),
    };
    Ok(ProposalPage {
        shell: desk
            .shell(Room::Plans, crumbs)?
            .exporting(
                format!("{plan_page}/proposal"),
                format!("metric={}", found.metric.code()),
                found.proposal.iter().map(|own| own.steps.len()).sum(),
            )
            .defining(desk.definitions([found.metric], desk.context.today)?),
        title: say.title(&plan.name, metric::name(lang, found.metric)),
        about: say.about().to_owned(),
        path: format!("{plan_page}/proposal"),
        metric: found.metric.code().to_owned(),
        metrics: METRICS.into_iter().map(entry).collect(),
        note: note(lang, found, plan.state),
        totals: totals(amount, found),
        said: said(amount, found),
        rows: rows(amount, found, &column),
        take: (is_open && found.proposal.is_ok()).then_some(found.version),
        form: is_open.then(|| form(amount, found, posted, &wrong)),
        wrong: ErrorSummary { errors: wrong },
        column,
    })
}
