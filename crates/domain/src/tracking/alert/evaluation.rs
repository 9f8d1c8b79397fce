//! What a close or a re-evaluation changes in the alerts of one owner and metric. Storing it is not here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::run::{Figure, Run};
use super::{AlertRule, Level, MonthFigures, OwnerKind, Window, judge, rule_in_force};
use crate::Ratio;
use crate::calendar::{FiscalStart, Month};
use crate::metrics::{AttainmentSettings, Metric};

/// What an alert asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Remedy {
    /// 改进计划
    ImprovementPlan,
    /// A coaching plan with the leader (辅导计划), for newcomers.
    Coaching,
}

/// What the run of a month continues from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The figure of the closed month (or quarter) before.
    Known(Ratio),
    /// It is not closed or has no figure: the run is broken.
    Broken,
    /// It was closed and is reopened: not known until it is closed again.
    Reopened,
}

/// The figures a closed month was judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// In what the rule's measure counts.
    pub figure: Ratio,
    /// The same of the month (or quarter) before.
    pub before: Before,
    /// Month or quarter.
    pub window: Window,
    /// Version of the rule.
    pub rule_version: u32,
}

/// Why a month gets its light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finding {
    /// Yellow or red.
    pub level: Level,
    /// What it asks for.
    pub remedy: Remedy,
    /// The figures.
    pub judged: Judged,
}

/// What the rule says of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Only closed months are judged.
    NotClosed,
    /// No rule, no target, no denominator or too little presence: never an alert.
    NoFigure,
    /// No alert.
    Fine(Judged),
    /// An alert.
    Alert(Finding),
}

/// What to do to the alert of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// There was none: open one.
    Raise(Finding),
    /// It has the other level now: red replaces yellow, or after a reopening yellow red.
    Replace(Finding),
    /// The figures no longer carry it. It stays in the history.
    Withdraw,
}

/// What one owner and metric is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Evaluation<'a> {
    /// The metric.
    pub metric: Metric,
    /// Whose months these are.
    pub owner: OwnerKind,
    /// All versions of the rules.
    pub rules: &'a [AlertRule],
    /// The first month that may open anything, the go-live month (启用日) or later. Earlier months
    /// only count as the month before (`domain.md` §5).
    pub since: Month,
    /// Start of the fiscal year, for quarters.
    pub fiscal_start: FiscalStart,
    /// Caps of the attainment.
    pub attainment: AttainmentSettings,
}

impl Evaluation<'_> {
    /// What the rule in force says of a month (`domain.md` §5), before the go-live month, too.
    ///
    /// `months` reaches back far enough to hold what the run continues from: one month, or the whole
    /// quarter before where counts are judged by quarter.
    pub fn verdict(&self, months: &BTreeMap<Month, MonthFigures>, month: Month) -> Verdict {
        let rule = rule_in_force(self.rules, self.metric, self.owner, month);
        let (Some(rule), Some(figures)) = (rule, months.get(&month)) else { return Verdict::NoFigure };
        let run = Run { evaluation: self, rule, months };
        let window = run.window(month);
        let figure = match run.figure(month, window) {
            Figure::Open | Figure::Reopened => return Verdict::NotClosed,
            Figure::Absent => return Verdict::NoFigure,
            Figure::Known(figure) => figure,
        };
        let before = match run.figure_before(month, window) {
            Figure::Known(before) => Before::Known(before),
            Figure::Absent | Figure::Open => Before::Broken,
            Figure::Reopened => Before::Reopened,
        };
        let judged = Judged { figure, before, window, rule_version: rule.version };
        let Some(level) = judge(figure, before.known(), rule.thresholds) else {
            return Verdict::Fine(judged);
        };
        let is_newcomer = figures.service_month.is_some_and(|of| of <= rule.allowances.newcomer_months);
        let (level, remedy) =
            if is_newcomer { (Level::Yellow, Remedy::Coaching) } else { (level, Remedy::ImprovementPlan) };
        Verdict::Alert(Finding { level, remedy, judged })
    }

    /// The changes by month from the go-live month on, given the levels of all alerts not withdrawn.
    /// Applied, they leave nothing to change: evaluating twice is evaluating once.
    ///
    /// The alert of a month that is not closed stays as it is, and so does a red one while the month
    /// before is reopened.
    pub fn changes(
        &self,
        months: &BTreeMap<Month, MonthFigures>,
        alerts: &BTreeMap<Month, Level>,
    ) -> BTreeMap<Month, Change> {
        let judged = months.range(self.since..).map(|(month, _)| *month);
        let change = |month| change(self.verdict(months, month), alerts.get(&month).copied());
        judged.filter_map(|month| Some((month, change(month)?))).collect()
    }
}

impl Before {
    fn known(self) -> Option<Ratio> {
        match self {
            Self::Known(figure) => Some(figure),
            Self::Broken | Self::Reopened => None,
        }
    }
}

fn change(verdict: Verdict, alert: Option<Level>) -> Option<Change> {
    match (verdict, alert) {
        (Verdict::NotClosed, _) => None,
        (Verdict::NoFigure | Verdict::Fine(_), alert) => alert.map(|_| Change::Withdraw),
        (Verdict::Alert(finding), None) => Some(Change::Raise(finding)),
        (Verdict::Alert(finding), Some(level)) => {
            let red_waits = level == Level::Red && finding.judged.before == Before::Reopened;
            (level != finding.level && !red_waits).then_some(Change::Replace(finding))
        }
    }
}
