//! Notes about the market for programs: read, added, changed, withdrawn. Files of them come by `facts/market_notes:import`.

use axum::Extension;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use dacheng_app::planning::market::{self, Note};
use dacheng_app::{Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::planning::WrittenNote;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::body::versioned;
use crate::api::listing::{Listing, Paging};
use crate::http::{Body, Reply, Seen, Visitor, Web};
use crate::respond;

/// A note about the market.
#[derive(Debug, Serialize, ToSchema)]
pub struct MarketNoteItem {
    /// Its code.
    note: String,
    date: String,
    /// `growth`, `competitor`, `policy` or `other`.
    kind: String,
    subject: String,
    /// The year that the growth is of.
    year: Option<i64>,
    /// The region it is about; everywhere where `null`.
    region: Option<String>,
    /// The product line it is about; all where `null`.
    product_line: Option<String>,
    /// As a decimal: 8.5 % is `0.0850`.
    #[schema(value_type = Option<String>, example = "0.0850")]
    growth: Option<Ratio>,
    source: String,
    text: String,
    /// Whether it counts no longer.
    withdrawn: bool,
    /// What a change has to name.
    version: i64,
}

impl MarketNoteItem {
    fn of(note: Note) -> Self {
        Self {
            growth: note.growth.and_then(|growth| Ratio::new(growth, 10_000)),
            note: note.code,
            date: note.day.to_string(),
            kind: note.kind,
            subject: note.subject,
            year: note.year,
            region: note.region,
            product_line: note.product_line,
            source: note.source,
            text: note.body,
            withdrawn: note.withdrawn,
            version: note.version,
        }
    }
}

/// A note to be written.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMarketNote {
    /// Its code; one is given where absent.
    #[serde(default)]
    note: String,
    #[schema(example = "2026-09-30")]
    date: String,
    #[schema(example = "growth")]
    kind: String,
    #[schema(example = "工控行业规模")]
    subject: String,
    /// Needed with a growth.
    year: Option<i64>,
    #[serde(default)]
    region: String,
    #[serde(default)]
    product_line: String,
    /// `8.5%` or `0.085`; needed for kind `growth`.
    #[serde(default)]
    #[schema(example = "8.5%")]
    growth: String,
    source: String,
    #[serde(default)]
    text: String,
}

impl NewMarketNote {
    fn written(self) -> WrittenNote {
        WrittenNote {
            code: self.note,
            date: self.date,
            kind: self.kind,
            subject: self.subject,
            year: self.year.map_or_else(String::new, |year| year.to_string()),
            region: self.region,
            product_line: self.product_line,
            growth: self.growth,
            source: self.source,
            text: self.text,
        }
    }
}

/// Which are asked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Only those of a kind.
    kind: Option<String>,
    /// Only those with a growth of a year.
    year: Option<i64>,
}

fn newest(found: Vec<Note>, code: &str) -> Result<Note> {
    found.into_iter().next().ok_or_else(|| Error::missing("market note", code))
}

/// The notes that count, the youngest first.
#[utoipa::path(get, path = "/api/v1/market-notes", tag = "planning", params(Asked, Paging), responses((status = 200, body = Listing<MarketNoteItem>), (status = 403)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let notes = market::notes(desk.app, &desk.context)?.into_iter();
        let notes = notes.filter(|note| asked.kind.as_ref().is_none_or(|kind| *kind == note.kind));
        let notes = notes.filter(|note| asked.year.is_none() || note.year == asked.year);
        let items = notes.map(MarketNoteItem::of).collect();
        Ok(respond::json(&paging.part(items, |item: &MarketNoteItem| item.note.clone())?))
    })
    .await
}

/// One note as it is now; its version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/market-notes/{note}", tag = "planning", params(("note" = String, Path, description = "The note's code")), responses((status = 200, body = MarketNoteItem), (status = 403), (status = 404)))]
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let note = newest(market::note(desk.app, &desk.context, &code)?, &code)?;
        let version = note.version;
        Ok(versioned(&MarketNoteItem::of(note), version))
    })
    .await
}

/// Adds a note.
#[utoipa::path(post, path = "/api/v1/market-notes", tag = "planning", request_body = NewMarketNote, responses((status = 201, body = MarketNoteItem), (status = 403), (status = 422)))]
pub async fn add(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(new): Body<NewMarketNote>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let code = market::add(desk.app, &desk.context, new.written())?;
        let note = newest(market::note(desk.app, &desk.context, &code)?, &code)?;
        let mut response = versioned(&MarketNoteItem::of(note), 1);
        *response.status_mut() = StatusCode::CREATED;
        Ok(response)
    })
    .await
}

/// Changes a note, whole: what is absent is blank. Its code stays.
#[utoipa::path(put, path = "/api/v1/market-notes/{note}", tag = "planning", params(("note" = String, Path, description = "The note's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewMarketNote, responses((status = 200, body = MarketNoteItem), (status = 403), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(new): Body<NewMarketNote>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let version = market::edit(desk.app, &desk.context, &code, seen.or(None)?, new.written())?;
        let note = newest(market::note(desk.app, &desk.context, &code)?, &code)?;
        Ok(versioned(&MarketNoteItem::of(note), version))
    })
    .await
}

/// The version that the caller saw.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct SeenNote {
    /// Where no `If-Match` says it.
    version: Option<i64>,
}

/// Withdraws a note: it is listed no longer, its versions stay.
#[utoipa::path(post, path = "/api/v1/market-notes/{note}/withdraw", tag = "planning", params(("note" = String, Path, description = "The note's code"), ("If-Match" = Option<String>, Header, description = "The version seen")), request_body = SeenNote, responses((status = 200, body = MarketNoteItem), (status = 403), (status = 404), (status = 409), (status = 412)))]
pub async fn withdraw(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    seen: Seen,
    Body(own): Body<SeenNote>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        market::withdraw(desk.app, &desk.context, &code, seen.or(own.version)?)?;
        let note = newest(market::note(desk.app, &desk.context, &code)?, &code)?;
        let version = note.version;
        Ok(versioned(&MarketNoteItem::of(note), version))
    })
    .await
}
