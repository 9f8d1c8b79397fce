//! Facts for programs: reading them, bringing them in as files or rows, the imports.

mod answer;
mod bring;
mod imports;
mod read;
mod rows;

use dacheng_domain::access::{Action, Right};
use utoipa::OpenApi;

use crate::http::files::MOST_SENT;
use crate::http::{Need, Routes};

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    read::facts,
    rows::bring_rows,
    bring::bring_file,
    imports::imports,
    imports::import,
    imports::undo_import
))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::Facts, Right::Read);
    let create = Need::Right(Action::Facts, Right::Create);
    routes
        .get("/api/v1/facts/{kind}", read, read::facts)
        .upload("/api/v1/facts/{kind}", create, MOST_SENT, bring::bring)
        .get("/api/v1/imports", read, imports::imports)
        .get("/api/v1/imports/{id}", read, imports::import)
        .post("/api/v1/imports/{id}/undo", create, imports::undo_import)
}
