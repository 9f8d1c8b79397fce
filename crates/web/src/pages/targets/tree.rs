//! The tree of units and people with the panel of the chosen one.

use askama::Template;

use super::{Fact, Said};
use crate::charts::{Bullet, Ranking};
use crate::components::{
    AlertLine, Badge, Basis, Column, Definition, Empty, Icon, Link, MetricPicker, PeriodPicker, SortHead,
    TreeRow,
};
use crate::shell::Shell;

/// `GET /targets?p=2026-11&m=revenue&open=hd,hn&at=hd`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/targets/tree.html")]
pub struct TreePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2026年11月 目标总览`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub periods: PeriodPicker,
    /// The metrics that have targets.
    pub metrics: MetricPicker,
    /// What the metric is.
    pub definition: Definition,
    /// The unit of the amounts.
    pub column: Column,
    /// The heads.
    pub sorts: TreeSorts,
    /// The visible rows in tree order; none where there are no targets.
    pub rows: Vec<TreeRow>,
    /// The panel of the chosen row.
    pub panel: Option<NodePanel>,
    /// The ranking of the same period and metric.
    pub ranking: String,
}

/// The heads that sort the rows of each branch.
#[derive(Debug, Clone)]
pub struct TreeSorts {
    /// 目标
    pub target: SortHead,
    /// 实际
    pub actual: SortHead,
    /// 完成率
    pub attainment: SortHead,
    /// 缺口
    pub shortfall: SortHead,
}

/// The chosen unit beside the tree.
#[derive(Debug, Clone)]
pub struct NodePanel {
    /// Its name and page.
    pub node: Link,
    /// Who leads it.
    pub leader: String,
    /// How it stands.
    pub state: Badge,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// Target, actual, gap, needed per day, year on year.
    pub facts: Vec<Fact>,
    /// Those directly below, best first.
    pub below: Option<Ranking>,
    /// Its open alerts.
    pub alerts: Vec<AlertLine>,
}
