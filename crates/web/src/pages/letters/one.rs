//! `GET /letters/{number}`: the paper, whose signature is next, what was promised.

use axum::Extension;
use axum::extract::{Path, Query, State as From};
use axum::http::StatusCode;
use dacheng_app::Result;
use dacheng_app::allocation::letters::{LetterView, PromiseView, VersionView, letter};
use dacheng_domain::allocation::letter::{Party, Promise, Promiser, Standing, State};
use dacheng_text::countdown::Countdown;
use dacheng_text::{Lang, role};
use serde::Deserialize;

use super::board::badge;
use super::{LetterPage, Paper, PromiseRow, Turn, address};
use crate::components::{Badge, ErrorSummary, Input, Link, Moment, Sentence, Stage, Timeline, Tone};
use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// What is asked for.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    /// The version; the newest where absent.
    pub v: Option<i64>,
}

/// `GET /letters/{number}`.
pub async fn show(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let view = letter(desk.app, &desk.context, &number, asked.v)?;
        Ok(respond::page(StatusCode::OK, &page(desk, &view, Input::default(), ErrorSummary::default())?))
    })
    .await
}

pub(super) fn page(
    desk: &Desk<'_>,
    view: &LetterView,
    reason: Input,
    wrong: ErrorSummary,
) -> Result<LetterPage> {
    let (lang, say) = (desk.lang(), desk.lang().responsibility());
    let own = &view.shown;
    let path = address(&view.number);
    let newest = view.versions.last().is_some_and(|last| last.version == own.head.version);
    let version = say.version_n(own.head.version);
    let about =
        [own.content.member.position.clone(), own.content.member.unit.clone(), view.number.clone(), version];
    let before = view.versions.iter().rev().find(|other| other.version < own.head.version);
    let compare = before.map(|before| {
        let (from, to) = (before.version, own.head.version);
        Link::new(say.compare(from), format!("{path}/compare?from={from}&to={to}"))
    });
    Ok(LetterPage {
        shell: desk.shell(Room::Letters, vec![Link::new(say.room(), "/letters")])?,
        title: say.letter_of(&own.content.member.name),
        name: own.content.member.name.clone(),
        pdf: format!("{path}/letter.pdf?v={}", own.head.version),
        about: about.join(" · "),
        state: badge(lang, own.head.state),
        paper: Paper::of(desk, own),
        steps: steps(desk, own),
        due: own.head.due.map(|due| Countdown::of(due, &desk.company.calendar(), desk.context.today)),
        compare,
        versions: versions(lang, view, &path),
        edit: (view.issues && newest).then(|| edit(lang, own.head.state, &path)).flatten(),
        issue: view.issues && newest && own.head.state == State::Draft,
        turn: newest.then(|| turn(view, reason)).flatten(),
        promises: view.promises.iter().map(|promise| promise_row(desk, promise)).collect(),
        wrong,
        path,
    })
}

fn versions(lang: Lang, view: &LetterView, path: &str) -> Vec<(Link, Badge, bool)> {
    let say = lang.responsibility();
    let one = |head: &dacheng_app::allocation::letters::Head| {
        let link = Link::new(say.version_n(head.version), format!("{path}?v={}", head.version));
        (link, badge(lang, head.state), head.version == view.shown.head.version)
    };
    view.versions.iter().rev().map(one).collect()
}

fn edit(lang: Lang, state: State, path: &str) -> Option<Link> {
    let say = lang.responsibility();
    if !state.may_change() {
        return None;
    }
    let text = if state == State::Draft { say.edit() } else { say.revise() };
    Some(Link::new(text, format!("{path}/edit")))
}

/// What the viewer may do: sign as whom it waits for, or, issuing it, only send it back.
fn turn(view: &LetterView, reason: Input) -> Option<Turn> {
    let head = &view.shown.head;
    head.state.waits_for()?;
    let sign = match view.shown.signs_as {
        Some(Party::Member) => Some("sign"),
        Some(Party::Superior | Party::Representative) => Some("countersign"),
        None if view.issues => None,
        None => return None,
    };
    let refuses = view.shown.signs_as == Some(Party::Member);
    Some(Turn { version: head.version.to_string(), digest: head.digest.clone(), sign, refuses, reason })
}

fn steps(desk: &Desk<'_>, own: &VersionView) -> Timeline {
    let say = desk.lang().responsibility();
    let waits = own.head.state.waits_for();
    let mut moments = Vec::new();
    for party in own.content.signatories.parties() {
        let signed = own.signatures.iter().find(|signed| signed.party == *party);
        let (stage, text, detail) = if let Some(signed) = signed {
            let how = say.signed_how(desk.moment(signed.at), &signed.address);
            (Stage::Done, say.signed_by(&signed.name), how)
        } else {
            let stage = if waits == Some(*party) { Stage::Current } else { Stage::Waiting };
            (stage, waiting(desk.lang(), *party, own), String::new())
        };
        moments.push(Moment { stage, text: Sentence::new().plain(text), detail });
    }
    let reason = own.head.reason.clone().unwrap_or_default();
    match own.head.state {
        State::Returned => moments.push(ended(say.returned_by(reason))),
        State::Refused => moments.push(ended(say.refused_by(reason))),
        other => {
            let stage = if other == State::InForce { Stage::Done } else { Stage::Waiting };
            let detail = say.enters_hint().to_owned();
            moments.push(Moment { stage, text: Sentence::new().plain(say.enters_force()), detail });
        }
    }
    Timeline { moments }
}

fn ended(text: String) -> Moment {
    Moment { stage: Stage::Refused, text: Sentence::new().plain(text), detail: String::new() }
}

fn waiting(lang: Lang, party: Party, own: &VersionView) -> String {
    let say = lang.responsibility();
    match party {
        Party::Member => say.waits_for_member(&own.content.member.name),
        Party::Superior => {
            say.waits_for_superior(own.content.superior.as_deref().unwrap_or_else(|| say.nobody()))
        }
        Party::Representative => say.waits_for_representative().to_owned(),
    }
}

fn promise_row(desk: &Desk<'_>, own: &PromiseView) -> PromiseRow {
    let came = own.deliveries.iter().map(|own| format!("{} × {} {}", own.day, own.times, own.note));
    let note = own.may_note && own.standing != Standing::Kept;
    let today = || Input::of(desk.context.today.to_string());
    PromiseRow {
        deliveries: came.collect(),
        note: note.then(|| (own.promise.number, own.revision.to_string(), today())),
        ..promised(desk, &own.promise, own.delivered, own.standing)
    }
}

/// What was promised, by whom and until when, and how it stands.
pub(super) fn promised(desk: &Desk<'_>, own: &Promise, delivered: u32, standing: Standing) -> PromiseRow {
    let (lang, say) = (desk.lang(), desk.lang().responsibility());
    let by = match &own.by {
        Promiser::Department(name) => serde_json::from_value(name.as_str().into())
            .map_or_else(|_| name.clone(), |known| role::name(lang, known).to_owned()),
        Promiser::Member(code) => {
            let member = desk.organisation().member_of_code(code);
            member.map_or_else(|| code.clone(), |member| member.name.clone())
        }
    };
    let state = match standing {
        Standing::Open => Badge::new(Tone::Warn, say.promise_open()),
        Standing::Overdue => Badge::new(Tone::Bad, say.promise_overdue()),
        Standing::Kept => Badge::new(Tone::Ok, say.promise_kept()),
    };
    PromiseRow {
        what: own.what.clone(),
        by: format!("{by} · {}", own.due),
        delivered: say.delivered(delivered, own.times.to_string(), &own.unit),
        state,
        deliveries: Vec::new(),
        note: None,
    }
}
