//! Icons of the sprite.

use std::fmt;

use askama::filters::HtmlSafe;

use crate::assets;

/// An icon by its name in `assets/icons.txt`; purely decorative, the words stand beside it.
#[derive(Debug, Clone, Copy)]
pub struct Icon {
    name: &'static str,
    class: &'static str,
}

impl Icon {
    /// An icon of 18 px.
    pub fn of(name: &'static str) -> Self {
        Self { name, class: "icon" }
    }

    /// The same at 15 px, inside buttons and sentences.
    #[must_use]
    pub fn small(self) -> Self {
        Self { class: "icon small-icon", ..self }
    }
}

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (class, sprite, name) = (self.class, assets::address("icons.svg"), self.name);
        write!(f, r#"<svg class="{class}" aria-hidden="true"><use href="{sprite}#{name}"/></svg>"#)
    }
}

impl HtmlSafe for Icon {}
