//! What the pages of figures let their reader choose: period, metric, as of and part of the tree, all in the address.

use axum::response::{IntoResponse as _, Redirect, Response};
use dacheng_app::figures::sight::Sights;
use dacheng_app::figures::{Look, read_period, root};
use dacheng_app::{Actor, Error, Result};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::calendar::{Month, Period, Quarter, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::UnitId;
use dacheng_rollup::Owner;
use dacheng_text::date;
use jiff::civil::Date;
use serde::Deserialize;

use crate::components::{AsOfPicker, Link, MetricPicker, PeriodPicker, PickerEntry, ScopePicker};
use crate::http::Desk;
use crate::pages::standing::metric_name;

/// A unit that the viewer may see, with its depth in the tree.
#[derive(Debug, Clone, Copy)]
pub struct Visible {
    /// The unit.
    pub unit: UnitId,
    /// How far below the root, from 0.
    pub depth: usize,
}

/// What every address of figures asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The period; the running month where absent.
    pub p: Option<String>,
    /// The metric; revenue where absent.
    pub m: Option<String>,
    /// What was known on that day; now where absent.
    pub as_of: Option<String>,
}

impl Asked {
    /// What is looked at. What was known at the end of today, or later, is what is known now.
    pub fn look(&self, desk: &Desk<'_>) -> Result<Look> {
        let as_of = self.as_of.as_deref().filter(|text| !text.is_empty());
        let wrong = |text| Error::Usage(format!("as_of: not a date: {text}"));
        let as_of = as_of.map(|text| text.parse::<Date>().map_err(|_| wrong(text))).transpose()?;
        Ok(Look {
            metric: metric(desk, self.m.as_deref()),
            period: period(desk, self.p.as_deref())?,
            as_of: as_of.filter(|day| *day < desk.context.today),
        })
    }
}

/// The period asked for; the running month where none is.
pub fn period(desk: &Desk<'_>, asked: Option<&str>) -> Result<Period> {
    match asked.filter(|text| !text.is_empty()) {
        None => Ok(Period::Month(Month::of(desk.context.today))),
        Some(text) => read_period(text, desk.company.fiscal_start),
    }
}

/// The metric asked for; revenue where none is.
pub fn metric(desk: &Desk<'_>, asked: Option<&str>) -> Metric {
    asked.and_then(|code| desk.catalogue.read(code).ok()).unwrap_or(Metric::Revenue)
}

/// The units within the viewer's scope on a day, in tree order.
pub fn units(desk: &Desk<'_>, action: Action, on: Date) -> Result<Vec<Visible>> {
    let organisation = desk.organisation();
    let scope = desk.context.scope(organisation, action, Right::Read)?;
    let walk = organisation.depth_first(on).into_iter().filter(|found| scope.covers_unit(found.unit, on));
    Ok(walk.map(|found| Visible { unit: found.unit, depth: found.depth }).collect())
}

/// The units whose figures the viewer sees on a day, in tree order.
pub fn seen(desk: &Desk<'_>, on: Date) -> Result<Vec<Visible>> {
    let organisation = desk.organisation();
    let sights = Sights::of(&desk.context, organisation, on)?;
    let walk = organisation.depth_first(on).into_iter().filter(|found| sights.unit(found.unit));
    Ok(walk.map(|found| Visible { unit: found.unit, depth: found.depth }).collect())
}

/// Whether somebody has pages of their own only: a member who sees no unit. Company targets that were announced to
/// everybody open no page of units. Who is no member sees a company without units as empty.
pub fn own_pages_only(desk: &Desk<'_>) -> Result<bool> {
    let is_member = matches!(&desk.context.actor, Actor::Account { member: Some(_), .. });
    Ok(is_member && !Sights::of(&desk.context, desk.organisation(), desk.context.today)?.any_unit())
}

/// Where a member who sees no unit is led instead of a page of units: to their own targets.
pub fn without_units(desk: &Desk<'_>) -> Result<Option<Response>> {
    Ok(own_pages_only(desk)?.then(|| Redirect::to("/me/targets").into_response()))
}

/// The code of the unit an owner is on a day: the top unit's for the company.
pub fn unit_code(desk: &Desk<'_>, owner: &Owner, on: Date) -> String {
    match owner {
        Owner::Company => root(&desk.ground, on).unwrap_or_default(),
        Owner::Unit(code) | Owner::Member(code) => code.clone(),
    }
}

/// The metrics that figures can be about: those `offered` that facts speak of; `href` is the page over a look.
pub fn metrics(
    desk: &Desk<'_>,
    look: Look,
    offered: &[Metric],
    href: impl Fn(Look) -> String,
) -> MetricPicker {
    let entry = |metric: Metric| PickerEntry {
        text: metric_name(desk.lang(), metric).to_owned(),
        href: href(look.of(metric)),
        current: metric == look.metric,
        depth: 0,
    };
    // The two that every company has are offered before there is a fact, and the one that is looked at always.
    let usual = [Metric::Revenue, Metric::Collections];
    let is_offered =
        |metric: &Metric| offered.contains(metric) || usual.contains(metric) || *metric == look.metric;
    MetricPicker {
        current: metric_name(desk.lang(), look.metric).to_owned(),
        entries: desk.catalogue.all().filter(is_offered).map(entry).collect(),
    }
}

/// The unit asked for, or the highest one that is visible; a root that stands alone is the company. An unknown and
/// a hidden unit answer alike.
pub fn owner(desk: &Desk<'_>, units: &[Visible], asked: Option<&str>) -> Result<Owner> {
    let code = |visible: &Visible| code(desk, visible.unit);
    if let Some(asked) = asked {
        let found = units.iter().filter_map(code).find(|code| code == asked);
        return found.map(Owner::Unit).ok_or_else(|| Error::missing("unit", asked));
    }
    let roots = units.iter().filter(|visible| visible.depth == 0).count();
    match units.iter().min_by_key(|visible| visible.depth) {
        Some(highest) if highest.depth > 0 || roots > 1 => {
            code(highest).map(Owner::Unit).ok_or_else(|| Error::missing("unit", ""))
        }
        Some(_) | None => Ok(Owner::Company),
    }
}

fn code(desk: &Desk<'_>, unit: UnitId) -> Option<String> {
    desk.organisation().unit(unit).map(|unit| unit.code.to_string())
}

/// Month, quarter and year about a period, a step back or forward, and as of when; `href` is the page over a look.
pub fn periods(desk: &Desk<'_>, look: Look, href: impl Fn(Look) -> String) -> PeriodPicker {
    let (lang, say, start) = (desk.lang(), desk.lang().overview(), desk.company.fiscal_start);
    let (period, today) = (look.period, desk.context.today);
    let day = look.day(today);
    let now = href(Look { as_of: None, ..look });
    let href = |period| href(look.over(period));
    let kinds = [
        (say.kind_month(), Period::Month(Month::of(day))),
        (say.kind_quarter(), Period::Quarter(Quarter::of(day, start))),
        (say.kind_year(), Period::Year(Year::of(day, start))),
    ];
    let entry = |(text, own): (&str, Period)| PickerEntry {
        text: text.to_owned(),
        href: href(own),
        current: own == period,
        depth: 0,
    };
    let (earlier, later) = (period.previous(), period.next());
    PeriodPicker {
        kinds: kinds.map(entry).to_vec(),
        period: date::period(lang, period),
        earlier: Some(Link::new(date::period(lang, earlier), href(earlier))),
        later: (later.first_day() <= look.as_of.unwrap_or(today))
            .then(|| Link::new(date::period(lang, later), href(later))),
        as_of: AsOfPicker { day: look.as_of, today, now },
    }
}

/// The visible units; `href` is the page of a unit's code.
pub fn scopes(
    desk: &Desk<'_>,
    units: &[Visible],
    owner: &Owner,
    href: impl Fn(&str) -> String,
) -> ScopePicker {
    let entry = |visible: &Visible| {
        let unit = desk.organisation().unit(visible.unit)?;
        let code = unit.code.as_str();
        let is_company = visible.depth == 0 && *owner == Owner::Company;
        let current = is_company || matches!(owner, Owner::Unit(own) if own == code);
        Some(PickerEntry { text: unit.name.clone(), href: href(code), current, depth: visible.depth })
    };
    let units: Vec<PickerEntry> = units.iter().filter_map(entry).collect();
    let current = units.iter().find(|entry| entry.current).map(|entry| entry.text.clone());
    ScopePicker { current: current.unwrap_or_else(|| desk.lang().overview().company().to_owned()), units }
}
