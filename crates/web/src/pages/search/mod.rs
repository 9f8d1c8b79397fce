//! Search: the page of what is found, and the same as a fragment for the dialog that Ctrl K opens.

pub mod handler;
pub(crate) mod view;

use askama::Template;
use dacheng_text::Lang;

use crate::components::{Empty, Icon};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /search?q=lizhe`
#[derive(Debug, Clone, Template)]
#[template(path = "pages/search/page.html")]
pub struct SearchPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What was typed, as far as it was read.
    pub typed: String,
    /// What was found.
    pub found: Finds,
}

/// `GET /search/found?q=lizhe`, for the dialog.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/search/options.html")]
pub struct Options {
    /// The language.
    pub lang: Lang,
    /// What was found.
    pub found: Finds,
}

/// What was found, by kind.
#[derive(Debug, Clone)]
pub struct Finds {
    /// How much it is, or that it is nothing, in a sentence; none before something was typed.
    pub said: Option<String>,
    /// The kinds of which there is something.
    pub groups: Vec<FoundGroup>,
}

/// What was found of a kind.
#[derive(Debug, Clone)]
pub struct FoundGroup {
    /// Its word.
    pub kind: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Its icon.
    pub icon: &'static str,
    /// What was found, the best first.
    pub rows: Vec<FoundRow>,
    /// That there is more.
    pub more: Option<&'static str>,
}

/// Something that was found.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// Its page.
    pub href: String,
    /// What it is called.
    pub name: String,
    /// Its code or number.
    pub code: String,
    /// Where it belongs, or how it stands.
    pub about: String,
}

impl SearchPage {
    /// What stands in the place of the groups where there are none.
    fn empty(&self) -> Empty {
        let say = self.shell.lang.search();
        if self.found.said.is_none() {
            return Empty::first_use(say.begin(), say.hint(), None);
        }
        Empty::first_use(say.nothing(&self.typed), say.nothing_hint(), None)
    }
}

/// Where the pages of this room are, and what each needs: whoever is signed in finds what they may see.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/search", Need::SignedIn, handler::show).get(
        "/search/found",
        Need::SignedIn,
        handler::options,
    )
}
