//! `GET /api/v1/search`: what is found of a text, as far as the caller may see it.

use axum::Extension;
use axum::extract::{Query, State};
use dacheng_app::search::{More, Part, search};
use dacheng_text::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use crate::http::{Need, Reply, Routes, Visitor, Web};
use crate::pages::search::view;
use crate::respond;

/// What of each kind an answer has where nothing is said.
const USUAL: usize = 20;
/// What of each kind an answer has at most.
const MOST: usize = 100;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(find))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/api/v1/search", Need::SignedIn, find)
}

/// What is looked for.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Asked {
    /// Characters, pinyin, initials of pinyin, or the beginning of a code or a number.
    #[param(example = "lizhe")]
    q: String,
    /// How many of each kind, 1 to 100; 20 where absent.
    limit: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchBody {
    /// By kind; kinds of which there is nothing are left out.
    groups: Vec<GroupBody>,
}

/// What was found of a kind.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupBody {
    /// `person`, `unit`, `plan`, `alert`, `improvement_plan` or `account`.
    kind: &'static str,
    /// The best first.
    items: Vec<HitBody>,
    /// Whether there is more than `limit`.
    more: bool,
}

/// Something that was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct HitBody {
    /// What it is called.
    #[schema(example = "李喆")]
    name: String,
    /// Its code or number.
    #[schema(example = "s1")]
    code: String,
    /// Where it belongs, or how it stands.
    about: String,
    /// Its page.
    #[schema(example = "/targets/E1/people/s1")]
    page: String,
}

impl GroupBody {
    fn of(lang: Lang, part: &Part) -> Self {
        let items = part.hits.iter().map(|hit| {
            let row = view::row(lang, hit);
            HitBody { name: row.name, code: row.code, about: row.about, page: row.href }
        });
        Self { kind: part.kind.word(), items: items.collect(), more: part.more == More::Yes }
    }
}

/// People, units, plans, alerts, improvement plans and accounts by name, pinyin or code, the best first.
#[utoipa::path(get, path = "/api/v1/search", tag = "search", params(Asked), responses((status = 200, body = SearchBody)))]
pub async fn find(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let limit = asked.limit.unwrap_or(USUAL).clamp(1, MOST);
        let parts = search(desk.app, &desk.context, &asked.q, limit)?;
        let groups = parts.iter().map(|part| GroupBody::of(desk.lang(), part)).collect();
        Ok(respond::json(&SearchBody { groups }))
    })
    .await
}
