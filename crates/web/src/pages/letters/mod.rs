//! Responsibility letters: the board of a plan, one letter on paper with its signatures, its versions beside each other, its draft
//! to edit, the company's template, and checking a printed one.

mod acts;
mod board;
mod compare;
pub mod document;
mod edit;
mod edit_form;
mod export;
mod one;
mod paper;
mod promises;
mod template;
mod verify;

use std::fmt::Display;

use askama::Template;
use dacheng_domain::access::{Action, Right};
use dacheng_text::countdown::Countdown;

use crate::components::{Badge, Choice, Empty, ErrorSummary, Field, Icon, Input, Link, Timeline};
use crate::http::{Need, Routes, encoded};
use crate::shell::Shell;

pub use edit_form::{EditForm, ItemForm, PromiseForm};
pub use paper::Paper;

/// `GET /letters`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/board.html")]
pub struct BoardPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The plans to choose from.
    pub plans: Vec<Choice>,
    /// The chosen plan.
    pub plan: Input,
    /// States with how many letters stand there; the chosen one is current.
    pub states: Vec<(Link, bool)>,
    /// The letters.
    pub letters: Vec<LetterRow>,
    /// What stands there where there are none.
    pub empty: Option<Empty>,
    /// Those who sell without a letter, in a sentence and by name.
    pub without: Option<(String, String)>,
    /// Making and issuing, where the viewer may.
    pub making: Option<MakingForm>,
    /// Whether the viewer keeps the template.
    pub keeps_template: bool,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// A letter in the list.
#[derive(Debug, Clone)]
pub struct LetterRow {
    /// The member and the letter's page.
    pub letter: Link,
    /// The letter's number.
    pub number: String,
    /// The member's unit.
    pub unit: String,
    /// Which version.
    pub version: String,
    /// Where it stands.
    pub state: Badge,
    /// By when the next signature is due.
    pub due: Option<Countdown>,
}

/// `POST /letters/generate` and `/letters/issue` with `plan`, `unit`, `lang`, `csrf`.
#[derive(Debug, Clone)]
pub struct MakingForm {
    /// The plan's code.
    pub plan: String,
    /// The units to choose from.
    pub units: Vec<Choice>,
    /// The chosen unit.
    pub unit: Input,
    /// The languages a letter can be written in.
    pub langs: Vec<Choice>,
    /// The chosen language.
    pub lang: Input,
}

/// `GET /letters/{number}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/one.html")]
pub struct LetterPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// What it is and whose.
    pub title: String,
    /// Whose it is.
    pub name: String,
    /// The version shown, on paper.
    pub pdf: String,
    /// Unit, plan, version.
    pub about: String,
    /// Where it stands.
    pub state: Badge,
    /// The paper.
    pub paper: Paper,
    /// Who signed, who is to.
    pub steps: Timeline,
    /// By when.
    pub due: Option<Countdown>,
    /// The version before, where there is one.
    pub compare: Option<Link>,
    /// The versions, the newest first.
    pub versions: Vec<(Link, Badge, bool)>,
    /// Edit it, or change it as a new version.
    pub edit: Option<Link>,
    /// Whether it can be issued here.
    pub issue: bool,
    /// The version and digest a step names, where the viewer takes one.
    pub turn: Option<Turn>,
    /// What was promised.
    pub promises: Vec<PromiseRow>,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// What the viewer may do now: `version`, `digest`, `reason`, `read`, `agree`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct Turn {
    /// The version.
    pub version: String,
    /// The digest of the text that is shown.
    pub digest: String,
    /// Where signing is posted; nothing where the viewer may only return it.
    pub sign: Option<&'static str>,
    /// Whether they may refuse it.
    pub refuses: bool,
    /// The reason typed.
    pub reason: Input,
}

/// Something promised.
#[derive(Debug, Clone)]
pub struct PromiseRow {
    /// What, by whom, until when.
    pub what: String,
    /// By whom and until when.
    pub by: String,
    /// How much of it came.
    pub delivered: String,
    /// How it stands.
    pub state: Badge,
    /// What came: day and note.
    pub deliveries: Vec<String>,
    /// Its number and revision, where the viewer may note a delivery; and today.
    pub note: Option<(u32, String, Input)>,
}

/// `GET /letters/promises`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/promises.html")]
pub struct PromisesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whose letter, its address, and what was promised.
    pub promises: Vec<(String, String, PromiseRow)>,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// `GET /letters/{number}/compare?from=&to=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/compare.html")]
pub struct ComparePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whose letter.
    pub title: String,
    /// Which versions.
    pub about: String,
    /// About, before, after.
    pub rows: Vec<(String, String, String)>,
}

/// `GET /letters/{number}/edit`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/edit.html")]
pub struct EditPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The letter's address.
    pub path: String,
    /// Whose letter.
    pub title: String,
    /// The form.
    pub form: EditForm,
}

/// `GET /letters/template`, `POST /letters/template`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/template.html")]
pub struct TemplatePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Which version it is, and the fields.
    pub about: String,
    /// The fields, in a sentence.
    pub fields: String,
    /// The version that was seen.
    pub version: String,
    /// `title`
    pub title: Input,
    /// `opening`
    pub opening: Input,
    /// `heading-N`, `text-N`
    pub clauses: Vec<(Input, Input)>,
    /// `rights`, one a line.
    pub rights: Input,
    /// `limit`
    pub limit: Input,
    /// `limits`, one a line.
    pub limits: Input,
    /// `rewards`, one a line.
    pub rewards: Input,
    /// `signatories`
    pub signatories: Input,
    /// Its choices.
    pub choices: Vec<Choice>,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// `GET /verify?no=&code=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/letters/verify.html")]
pub struct VerifyPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `no`
    pub number: Input,
    /// `code`
    pub code: Input,
    /// What came of it.
    pub found: Option<(Badge, String)>,
}

/// The id of a field of a line: `heading-2`.
fn id(name: &str, at: impl Display) -> String {
    format!("{name}-{at}")
}

/// The id of a field about a promise, unique where several letters stand on one page.
fn field_of(path: &str, name: &str, promise: impl Display) -> String {
    format!("{name}-{}-{promise}", path.rsplit('/').next().unwrap_or_default())
}

/// Where a letter is.
fn address(number: &str) -> String {
    format!("/letters/{}", encoded(number))
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::Letters, Right::Read);
    let issue = Need::Right(Action::Letters, Right::Issue);
    let sign = Need::Right(Action::Letters, Right::Sign);
    let countersign = Need::Right(Action::Letters, Right::Countersign);
    routes
        .get("/letters", read, board::show)
        .files(["/letters.xlsx", "/letters.csv"], read, export::list)
        .post("/letters/generate", issue, acts::generate)
        .post("/letters/issue", issue, acts::issue)
        .get("/letters/template", issue, template::show)
        .post("/letters/template", issue, template::save)
        .get("/letters/{number}", read, one::show)
        .get("/letters/{number}/letter.pdf", read, document::letter_pdf)
        .get("/letters/{number}/compare", read, compare::show)
        .get("/letters/{number}/edit", issue, edit::show)
        .post("/letters/{number}/edit", issue, edit::save)
        .post("/letters/{number}/issue", issue, acts::issue_one)
        .post("/letters/{number}/sign", sign, acts::sign)
        .post("/letters/{number}/countersign", countersign, acts::sign)
        .post("/letters/{number}/return", read, acts::send_back)
        .post("/letters/{number}/refuse", sign, acts::refuse)
        .get("/letters/promises", Need::SignedIn, promises::show)
        .post("/letters/{number}/promises/{promise}", Need::SignedIn, promises::deliver)
        .get("/verify", Need::SignedIn, verify::show)
}
