//! `GET /alerts/{id}` and its forms: writing, checking, starting and following the plan, and its files.

use axum::Extension;
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use dacheng_app::files::{Subject, may_attach};
use dacheng_app::tracking::alerts::{AlertCase, case};
use dacheng_app::tracking::improvement::{self, PlanCase, Written};
use dacheng_app::{Error, Result};

use super::files::{Asked, Done};
use super::{Check, FollowForm, PlanForm, StepForm, files, form, said, view};
use crate::components::{Conflict, ConflictRow, Input, Note, Tone};
use crate::http::{Attaching, Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `GET /alerts/{id}`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let case = case(desk.app, &desk.context, id)?;
        Ok(respond::page(StatusCode::OK, &view::page(desk, &case, None)?))
    })
    .await
}

/// `POST /alerts/{id}/plan`: one more step, files, or handing the plan in. What was sent along is added first, so that a
/// file that was chosen is never lost.
pub async fn plan(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    sent: Attaching,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let (mut case, mut plan) = opened(desk, id)?;
        let (posted, act) = (&sent.posted, sent.posted.value("act"));
        let mut typed = form::posted(desk.lang(), &plan, posted);
        let asked = Asked::of(act).or((!sent.files.is_empty()).then_some(Asked::Attach));
        let done = asked.map(|asked| files::act(desk, &plan, asked, &sent)).transpose()?.unwrap_or_default();
        if asked.is_some() {
            (case, plan) = opened(desk, id)?;
        }
        if Asked::of(act).is_some() || !done.refused.is_empty() {
            return with_files(desk, &case, Some(typed), &done);
        }
        if act == "add" {
            typed.steps.push(StepForm::default());
            return with_files(desk, &case, Some(typed), &done);
        }
        let Some(written) = form::read(desk.lang(), &mut typed) else {
            return wrong(desk, &case, typed);
        };
        submit(desk, &case, &plan, typed, &written)
    })
    .await
}

/// `POST /alerts/{id}/files`: files are added or removed where the plan is not being written.
pub async fn change_files(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    request: Request,
) -> Reply {
    // Who may not is told before anything is read.
    let allowed = web.answer(&visitor, move |desk| {
        let (_, plan) = opened(desk, id)?;
        may_attach(desk.app, &desk.context, Subject::ImprovementPlan(plan.line.id))?;
        Ok(StatusCode::OK.into_response())
    });
    let allowed = allowed.await?;
    if allowed.status() != StatusCode::OK {
        return Ok(allowed);
    }
    let sent = match Attaching::from_request(request, &web).await {
        Ok(sent) => sent,
        Err(refused) => return Ok(refused),
    };
    web.answer(&visitor, move |desk| {
        let (case, plan) = opened(desk, id)?;
        let asked = Asked::of(sent.posted.value("act")).unwrap_or(Asked::Attach);
        let done = files::act(desk, &plan, asked, &sent)?;
        if done.refused.is_empty() {
            return Ok(respond::done(&said::address(&case.alert), Tone::Ok, &done.said.join(" ")));
        }
        let (case, _) = opened(desk, id)?;
        with_files(desk, &case, None, &done)
    })
    .await
}

/// The page with what came of adding and removing files; what was typed is kept.
fn with_files(desk: &Desk<'_>, case: &AlertCase, typed: Option<PlanForm>, done: &Done) -> Result<Response> {
    let mut page = view::page(desk, case, typed)?;
    if !done.said.is_empty() {
        page.shell.flash = Some(Note::result(Tone::Ok, done.said.join(" ")));
    }
    if done.refused.is_empty() {
        return Ok(respond::page(StatusCode::OK, &page));
    }
    let refused = done.refused.join(" ");
    match &mut page.files.form {
        Some(form) => form.file = Input::wrong("", refused),
        None => page.shell.flash = Some(Note::result(Tone::Bad, refused)),
    }
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

fn submit(
    desk: &Desk<'_>,
    case: &AlertCase,
    plan: &PlanCase,
    mut typed: PlanForm,
    written: &Written,
) -> Result<Response> {
    let seen = typed.version.parse().unwrap_or(0);
    match improvement::submit(desk.app, &desk.context, plan.line.id, seen, written) {
        Ok(_) => {
            let say = desk.lang().alerts();
            let said = match &plan.line.checker {
                Some(checker) => say.submit_done(checker),
                None => say.submit_done_alone().to_owned(),
            };
            Ok(respond::done(&said::address(&case.alert), Tone::Ok, &said))
        }
        Err(Error::Refused(sentences)) => {
            typed.refused = sentences;
            wrong(desk, case, typed)
        }
        Err(Error::Stale { .. }) => {
            typed.conflict = Some(conflict(desk, case, plan, &typed));
            Ok(respond::page(StatusCode::CONFLICT, &view::page(desk, case, Some(typed))?))
        }
        Err(other) => Err(other),
    }
}

fn wrong(desk: &Desk<'_>, case: &AlertCase, typed: PlanForm) -> Result<Response> {
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &view::page(desk, case, Some(typed))?))
}

/// What I typed beside what is stored now.
fn conflict(desk: &Desk<'_>, case: &AlertCase, plan: &PlanCase, typed: &PlanForm) -> Conflict {
    let say = desk.lang().alerts();
    let theirs = |part: fn(&Written) -> &String| plan.written.as_ref().map(part).cloned().unwrap_or_default();
    let rows = [
        (say.cause(), &typed.cause, theirs(|written| &written.cause)),
        (say.goal(), &typed.goal, theirs(|written| &written.goal)),
        (say.support(), &typed.support, theirs(|written| &written.support)),
    ];
    let row = |(field, mine, theirs): (&str, &Input, String)| ConflictRow {
        field: field.to_owned(),
        mine: mine.value.clone(),
        theirs,
    };
    Conflict {
        saved_by: plan.history.last().map_or_else(String::new, |last| last.who.clone()),
        rows: rows.into_iter().filter(|(_, mine, theirs)| mine.value != *theirs).map(row).collect(),
        version: plan.version.to_string(),
        discard: said::address(&case.alert),
    }
}

/// `POST /alerts/{id}/check`: the checker accepts the plan, or returns it with a reason.
pub async fn check(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().alerts();
        let (case, plan) = opened(desk, id)?;
        let (seen, note) = (posted.number("version").unwrap_or(0), posted.value("note"));
        let done = match posted.value("act") {
            "accept" => {
                improvement::accept(desk.app, &desk.context, plan.line.id, seen).map(|_| say.accepted_done())
            }
            _ => improvement::send_back(desk.app, &desk.context, plan.line.id, seen, note)
                .map(|_| say.returned_done()),
        };
        match done {
            Ok(said) => Ok(respond::done(&said::address(&case.alert), Tone::Ok, said)),
            Err(Error::Refused(sentences)) => {
                let mut page = view::page(desk, &case, None)?;
                let note = Input::wrong(note, sentences.join(" "));
                page.check = Some(Check { version: plan.version.to_string(), note });
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /alerts/{id}/start`: the owner begins an accepted plan.
pub async fn start(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let (case, plan) = opened(desk, id)?;
        let seen = posted.number("version").unwrap_or(0);
        improvement::start(desk.app, &desk.context, plan.line.id, seen)?;
        Ok(respond::done(&said::address(&case.alert), Tone::Ok, desk.lang().alerts().started_done()))
    })
    .await
}

/// `POST /alerts/{id}/update`: the owner brings the plan up to date for months that joined it.
pub async fn update(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let said = desk.lang().alerts().updated_done();
        follow(desk, id, &posted, said, |plan, seen, note, _| {
            improvement::update(desk.app, &desk.context, plan, seen, note)
        })
    })
    .await
}

/// `POST /alerts/{id}/progress`: the owner notes the progress, or the checker a remark.
pub async fn progress(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let said = desk.lang().alerts().followed_done();
        follow(desk, id, &posted, said, |plan, seen, note, done| {
            improvement::record_progress(desk.app, &desk.context, plan, seen, note, done)
        })
    })
    .await
}

fn follow(
    desk: &Desk<'_>,
    id: i64,
    posted: &Posted,
    said: &str,
    act: impl FnOnce(i64, i64, &str, &[u8]) -> Result<i64>,
) -> Result<Response> {
    let (case, plan) = opened(desk, id)?;
    let seen = posted.number("version").unwrap_or(0);
    let Some(mut typed) = view::follow(desk, &case.alert, &plan, plan.line.task()) else {
        // Nobody is offered the form here: the use case says why.
        act(plan.line.id, seen, posted.value("note"), &[])?;
        return Ok(respond::done(&said::address(&case.alert), Tone::Ok, said));
    };
    let refused = match form::followed(desk.lang(), posted, &mut typed) {
        None => typed,
        Some((note, done)) => match act(plan.line.id, seen, &note, &done) {
            Ok(_) => return Ok(respond::done(&said::address(&case.alert), Tone::Ok, said)),
            Err(Error::Refused(sentences)) => {
                FollowForm { note: Input::wrong(note, sentences.join(" ")), ..typed }
            }
            Err(other) => return Err(other),
        },
    };
    let mut page = view::page(desk, &case, None)?;
    page.follow = Some(refused);
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// The case of an alert that has a plan.
fn opened(desk: &Desk<'_>, id: i64) -> Result<(AlertCase, PlanCase)> {
    let case = case(desk.app, &desk.context, id)?;
    let plan = case.plan.clone().ok_or_else(|| Error::missing("improvement plan", id))?;
    Ok((case, plan))
}
