//! The page of a unit.

use askama::Template;

use super::{Fact, Said};
use crate::charts::{Bullet, MonthColumns};
use crate::components::{
    AlertDigest, Badge, Basis, Definition, Icon, MetricPicker, PeriodPicker, Sentence, UnitTable,
};
use crate::pages::rubrics::RubricRow;
use crate::shell::Shell;

/// `GET /targets/{unit}?p=2026-11&m=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/targets/node.html")]
pub struct NodePage {
    /// What surrounds the page; its breadcrumb is the path of the unit.
    pub shell: Shell,
    /// The unit's name.
    pub name: String,
    /// Who leads it.
    pub leader: String,
    /// How it stands.
    pub state: Badge,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub periods: PeriodPicker,
    /// The metrics that have targets.
    pub metrics: MetricPicker,
    /// What the metric is.
    pub definition: Definition,
    /// The ranking within the unit.
    pub ranking: String,
    /// The conclusion in one sentence.
    pub conclusion: Sentence,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// Target, actual, gap, needed per day, floor and stretch, year on year.
    pub facts: Vec<Fact>,
    /// The qualitative targets of the period.
    pub rubrics: Vec<RubricRow>,
    /// The months of the year.
    pub months: MonthColumns,
    /// Those directly below; none for a unit without any.
    pub units: Option<UnitTable>,
    /// Its open alerts and those below it, where the viewer may know of alerts.
    pub alerts: Option<AlertDigest>,
    /// How its target came about.
    pub versions: Vec<TargetVersion>,
}

/// A version of a target, the newest first.
#[derive(Debug, Clone)]
pub struct TargetVersion {
    /// 第 3 版
    pub version: String,
    /// What changed: `520.0 → 540.0 万元`, or how it was set.
    pub text: String,
    /// By whom, when, by which act.
    pub by: String,
}
