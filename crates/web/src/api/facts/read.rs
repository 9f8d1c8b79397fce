//! `GET /api/v1/facts/{kind}`: facts as they are kept, within what the caller may read.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::Error;
use dacheng_app::facts::reading::{Asked, part};
use dacheng_app::figures::read_period;
use dacheng_domain::facts::kind::Kind;
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::IntoParams;

use crate::api::listing::{Cursor, Listing, Paging};
use crate::http::{Reply, Visitor, Web};
use crate::respond;

/// Which days.
#[derive(Debug, Clone, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct During {
    /// `2026`, `2026-Q3`, `2026-08` or `2026-W31`; of sales only, all days where absent.
    #[param(example = "2026-08")]
    period: Option<String>,
}

/// Facts that count now, as a file would write them. Of orders, lines, shares and returns an answer holds those of at
/// most `limit` orders; it may be empty and still have a `next`.
#[utoipa::path(
    get, path = "/api/v1/facts/{kind}", tag = "facts",
    params(("kind" = String, Path, description = "orders, payments, customers …"), During, Paging),
    responses((status = 200, body = Listing<BTreeMap<String, Option<String>>>))
)]
pub async fn facts(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(kind): Path<String>,
    Query(during): Query<During>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let kind: Kind = kind.parse().map_err(|_| Error::missing("kind", &kind))?;
        let start = desk.company.fiscal_start;
        let period = during.period.as_deref().map(|text| read_period(text, start)).transpose()?;
        let days = period.map_or((Date::MIN, Date::MAX), |period| (period.first_day(), period.last_day()));
        let limit = paging.limit();
        let asked = Asked { kind, days, cursor: paging.place().map(str::to_owned), limit };
        let found = part(desk.app, &desk.context, &asked)?;
        Ok(respond::json(&Listing { items: found.facts, next: found.next.map(Cursor) }))
    })
    .await
}
