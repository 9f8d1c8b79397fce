//! `GET /letters`: the letters of a plan with where each stands.

use axum::Extension;
use axum::extract::{Query, State as From};
use axum::http::StatusCode;
use dacheng_app::allocation::letters::{Board, LetterLine, board, state_name};
use dacheng_app::planning::{PlanView, list};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::allocation::letter::State;
use dacheng_domain::calendar::TimeLeft;
use dacheng_domain::people::Unit;
use dacheng_domain::planning::State as PlanState;
use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;
use serde::Deserialize;

use super::{BoardPage, LetterRow, MakingForm, address};
use crate::components::{Badge, Choice, Empty, ErrorSummary, Input, Link, Tone};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::pages::choices;
use crate::respond;
use crate::shell::Room;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The plan's code; that in force where absent.
    pub plan: Option<String>,
    /// Only letters in this state, or `overdue`.
    pub state: Option<String>,
}

/// `GET /letters`.
pub async fn show(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        Ok(respond::page(StatusCode::OK, &page(desk, &asked, ErrorSummary::default())?))
    })
    .await
}

/// The plans, and the one that is looked at: as asked, else that in force, else the newest.
pub(super) fn chosen(desk: &Desk<'_>, asked: &Asked) -> Result<(Vec<PlanView>, Option<String>)> {
    let mut plans = list(desk.app, &desk.context)?;
    plans.retain(|plan| plan.state != PlanState::Archived);
    let wanted = asked.plan.as_deref().filter(|code| !code.is_empty());
    if let Some(code) = wanted {
        let known = plans.iter().any(|plan| plan.code == code);
        return if known { Ok((plans, Some(code.to_owned()))) } else { Err(Error::missing("plan", code)) };
    }
    let in_force = plans.iter().find(|plan| plan.state == PlanState::InForce).or_else(|| plans.first());
    let code = in_force.map(|plan| plan.code.clone());
    Ok((plans, code))
}

pub(super) fn page(desk: &Desk<'_>, asked: &Asked, wrong: ErrorSummary) -> Result<BoardPage> {
    let (lang, say) = (desk.lang(), desk.lang().responsibility());
    let (plans, code) = chosen(desk, asked)?;
    let found =
        code.as_ref().map(|code| board(desk.app, &desk.context, code)).transpose()?.unwrap_or_default();
    let making = code.as_ref().map(|code| making(desk, code)).transpose()?.flatten();
    let shown: Vec<&LetterLine> =
        found.letters.iter().filter(|own| is_asked(own, asked.state.as_deref())).collect();
    let query = code.as_ref().map_or_else(String::new, |code| format!("plan={}", encoded(code)));
    let empty = if code.is_none() {
        Some(Empty::not_yet(say.room(), say.no_plan()))
    } else if found.letters.is_empty() {
        Some(Empty::first_use(
            say.room(),
            if making.is_some() { say.no_letters() } else { say.none_for_you() },
            None,
        ))
    } else {
        None
    };
    let company = Object::on(Owner::Company, desk.context.today);
    let keeps = desk.context.may(desk.organisation(), Action::Letters, Right::Issue, &company).is_ok();
    Ok(BoardPage {
        shell: desk.shell(Room::Letters, Vec::new())?.exporting("/letters", query.clone(), shown.len()),
        plans: plans.iter().map(|plan| Choice::new(&plan.code, &plan.name)).collect(),
        plan: Input::of(code.unwrap_or_default()),
        states: states(lang, &found, &query, asked.state.as_deref()),
        letters: shown.into_iter().map(|own| row(desk, own)).collect(),
        empty,
        without: without(lang, &found),
        making,
        keeps_template: keeps,
        wrong,
    })
}

fn is_overdue(own: &LetterLine) -> bool {
    matches!(own.time_left, Some(TimeLeft::Overdue(_)))
}

pub(super) fn is_asked(own: &LetterLine, state: Option<&str>) -> bool {
    match state {
        None | Some("") => true,
        Some("overdue") => is_overdue(own),
        Some(word) => word_of(own.state) == word,
    }
}

/// The word of a state in addresses.
fn word_of(state: State) -> String {
    serde_json::to_value(state).ok().and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn states(lang: Lang, found: &Board, query: &str, chosen: Option<&str>) -> Vec<(Link, bool)> {
    let say = lang.responsibility();
    let chosen = chosen.unwrap_or_default();
    let link = |word: &str, name: &str, count: usize| {
        let href = if word.is_empty() {
            format!("/letters?{query}")
        } else {
            format!("/letters?{query}&state={word}")
        };
        (Link::new(say.count_of(name, count), href), word == chosen)
    };
    let mut links = vec![link("", say.all_states(), found.letters.len())];
    for state in State::ALL {
        let count = found.letters.iter().filter(|own| own.state == state).count();
        if count > 0 {
            links.push(link(&word_of(state), state_name(lang, state), count));
        }
    }
    let late = found.letters.iter().filter(|own| is_overdue(own)).count();
    if late > 0 {
        links.push(link("overdue", say.overdue(), late));
    }
    links
}

fn row(desk: &Desk<'_>, own: &LetterLine) -> LetterRow {
    let lang = desk.lang();
    LetterRow {
        letter: Link::new(&own.name, address(&own.number)),
        number: own.number.clone(),
        unit: own.unit.clone(),
        version: lang.responsibility().version_n(own.version),
        state: badge(lang, own.state),
        due: own.due.map(|due| Countdown::of(due, &desk.company.calendar(), desk.context.today)),
    }
}

/// A state as a badge.
pub(super) fn badge(lang: Lang, state: State) -> Badge {
    let tone = match state {
        State::InForce => Tone::Ok,
        State::Issued | State::Signed | State::Countersigned => Tone::Warn,
        State::Returned | State::Refused => Tone::Bad,
        State::Draft => Tone::Info,
        State::Superseded => Tone::None,
    };
    Badge::new(tone, state_name(lang, state))
}

/// Names that are shown at most.
const NAMED: usize = 50;

fn without(lang: Lang, found: &Board) -> Option<(String, String)> {
    let names: Vec<&str> = found.without.iter().take(NAMED).map(|(_, name)| name.as_str()).collect();
    let more = if found.without.len() > NAMED { " …" } else { "" };
    let separator = lang.people().comma();
    (!names.is_empty()).then(|| {
        (lang.responsibility().without_hint(found.without.len()), format!("{}{more}", names.join(separator)))
    })
}

/// The units whose letters the viewer may make.
fn making(desk: &Desk<'_>, plan: &str) -> Result<Option<MakingForm>> {
    if desk.context.may_at_all(desk.organisation(), Action::Letters, Right::Issue).is_err() {
        return Ok(None);
    }
    let units = choices::units(desk, Action::Letters, desk.context.today)?;
    let named = |own: &choices::Visible| desk.organisation().unit(own.unit);
    let choice = |unit: &Unit| Choice::new(unit.code.as_str(), &unit.name);
    let units: Vec<Choice> = units.iter().filter_map(named).map(choice).collect();
    let first = units.first().map_or_else(String::new, |own| own.value.clone());
    Ok(Some(MakingForm {
        plan: plan.to_owned(),
        unit: Input::of(first),
        units,
        langs: Lang::ALL.map(|lang| Choice::new(lang.tag(), lang.own_name())).to_vec(),
        lang: Input::of(Lang::Zh.tag()),
    }))
}
