//! `GET /settings/roles`: the permission table, and how strictly roles and sessions are kept.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::people::rules::{self, Rules};
use dacheng_app::{Error, Result, trail};
use dacheng_domain::access::{Profile, TABLE};

use super::super::{RolesPage, RulesForm};
use super::shell;
use crate::components::{Choice, Conflict, ConflictRow, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `GET /settings/roles`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

const fn code(profile: Profile) -> &'static str {
    match profile {
        Profile::Standard => "standard",
        Profile::SmallTeam => "small_team",
    }
}

fn said(desk: &Desk<'_>, profile: Profile) -> &'static str {
    match profile {
        Profile::Standard => desk.lang().settings().profile_standard(),
        Profile::SmallTeam => desk.lang().settings().profile_small(),
    }
}

fn page(desk: &Desk<'_>) -> Result<RolesPage> {
    let (rules, version) = rules::current(&mut desk.read()?)?;
    let may = rules::may_change(&desk.context, desk.organisation()).is_ok();
    let choice = |profile| Choice::new(code(profile), said(desk, profile));
    let form = RulesForm {
        profiles: vec![choice(Profile::Standard), choice(Profile::SmallTeam)],
        profile: Input::of(code(rules.profile)),
        idle: Input::of(rules.idle_minutes.to_string()),
        hours: Input::of(rules.session_hours.to_string()),
        version,
        conflict: None,
    };
    Ok(RolesPage {
        shell: shell(desk)?.exporting("/settings/roles", "", TABLE.len()),
        profile: said(desk, rules.profile).to_owned(),
        form: may.then_some(form),
        refused: None,
    })
}

/// `POST /settings/roles`.
pub async fn change(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let page = match changed(desk, &form) {
            Ok(()) => return Ok(respond::done("/settings/roles", Tone::Ok, desk.lang().settings().saved())),
            Err(Error::Refused(sentences)) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                RolesPage { refused: Some(sentences.join(" ")), ..typed(desk, &form)? },
            ),
            Err(Error::Stale { .. }) => (StatusCode::CONFLICT, stale(desk, &form)?),
            Err(other) => return Err(other),
        };
        Ok(respond::page(page.0, &page.1))
    })
    .await
}

fn changed(desk: &Desk<'_>, form: &Posted) -> Result<()> {
    let (before, _) = rules::current(&mut desk.read()?)?;
    let number = |name: &str| form.value(name).parse::<u32>().ok();
    let profile = [Profile::Standard, Profile::SmallTeam];
    let profile = profile.into_iter().find(|profile| code(*profile) == form.value("profile"));
    let (Some(profile), Some(idle_minutes), Some(session_hours)) = (profile, number("idle"), number("hours"))
    else {
        // Who may not change the rules hears that first.
        rules::may_change(&desk.context, desk.organisation())?;
        return Err(Error::refused(desk.lang().settings().whole_number()));
    };
    let rules = Rules { profile, idle_minutes, session_hours, ..before };
    let seen = form.number("version").unwrap_or_default();
    rules::change(desk.app, &desk.context, desk.organisation(), seen, rules)
}

/// The page with what was typed.
fn typed(desk: &Desk<'_>, form: &Posted) -> Result<RolesPage> {
    let page = page(desk)?;
    let typed = page.form.map(|own| RulesForm {
        profile: Input::of(form.value("profile")),
        idle: Input::of(form.value("idle")),
        hours: Input::of(form.value("hours")),
        version: form.number("version").unwrap_or_default(),
        ..own
    });
    Ok(RolesPage { form: typed, ..page })
}

/// Somebody else saved first: mine beside theirs.
fn stale(desk: &Desk<'_>, form: &Posted) -> Result<RolesPage> {
    let say = desk.lang().settings();
    let (rules, version) = rules::current(&mut desk.read()?)?;
    let row = |field: &str, name: &str, theirs: String| ConflictRow {
        field: field.to_owned(),
        mine: form.value(name).to_owned(),
        theirs,
    };
    let rows = [
        row(say.profile(), "profile", code(rules.profile).to_owned()),
        row(say.idle_minutes(), "idle", rules.idle_minutes.to_string()),
        row(say.session_hours(), "hours", rules.session_hours.to_string()),
    ];
    let last = trail::last_change(desk.app, "account_rules")?;
    let conflict = Conflict {
        saved_by: last.map_or_else(String::new, |entry| format!("{} {}", entry.actor, desk.moment(entry.at))),
        rows: rows.into_iter().filter(|row| row.mine != row.theirs).collect(),
        version: version.to_string(),
        discard: "/settings/roles".to_owned(),
    };
    let page = typed(desk, form)?;
    let form = page.form.map(|own| RulesForm { conflict: Some(conflict), ..own });
    Ok(RolesPage { form, ..page })
}
