//! `GET /explain`: a number with the facts it is made of, within what the viewer may see.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::figures::explain::{Cursor, Part, explain};
use dacheng_app::figures::overview::footing;
use dacheng_app::figures::{Ask, Look, read_as_of, read_owner};
use dacheng_app::{Error, Result};
use dacheng_rollup::Owner;
use serde::Deserialize;

use super::ExplainPage;
use super::view::View;
use crate::components::Link;
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::standing::{basis, page_below, query};
use crate::pages::{choices, rubrics};
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
    /// What was known then: a date or an instant; now where absent.
    as_of: Option<String>,
    /// Where this part of the facts begins.
    cursor: Option<String>,
}

/// `GET /explain?m=revenue&p=2026-11&owner=unit:hd&as_of=2026-11-20`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

impl Asked {
    /// The question.
    pub(super) fn ask(&self, desk: &Desk<'_>) -> Result<Ask> {
        let owner = self.owner.as_deref().map_or(Ok(Owner::Company), |owner| {
            read_owner(&desk.ground, owner).map_err(|_| Error::missing("owner", owner))
        })?;
        let period = choices::period(desk, self.p.as_deref())?;
        let metric = choices::metric(desk, self.m.as_deref());
        let as_of = self.as_of().map(|text| read_as_of(desk.app, text)).transpose()?;
        Ok(Ask { metric, period, by: Vec::new(), owner, as_of })
    }

    /// As of when, as the address says it.
    pub(super) fn as_of(&self) -> Option<&str> {
        self.as_of.as_deref().filter(|text| !text.is_empty())
    }
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<ExplainPage> {
    let ask = asked.ask(desk)?;
    let (metric, period) = (ask.metric, ask.period);
    let cursor: Cursor = asked.cursor.as_deref().unwrap_or_default().parse()?;
    let found = explain(desk.app, &desk.context, ask, Part::After(cursor, PAGE))?;
    let footing = footing(desk.app, &desk.context, &found.ask)?;
    let day = asked.as_of.as_deref().and_then(|text| text.parse().ok());
    let look = Look { metric, period, as_of: day };
    let view = View {
        lang: desk.lang(),
        organisation: desk.organisation(),
        zone: &desk.app.zone,
        owner: desk.owner_name(&found.ask.owner),
        as_of: asked.as_of.as_deref().map_or_else(String::new, |text| format!("&as_of={}", encoded(text))),
        found: &found,
        definition: desk.definition(metric, period, true)?,
        rubrics: rubrics::view::rows(desk, &found.rubrics),
        cursor,
    };
    let room = if choices::seen(desk, look.day(desk.context.today))?.is_empty() {
        Room::MyTargets
    } else {
        Room::Targets
    };
    let here = view.here();
    let query = here.split_once('?').map_or("", |(_, query)| query);
    let shell = desk.shell(room, crumbs(desk, look, &found.ask.owner, room))?;
    let shell = shell.exporting("/explain", query, found.counted.len().max(found.rubrics.len()));
    Ok(view.page(shell, basis(desk, metric, &footing)))
}

/// From the room to the page of whoever the figure is of.
fn crumbs(desk: &Desk<'_>, look: Look, owner: &Owner, room: Room) -> Vec<Link> {
    let first = Link::new(room.name(&desk.lang()), format!("{}?{}", room.path(), query(look)));
    let name = desk.owner_name(owner);
    let own = match (owner, room) {
        (Owner::Unit(code), Room::Targets) => Some(page_below(code, owner, look)),
        (Owner::Member(code), Room::Targets) => {
            let organisation = desk.organisation();
            let on = look.day(desk.context.today);
            let member = organisation.member_of_code(code).map(|member| member.id);
            let unit = member.and_then(|member| organisation.home_unit(member, on));
            let unit = unit.and_then(|unit| organisation.unit(unit));
            unit.map(|unit| page_below(unit.code.as_str(), owner, look))
        }
        (Owner::Company | Owner::Unit(_) | Owner::Member(_), _) => None,
    };
    std::iter::once(first).chain(own.map(|href| Link::new(name, href))).collect()
}
