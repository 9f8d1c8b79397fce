//! The director's page: conclusion, headline figures, burn-up, alerts, units and the heat table; regional managers
//! and team leaders get the same page for their part of the tree.

pub mod export;
pub mod handler;
pub mod view;

use askama::Template;

use crate::charts::{BurnUp, HeatTable, MonthColumns};
use crate::components::{
    AlertDigest, Badge, Basis, Definition, Empty, Icon, KpiCard, MetricPicker, PeriodPicker, ScopePicker,
    Sentence, UnitTable,
};
use crate::shell::Shell;

/// `GET /dashboard?p=2026-11&org=hd&m=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/dashboard/page.html")]
pub struct DashboardPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2026年11月 销售目标达成`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub periods: PeriodPicker,
    /// The metrics that the tables can be about.
    pub metrics: MetricPicker,
    /// What the metric is.
    pub definition: Definition,
    /// The viewer's part of the tree.
    pub scopes: ScopePicker,
    /// What there is to see.
    pub content: Content,
}

/// The figures, or why there are none yet.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one per page, never stored in numbers")]
pub enum Content {
    /// Nothing to show yet: no plan in force, or no facts.
    Empty(Empty),
    /// The figures.
    Figures(Figures),
}

/// Everything below the page head.
#[derive(Debug, Clone)]
pub struct Figures {
    /// The conclusion in one sentence.
    pub conclusion: Sentence,
    /// Headline figures: revenue, collections and the metric of the tables, each by month, quarter and year.
    pub cards: Vec<KpiCard>,
    /// How the metric went.
    pub course: Course,
    /// The alerts of the scope, where the viewer may know of alerts.
    pub alerts: Option<AlertDigest>,
    /// The units below the scope.
    pub units: UnitTable,
    /// Team × month.
    pub heat: HeatTable,
    /// What the heat table shows, in two or three lines.
    pub readings: Vec<Reading>,
}

/// How a metric went: what adds up by its running total, anything else by its months.
#[derive(Debug, Clone)]
pub enum Course {
    /// The running total of the period.
    Running(BurnUp),
    /// The months of the year.
    Months(MonthColumns),
}

/// A line below the heat table.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was found: 连续两月 <70%.
    pub badge: Badge,
    /// Whom it concerns and what happens.
    pub text: Sentence,
}
