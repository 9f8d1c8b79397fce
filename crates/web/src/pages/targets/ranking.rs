//! Who stands where. Rankings show attainment only, and to whom the company chose (`trust.md`).

use askama::Template;

use crate::charts::Ranking;
use crate::components::{Basis, Definition, Empty, MetricPicker, PeriodPicker, PickerEntry};
use crate::shell::Shell;

/// `GET /targets/{unit}/ranking?p=2026-11&m=revenue&level=people`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/targets/ranking.html")]
pub struct RankingPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2026年11月 销售额排名`.
    pub title: String,
    /// What the figures rest on.
    pub basis: Basis,
    /// Month, quarter, year.
    pub periods: PeriodPicker,
    /// The metrics that have rankings.
    pub metrics: MetricPicker,
    /// What the metric is.
    pub definition: Definition,
    /// People, teams, regions.
    pub levels: Vec<PickerEntry>,
    /// To whom the ranking is shown, in a sentence.
    pub shown_to: String,
    /// The places; as many as the viewer may see.
    pub ranking: Ranking,
}
