//! The tiles of the settings the viewer may open.

use askama::Template;

use crate::components::{Icon, Link};
use crate::shell::Shell;

/// `GET /settings`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/index.html")]
pub struct IndexPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What may be opened.
    pub tiles: Vec<Tile>,
}

/// One part of the settings.
#[derive(Debug, Clone)]
pub struct Tile {
    /// An icon of the sprite.
    pub icon: &'static str,
    /// Its name and page.
    pub link: Link,
    /// What is set there, or what is missing there.
    pub about: String,
}
