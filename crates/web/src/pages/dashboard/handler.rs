//! `GET /dashboard`: the figures of a unit over a period, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::figures::Branch;
use dacheng_app::figures::overview::{Overview, overview};
use dacheng_app::tracking::alerts::{AlertRow, Filter, State as AlertState, alerts};
use dacheng_text::date;
use serde::Deserialize;

use super::{Content, DashboardPage, view};
use crate::components::{AlertDigest, Empty, Link};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::choices::{self, Visible};
use crate::pages::first_steps;
use crate::pages::standing::{basis, query};
use crate::pages::unit_rows::Order;
use crate::respond;
use crate::shell::Room;

/// What the address asks for.
#[derive(Debug, Clone, Deserialize)]
pub struct Asked {
    /// Period, metric, as of.
    #[serde(flatten)]
    of: choices::Asked,
    /// The unit's code; everything the viewer may see where absent.
    org: Option<String>,
    /// How the table of units is sorted.
    sort: Option<String>,
}

/// `GET /dashboard?p=2026-11&org=hd&m=revenue&sort=-attainment`.
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

impl Asked {
    /// How the table is sorted.
    pub(super) fn order(&self) -> Order {
        Order::of(self.sort.as_deref())
    }

    /// The unit, as an address repeats it.
    fn org(&self) -> String {
        self.org.as_deref().map_or_else(String::new, |org| format!("&org={}", encoded(org)))
    }
}

/// The units the viewer may choose, and the figures of the chosen one.
pub(super) fn looked(desk: &Desk<'_>, asked: &Asked) -> Result<(Vec<Visible>, Overview)> {
    let look = asked.of.look(desk)?;
    let units = choices::seen(desk, look.day(desk.context.today))?;
    let owner = choices::owner(desk, &units, asked.org.as_deref())?;
    let overview = overview(desk.app, &desk.context, owner, look)?;
    Ok((units, overview))
}

/// Those below whose figures are shown: nobody's before there are any.
pub(super) fn shown(overview: &Overview) -> &[Branch] {
    if overview.footing.through.is_some() { &overview.branches } else { &[] }
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<DashboardPage> {
    let lang = desk.lang();
    let (units, overview) = looked(desk, asked)?;
    let (look, order, org) = (overview.look, asked.order(), asked.org());
    let digest = view::digest(desk, &open_alerts(desk)?);
    let sort = order.query();
    let unit = choices::unit_code(desk, &overview.owner, look.day(desk.context.today));
    let page = |look| format!("/dashboard?{}{org}{sort}", query(look));
    let here = format!("/dashboard?{}{org}", query(look));
    let rows = shown(&overview).len();
    let mut others: Vec<_> = overview.headlines.iter().map(|own| own.metric).collect();
    others.retain(|own| *own != look.metric);
    others.dedup();
    Ok(DashboardPage {
        shell: desk
            .shell(Room::Dashboard, Vec::new())?
            .exporting("/dashboard", format!("{}{org}{sort}", query(look)), rows)
            .defining(desk.definitions(others, look.period.last_day())?),
        title: lang.overview().title(date::period(lang, look.period)),
        basis: basis(desk, look.metric, &overview.footing),
        periods: choices::periods(desk, look, page),
        metrics: choices::metrics(desk, look, &overview.metrics, page),
        definition: desk.definition(look.metric, look.period, overview.metrics.contains(&look.metric))?,
        scopes: choices::scopes(desk, &units, &overview.owner, |unit| {
            format!("/dashboard?{}&org={}{sort}", query(look), encoded(unit))
        }),
        content: content(desk, &overview, digest, &unit, (order, here))?,
    })
}

/// The open alerts within what the viewer may see.
fn open_alerts(desk: &Desk<'_>) -> Result<Vec<AlertRow>> {
    let filter = Filter { state: Some(AlertState::Open), ..Filter::default() };
    alerts(desk.app, &desk.context, &filter)
}

fn content(
    desk: &Desk<'_>,
    overview: &Overview,
    alerts: Option<AlertDigest>,
    unit: &str,
    order: (Order, String),
) -> Result<Content> {
    let (lang, say) = (desk.lang(), desk.lang().overview());
    if overview.footing.through.is_none() && overview.look.as_of.is_some() {
        let said = lang.basis();
        return Ok(Content::Empty(Empty::not_yet(said.as_of_nothing(), said.as_of_nothing_hint())));
    }
    if overview.footing.through.is_none() {
        let way = first_steps::address(desk)?.map(|way| Link::new(lang.first_steps().way(), way));
        return Ok(Content::Empty(Empty::first_use(say.empty(), say.empty_text(), way)));
    }
    Ok(Content::Figures(view::figures(lang, overview, alerts, unit, order)))
}
