//! `/api/docs`: the description of the API as a page, drawn here so that it needs no script and nothing from elsewhere.

mod view;

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;

use crate::components::Link;
use crate::http::{Need, Reply, Routes, Visitor, Web};
use crate::respond;
use crate::shell::{Room, Shell};

pub use view::groups;

/// `GET /api/docs`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/api_docs/page.html")]
pub struct ApiDocsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What can be asked, by room.
    pub groups: Vec<Group>,
}

/// The operations of a room.
#[derive(Debug, Clone)]
pub struct Group {
    /// The room's name in the description.
    pub name: String,
    /// What can be asked.
    pub operations: Vec<Operation>,
}

/// Something that can be asked.
#[derive(Debug, Clone)]
pub struct Operation {
    /// GET, POST, PUT, PATCH.
    pub method: &'static str,
    /// The address, with parameters in braces.
    pub path: String,
    /// What it is for.
    pub summary: String,
    /// What can be said in address, query and headers.
    pub parameters: Vec<Parameter>,
    /// The body that is sent, as JSON Schema; empty where there is none.
    pub body: String,
    /// Status and body of the answers, as JSON Schema; empty where there is none.
    pub answers: Vec<(String, String)>,
}

/// Something that can be said.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// `path`, `query` or `header`.
    pub place: String,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it means.
    pub text: String,
}

/// Whether something must be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    /// It must.
    Needed,
    /// It may be left out.
    Optional,
}

/// Its address: the one below `/api` that people open.
pub const PATH: &str = "/api/docs";

/// The addresses of this room.
pub fn routes(routes: Routes) -> Routes {
    routes.get(PATH, Need::SignedIn, show)
}

async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, |desk| {
        let crumbs = vec![Link::new(desk.lang().shell().me(), "/me")];
        let shell = desk.shell(Room::Me, crumbs)?;
        Ok(respond::page(StatusCode::OK, &ApiDocsPage { shell, groups: groups() }))
    })
    .await
}
