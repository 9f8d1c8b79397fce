//! `GET /analysis`: three years of a unit or the company, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::figures::Look;
use dacheng_app::figures::history::{History, HistoryAsk, history};
use dacheng_app::planning::market;
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::{Period, Year};
use dacheng_domain::metrics::Metric;
use dacheng_text::date;
use serde::Deserialize;

use super::{AnalysisPage, Content, Market, notes, view};
use crate::components::{Empty, Link, PickerEntry};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::choices::{self, Visible};
use crate::pages::first_steps;
use crate::pages::standing::{basis, metric_name};
use crate::respond;
use crate::shell::Room;

/// Notes about the market that stand on the page; all of them have a page of their own.
const NOTES: usize = 6;
/// Years that can be the last of the three.
const CHOICES: usize = 3;

/// What the address asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// A period of the last year; the year that the data reach into where absent.
    p: Option<String>,
    /// The metric; revenue where absent.
    m: Option<String>,
    /// The unit's code; everything the viewer may see where absent.
    org: Option<String>,
}

/// `GET /analysis?p=2026&org=hd&m=revenue`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| match choices::without_units(desk)? {
        Some(own) => Ok(own),
        None => Ok(respond::page(StatusCode::OK, &page(desk, &asked)?)),
    })
    .await
}

/// The units the viewer may choose, and the history of the chosen one.
pub(super) fn looked(desk: &Desk<'_>, asked: &Asked) -> Result<(Vec<Visible>, History)> {
    let year = asked.year(desk)?;
    let day = year.map_or(desk.context.today, |year| year.last_day().min(desk.context.today));
    let units = choices::seen(desk, day)?;
    let owner = choices::owner(desk, &units, asked.org.as_deref())?;
    let ask = HistoryAsk { metric: choices::metric(desk, asked.m.as_deref()), year, owner };
    Ok((units, history(desk.app, &desk.context, &ask)?))
}

impl Asked {
    /// The fiscal year of the period that is asked for; none lies ahead.
    fn year(&self, desk: &Desk<'_>) -> Result<Option<Year>> {
        let Some(text) = self.p.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
        let year = Year::of(choices::period(desk, Some(text))?.first_day(), desk.company.fiscal_start);
        let is_known = year.first_day() <= desk.context.today;
        is_known.then_some(Some(year)).ok_or_else(|| Error::missing("period", text))
    }

    fn org(&self) -> String {
        self.org.as_deref().map_or_else(String::new, |org| format!("&org={}", encoded(org)))
    }
}

fn query(year: Year, metric: Metric) -> String {
    format!("p={year}&m={}", metric.code())
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<AnalysisPage> {
    let lang = desk.lang();
    let (units, found) = looked(desk, asked)?;
    let (year, metric, org) = (found.years[2], found.metric, asked.org());
    let look = Look::now(metric, Period::Year(year));
    let here = query(year, metric);
    let metrics = choices::metrics(desk, look, &found.offered, |look| {
        format!("/analysis?{}{org}", query(year, look.metric))
    });
    let scopes =
        choices::scopes(desk, &units, &found.owner, |unit| format!("/analysis?{here}&org={}", encoded(unit)));
    let beside = found.efficiency.iter().map(|own| own.metric).filter(|own| *own != metric);
    let rows = if found.begins.is_some() { found.spans.len() } else { 0 };
    Ok(AnalysisPage {
        shell: desk
            .shell(Room::Analysis, Vec::new())?
            .exporting("/analysis", format!("{here}{org}"), rows)
            .defining(
                desk.definitions(std::iter::once(metric).chain(beside), Period::Year(year).last_day())?,
            ),
        title: lang.history().title(desk.owner_name(&found.owner), metric_name(lang, metric)),
        basis: basis(desk, metric, &found.footing),
        years: years(desk, year, |year| format!("/analysis?{}{org}", query(year, metric))),
        metrics,
        scopes,
        content: content(desk, &found)?,
        market: noted(desk)?,
    })
}

/// The years that may be the last: the running one and those before it.
fn years(desk: &Desk<'_>, current: Year, href: impl Fn(Year) -> String) -> Vec<PickerEntry> {
    let newest = Year::of(desk.context.today, desk.company.fiscal_start);
    let back = std::iter::successors(Some(newest), |year| Some(year.previous()));
    let mut years: Vec<Year> = back.take(CHOICES).collect();
    if !years.contains(&current) {
        years.push(current);
    }
    years.sort_by_key(|year| year.first_day());
    let entry = |year: Year| PickerEntry {
        text: date::year(desk.lang(), year.name()),
        href: href(year),
        current: year == current,
        depth: 0,
    };
    years.into_iter().map(entry).collect()
}

fn content(desk: &Desk<'_>, found: &History) -> Result<Content> {
    let say = desk.lang().history();
    if found.begins.is_none() {
        let way = first_steps::address(desk)?.map(|way| Link::new(desk.lang().first_steps().way(), way));
        return Ok(Content::Empty(Empty::first_use(say.empty(), say.empty_text(), way)));
    }
    Ok(Content::Figures(view::sections(desk.lang(), found)))
}

fn noted(desk: &Desk<'_>) -> Result<Market> {
    let lang = desk.lang();
    let found = market::notes(desk.app, &desk.context)?;
    let shown = &found[..found.len().min(NOTES)];
    let may = market::may_write(&desk.context, desk.organisation()).is_ok();
    Ok(Market {
        table: (!shown.is_empty()).then(|| notes::table(lang, shown)),
        all: Link::new(lang.market().all(), "/analysis/notes"),
        add: may.then(|| Link::new(lang.market().new(), "/analysis/notes#new")),
    })
}
