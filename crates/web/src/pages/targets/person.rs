//! The page of a person; the same page serves 我的目标.

use askama::Template;

use super::{Said, TargetVersion};
use crate::charts::{Bullet, MonthColumns};
use crate::components::{
    AlertLine, Badge, Basis, Change, Column, Definition, Empty, Figure, Icon, Link, MetricPicker,
    PeriodPicker, Sentence,
};
use crate::pages::rubrics::RubricRow;
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
    /// What those with a target come to together, where there are several.
    pub composite: Option<CompositeView>,
    /// Each metric over the month, the quarter and the year.
    pub spans: Vec<SpanRow>,
    /// The unit of their amounts.
    pub column: Column,
    /// Which metric the months and versions are of.
    pub choices: MetricPicker,
    /// What the metric is.
    pub definition: Definition,
    /// The ranking, where there is one for the reader.
    pub ranking: Option<String>,
    /// The qualitative targets of the period.
    pub rubrics: Vec<RubricRow>,
    /// The months of the year, of the chosen metric.
    pub months: Option<MonthColumns>,
    /// The person's open alerts.
    pub alerts: Option<Vec<AlertLine>>,
    /// How the targets came about.
    pub versions: Vec<TargetVersion>,
}

/// 综合达成率 and what it is made of.
#[derive(Debug, Clone)]
pub struct CompositeView {
    /// The rate.
    pub rate: String,
    /// How it is made, in a sentence.
    pub said: String,
    /// Each metric with its weight and attainment.
    pub items: Vec<(String, String, String)>,
}

/// One metric of a person.
#[derive(Debug, Clone)]
pub struct MetricRow {
    /// Its name.
    pub metric: String,
    /// The target.
    pub target: Figure,
    /// The monthly average it was set as: 月均 8 家.
    pub average: Option<String>,
    /// The actual to date.
    pub actual: Figure,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// The NPS beside the referral rate.
    pub nps: Option<Figure>,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// What is missing.
    pub shortfall: Figure,
    /// What is needed on each working day left, where the metric has a pace.
    pub needed: Option<Said>,
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
