//! `GET /settings/jobs`, stopping a job and letting one run again.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::facts::subject::Subject;
use dacheng_app::jobs::{self, Kind, Line, Origin, Place, State as Standing};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_text::{Count, Lang, kind, number, trail};
use serde::Deserialize;
use serde_json::Value;

use super::super::jobs::job_state;
use super::super::{JobRow, JobsPage};
use super::shell;
use crate::components::{Badge, Empty, Link, Note, PickerEntry, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// Rows of a page.
const PAGE: i64 = 50;
/// The states to choose from, what needs somebody first.
const STATES: [Standing; 5] =
    [Standing::Failed, Standing::Waiting, Standing::Running, Standing::Done, Standing::Cancelled];

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    state: String,
    older: String,
}

impl Asked {
    /// The state that is shown; all where none is asked for.
    pub(super) fn state(&self) -> Option<Standing> {
        Standing::ALL.into_iter().find(|state| state.word() == self.state)
    }
}

/// A place in the list as an address holds it.
pub(crate) fn place_of(text: &str) -> Option<Place> {
    let mut parts = text.split('.');
    let (created_at, origin, id) = (parts.next()?, parts.next()?, parts.next()?);
    let origin = if origin == "job" { Origin::Job } else { Origin::Import };
    Some(Place { created_at: created_at.parse().ok()?, origin, id: id.parse().ok()? })
}

/// The same as a text.
pub(crate) fn text_of(place: Place) -> String {
    let origin = match place.origin {
        Origin::Job => "job",
        Origin::Import => "import",
    };
    format!("{}.{origin}.{}", place.created_at, place.id)
}

/// `GET /settings/jobs`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, &asked)?))).await
}

fn page(desk: &Desk<'_>, asked: &Asked) -> Result<JobsPage> {
    let (lang, organisation) = (desk.lang(), desk.organisation());
    let say = lang.jobs();
    let state = asked.state();
    let older = place_of(&asked.older).unwrap_or(Place::NEWEST);
    let mut lines = jobs::list(desk.app, &desk.context, organisation, state, (older, PAGE + 1))?;
    let more = i64::try_from(lines.len()).is_ok_and(|found| found > PAGE);
    lines.truncate(usize::try_from(PAGE).unwrap_or_default());
    let failed = jobs::standing(desk.app, &desk.context, organisation)?;
    let failed = failed.into_iter().find(|(state, _)| *state == Standing::Failed).map_or(0, |(_, n)| n);
    let note = match failed {
        0 => Note::new(Tone::Ok, say.all_well()),
        failed => Note::new(Tone::Bad, say.some_failed(Count::from(failed))),
    };
    let href = |older: Option<String>| {
        let state = state.map(|state| format!("state={}", state.word()));
        let parts: Vec<String> =
            [state, older.map(|older| format!("older={older}"))].into_iter().flatten().collect();
        if parts.is_empty() {
            "/settings/jobs".to_owned()
        } else {
            format!("/settings/jobs?{}", parts.join("&"))
        }
    };
    let company = Object::on(Owner::Company, desk.context.today);
    let may_act = desk.context.may(organisation, Action::Jobs, Right::Update, &company).is_ok();
    Ok(JobsPage {
        shell: shell(desk)?.exporting(
            "/settings/jobs",
            state.map_or_else(String::new, |state| format!("state={}", state.word())),
            lines.len(),
        ),
        note,
        filters: filters(lang, state),
        empty: empty(lang, state),
        shown: say.shown(Count::from(lines.len() as u64)),
        newest: (older != Place::NEWEST).then(|| href(None)),
        older: lines.last().filter(|_| more).map(|line| href(Some(text_of(line.place())))),
        rows: lines.iter().map(|line| row(desk, line, may_act)).collect(),
    })
}

fn filters(lang: Lang, chosen: Option<Standing>) -> Vec<PickerEntry> {
    let entry = |state: Option<Standing>| PickerEntry {
        text: state.map_or_else(|| lang.jobs().all().to_owned(), |state| job_state(lang, state).text),
        href: state.map_or_else(
            || "/settings/jobs".to_owned(),
            |state| format!("/settings/jobs?state={}", state.word()),
        ),
        current: state == chosen,
        depth: 0,
    };
    std::iter::once(None).chain(STATES.map(Some)).map(entry).collect()
}

fn empty(lang: Lang, state: Option<Standing>) -> Empty {
    let say = lang.jobs();
    match state {
        None => Empty::first_use(say.none(), say.none_hint(), None),
        Some(state) => Empty::filtered(
            say.none_such(),
            say.none_such_hint(job_state(lang, state).text),
            Link::new(say.clear(), "/settings/jobs"),
        ),
    }
}

/// A job as the list shows it.
pub(super) fn row(desk: &Desk<'_>, line: &Line, may_act: bool) -> JobRow {
    let lang = desk.lang();
    let say = lang.jobs();
    let is_job = line.origin == Origin::Job;
    let act = match line.state {
        Standing::Waiting | Standing::Running => Some(("cancel", say.cancel())),
        Standing::Failed | Standing::Cancelled => Some(("retry", say.retry())),
        Standing::Done => None,
    };
    let act = act.filter(|_| is_job && may_act);
    JobRow {
        what: what(lang, line),
        // An export's occasion is a number that tells nobody anything.
        occasion: if Kind::of(&line.kind) == Some(Kind::Export) { String::new() } else { line.key.clone() },
        state: badge(lang, line),
        said: said(desk, line),
        by: trail::who(lang, &std::collections::HashMap::new(), &desk.recorded(&line.actor)),
        created: desk.moment(line.created_at),
        took: line
            .ended_at
            .zip(line.started_at)
            .map_or_else(String::new, |(end, start)| took(lang, end - start)),
        act: act.map(|(act, word)| (format!("/settings/jobs/{}/{act}", line.id), word.to_owned())),
    }
}

/// What a line is about, in words.
pub(crate) fn what(lang: Lang, line: &Line) -> String {
    let say = lang.jobs();
    match line.origin {
        Origin::Import => {
            let subject = match line.kind.parse::<Subject>() {
                Ok(Subject::Facts(facts)) => kind::name(lang, facts),
                Ok(Subject::Calendar) => lang.kinds().calendar(),
                Ok(Subject::MarketNotes) => lang.kinds().market_notes(),
                Err(_) => line.kind.as_str(),
            };
            say.kind_import(subject)
        }
        Origin::Job => match Kind::of(&line.kind) {
            Some(Kind::Escalation) => say.kind_escalation().to_owned(),
            Some(Kind::Housekeeping) => say.kind_housekeeping().to_owned(),
            Some(Kind::Verification) => say.kind_verification().to_owned(),
            Some(Kind::Export) => say.kind_export().to_owned(),
            None => say.kind_unknown(&line.kind),
        },
    }
}

fn badge(lang: Lang, line: &Line) -> Badge {
    match line.word.as_str() {
        "checked" => Badge::new(Tone::Warn, lang.jobs().state_checked()),
        "refused" => Badge::new(Tone::Bad, lang.jobs().state_refused()),
        _same_as_a_job => job_state(lang, line.state),
    }
}

/// `1.4 秒`, `3 分钟`.
fn took(lang: Lang, milliseconds: i64) -> String {
    let say = lang.jobs();
    if milliseconds < 60_000 {
        return say.took_seconds(number::quotient(milliseconds.max(0).into(), 1_000, 1));
    }
    say.took_minutes(Count::from(milliseconds / 60_000))
}

/// What came of it, how far it is, or why it failed and when it is tried again.
fn said(desk: &Desk<'_>, line: &Line) -> String {
    let say = desk.lang().jobs();
    let reason = line.error.as_deref().unwrap_or_default();
    match line.state {
        Standing::Running if line.total > 0 => say.progress(Count::from(line.done), Count::from(line.total)),
        Standing::Running | Standing::Cancelled => String::new(),
        Standing::Waiting if line.origin == Origin::Import => String::new(),
        Standing::Waiting if line.attempts > 0 && !reason.is_empty() => {
            say.attempt_failed(line.attempts, desk.moment(line.run_at), reason)
        }
        Standing::Waiting => say.runs_at(desk.moment(line.run_at)),
        Standing::Failed if line.origin == Origin::Import => say.bad_rows(count(reason)),
        Standing::Failed => say.failed_after(line.attempts, reason),
        Standing::Done => outcome(desk.lang(), line),
    }
}

fn count(text: &str) -> Count {
    Count::from(text.parse::<i64>().unwrap_or_default())
}

/// What a job that is done came to; an import tells its own page.
fn outcome(lang: Lang, line: &Line) -> String {
    let outcome = line.outcome.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    let Some(outcome) = outcome else { return String::new() };
    let (say, sum) = (lang.jobs(), |names: &[&str]| {
        Count::from(names.iter().filter_map(|name| outcome[*name].as_i64()).sum::<i64>())
    });
    match Kind::of(&line.kind) {
        Some(Kind::Escalation) => say.outcome_escalation(sum(&["plans"])),
        Some(Kind::Housekeeping) => say.outcome_housekeeping(sum(&["uploads", "files", "jobs"])),
        Some(Kind::Verification) => match outcome["damaged"].as_i64() {
            None => say.outcome_whole(sum(&["entries"])),
            Some(number) => say.outcome_damaged(number),
        },
        Some(Kind::Export) => say.outcome_export(sum(&["rows"])),
        None => String::new(),
    }
}

/// `POST /settings/jobs/{id}/cancel`.
pub async fn cancel(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let done = jobs::cancel(desk.app, &desk.context, desk.organisation(), job_number(&id)?);
        told(desk, done, desk.lang().jobs().cancelled())
    })
    .await
}

/// `POST /settings/jobs/{id}/retry`.
pub async fn retry(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let done = jobs::retry(desk.app, &desk.context, desk.organisation(), job_number(&id)?);
        told(desk, done, desk.lang().jobs().retried())
    })
    .await
}

/// The number in an address; what is none is not there.
pub(crate) fn job_number(id: &str) -> Result<i64> {
    id.parse().map_err(|_| Error::missing("job", id))
}

fn told(desk: &Desk<'_>, done: Result<()>, said: &str) -> Result<Response> {
    match done {
        Ok(()) => Ok(respond::done("/settings/jobs", Tone::Ok, said)),
        Err(Error::Refused(sentences)) => {
            let mut page = page(desk, &Asked::default())?;
            page.shell.flash = Some(Note::result(Tone::Bad, sentences.join(" ")));
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other),
    }
}
