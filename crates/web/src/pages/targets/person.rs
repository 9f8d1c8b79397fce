//! The page of a person; the same page serves 我的目标.

use askama::Template;

use super::{Said, TargetVersion};
use crate::charts::{Bullet, MonthColumns};
use crate::components::{
    AlertLine, Badge, Basis, Change, Column, Empty, Figure, Icon, Link, PeriodPicker, PickerEntry, Sentence,
};
use crate::shell::Shell;

/// `GET /me/targets?p=2026-11` and `GET /targets/{unit}/people/{person}?p=2026-11`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/targets/person.html")]
pub struct PersonPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `我的目标`, or the person's name.
    pub title: String,
    /// Name, post and unit.
    pub about: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub periods: PeriodPicker,
    /// What is missing and needed, in one sentence.
    pub conclusion: Option<Sentence>,
    /// The person's targets.
    pub metrics: Vec<MetricRow>,
    /// Each metric over the month, the quarter and the year.
    pub spans: Vec<SpanRow>,
    /// The unit of their amounts.
    pub column: Column,
    /// Which metric the months and versions are of.
    pub choices: Vec<PickerEntry>,
    /// The ranking, where there is one for the reader.
    pub ranking: Option<String>,
    /// The months of the year, of the chosen metric.
    pub months: Option<MonthColumns>,
    /// The person's open alerts.
    pub alerts: Option<Vec<AlertLine>>,
    /// How the targets came about.
    pub versions: Vec<TargetVersion>,
}

/// One metric of a person.
#[derive(Debug, Clone)]
pub struct MetricRow {
    /// Its name.
    pub metric: String,
    /// The target.
    pub target: Figure,
    /// The actual to date.
    pub actual: Figure,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// What is missing.
    pub shortfall: Figure,
    /// What is needed on each working day left.
    pub needed: Said,
    /// 同比, and through which day.
    pub change_name: String,
    /// Year on year.
    pub change: Change,
    /// How it stands.
    pub state: Badge,
}

/// A metric over the month, the quarter or the year.
#[derive(Debug, Clone)]
pub struct SpanRow {
    /// `2026年Q4`, and the same page over it.
    pub period: Link,
    /// The metric.
    pub metric: String,
    /// The target.
    pub target: Figure,
    /// The actual to date.
    pub actual: Figure,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// What is needed on each working day left.
    pub needed: Said,
    /// How it stands.
    pub state: Badge,
}
