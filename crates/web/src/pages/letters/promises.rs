//! `GET /letters/promises`: what the viewer, or their department, promised to whom; and noting that it came.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::allocation::letters::{Owed, deliver as note, letter, owed};
use dacheng_app::{Error, Result};
use jiff::civil::Date;

use super::acts::refused;
use super::one::{page as letter_page, promised};
use super::{PromiseRow, PromisesPage, address};
use crate::components::{ErrorSummary, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// Where it is; also what a form that begins there says in `back`.
const HERE: &str = "/letters/promises";

/// `GET /letters/promises`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, |desk| Ok(respond::page(StatusCode::OK, &page(desk, ErrorSummary::default())?)))
        .await
}

fn page(desk: &Desk<'_>, wrong: ErrorSummary) -> Result<PromisesPage> {
    let owed = owed(desk.app, &desk.context)?;
    let shell = desk.shell(Room::Inbox, Vec::new())?;
    Ok(PromisesPage { shell, promises: owed.iter().map(|own| row(desk, own)).collect(), wrong })
}

/// A promise with the letter it stands in; whoever reads no letter finds no link to it.
fn row(desk: &Desk<'_>, own: &Owed) -> (String, String, PromiseRow) {
    let title = desk.lang().responsibility().promised_to(&own.member, &own.number);
    let today = Input::of(desk.context.today.to_string());
    let row = promised(desk, &own.promise, own.delivered, own.standing);
    (
        title,
        address(&own.number),
        PromiseRow { note: Some((own.promise.number, own.revision.to_string(), today)), ..row },
    )
}

/// `POST /letters/{number}/promises/{promise}` with `revision`, `times`, `day`, `note`, `back`.
pub async fn deliver(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path((number, promise)): Path<(String, i64)>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().responsibility();
        let seen = form.number("revision").unwrap_or(0);
        let times = form.number("times").and_then(|times| u32::try_from(times).ok()).unwrap_or(0);
        let is_owed = form.value("back") == HERE;
        let day = form.value("day").parse::<Date>().map_err(|_| Error::refused(say.date_bad()));
        let came = day.and_then(|day| {
            note(desk.app, &desk.context, (&number, promise), seen, (times, day, form.value("note")))
        });
        let wrong = match came {
            Ok(_) => {
                let back = if is_owed { HERE.to_owned() } else { address(&number) };
                return Ok(respond::done(&back, Tone::Ok, say.noted()));
            }
            Err(Error::Refused(sentences)) => refused(sentences),
            Err(other) => return Err(other),
        };
        if is_owed {
            return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, wrong)?));
        }
        let view = letter(desk.app, &desk.context, &number, None)?;
        let page = letter_page(desk, &view, Input::default(), wrong)?;
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    })
    .await
}
