//! Units, members and accounts for programs.

use utoipa::OpenApi;

use crate::http::Routes;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths())]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes
}
