//! `GET /settings`: what the viewer may open.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::people::{directory, rules};
use dacheng_app::{Result, jobs};
use dacheng_domain::access::{Action, Profile, Right};
use dacheng_domain::calendar::YearBasis;

use super::super::{IndexPage, Tile};
use crate::components::Link;
use crate::http::{Desk, Reply, Visitor, Web};
use crate::pages::first_steps;
use crate::respond;
use crate::shell::Room;

/// `GET /settings`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let page = IndexPage { shell: desk.shell(Room::Settings, Vec::new())?, tiles: tiles(desk)? };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

fn tiles(desk: &Desk<'_>) -> Result<Vec<Tile>> {
    let (lang, context, organisation) = (desk.lang(), &desk.context, desk.organisation());
    let say = lang.settings();
    let tile =
        |icon, text: &str, href: &str, about: String| Tile { icon, link: Link::new(text, href), about };
    let mut tiles = Vec::new();
    if let Some(address) = first_steps::address(desk)? {
        let say = desk.lang().first_steps();
        tiles.push(tile("circle-check", say.title(), address, say.hint().to_owned()));
    }
    if directory::may_see(context, organisation).is_ok() {
        tiles.push(tile("users", say.people(), "/settings/people", say.people_about().to_owned()));
    }
    if context.may_at_all(organisation, Action::AccountsOrg, Right::Read).is_ok() {
        let units = organisation.depth_first(context.today).len();
        let members = organisation.rows().members.iter().filter(|member| member.is_employed(context.today));
        let summary = say.org_summary(say.org_units(units), say.org_people(members.count()));
        tiles.push(tile("sitemap", say.org(), "/settings/org", summary));
        let (rules, _) = rules::current(&mut desk.read()?)?;
        let profile = match rules.profile {
            Profile::Standard => say.profile_standard(),
            Profile::SmallTeam => say.profile_small(),
        };
        tiles.push(tile("shield", say.roles(), "/settings/roles", profile.to_owned()));
    }
    if context.may_at_all(organisation, Action::MetricsRules, Right::Read).is_ok() {
        tiles.push(tile("calendar", say.calendar(), "/settings/calendar", calendar_about(desk)));
        let metrics = lang.measures();
        tiles.push(tile(
            "target",
            metrics.catalogue(),
            "/settings/metrics",
            metrics.catalogue_about().to_owned(),
        ));
        let pipeline = lang.pipeline();
        tiles.push(tile(
            "trending-up",
            pipeline.settings(),
            "/settings/pipeline",
            pipeline.settings_about().to_owned(),
        ));
        tiles.push(tile("alert-triangle", say.rules(), "/settings/rules", say.rules_about().to_owned()));
        tiles.push(tile("settings", say.company(), "/settings/company", desk.company.name.clone()));
    }
    if jobs::may_look(context, organisation).is_ok() {
        tiles.push(tile("history", lang.jobs().title(), "/settings/jobs", lang.jobs().about().to_owned()));
    }
    if context.may_at_all(organisation, Action::Integrations, Right::Read).is_ok() {
        let say = desk.lang().channels();
        tiles.push(tile("send", say.title(), "/settings/notifications", say.about().to_owned()));
    }
    Ok(tiles)
}

/// Whether the calendar of this year and the next is there.
fn calendar_about(desk: &Desk<'_>) -> String {
    let (say, year) = (desk.lang().settings(), desk.context.today.year());
    let calendar = desk.company.calendar();
    let missing = [year, year + 1].into_iter().find(|year| calendar.year_basis(*year).is_none());
    match (missing, calendar.year_basis(year)) {
        (Some(missing), _) => say.year_missing(missing),
        (None, Some(YearBasis::WeekendsOnly)) => say.year_weekends(year),
        (None, Some(YearBasis::Official) | None) => say.year_there(year),
    }
}
