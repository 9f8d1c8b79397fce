//! `GET /dashboard`: the figures of a unit over a period, within what the viewer may see.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::figures::overview::{Overview, overview};
use dacheng_app::figures::read_period;
use dacheng_app::tracking::alerts::{AlertRow, Filter, State as AlertState, alerts};
use dacheng_app::{App, Context, Error, Result, company};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::calendar::{FiscalStart, Month, Period, Quarter, Year};
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::Organisation;
use dacheng_rollup::Owner;
use dacheng_text::{Lang, date};
use jiff::civil::Date;
use serde::Deserialize;

use super::{Content, DashboardPage, view};
use crate::components::{
    AlertDigest, Basis, Empty, Link, PeriodPicker, PickerEntry, ScopePicker, TimeProgress,
};
use crate::http::{Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// What the address asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// The period; the running month where absent.
    p: Option<String>,
    /// The unit's code; everything the viewer may see where absent.
    org: Option<String>,
    /// The metric of the tables.
    m: Option<String>,
}

/// `GET /dashboard?p=2026-11&org=hd&m=revenue`.
pub async fn show(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    let (site, who) = (web.clone(), visitor.clone());
    let page = web.work(&visitor, move |app| {
        let context = who.context(app);
        let mut tx = app.store.read()?;
        let (company, _) = company::current(&mut tx)?;
        let ground = app.memory.ground(&mut tx)?;
        let period = match asked.p.as_deref() {
            None => Period::Month(Month::of(context.today)),
            Some(text) => read_period(text, company.fiscal_start)?,
        };
        let metric = match asked.m.as_deref() {
            Some("collections") => Metric::Collections,
            Some(_) | None => Metric::Revenue,
        };
        let scope = context.scope(&ground.organisation, Action::CompanyTargets, Right::Read)?;
        let on = period.last_day().min(context.today).max(period.first_day());
        let units = visible_units(&ground.organisation, on, |unit| scope.covers_unit(unit, on));
        let owner = chosen(&ground.organisation, &units, asked.org.as_deref())?;
        let shell = site.shell(&mut tx, &who, &context, &ground.organisation, Room::Dashboard, Vec::new())?;
        drop(tx);
        let digest = view::digest(who.lang, &open_alerts(app, &context)?, &company.calendar(), context.today);
        let overview = overview(app, &context, owner, period, metric)?;
        let lang = who.lang;
        Ok(DashboardPage {
            shell,
            title: lang.overview().title(date::period(lang, period)),
            basis: basis(lang, &overview, app.zone.to_datetime(context.now), &app.zone),
            periods: periods(lang, period, company.fiscal_start, context.today, asked.org.as_deref()),
            scopes: scopes(lang, &ground.organisation, &units, &overview.owner, period),
            export: None,
            content: content(lang, &overview, digest),
        })
    });
    Ok(respond::page(StatusCode::OK, &page.await?))
}

/// The open alerts within what the viewer may see.
fn open_alerts(app: &App, context: &Context) -> Result<Vec<AlertRow>> {
    let filter = Filter { state: Some(AlertState::Open), ..Filter::default() };
    alerts(app, context, &filter)
}

/// Units that the viewer may see, in tree order with their depth.
fn visible_units(
    organisation: &Organisation,
    on: Date,
    may: impl Fn(dacheng_domain::people::UnitId) -> bool,
) -> Vec<(dacheng_domain::people::UnitId, usize)> {
    let walk = organisation.depth_first(on);
    walk.into_iter().filter(|found| may(found.unit)).map(|found| (found.unit, found.depth)).collect()
}

/// The unit asked for, or the highest one that is visible. An unknown and a hidden unit answer alike.
fn chosen(
    organisation: &Organisation,
    units: &[(dacheng_domain::people::UnitId, usize)],
    asked: Option<&str>,
) -> Result<Owner> {
    let code = |unit| organisation.unit(unit).map(|unit| unit.code.to_string());
    match asked {
        Some(asked) => {
            let found = units.iter().filter_map(|(unit, _)| code(*unit)).find(|code| code == asked);
            found.map(Owner::Unit).ok_or_else(|| Error::missing("unit", asked))
        }
        None => match units.iter().min_by_key(|(_, depth)| *depth) {
            Some((unit, 0)) if units.iter().filter(|(_, depth)| *depth == 0).count() == 1 => {
                let _ = unit;
                Ok(Owner::Company)
            }
            Some((unit, _)) => code(*unit).map(Owner::Unit).ok_or_else(|| Error::missing("unit", "")),
            None => Ok(Owner::Company),
        },
    }
}

fn content(lang: Lang, overview: &Overview, alerts: AlertDigest) -> Content {
    let nothing = overview.through.is_none();
    if nothing {
        return Content::Empty(Empty::first_use(lang.overview().empty(), lang.overview().empty_text(), None));
    }
    Content::Figures(view::figures(lang, overview, alerts))
}

fn basis(lang: Lang, overview: &Overview, now: jiff::civil::DateTime, zone: &jiff::tz::TimeZone) -> Basis {
    let say = lang.overview();
    let own = overview
        .headlines
        .iter()
        .find(|headline| headline.metric == overview.metric && headline.period == overview.period);
    let source = if overview.metric == Metric::Collections { say.payments() } else { say.orders() };
    let updated = overview.updated_at.map(|at| (source.to_owned(), zone.to_datetime(at)));
    Basis {
        through: overview.through,
        time: own.map_or(TimeProgress::NotBegun, |headline| view::time_progress(&headline.time)),
        sources: updated.into_iter().collect(),
        now,
    }
}

fn periods(lang: Lang, period: Period, start: FiscalStart, today: Date, org: Option<&str>) -> PeriodPicker {
    let say = lang.overview();
    let org = org.map_or_else(String::new, |org| format!("&org={org}"));
    let href = |period: Period| format!("/dashboard?p={period}{org}");
    let anchor = period.last_day().min(today).max(period.first_day());
    let kinds = [
        (say.kind_month(), Period::Month(Month::of(anchor))),
        (say.kind_quarter(), Period::Quarter(Quarter::of(anchor, start))),
        (say.kind_year(), Period::Year(Year::of(anchor, start))),
    ];
    let (earlier, later) = (period.previous(), period.next());
    PeriodPicker {
        kinds: kinds
            .into_iter()
            .map(|(text, own)| PickerEntry {
                text: text.to_owned(),
                href: href(own),
                current: own == period,
                depth: 0,
            })
            .collect(),
        period: date::period(lang, period),
        earlier: Some(Link::new(date::period(lang, earlier), href(earlier))),
        later: (later.first_day() <= today).then(|| Link::new(date::period(lang, later), href(later))),
    }
}

fn scopes(
    lang: Lang,
    organisation: &Organisation,
    units: &[(dacheng_domain::people::UnitId, usize)],
    owner: &Owner,
    period: Period,
) -> ScopePicker {
    let entry = |(unit, depth): &(dacheng_domain::people::UnitId, usize)| {
        let unit = organisation.unit(*unit)?;
        let code = unit.code.as_str();
        let current =
            matches!(owner, Owner::Unit(own) if own == code) || (*depth == 0 && *owner == Owner::Company);
        let href = format!("/dashboard?p={period}&org={code}");
        Some(PickerEntry { text: unit.name.clone(), href, current, depth: *depth })
    };
    let units: Vec<PickerEntry> = units.iter().filter_map(entry).collect();
    let current = units.iter().find(|entry| entry.current).map(|entry| entry.text.clone());
    ScopePicker { current: current.unwrap_or_else(|| lang.overview().company().to_owned()), units }
}
