//! `/me/delegation`: who stands in for somebody while they are away.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::people::delegations::{self, Delegation, New};
use dacheng_app::{Error, Result};
use jiff::civil::Date;

use crate::components::{ErrorSummary, Field, Input, Link, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;
use crate::shell::{Room, Shell};

/// `GET /me/delegation`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/me/delegation.html")]
pub struct DelegationPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The form, for those who have something to lend.
    pub form: Option<DelegationForm>,
    /// Whom the viewer lent to.
    pub given: Vec<DelegationRow>,
    /// For whom the viewer stands in.
    pub received: Vec<DelegationRow>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// `POST /me/delegation` with `to`, `first`, `last`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct DelegationForm {
    /// Who stands in.
    pub to: Input,
    /// The first day.
    pub first: Input,
    /// The last day.
    pub last: Input,
}

/// A delegation.
#[derive(Debug, Clone)]
pub struct DelegationRow {
    /// Its number.
    pub id: i64,
    /// The other of the two.
    pub who: String,
    /// From when until when.
    pub days: String,
}

impl DelegationPage {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let blank = DelegationForm::default();
        let form = self.form.as_ref().unwrap_or(&blank);
        ErrorSummary::of([("to", &form.to), ("first", &form.first), ("last", &form.last)])
            .and(self.refused.as_ref())
    }
}

/// `GET /me/delegation`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        Ok(respond::page(StatusCode::OK, &page(desk, DelegationForm::default(), None)?))
    })
    .await
}

fn page(desk: &Desk<'_>, form: DelegationForm, refused: Option<String>) -> Result<DelegationPage> {
    let (given, received) = delegations::list(desk.app, &desk.context)?;
    let row = |own: &Delegation, name: &str| DelegationRow {
        id: own.id,
        who: name.to_owned(),
        days: desk.lang().delegation().span(own.starts, own.ends.yesterday().unwrap_or(own.ends)),
    };
    let crumbs = vec![Link::new(desk.lang().shell().me(), "/me")];
    Ok(DelegationPage {
        shell: desk.shell(Room::Me, crumbs)?.exporting("/me/delegation", "", given.len() + received.len()),
        form: delegations::may_give(&desk.context).then_some(form),
        given: given.iter().map(|own| row(own, &own.taker.name)).collect(),
        received: received.iter().map(|own| row(own, &own.giver.name)).collect(),
        refused,
    })
}

/// `POST /me/delegation`.
pub async fn give(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let day = |name: &str| form.value(name).parse::<Date>();
        let typed = |name: &str| match day(name) {
            Ok(_) => Input::of(form.value(name)),
            Err(_) => Input::wrong(form.value(name), desk.lang().delegation().choose_day()),
        };
        let typed =
            DelegationForm { to: Input::of(form.value("to")), first: typed("first"), last: typed("last") };
        let (Ok(first), Ok(last)) = (day("first"), day("last")) else {
            return Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, typed, None)?));
        };
        let new = New { to: form.value("to"), first, last };
        match delegations::give(desk.app, &desk.context, desk.organisation(), &new) {
            Ok(name) => {
                let said = desk.lang().delegation().done(name);
                Ok(respond::done("/me/delegation", Tone::Ok, &said))
            }
            Err(Error::Refused(sentences)) => {
                let page = page(desk, typed, Some(sentences.join(" ")))?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /me/delegation/{id}/end`.
pub async fn end(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let number = id.parse().map_err(|_| Error::missing("delegation", &id))?;
        delegations::end(desk.app, &desk.context, number)?;
        Ok(respond::done("/me/delegation", Tone::Ok, desk.lang().delegation().ended()))
    })
    .await
}
