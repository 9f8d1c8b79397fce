//! `GET /objectives`, `GET /objectives/{code}`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::planning::objectives::{self, Served};
use dacheng_text::date;

use super::forms::{blank, choices, of, row};
use super::{ObjectivePage, ObjectiveRow, ObjectivesPage, SaidForm};
use crate::components::{Badge, ErrorSummary, Link, Tone};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::Room;

/// `GET /objectives`.
pub async fn list(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, |desk| Ok(respond::page(StatusCode::OK, &list_page(desk, None)?))).await
}

/// `GET /objectives/{code}`.
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &one_page(desk, &code)?))).await
}

/// The page of an objective.
pub(super) fn address(code: &str) -> String {
    format!("/objectives/{}", encoded(code))
}

pub(super) fn list_page(desk: &Desk<'_>, sent: Option<SaidForm>) -> Result<ObjectivesPage> {
    let (lang, say) = (desk.lang(), desk.lang().objectives());
    let found = objectives::coverage(desk.app, &desk.context)?;
    let served = found.objectives.iter().filter(|own| !own.targets.is_empty()).count();
    let may = objectives::may_keep(desk.app, &desk.context)?;
    let new = sent.or_else(|| may.then(|| blank(desk)));
    let line = |own: &Served| ObjectiveRow {
        objective: Link::new(&own.objective.name, address(&own.objective.code)),
        code: own.objective.code.clone(),
        year: i16::try_from(own.objective.year).map_or_else(|_| String::new(), |year| date::year(lang, year)),
        owner: own.owner.clone(),
        state: if own.targets.is_empty() {
            Badge::new(Tone::Warn, say.bare())
        } else {
            Badge::new(Tone::Ok, say.serving())
        },
        targets: say.targets_count(own.targets.len()),
    };
    let rows = found.objectives.len() + found.uncovered.len();
    Ok(ObjectivesPage {
        shell: desk.shell(Room::Plans, vec![plans(desk)])?.exporting("/objectives", "", rows),
        coverage: say.coverage(served, found.objectives.len()),
        objectives: found.objectives.iter().map(line).collect(),
        uncovered: found.uncovered.iter().map(|own| row(desk, own)).collect(),
        new,
    })
}

fn plans(desk: &Desk<'_>) -> Link {
    Link::new(desk.lang().shell().plans(), "/plans")
}

pub(super) fn one_page(desk: &Desk<'_>, code: &str) -> Result<ObjectivePage> {
    let (lang, say) = (desk.lang(), desk.lang().objectives());
    let served = objectives::one(desk.app, &desk.context, code)?;
    let own = &served.objective;
    let may = objectives::may_keep(desk.app, &desk.context)?;
    let year = i16::try_from(own.year).map_or_else(|_| String::new(), |year| date::year(lang, year));
    let about = [own.code.clone(), year, say.owner_of(&served.owner), say.version(own.version)].join(" · ");
    let path = address(code);
    Ok(ObjectivePage {
        shell: desk.shell(Room::Plans, vec![plans(desk), Link::new(say.title(), "/objectives")])?.exporting(
            format!("{path}/targets"),
            "",
            served.targets.len(),
        ),
        name: own.name.clone(),
        about,
        description: own.description.clone(),
        targets: served.targets.iter().map(|own| row(desk, own)).collect(),
        edit: may.then(|| of(desk, &served)),
        links: may.then(|| choices(desk, &served)).transpose()?,
        version: own.version.to_string(),
        conflict: None,
        wrong: ErrorSummary::default(),
        path,
    })
}
