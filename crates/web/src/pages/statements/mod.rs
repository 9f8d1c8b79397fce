//! People's forecast: commitments and best cases rolled up beside target and band, and one person's page, where they
//! say what will come and whoever leads them says something beside it.

mod acts;
mod export;
mod handler;
mod person;
mod person_view;
pub(in crate::pages) mod said;
mod view;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{
    Badge, Basis, Column, Empty, Figure, Icon, Link, MetricPicker, PickerEntry, ScopePicker, Sentence,
};
use crate::http::{Need, Routes};
use crate::pages::forecast::Stepper;
use crate::shell::Shell;

pub use person::{JudgeForm, JudgedRow, PastRow, PersonPage, SayForm, Side, WeekRow};

/// Where the pages of this room are, and what each needs. Who says what on a person's page is decided by who asks.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let own = Need::Right(Action::BreakDown, Right::Commit);
    let beside = Need::Right(Action::BreakDown, Right::Update);
    routes
        .get("/forecast/people", read, handler::show)
        .files(["/forecast/people.xlsx", "/forecast/people.csv"], read, export::rows)
        .get("/forecast/people/{member}", Need::SignedIn, handler::person)
        .files(
            ["/forecast/people/{member}/weeks.xlsx", "/forecast/people/{member}/weeks.csv"],
            Need::SignedIn,
            export::weeks,
        )
        .post("/forecast/people/{member}/state", own, acts::state)
        .post("/forecast/people/{member}/judge", beside, acts::judge)
}

/// `GET /forecast/people?of=month&m=revenue&w=2026-W48&org=hd`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/statements/list.html")]
pub struct StatementsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2026年11月销售额人工预测`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month or quarter.
    pub kinds: Vec<PickerEntry>,
    /// The week, and a step back and forward.
    pub stepper: Stepper,
    /// The metrics.
    pub metrics: MetricPicker,
    /// The viewer's part of the tree; none for who sees their own figures only.
    pub scopes: Option<ScopePicker>,
    /// The viewer's own page, where a word is asked of them.
    pub own: Option<Link>,
    /// Nobody said anything.
    pub empty: Option<Empty>,
    /// The conclusion in a sentence or two.
    pub conclusion: Sentence,
    /// 承诺, 主管判断后, 争取, target, booked, band: name and figure.
    pub numbers: Vec<(String, Figure)>,
    /// Those below.
    pub rows: Vec<Row>,
    /// The unit of their amounts.
    pub column: Column,
    /// How accuracy is worked out.
    pub accuracy_how: String,
}

impl StatementsPage {
    /// Whether somebody below is a person, whose word has a past.
    fn shows_accuracy(&self) -> bool {
        self.rows.iter().any(|row| !row.accuracy.is_empty())
    }
}

/// Somebody below.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name and own page.
    pub unit: Link,
    /// The target.
    pub target: Figure,
    /// What is booked.
    pub booked: Figure,
    /// 承诺.
    pub commit: Figure,
    /// With leaders' word; marked where it differs.
    pub judged: Figure,
    /// Why a leader says otherwise.
    pub reason: Option<String>,
    /// 争取.
    pub best: Figure,
    /// The model's middle.
    pub middle: Figure,
    /// Whether it was said this week: a badge for a person, `8/10` for a unit.
    pub state: Badge,
    /// That the word is of an earlier week.
    pub carried: Option<String>,
    /// How good it was.
    pub accuracy: String,
}
