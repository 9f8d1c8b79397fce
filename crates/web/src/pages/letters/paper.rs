//! A letter as it lies on the page: the blocks that were signed, the signatures under them, the check code.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_app::allocation::letters::VersionView;
use dacheng_domain::allocation::letter::{Party, State};
use dacheng_paper::{Block, Holds};
use dacheng_text::{Lang, date};

use crate::http::Desk;

/// The paper.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/paper.html")]
pub struct Paper {
    /// The language of the letter.
    pub lang: Lang,
    /// What it is called.
    pub title: String,
    /// Its number and version.
    pub number: String,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Role, name, when and how.
    pub signatures: Vec<(String, String, String)>,
    /// The check code in groups of four.
    pub code: String,
    /// Whether everybody has signed it and nothing has taken its place.
    pub is_in_force: bool,
}

impl HtmlSafe for Paper {}

impl Paper {
    /// The paper of a version.
    pub fn of(desk: &Desk<'_>, view: &VersionView) -> Self {
        let lang = view.content.lang();
        let say = lang.responsibility();
        Self {
            lang,
            title: view.content.title.clone(),
            number: say.number_of(&view.content.number, say.version_n(view.content.version)),
            blocks: view.content.blocks.clone(),
            signatures: signatures(desk, view),
            code: code(&view.head.digest),
            is_in_force: view.head.state == State::InForce,
        }
    }

    /// The class of a cell.
    fn class(holds: &Holds) -> &'static str {
        match holds {
            Holds::Figures => "number",
            Holds::Text(_) => "",
        }
    }
}

/// Who signs, in order: as what, who, when and how; what is still waited for says so.
pub(super) fn signatures(desk: &Desk<'_>, view: &VersionView) -> Vec<(String, String, String)> {
    let lang = view.content.lang();
    let say = lang.responsibility();
    let parties = view.content.signatories.parties().iter();
    let one = |party: &Party| {
        let signed = view.signatures.iter().find(|own| own.party == *party);
        let (role, expected) = match party {
            Party::Member => (say.member(), view.content.member.name.clone()),
            Party::Superior => (say.superior(), view.content.superior.clone().unwrap_or_default()),
            Party::Representative => (say.party_a(), String::new()),
        };
        let name = signed.map_or(expected, |own| own.name.clone());
        let detail = signed
            .map(|own| say.signed_how(desk.clock(own.at).map(date::stamp).unwrap_or_default(), &own.address));
        (role.to_owned(), name, detail.unwrap_or_else(|| say.not_signed().to_owned()))
    };
    parties.map(one).collect()
}

/// The first half of a digest in groups of four digits, as it stands on paper.
pub(super) fn code(digest: &str) -> String {
    let digits: Vec<char> = digest.chars().take(32).collect();
    digits.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
