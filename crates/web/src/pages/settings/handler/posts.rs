//! Granting a post and ending it, by a security administrator.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::people::posts;
use dacheng_app::{AccountId, Error, PostId, Result};
use dacheng_domain::access::Role;
use dacheng_text::Lang;
use jiff::civil::Date;

use super::super::{AccountPage, PostForm};
use super::accounts::{blank_grant, page, path};
use crate::components::{Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// What was typed, where every field can be read.
struct Typed {
    role: Role,
    unit: Option<String>,
    starts: Date,
    ends: Option<Date>,
}

/// `POST /settings/people/{account}/posts`.
pub async fn grant(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(account): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = AccountId(account);
        let typed = match read(desk, &form) {
            Ok(typed) => typed,
            Err(form) => {
                let page = AccountPage { grant: Some(*form), ..page(desk, id)? };
                return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page));
            }
        };
        match add(desk, id, &typed) {
            Ok(()) => Ok(respond::done(&path(id), Tone::Ok, desk.lang().settings().post_granted())),
            Err(Error::Refused(sentences)) => {
                let page = AccountPage {
                    grant: Some(kept(desk, &form)),
                    refused: Some(sentences.join(" ")),
                    ..page(desk, id)?
                };
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn add(desk: &Desk<'_>, account: AccountId, typed: &Typed) -> Result<()> {
    let Typed { role, starts, ends, .. } = *typed;
    let new = posts::New { account, role, unit: typed.unit.as_deref(), starts, ends };
    posts::grant(desk.app, &desk.context, desk.organisation(), &new).map(|_| ())
}

/// The form as it was typed.
fn kept(desk: &Desk<'_>, form: &Posted) -> PostForm {
    PostForm {
        role: Input::of(form.value("role")),
        unit: Input::of(form.value("unit")),
        from: Input::of(form.value("from")),
        to: Input::of(form.value("to")),
        ..blank_grant(desk)
    }
}

fn read(desk: &Desk<'_>, form: &Posted) -> std::result::Result<Typed, Box<PostForm>> {
    let say = desk.lang().settings();
    let role = serde_json::from_value::<Role>(form.value("role").into()).ok();
    let starts: Option<Date> = form.value("from").parse().ok();
    let ends = optional_day(desk.lang(), form.value("to"));
    if let (Some(role), Some(starts), Ok(ends)) = (role, starts, &ends) {
        let unit = Some(form.value("unit").to_owned()).filter(|code| !code.is_empty());
        return Ok(Typed { role, unit, starts, ends: *ends });
    }
    let mut page = kept(desk, form);
    page.role.error = role.is_none().then(|| say.choose_role().to_owned());
    page.from.error = starts.is_none().then(|| say.choose_day().to_owned());
    page.to.error = ends.err();
    Err(Box::new(page))
}

fn optional_day(lang: Lang, text: &str) -> std::result::Result<Option<Date>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| lang.settings().choose_day().to_owned())
}

/// `POST /settings/people/{account}/posts/{post}/end`.
pub async fn end(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path((account, post)): Path<(i64, i64)>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let id = AccountId(account);
        let say = desk.lang().settings();
        let ends: Date = form.value("to").parse().map_err(|_| Error::refused(say.choose_day()))?;
        let ended = posts::end(desk.app, &desk.context, desk.organisation(), PostId(post), ends);
        match ended {
            Ok(()) => {
                let said = say.post_ends(ends.max(desk.context.today));
                Ok(respond::done(&path(id), Tone::Ok, &said))
            }
            Err(Error::Refused(sentences)) => {
                let page = AccountPage { refused: Some(sentences.join(" ")), ..page(desk, id)? };
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}
