//! One month: control totals, open matters, what closing would do, the steps the viewer may take.

use askama::Template;
use dacheng_domain::Fen;
use dacheng_text::Lang;
use dacheng_text::countdown::Countdown;

use crate::components::{
    AlertLine, Badged as _, Empty, ErrorSummary, Field, Figure, Icon, Input, Link, MonthState, Note, Timeline,
};
use crate::shell::Shell;

/// `GET /closes/{month}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/closes/month.html")]
pub struct ClosePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// `2026年10月 月结`.
    pub title: String,
    /// Where its close stands.
    pub state: MonthState,
    /// Until when it should be closed.
    pub deadline: Option<Countdown>,
    /// What the month waits for, or what its close brought.
    pub note: Note,
    /// One line per source.
    pub totals: Vec<ControlTotal>,
    /// The form to propose the month, where the viewer may.
    pub propose: Option<ProposeForm>,
    /// What closing would raise, while it is not closed.
    pub preview: Option<PreviewList>,
    /// What is still open, with the way to settle it.
    pub open: Vec<OpenMatter>,
    /// The other steps the viewer may take.
    pub steps: Vec<CloseAct>,
    /// Who proposed, closed, reopened.
    pub history: Timeline,
    /// The version seen.
    pub version: String,
    /// Where it is printed as a document, once somebody began the close.
    pub document: Option<String>,
}

/// The control total of a source.
#[derive(Debug, Clone)]
pub struct ControlTotal {
    /// 订单与退货
    pub source: String,
    /// What is here.
    pub ours: Figure,
    /// What the source says; none while it was not given.
    pub theirs: Option<Fen>,
    /// Ours − theirs, said with its sign; empty where equal.
    pub difference: String,
    /// Equal, or signed off and why.
    pub settled: Option<String>,
}

/// `POST {path}/propose` with `total-CODE` and `reason-CODE` for each source, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct ProposeForm {
    /// One for each source.
    pub sources: Vec<SourceInputs>,
    /// What is wrong with the proposal as a whole.
    pub refused: Vec<String>,
    /// Why it cannot be proposed now.
    pub blocked: Option<String>,
}

/// The inputs of a source.
#[derive(Debug, Clone)]
pub struct SourceInputs {
    /// The source's code.
    pub code: String,
    /// 订单与退货
    pub name: String,
    /// What the source system says.
    pub total: Input,
    /// Why a difference is accepted.
    pub reason: Input,
}

/// What closing would raise.
#[derive(Debug, Clone)]
pub struct PreviewList {
    /// How many of each kind, in a sentence.
    pub said: String,
    /// The alerts, red first.
    pub lines: Vec<AlertLine>,
    /// How many more there would be, in words.
    pub more: Option<String>,
}

/// Something that is better settled before the close.
#[derive(Debug, Clone)]
pub struct OpenMatter {
    /// What, and where.
    pub subject: Link,
}

/// A step: close, send back, reopen. `POST` with `reason` (where asked), `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct CloseAct {
    /// Where it is posted.
    pub action: String,
    /// What the button does, in full: 结账 2026年10月.
    pub text: String,
    /// What will follow, in a sentence: closing fires alerts and freezes the figures.
    pub effect: String,
    /// Why it cannot be taken now.
    pub blocked: Option<String>,
    /// The reason it asks for.
    pub reason: Option<Input>,
    /// Whether it is the main act of the page.
    pub main: bool,
}

impl ClosePage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let mut summary = ErrorSummary::default();
        if let Some(form) = &self.propose {
            for source in &form.sources {
                for (part, input) in [("total", &source.total), ("reason", &source.reason)] {
                    let error = input.error.iter().map(|error| (Some(source.id(part)), error.clone()));
                    summary.errors.extend(error);
                }
            }
            summary.errors.extend(form.refused.iter().map(|error| (None, error.clone())));
        }
        for (place, act) in self.steps.iter().enumerate() {
            let errors = act.reason.iter().filter_map(|reason| reason.error.clone());
            summary.errors.extend(errors.map(|error| (Some(act.id("reason", &place)), error)));
        }
        summary
    }
}

impl ControlTotal {
    fn said_theirs(&self, lang: &Lang) -> String {
        self.theirs.map_or_else(|| "—".to_owned(), |amount| dacheng_text::money::exact(*lang, amount))
    }
}

impl SourceInputs {
    /// The name and id of a part.
    pub(super) fn id(&self, part: &str) -> String {
        format!("{part}-{}", self.code)
    }

    fn total_label(&self, lang: &Lang) -> String {
        lang.closes().total_of_source(&self.name)
    }

    fn reason_label(&self, lang: &Lang) -> String {
        lang.closes().reason_of_source(&self.name)
    }
}

impl CloseAct {
    fn id(&self, part: &str, place: &usize) -> String {
        format!("{part}-{place}")
    }
}
