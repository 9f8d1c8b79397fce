//! `GET /settings/org`: the dated tree of units, with who leads them and who sits in them.

use std::collections::HashMap;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Object, Owner, Right, Role, View, When};
use dacheng_domain::people::{MemberId, Span, UnitAt, UnitId};
use dacheng_text::{rate, role};
use jiff::civil::Date;
use serde::Deserialize;

use super::super::{OrgPage, OrgRow, SeatDetail, SeatRow, UnitPanel};
use super::shell;
use crate::components::{Input, Link};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::respond;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    on: String,
    #[serde(default)]
    unit: String,
}

/// `GET /settings/org?on=&unit=`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

impl Asked {
    /// The day the tree is shown of.
    fn day(&self, desk: &Desk<'_>) -> Result<Date> {
        match self.on.as_str() {
            "" => Ok(desk.context.today),
            text => text.parse().map_err(|_| Error::Usage(desk.lang().settings().choose_day().to_owned())),
        }
    }
}

/// A unit of a day.
pub(super) struct UnitLine {
    pub depth: usize,
    pub name: String,
    pub code: String,
    pub parent: String,
    pub leader: String,
    pub members: usize,
}

/// The units of the day that is asked for, in the order of the tree.
pub(super) fn units(desk: &Desk<'_>, asked: &Asked) -> Result<(Date, Vec<UnitLine>)> {
    view(desk)?;
    let (on, organisation) = (asked.day(desk)?, desk.organisation());
    let counts = headcounts(desk, on);
    let line = |at: &UnitAt| {
        let unit = organisation.unit(at.unit)?;
        let parent = organisation.placement(at.unit, on).and_then(|placement| placement.parent);
        let parent = parent.and_then(|parent| organisation.unit(parent));
        Some(UnitLine {
            depth: at.depth,
            name: unit.name.clone(),
            code: unit.code.to_string(),
            parent: parent.map_or_else(String::new, |parent| parent.name.clone()),
            leader: organisation.leader(at.unit, on).map_or_else(String::new, |leader| name(desk, leader)),
            members: counts.get(&at.unit).copied().unwrap_or_default(),
        })
    };
    Ok((on, organisation.depth_first(on).iter().filter_map(line).collect()))
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<OrgPage> {
    let (say, organisation) = (desk.lang().settings(), desk.organisation());
    let view = view(desk)?;
    let on = asked.day(desk)?;
    let walk = organisation.depth_first(on);
    let counts = headcounts(desk, on);
    let chosen = match asked.unit.as_str() {
        "" => walk.first().map(|at| at.unit),
        code => Some(organisation.unit_of_code(code).ok_or_else(|| Error::missing("unit", code))?.id),
    };
    let rows: Vec<OrgRow> = walk
        .iter()
        .filter_map(|at| {
            let unit = organisation.unit(at.unit)?;
            let code = unit.code.as_str();
            Some(OrgRow {
                depth: at.depth.min(5),
                unit: Link::new(&unit.name, format!("/settings/org?on={on}&unit={}", encoded(code))),
                code: code.to_owned(),
                leader: organisation
                    .leader(at.unit, on)
                    .map_or_else(String::new, |leader| name(desk, leader)),
                members: counts.get(&at.unit).copied().unwrap_or_default(),
                chosen: chosen == Some(at.unit),
            })
        })
        .collect();
    let people = organisation.rows().members.iter().filter(|member| member.is_employed(on)).count();
    Ok(OrgPage {
        shell: shell(desk)?.exporting("/settings/org", format!("on={on}"), rows.len()),
        summary: say.org_summary(say.org_units(rows.len()), say.org_people(people)),
        on: Input::of(on.to_string()),
        unit: asked.unit.clone(),
        rows,
        panel: chosen.and_then(|unit| panel(desk, unit, on, view)),
        imports: imports(desk),
    })
}

/// How much of the tree the viewer sees; the tree is not there for those who see none of it.
fn view(desk: &Desk<'_>) -> Result<View> {
    let object = Object::on(Owner::Company, desk.context.today).holding(&[When::OrgTree]);
    let allowed = desk.context.may(desk.organisation(), Action::AccountsOrg, Right::Read, &object)?;
    Ok(allowed.view)
}

/// How many sit in each unit and below it.
fn headcounts(desk: &Desk<'_>, on: Date) -> HashMap<UnitId, usize> {
    let organisation = desk.organisation();
    let mut counts: HashMap<UnitId, usize> = HashMap::new();
    for member in organisation.rows().members.iter().filter(|member| member.is_employed(on)) {
        let home = organisation.home_unit(member.id, on);
        for unit in home.and_then(|unit| organisation.unit_path(unit, on)).unwrap_or_default() {
            *counts.entry(*unit).or_default() += 1;
        }
    }
    counts
}

fn name(desk: &Desk<'_>, member: MemberId) -> String {
    desk.organisation().member(member).map_or_else(String::new, |member| member.name.clone())
}

fn panel(desk: &Desk<'_>, unit: UnitId, on: Date, view: View) -> Option<UnitPanel> {
    let (say, organisation) = (desk.lang().settings(), desk.organisation());
    let row = organisation.unit(unit)?;
    let placement = organisation.placement(unit, on)?;
    let parent = placement.parent.and_then(|parent| organisation.unit(parent));
    let leader = organisation.leader(unit, on).map(|leader| name(desk, leader));
    let facts = vec![
        (say.unit_code().to_owned(), row.code.to_string()),
        (say.leader().to_owned(), leader.unwrap_or_else(|| say.vacant().to_owned())),
        (
            say.parent().to_owned(),
            parent.map_or_else(|| say.never().to_owned(), |parent| parent.name.clone()),
        ),
        (say.dates().to_owned(), dates(desk, placement.span)),
    ];
    let members = organisation.children(unit, on).members;
    let seats = members.into_iter().filter_map(|member| seat_row(desk, unit, member, on));
    Some(UnitPanel {
        name: row.name.clone(),
        facts,
        seats: seats.collect(),
        detail: if view == View::Full { SeatDetail::Whole } else { SeatDetail::Names },
    })
}

fn seat_row(desk: &Desk<'_>, unit: UnitId, member: MemberId, on: Date) -> Option<SeatRow> {
    let organisation = desk.organisation();
    let row = organisation.member(member)?;
    let seat = organisation.seats_on(member, on).find(|seat| seat.unit == unit)?;
    Some(SeatRow {
        name: row.name.clone(),
        code: row.code.to_string(),
        position: role::name(desk.lang(), Role::of(row.position)).to_owned(),
        share: rate::said(seat.share.ratio()),
        dates: dates(desk, seat.span),
    })
}

/// `2025-01-01 起`, `2023-03-01 至 2024-12-31`, 长期.
fn dates(desk: &Desk<'_>, span: Span) -> String {
    let say = desk.lang().settings();
    match (span.from(), span.to().and_then(|to| to.yesterday().ok())) {
        (Some(from), Some(last)) => say.dates_through(from, last),
        (Some(from), None) => say.dates_since(from),
        (None, Some(last)) => say.dates_until(last),
        (None, None) => say.dates_always().to_owned(),
    }
}

/// Where the tree is changed, for those who may.
fn imports(desk: &Desk<'_>) -> Vec<Link> {
    let say = desk.lang().settings();
    let object = Object::on(Owner::Company, desk.context.today).holding(&[When::OrgTree]);
    let may = desk.context.may(desk.organisation(), Action::AccountsOrg, Right::Update, &object).is_ok();
    let kinds = [
        (say.import_units(), "units"),
        (say.import_members(), "members"),
        (say.import_employments(), "employments"),
    ];
    let link = |(text, kind): (&str, &str)| Link::new(text, format!("/imports/new?kind={kind}"));
    if may { kinds.map(link).to_vec() } else { Vec::new() }
}

/// Unit and position of a member today, or when they left.
pub(super) fn seat(desk: &Desk<'_>, member: MemberId) -> String {
    let (say, organisation, today) = (desk.lang().settings(), desk.organisation(), desk.context.today);
    let Some(row) = organisation.member(member) else { return String::new() };
    if let Some(left) = row.employed.to().filter(|left| *left <= today) {
        return say.left_on(left.yesterday().unwrap_or(left));
    }
    let unit = organisation.home_unit(member, today).and_then(|unit| organisation.unit(unit));
    let position = role::name(desk.lang(), Role::of(row.position));
    unit.map_or_else(|| position.to_owned(), |unit| say.seat_of(&unit.name, position))
}
