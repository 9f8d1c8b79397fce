//! The first steps of a new company: a page that leads whoever can take one of them, until all are done.

mod handler;

use askama::Template;

use crate::components::{Badge, Icon, Link};
use crate::http::{Need, Routes};
use crate::shell::Shell;

pub use handler::{address, is_awaited};

/// Where the page is.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/first-steps", Need::SignedIn, handler::show)
}

/// `GET /first-steps`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/first_steps/page.html")]
pub struct FirstStepsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// How many are done.
    pub done: String,
    /// The steps in their order.
    pub steps: Vec<StepRow>,
}

/// A step.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// An icon of the sprite.
    pub icon: &'static str,
    /// What is to be done; its page, where the viewer may open it.
    pub step: Link,
    /// Why, and how.
    pub about: &'static str,
    /// Who does it.
    pub who: &'static str,
    /// Whether it is done.
    pub state: Badge,
    /// The word of its button, where it is open and the viewer's.
    pub act: Option<&'static str>,
}
