//! `POST /objectives`, `/objectives/{code}`, `/link`, `/unlink`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::planning::objectives::{self, Target};
use dacheng_app::{App, Context, Error, Result};

use super::forms::{said, sent, target};
use super::handler::{address, list_page, one_page};
use crate::components::{Conflict, ConflictRow, ErrorSummary, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `POST /objectives`.
pub async fn create(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        match objectives::create(desk.app, &desk.context, &said(&form, form.value("code"))) {
            Ok(kept) => {
                let told = desk.lang().objectives().created(&kept.name);
                Ok(respond::done(&address(&kept.code), Tone::Ok, &told))
            }
            Err(Error::Refused(sentences)) => {
                let form = sent(desk, &form, Some(sentences.join(" ")));
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &list_page(desk, Some(form))?))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /objectives/{code}`.
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let seen = form.number("version").unwrap_or(0);
        match objectives::change(desk.app, &desk.context, &said(&form, &code), seen) {
            Ok(_) => Ok(respond::done(&address(&code), Tone::Ok, desk.lang().objectives().saved())),
            Err(Error::Refused(sentences)) => {
                let mut page = one_page(desk, &code)?;
                page.edit = Some(sent(desk, &form, Some(sentences.join(" "))));
                form.value("version").clone_into(&mut page.version);
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(Error::Stale { found, .. }) => conflict(desk, &code, &form, found),
            Err(other) => Err(other),
        }
    })
    .await
}

/// Somebody else was first: what was typed beside what is kept.
fn conflict(desk: &Desk<'_>, code: &str, form: &Posted, found: i64) -> Result<Response> {
    let say = desk.lang().objectives();
    let mut page = one_page(desk, code)?;
    let kept = page.edit.take().unwrap_or_default();
    let typed = sent(desk, form, None);
    let rows = [
        (say.name(), &typed.name, &kept.name),
        (say.year(), &typed.year, &kept.year),
        (say.owner(), &typed.owner, &kept.owner),
        (say.description(), &typed.description, &kept.description),
    ];
    let rows = rows.into_iter().filter(|(_, mine, theirs)| mine != theirs);
    let rows = rows.map(|(field, mine, theirs)| ConflictRow {
        field: field.to_owned(),
        mine: mine.value.clone(),
        theirs: theirs.value.clone(),
    });
    page.conflict = Some(Conflict {
        saved_by: say.somebody().to_owned(),
        rows: rows.collect(),
        version: found.to_string(),
        discard: address(code),
    });
    page.edit = Some(typed);
    Ok(respond::page(StatusCode::CONFLICT, &page))
}

/// `POST /objectives/{code}/link` with `target`, `version`.
pub async fn link(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let said = desk.lang().objectives().linked();
        relate(desk, &code, &form, said, objectives::link)
    })
    .await
}

/// `POST /objectives/{code}/unlink` with `target`, `version`.
pub async fn unlink(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let said = desk.lang().objectives().unlinked();
        relate(desk, &code, &form, said, objectives::unlink)
    })
    .await
}

fn relate(
    desk: &Desk<'_>,
    code: &str,
    form: &Posted,
    said: &str,
    act: impl FnOnce(&App, &Context, &str, &Target, i64) -> Result<i64>,
) -> Result<Response> {
    let seen = form.number("version").unwrap_or(0);
    let refused = |status, sentence: String| {
        let mut page = one_page(desk, code)?;
        page.wrong = ErrorSummary { errors: vec![(None, sentence)] };
        Ok(respond::page(status, &page))
    };
    let missing = || desk.lang().objectives().not_linked().to_owned();
    let Some(target) = target(desk, form) else {
        return refused(StatusCode::UNPROCESSABLE_ENTITY, missing());
    };
    match act(desk.app, &desk.context, code, &target, seen) {
        Ok(_) => Ok(respond::done(&address(code), Tone::Ok, said)),
        Err(Error::Refused(sentences)) => refused(StatusCode::UNPROCESSABLE_ENTITY, sentences.join(" ")),
        Err(Error::Stale { .. }) => {
            let somebody = desk.lang().objectives().somebody();
            refused(StatusCode::CONFLICT, desk.lang().common().conflict_title(somebody))
        }
        Err(other) => Err(other),
    }
}
