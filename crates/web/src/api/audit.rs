//! The audit trail for programs.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::trail::{self, Entry, Filter};
use dacheng_domain::access::{Action, Right};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::listing::{Cursor, Listing, Paging};
use crate::http::{Need, Reply, Routes, Visitor, Web};
use crate::respond;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(audit))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/api/v1/audit", Need::Right(Action::AuditTrail, Right::Read), audit)
}

/// Which entries are asked for; all where nothing is said.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Asked {
    /// By whom: a log-in name, or a name that one person has.
    who: String,
    /// What kind of thing: the first part of the act, as `plan` of `plan.edit`.
    #[param(example = "plan")]
    kind: String,
    /// Which object.
    #[param(example = "plan/2026")]
    object: String,
    /// The first day.
    #[param(value_type = Option<String>, format = Date)]
    from: Option<Date>,
    /// The last day.
    #[param(value_type = Option<String>, format = Date)]
    to: Option<Date>,
}

/// An entry of the trail.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditEntry {
    /// Its number, from 1 without a gap.
    leaf: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By whom: a log-in name, with the token's name in parentheses; `operator`, `system` or `visitor`.
    actor: String,
    /// What was done.
    #[schema(example = "plan.edit")]
    act: String,
    /// To what.
    object: String,
    /// What changed; `null` once erased.
    #[schema(value_type = Option<Object>)]
    detail: Option<Value>,
    /// SHA-256 of the salt and the detail, hex.
    commitment: String,
    /// SHA-256 of the leaf, hex.
    leaf_hash: String,
}

/// The entries that fit, the newest first; those of one's own account for whoever reads no more of the trail.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(Asked, Paging), responses((status = 200, body = Listing<AuditEntry>)))]
pub async fn audit(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let Asked { who, kind, object, from, to } = asked;
        let filter = Filter { who, kind, object, from, to };
        let below = paging.number()?;
        let limit = i64::try_from(paging.limit()).unwrap_or(i64::MAX);
        let part = trail::read(desk.app, &desk.context, desk.organisation(), &filter, (below, limit))?;
        let next = part.older.map(|leaf| Cursor(leaf.to_string()));
        Ok(respond::json(&Listing { items: part.entries.into_iter().map(entry).collect(), next }))
    })
    .await
}

fn entry(entry: Entry) -> AuditEntry {
    AuditEntry {
        leaf: entry.leaf,
        at: Timestamp::from_millisecond(entry.at).unwrap_or(Timestamp::UNIX_EPOCH),
        actor: entry.actor,
        act: entry.act,
        object: entry.object,
        detail: entry.detail.and_then(|text| serde_json::from_str(&text).ok()),
        commitment: entry.commitment,
        leaf_hash: entry.leaf_hash,
    }
}
