//! The page of a person; the same page serves 我的目标.

use askama::Template;

use super::TargetVersion;
use crate::charts::{Bullet, MonthColumns};
use crate::components::{
    AlertLine, Badged as _, Basis, Change, Empty, Figure, Icon, PeriodPicker, Sentence, Standing,
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
    /// The months of the year, of the first metric.
    pub months: Option<MonthColumns>,
    /// The person's open alerts.
    pub alerts: Vec<AlertLine>,
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
    /// What is needed on each working day left; a dash for metrics without a pace.
    pub needed: Figure,
    /// Year on year.
    pub change: Change,
    /// How it stands.
    pub standing: Standing,
}
