//! Closing months: the list of months, and one month with its control totals and open matters.

use askama::Template;
use dacheng_domain::Fen;
use dacheng_text::countdown::Countdown;

use crate::components::{
    Badged as _, Empty, ErrorSummary, Field, Figure, Icon, Input, Link, MonthState, Note, Timeline,
};
use crate::shell::Shell;

/// `GET /closes`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/closes/list.html")]
pub struct ClosesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The months, the newest first.
    pub months: Vec<MonthRow>,
}

/// One month.
#[derive(Debug, Clone)]
pub struct MonthRow {
    /// Its name and page: 2026年10月.
    pub month: Link,
    /// Where its close stands.
    pub state: MonthState,
    /// Until when it should be closed.
    pub deadline: Option<Countdown>,
    /// Revenue as booked.
    pub revenue: Figure,
    /// Collections as booked.
    pub collections: Figure,
    /// How many open matters it has: unconfirmed facts, open claims.
    pub open: usize,
    /// Who closed it, and when.
    pub closed: String,
}

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
    /// What a step on this page would do, or why none can be taken.
    pub note: Option<Note>,
    /// One line per source.
    pub totals: Vec<ControlTotal>,
    /// What is still open, with the way to settle it.
    pub open: Vec<OpenMatter>,
    /// The steps the viewer may take.
    pub steps: Vec<CloseAct>,
    /// Who proposed, closed, reopened.
    pub history: Timeline,
    /// The version seen.
    pub version: String,
}

/// `POST {path}/totals` with `source`, `theirs`, `reason`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct ControlTotal {
    /// The source's code.
    pub code: String,
    /// 订单（ERP）
    pub source: String,
    /// What is here.
    pub ours: Figure,
    /// What the source says; none while it was not given.
    pub theirs: Option<Fen>,
    /// Ours − theirs, said with its sign; empty where equal.
    pub difference: String,
    /// Equal, or signed off by whom and why.
    pub settled: Option<String>,
    /// The form to give or change the source's total, where the viewer may.
    pub form: Option<TotalInputs>,
}

/// The inputs of one control total.
#[derive(Debug, Clone, Default)]
pub struct TotalInputs {
    /// What the source says.
    pub theirs: Input,
    /// Why a difference is accepted.
    pub reason: Input,
}

/// Something that is better settled before the close.
#[derive(Debug, Clone)]
pub struct OpenMatter {
    /// What, and where: 6 笔订单待确认.
    pub subject: Link,
    /// How much it is about.
    pub amount: Figure,
}

/// A step: propose, send back, close, reopen. `POST` with `reason` (where asked), `version`, `csrf`.
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
        for total in &self.totals {
            for (part, input) in
                total.form.iter().flat_map(|form| [("theirs", &form.theirs), ("reason", &form.reason)])
            {
                let error = input.error.iter().map(|error| (Some(total.id(part)), error.clone()));
                summary.errors.extend(error);
            }
        }
        for (place, act) in self.steps.iter().enumerate() {
            let errors = act.reason.iter().filter_map(|reason| reason.error.clone());
            summary.errors.extend(errors.map(|error| (Some(act.id("reason", &place)), error)));
        }
        summary
    }
}

impl ControlTotal {
    fn id(&self, part: &str) -> String {
        format!("{part}-{}", self.code)
    }

    fn said_theirs(&self, lang: &dacheng_text::Lang) -> String {
        self.theirs.map_or_else(|| "—".to_owned(), |amount| dacheng_text::money::exact(*lang, amount))
    }
}

impl CloseAct {
    fn id(&self, part: &str, place: &usize) -> String {
        format!("{part}-{place}")
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
