//! One plan at one node of the tree: the target of the node, its breakdown, and the plan's way into force.

use askama::Template;
use dacheng_domain::planning::State;

use super::{Grid, SpreadForm, SpreadOutcome};
use crate::components::{
    Badged as _, Conflict, Empty, ErrorSummary, Field, Figure, Icon, Input, Link, Note, PickerEntry,
    ScopePicker, Timeline,
};
use crate::shell::Shell;

/// `GET /plans/{id}?at=hd&m=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/plans/page.html")]
pub struct PlanPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The plan's own address, without a query.
    pub path: String,
    /// `2027年度 销售额目标分解 · 华东大区`.
    pub title: String,
    /// Version, basis, who drew it up.
    pub about: String,
    /// Where the plan stands.
    pub state: State,
    /// The version of the node's targets; sent back with every form.
    pub version: String,
    /// The node of the tree.
    pub at: String,
    /// The metric's code.
    pub metric: String,
    /// The metrics of the plan.
    pub metrics: Vec<PickerEntry>,
    /// The units that may be chosen.
    pub scopes: ScopePicker,
    /// Target, allocated, difference, against last year.
    pub balance: Balance,
    /// The breakdown; none where the node has no target yet.
    pub grid: Option<Grid>,
    /// Set the node's target, where the viewer may.
    pub total: Option<TotalForm>,
    /// Break it down by a method, where the viewer may.
    pub spread: Option<SpreadForm>,
    /// Somebody else saved first.
    pub conflict: Option<Conflict>,
    /// What the viewer may do with the plan as a whole.
    pub acts: Vec<Act>,
    /// Who carries no target.
    pub coverage: Coverage,
    /// The plan's way so far.
    pub history: Timeline,
    /// The grid as a workbook, and the way to bring it back.
    pub export: Option<String>,
    /// Where a filled-in workbook is brought back.
    pub import: Option<String>,
}

/// Whether the breakdown sums to the target.
#[derive(Debug, Clone)]
pub struct Balance {
    /// The target of the node.
    pub target: Figure,
    /// What its children have.
    pub allocated: Figure,
    /// Allocated − target, with its sign.
    pub difference: Figure,
    /// Declared reserve or buffer: 预留 10.0 万元.
    pub declared: Option<String>,
    /// The target against last year's actual.
    pub change: crate::components::Change,
    /// Whether it is balanced, and if not, where: 3月 −6，7月 +8.
    pub note: Note,
}

/// `POST /plans/{id}/targets` with `at`, `metric`, `amount`, `floor`, `stretch`, `months` (12 ×, blank follows the
/// season), `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct TotalForm {
    /// 目标值 of the year.
    pub amount: Input,
    /// 保底值
    pub floor: Input,
    /// 挑战值
    pub stretch: Input,
    /// What a blank month follows, in words: 按近 3 年季节性分到各月.
    pub months_hint: String,
    /// The months' names and inputs.
    pub months: Vec<(String, Input)>,
    /// The unit of the amounts: 万元.
    pub unit: String,
}

impl TotalForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let named = [("amount", &self.amount), ("floor", &self.floor), ("stretch", &self.stretch)];
        let mut summary = ErrorSummary::of(named);
        for (place, (_, month)) in self.months.iter().enumerate() {
            let error = month.error.iter().map(|error| (Some(Self::month_id(&place)), error.clone()));
            summary.errors.extend(error);
        }
        summary
    }

    /// The name and id of a month's input, counted from 0.
    fn month_id(place: &usize) -> String {
        format!("month-{}", place + 1)
    }
}

/// A step of the whole plan: submit, send back, bring into force, archive.
#[derive(Debug, Clone)]
pub struct Act {
    /// `POST` here with `version`, `reason` (where asked), `csrf`.
    pub action: String,
    /// What the button does, in full: 下达给 6 个大区.
    pub text: String,
    /// Whether it is the main act of the page.
    pub main: bool,
    /// Why it cannot be done now.
    pub blocked: Option<String>,
    /// The label of the reason it asks for.
    pub reason: Option<String>,
}

/// 人人头上有指标: who sells and carries nothing.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// How many carry a target, of how many, in a sentence.
    pub said: String,
    /// Who does not: name and page, and what is missing.
    pub uncovered: Vec<(Link, String)>,
}

impl PlanPage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let total = self.total.as_ref().map(TotalForm::errors).unwrap_or_default();
        let spread = self.spread.as_ref().map(SpreadForm::errors).unwrap_or_default();
        ErrorSummary { errors: total.errors.into_iter().chain(spread.errors).collect() }
    }
}

impl Act {
    fn reason_id(&self, place: &usize) -> String {
        format!("reason-{place}")
    }

    fn blocked_id(&self, place: &usize) -> String {
        format!("blocked-{place}")
    }
}
