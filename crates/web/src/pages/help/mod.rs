//! `/help`: what somebody needs to get going. First steps by post, keys, what the words mean, how figures are computed.

mod handler;
mod topics;

use askama::Template;
use dacheng_text::Lang;

pub use topics::sections;

use super::settings::Tile;
use crate::components::{Icon, Link, PickerEntry};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// `GET /help`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/help/index.html")]
pub struct HelpPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The topics.
    pub tiles: Vec<Tile>,
}

/// `GET /help/{topic}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/help/topic.html")]
pub struct TopicPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What it is about.
    pub topic: Topic,
    /// All topics, this one chosen.
    pub topics: Vec<PickerEntry>,
    /// What it says.
    pub sections: Vec<Section>,
}

/// What help is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// 开始使用
    FirstSteps,
    /// 键盘快捷键
    Keys,
    /// 名词解释
    Words,
    /// 数字怎么算
    Figures,
}

/// A part of a topic.
#[derive(Debug, Clone)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// Its lines.
    pub lines: Lines,
}

/// What a part says.
#[derive(Debug, Clone)]
pub enum Lines {
    /// One step after the other.
    Steps(Vec<&'static str>),
    /// A word and what it means.
    Terms(Vec<(&'static str, &'static str)>),
    /// The keys, and what they do.
    Keys(Vec<(Vec<String>, &'static str)>),
}

impl Topic {
    /// All of them in their order.
    pub const ALL: [Self; 4] = [Self::FirstSteps, Self::Keys, Self::Words, Self::Figures];

    /// Its word in the address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::FirstSteps => "first-steps",
            Self::Keys => "keys",
            Self::Words => "words",
            Self::Figures => "figures",
        }
    }

    /// Its page.
    fn page(self, lang: Lang) -> Link {
        Link::new(self.name(lang), format!("/help/{}", self.code()))
    }

    /// Its tile among the others.
    pub fn tile(self, lang: Lang) -> Tile {
        Tile { icon: self.icon(), link: self.page(lang), about: self.about(lang).to_owned() }
    }

    /// All topics, this one chosen.
    pub fn among(self, lang: Lang) -> Vec<PickerEntry> {
        let entry = |other: Self| {
            let Link { text, href, .. } = other.page(lang);
            PickerEntry { text, href, current: other == self, depth: 0 }
        };
        Self::ALL.into_iter().map(entry).collect()
    }

    const fn icon(self) -> &'static str {
        match self {
            Self::FirstSteps => "user-check",
            Self::Keys => "keyboard",
            Self::Words => "vocabulary",
            Self::Figures => "math",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        let say = lang.help();
        match self {
            Self::FirstSteps => say.first_steps(),
            Self::Keys => say.keys(),
            Self::Words => say.words(),
            Self::Figures => say.figures(),
        }
    }

    fn about(self, lang: Lang) -> &'static str {
        let say = lang.help();
        match self {
            Self::FirstSteps => say.first_steps_about(),
            Self::Keys => say.keys_about(),
            Self::Words => say.words_about(),
            Self::Figures => say.figures_about(),
        }
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/help", Need::SignedIn, handler::index).get("/help/{topic}", Need::SignedIn, handler::topic)
}
