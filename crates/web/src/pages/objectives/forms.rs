//! The forms of objectives: as they are offered, and as they come back.

use dacheng_app::Result;
use dacheng_app::planning::objectives::{Said, Served, Serving, Target, targets};
use dacheng_domain::calendar::Year;
use dacheng_text::{date, metric, smart};

use super::{SaidForm, TargetRow};
use crate::components::{Choice, Input, Link};
use crate::http::{Desk, Posted, encoded};

/// Fiscal years around the running one that are offered.
const YEARS: i16 = 3;

/// The form of a new one.
pub(super) fn blank(desk: &Desk<'_>) -> SaidForm {
    let year = running(desk);
    SaidForm { year: Input::of(year.to_string()), years: years(desk, year), ..SaidForm::default() }
}

/// The form with what is kept.
pub(super) fn of(desk: &Desk<'_>, served: &Served) -> SaidForm {
    let own = &served.objective;
    SaidForm {
        code: Input::of(&own.code),
        name: Input::of(&own.name),
        description: Input::of(&own.description),
        year: Input::of(own.year.to_string()),
        owner: Input::of(&own.owner),
        years: years(desk, i16::try_from(own.year).unwrap_or_else(|_| running(desk))),
        refused: None,
        open: false,
    }
}

/// The form as it was sent.
pub(super) fn sent(desk: &Desk<'_>, form: &Posted, refused: Option<String>) -> SaidForm {
    let value = |name: &str| Input::of(form.value(name));
    SaidForm {
        code: value("code"),
        name: value("name"),
        description: value("description"),
        year: value("year"),
        owner: value("owner"),
        years: years(desk, form.value("year").parse().unwrap_or_else(|_| running(desk))),
        refused,
        open: true,
    }
}

pub(super) fn said(form: &Posted, code: &str) -> Said {
    Said {
        code: code.to_owned(),
        name: form.value("name").to_owned(),
        description: form.value("description").to_owned(),
        year: form.value("year").parse().unwrap_or(0),
        owner: form.value("owner").to_owned(),
    }
}

fn running(desk: &Desk<'_>) -> i16 {
    Year::of(desk.context.today, desk.company.fiscal_start).name()
}

fn years(desk: &Desk<'_>, kept: i16) -> Vec<Choice> {
    let running = running(desk);
    let mut years: Vec<i16> = (running - 1..=running + YEARS).collect();
    if !years.contains(&kept) {
        years.push(kept);
    }
    years.into_iter().map(|year| Choice::new(year.to_string(), date::year(desk.lang(), year))).collect()
}

/// A target as a row.
pub(super) fn row(desk: &Desk<'_>, own: &Serving) -> TargetRow {
    let lang = desk.lang();
    TargetRow {
        what: what(desk, own),
        plan: Link::new(&own.plan, format!("/plans/{}?metric={}", encoded(&own.plan), own.metric.code())),
        amount: own
            .amount
            .map_or_else(|| "—".to_owned(), |amount| smart::amount(lang, Some(own.metric), amount)),
        key: key(own),
    }
}

/// Metric and unit: 销售额 · 华东大区.
pub(super) fn what(desk: &Desk<'_>, own: &Serving) -> String {
    let lang = desk.lang();
    let unit = if own.unit.is_empty() { lang.objectives().company() } else { &own.name };
    format!("{} · {unit}", metric::name(lang, own.metric))
}

fn key(own: &Serving) -> String {
    format!("{}|{}|{}", own.metric.code(), own.unit, own.plan)
}

/// The target that a form names.
pub(super) fn target(desk: &Desk<'_>, form: &Posted) -> Option<Target> {
    let mut parts = form.value("target").splitn(3, '|');
    let (metric, unit, plan) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Target { plan: plan.to_owned(), metric: desk.catalogue.read(metric).ok()?, unit: unit.to_owned() })
}

/// The targets that may be linked still.
pub(super) fn choices(desk: &Desk<'_>, served: &Served) -> Result<Vec<Choice>> {
    let linked: Vec<String> = served.targets.iter().map(key).collect();
    let found = targets(desk.app, &desk.context)?;
    let open = found.iter().filter(|own| !linked.contains(&key(own)));
    Ok(open
        .map(|own| {
            let row = row(desk, own);
            Choice::new(row.key, format!("{} · {} · {}", row.what, row.plan.text, row.amount))
        })
        .collect())
}
