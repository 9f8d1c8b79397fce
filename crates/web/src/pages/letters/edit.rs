//! `GET /letters/{number}/edit` and its `POST`: what a draft agrees.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::allocation::letters::{LetterView, change, letter, state_name};
use dacheng_app::{Error, Result};
use dacheng_domain::access::Right;
use dacheng_paper::Block;

use super::{EditForm, EditPage, address};
use crate::components::{ErrorSummary, Link, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// `GET /letters/{number}/edit`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let view = found(desk, &number)?;
        let head = &view.shown.head;
        let seen = (head.version, head.revision);
        let form = EditForm::of(desk.lang(), seen, &view.shown.content.terms, &marks(&view));
        Ok(respond::page(StatusCode::OK, &page(desk, &view, form)?))
    })
    .await
}

/// `POST /letters/{number}/edit`.
pub async fn save(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let (lang, view) = (desk.lang(), found(desk, &number)?);
        let old = &view.shown.content.terms;
        let mut sent = EditForm::sent(lang, old, &marks(&view), &form);
        let Some(terms) = sent.terms(lang, old) else {
            return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, &view, sent)?));
        };
        let seen = (form.number("version").unwrap_or(0), form.number("revision").unwrap_or(0));
        let (status, sentence) = match change(desk.app, &desk.context, &number, seen, terms) {
            Ok(()) => return Ok(respond::done(&address(&number), Tone::Ok, lang.responsibility().saved())),
            Err(Error::Refused(sentences)) => (StatusCode::UNPROCESSABLE_ENTITY, sentences.join(" ")),
            Err(Error::Stale { .. }) => {
                // What was typed stays in the form; sent again, it is written over what somebody else saved.
                let head = &view.shown.head;
                sent.seen = (head.version.to_string(), head.revision.to_string());
                let somebody = lang.responsibility().somebody();
                (StatusCode::CONFLICT, lang.common().conflict_title(somebody))
            }
            Err(other) => return Err(other),
        };
        sent.wrong = ErrorSummary { errors: vec![(None, sentence)] };
        Ok(respond::page(status, &page(desk, &view, sent)?))
    })
    .await
}

/// A letter that the viewer issues.
fn found(desk: &Desk<'_>, number: &str) -> Result<LetterView> {
    let view = letter(desk.app, &desk.context, number, None)?;
    if view.issues {
        let head = &view.shown.head;
        return if head.state.may_change() { Ok(view) } else { Err(not_from_here(desk, head.state)) };
    }
    let action = dacheng_domain::access::Action::Letters;
    desk.context.may_at_all(desk.organisation(), action, Right::Issue)?;
    Err(Error::Forbidden(desk.lang().responsibility().not_own().to_owned()))
}

fn not_from_here(desk: &Desk<'_>, state: dacheng_domain::allocation::letter::State) -> Error {
    Error::refused(desk.lang().responsibility().not_from_here(state_name(desk.lang(), state)))
}

/// What is asked for, item by item, as the paper says it.
fn marks(view: &LetterView) -> Vec<String> {
    let items = view.shown.content.terms.items.len();
    let table = view.shown.content.blocks.iter().find_map(|block| match block {
        Block::Table(table) if table.rows.len() == items => Some(table),
        _ => None,
    });
    let cells = table.into_iter().flat_map(|table| &table.rows).map(|row| row.cells.get(3).cloned());
    let mut marks: Vec<String> = cells.map(Option::unwrap_or_default).collect();
    marks.resize(items, String::new());
    marks
}

fn page(desk: &Desk<'_>, view: &LetterView, form: EditForm) -> Result<EditPage> {
    let say = desk.lang().responsibility();
    let name = view.shown.content.member.name.clone();
    let path = address(&view.number);
    let crumbs = vec![Link::new(say.room(), "/letters"), Link::new(&name, path.clone())];
    let title = format!("{} · {name}", say.edit_title());
    Ok(EditPage { shell: desk.shell(Room::Letters, crumbs)?, path, title, form })
}
