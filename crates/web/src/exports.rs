//! Lists of pages as files: which format an address asks for, what the file says of itself, and the answer that sends it.

use axum::Extension;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use dacheng_app::exports::{About, Column, Format, Table, Value};
use dacheng_app::{Actor, Result};
use dacheng_text::date;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::http::{Desk, Reply, Visitor, Web};
use crate::respond;

/// A list that is wanted as a file: by whom, what is filtered, in which format.
pub struct Wanted<Q> {
    web: Web,
    visitor: Visitor,
    asked: Q,
    format: Format,
}

/// What the address of a list asks for that is always whole.
#[derive(Debug, Deserialize)]
pub struct Whole {}

impl<Q: DeserializeOwned + Send + 'static> FromRequestParts<Web> for Wanted<Q> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> std::result::Result<Self, Response> {
        let Query(asked) =
            Query::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        let Extension(visitor) =
            Extension::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        let ending = parts.uri.path().rsplit('.').next().unwrap_or_default();
        let format = Format::of_ending(ending).unwrap_or_default();
        Ok(Self { web: web.clone(), visitor, asked, format })
    }
}

impl<Q: Send + 'static> Wanted<Q> {
    /// Answers with what `work` makes at the desk, of what is asked, in the format.
    pub async fn answer(
        self,
        work: impl FnOnce(&Desk<'_>, Q, Format) -> Result<Response> + Send + 'static,
    ) -> Reply {
        let Self { web, visitor, asked, format } = self;
        web.answer(&visitor, move |desk| work(desk, asked, format)).await
    }
}

/// A list to be exported: what it is and its columns. Who makes it, for which company and when is added by the [`Desk`].
#[derive(Debug, Clone, Default)]
pub struct List {
    /// What it is: `预警台账`.
    pub title: String,
    /// How it was filtered, in words, the most telling first.
    pub filter: Vec<String>,
    /// How it is sorted, in words.
    pub order: Option<String>,
    /// As of when its figures are, where it holds figures.
    pub as_of: Option<String>,
    /// Its columns.
    pub columns: Vec<Column>,
    /// The row below all others.
    pub total: Option<Vec<Value>>,
}

impl Desk<'_> {
    /// A list as a file in a format. The rows are written as they come.
    pub fn export(
        &self,
        format: Format,
        list: List,
        rows: impl Iterator<Item = Result<Vec<Value>>>,
    ) -> Result<Response> {
        let about = About {
            title: list.title,
            company: self.company.name.clone(),
            by: self.asker(),
            at: self.app.zone.to_datetime(self.context.now),
            filter: list.filter,
            order: list.order,
            as_of: list.as_of,
        };
        let table = Table { about, columns: list.columns, total: list.total };
        let written = table.write(self.lang(), format, rows)?;
        Ok(respond::file(format.media(), &table.file_name(format), written.file, written.bytes))
    }

    /// As of when figures are, in words.
    pub fn known(&self, as_of: Option<Date>) -> String {
        let now = || {
            let now = date::stamp(self.app.zone.to_datetime(self.context.now));
            self.lang().exports().now(now)
        };
        as_of.map_or_else(now, |day| day.to_string())
    }

    /// A moment on the company's clock.
    pub fn clock(&self, milliseconds: i64) -> Option<DateTime> {
        Some(self.app.zone.to_datetime(Timestamp::from_millisecond(milliseconds).ok()?))
    }

    /// Who asks: by name and log-in name, as the file may be passed on.
    pub(crate) fn asker(&self) -> String {
        let name = self.visitor.account.as_ref().map(|account| account.name.clone());
        match (&self.context.actor, name) {
            (Actor::Account { login, .. }, Some(name)) if !name.eq_ignore_ascii_case(login) => {
                format!("{name} ({login})")
            }
            (Actor::Account { login, .. }, _) => login.clone(),
            (Actor::Operator | Actor::System | Actor::Visitor, _) => self.recorded(self.context.actor.name()),
        }
    }
}
