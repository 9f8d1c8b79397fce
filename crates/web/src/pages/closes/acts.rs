//! `GET /closes/{month}` and the steps of its close.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::tracking::close::{self, Control, Difference};
use dacheng_app::tracking::month_case::{MonthCase, month_case};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Month;
use dacheng_domain::number::{CellUnit, money};
use dacheng_domain::tracking::close::CloseState;
use dacheng_text::date;

use super::list::address;
use super::{CloseAct, ProposeForm, view};
use crate::components::{Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `GET /closes/{month}`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let case = month_case(desk.app, &desk.context, read_month(&month)?)?;
        Ok(respond::page(StatusCode::OK, &view::page(desk, &case)?))
    })
    .await
}

fn read_month(text: &str) -> Result<Month> {
    text.parse().map_err(|_| Error::missing("month", text))
}

/// `POST /closes/{month}/propose`: the totals of the source systems, then the proposal.
pub async fn propose(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let month = read_month(&month)?;
        let case = month_case(desk.app, &desk.context, month)?;
        let mut form = view::propose_form(desk, &case);
        let controls = read_controls(desk, &case, &posted, &mut form);
        let Some(controls) = controls else { return refused(desk, &case, form) };
        let seen = posted.number("version").unwrap_or(0);
        match close::propose(desk.app, &desk.context, month, seen, &controls) {
            Ok(_) => Ok(respond::done(&address(month), Tone::Ok, desk.lang().closes().proposed_done())),
            Err(Error::Refused(sentences)) => {
                form.refused = sentences;
                refused(desk, &case, form)
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn refused(desk: &Desk<'_>, case: &MonthCase, form: ProposeForm) -> Result<Response> {
    let mut page = view::page(desk, case)?;
    page.propose = Some(form);
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
}

/// Reads the totals; what is wrong is noted at its field, and then there are none.
fn read_controls(
    desk: &Desk<'_>,
    case: &MonthCase,
    posted: &Posted,
    form: &mut ProposeForm,
) -> Option<Vec<Control>> {
    let say = desk.lang().closes();
    let mut controls = Vec::new();
    for (total, source) in case.totals.iter().zip(&mut form.sources) {
        source.total = Input::of(posted.value(&source.id("total")));
        source.reason = Input::of(posted.value(&source.id("reason")));
        let expected = match money(&source.total.value, CellUnit::Yuan) {
            Ok(Some(expected)) => expected,
            Ok(None) => {
                source.total.error = Some(say.need_total(&source.name));
                continue;
            }
            Err(_) => {
                source.total.error = Some(say.wrong_total(&source.name));
                continue;
            }
        };
        let difference = Fen(total.booked) - expected;
        let signed_off = if difference == Fen::ZERO {
            Difference::Refused
        } else if source.reason.value.is_empty() {
            let difference = dacheng_text::money::exact(desk.lang(), difference);
            source.reason.error = Some(say.need_reason(&source.name, difference));
            continue;
        } else {
            Difference::SignedOff(source.reason.value.clone())
        };
        controls.push(Control { metric: total.metric, expected: expected.0, difference: signed_off });
    }
    (controls.len() == case.totals.len()).then_some(controls)
}

/// `POST /closes/{month}/close`.
pub async fn close(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        act(desk, &month, &posted, |month, seen, _| {
            let closed = close::close(desk.app, &desk.context, month, seen)?;
            let (lang, outcome) = (desk.lang(), closed.outcome);
            let name = date::month(lang, month.year(), month.number());
            let say = lang.closes();
            Ok(say.closed_done(name, say.red_alerts(outcome.red), say.yellow_alerts(outcome.yellow)))
        })
    })
    .await
}

/// `POST /closes/{month}/return`.
pub async fn send_back(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        act(desk, &month, &posted, |month, seen, reason| {
            close::send_back(desk.app, &desk.context, month, seen, reason)?;
            Ok(desk.lang().closes().returned_done().to_owned())
        })
    })
    .await
}

/// `POST /closes/{month}/reopen`: the first of the two signs, the second reopens.
pub async fn reopen(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(month): Path<String>,
    posted: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        act(desk, &month, &posted, |month, seen, reason| {
            let (state, _) = close::reopen(desk.app, &desk.context, month, seen, reason)?;
            let (lang, say) = (desk.lang(), desk.lang().closes());
            Ok(match state {
                CloseState::Reopened => say.reopened_done(date::month(lang, month.year(), month.number())),
                CloseState::Open | CloseState::Proposed | CloseState::Closed => say.signed_done().to_owned(),
            })
        })
    })
    .await
}

/// Takes a step; what is refused comes back at the form of the step.
fn act(
    desk: &Desk<'_>,
    month: &str,
    posted: &Posted,
    step: impl FnOnce(Month, i64, &str) -> Result<String>,
) -> Result<Response> {
    let month = read_month(month)?;
    let (seen, reason) = (posted.number("version").unwrap_or(0), posted.value("reason"));
    match step(month, seen, reason) {
        Ok(said) => Ok(respond::done(&address(month), Tone::Ok, &said)),
        Err(Error::Refused(sentences)) => {
            let case = month_case(desk.app, &desk.context, month)?;
            let mut page = view::page(desk, &case)?;
            note_refused(&mut page.steps, &desk.visitor.here, reason, &sentences.join(" "));
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other),
    }
}

/// Writes the refusal at the step that was posted.
fn note_refused(steps: &mut [CloseAct], action: &str, reason: &str, said: &str) {
    for step in steps.iter_mut().filter(|step| step.action == action) {
        match &mut step.reason {
            Some(input) => *input = Input::wrong(reason, said),
            None => step.blocked = Some(said.to_owned()),
        }
    }
}
