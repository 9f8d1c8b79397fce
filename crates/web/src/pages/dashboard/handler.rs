//! `GET /dashboard`: the figures of a unit over a period, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::figures::overview::{Overview, overview};
use dacheng_app::tracking::alerts::{AlertRow, Filter, State as AlertState, alerts};
use dacheng_domain::access::Action;
use dacheng_domain::metrics::Metric;
use dacheng_text::{Lang, date};
use serde::Deserialize;

use super::{Content, DashboardPage, view};
use crate::components::{AlertDigest, Basis, Empty, TimeProgress};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::choices;
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
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<DashboardPage> {
    let lang = desk.lang();
    let period = choices::period(desk, asked.p.as_deref())?;
    let metric = choices::metric(asked.m.as_deref());
    let units = choices::units(desk, Action::CompanyTargets, choices::day_of(desk, period))?;
    let owner = choices::owner(desk, &units, asked.org.as_deref())?;
    let digest = view::digest(lang, &open_alerts(desk)?, &desk.company.calendar(), desk.context.today);
    let overview = overview(desk.app, &desk.context, owner, period, metric)?;
    let org = asked.org.as_ref().map_or_else(String::new, |org| format!("&org={org}"));
    let metric = metric.code();
    Ok(DashboardPage {
        shell: desk.shell(Room::Dashboard, Vec::new())?,
        title: lang.overview().title(date::period(lang, period)),
        basis: basis(desk, &overview),
        periods: choices::periods(desk, period, |period| format!("/dashboard?p={period}&m={metric}{org}")),
        scopes: choices::scopes(desk, &units, &overview.owner, |code| {
            format!("/dashboard?p={period}&m={metric}&org={code}")
        }),
        export: None,
        content: content(lang, &overview, digest),
    })
}

/// The open alerts within what the viewer may see.
fn open_alerts(desk: &Desk<'_>) -> Result<Vec<AlertRow>> {
    let filter = Filter { state: Some(AlertState::Open), ..Filter::default() };
    alerts(desk.app, &desk.context, &filter)
}

fn content(lang: Lang, overview: &Overview, alerts: AlertDigest) -> Content {
    let nothing = overview.through.is_none();
    if nothing {
        return Content::Empty(Empty::first_use(lang.overview().empty(), lang.overview().empty_text(), None));
    }
    Content::Figures(view::figures(lang, overview, alerts))
}

fn basis(desk: &Desk<'_>, overview: &Overview) -> Basis {
    let (say, zone) = (desk.lang().overview(), &desk.app.zone);
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
        now: zone.to_datetime(desk.context.now),
    }
}
