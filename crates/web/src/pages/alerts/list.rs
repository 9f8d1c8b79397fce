//! The ledger of alerts (预警台账), red first.

use askama::Template;
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::countdown::Countdown;

use super::LedgerSorts;
use crate::components::{Badged as _, Empty, Link, Pager, PickerEntry};
use crate::shell::Shell;

/// `GET /alerts?show=red&sort=-due&page=2`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/alerts/list.html")]
pub struct AlertsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// How many are open and of which light, in a sentence.
    pub summary: String,
    /// 未关闭, 红灯, 黄灯, 待我处理, 全部 with their counts.
    pub filters: Vec<PickerEntry>,
    /// The heads that sort the alerts.
    pub sorts: LedgerSorts,
    /// The alerts.
    pub rows: Vec<AlertRow>,
    /// What stands in the place of the rows where there are none.
    pub empty: Empty,
    /// Leafing through.
    pub pager: Option<Pager>,
}

/// One alert.
#[derive(Debug, Clone)]
pub struct AlertRow {
    /// Its number and case: YJ-2026-0118.
    pub number: Link,
    /// Its light.
    pub level: Level,
    /// Whose it is: 东北大区 · 佟海洋.
    pub owner: String,
    /// What and when: 销售额 · 2026年10月.
    pub subject: String,
    /// What the rule saw.
    pub evidence: String,
    /// The day it fired: 11-04.
    pub fired: String,
    /// Where its improvement plan stands.
    pub state: PlanState,
    /// What is due next.
    pub deadline: Option<Countdown>,
    /// Who has to act.
    pub responsible: String,
}
