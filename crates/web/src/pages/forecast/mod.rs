//! What a period comes to: history, band and target, the chance of any number, how far to trust it, and the same of
//! everybody below.

mod export;
mod handler;
mod rows;
pub(in crate::pages) mod said;
mod view;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::charts::Fan;
use crate::components::{
    Badge, Basis, Column, Empty, Field, Figure, Icon, Input, Link, MetricPicker, Note, PickerEntry,
    ScopePicker, Sentence,
};
use crate::http::{Need, Routes};
use crate::shell::Shell;

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    routes.get("/forecast", read, handler::show).files(
        ["/forecast.xlsx", "/forecast.csv"],
        read,
        export::file,
    )
}

/// `GET /forecast?p=2026-11&m=revenue&org=hd&n=500万`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/forecast/page.html")]
pub struct ForecastPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2026年11月销售额预测`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub kinds: Vec<PickerEntry>,
    /// The period, and a step back and forward.
    pub stepper: Stepper,
    /// The metrics.
    pub metrics: MetricPicker,
    /// The viewer's part of the tree; none for who sees their own figures only.
    pub scopes: Option<ScopePicker>,
    /// What people say, and how far open opportunities cover what is lacking.
    pub beside: Vec<Link>,
    /// What there is to see.
    pub content: Content,
}

/// A period with those beside it.
#[derive(Debug, Clone)]
pub struct Stepper {
    /// Its name.
    pub period: String,
    /// The one before.
    pub earlier: Link,
    /// The one after, where it can be forecast.
    pub later: Option<Link>,
}

/// The figures, or why there are none.
#[derive(Debug, Clone)]
pub enum Content {
    /// Nothing is known yet.
    Empty(Empty),
    /// The figures.
    Figures(Box<Figures>),
}

/// Everything below the page head.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The conclusion in a sentence or two.
    pub conclusion: Sentence,
    /// P10, P50, P90, target, booked: name and figure.
    pub numbers: Vec<(String, Figure)>,
    /// History, band and targets by month.
    pub fan: Fan,
    /// The chance of any number.
    pub chance: ChanceForm,
    /// How far to trust it: name and sentence.
    pub proof: Vec<(String, String)>,
    /// What open opportunities are worth, and that they are no part of the band; of revenue only.
    pub pipeline: Option<(Sentence, &'static str)>,
    /// What is unusual about the history.
    pub notes: Vec<Note>,
    /// Those below; empty for a person.
    pub rows: Vec<Row>,
    /// The unit of their amounts.
    pub column: Column,
}

/// The field that asks for the chance of an amount.
#[derive(Debug, Clone)]
pub struct ChanceForm {
    /// What the address says besides.
    pub hidden: Vec<(&'static str, String)>,
    /// The amount.
    pub amount: Input,
    /// Its unit.
    pub unit: String,
    /// The answer.
    pub answer: Option<Sentence>,
}

/// Somebody below.
#[derive(Debug, Clone)]
pub struct Row {
    /// Name and own forecast.
    pub unit: Link,
    /// P10, P50, P90.
    pub band: [Figure; 3],
    /// The target.
    pub target: Figure,
    /// The chance of the target, in words.
    pub chance: String,
    /// What that means.
    pub risk: Badge,
}
