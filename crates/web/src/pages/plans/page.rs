//! One plan at one node of the tree: the target of the node, its breakdown, and the plan's way into force.

use askama::Template;
use dacheng_domain::planning::State;

use super::{Grid, SpreadForm, SpreadOutcome};
use crate::components::{
    Badged as _, Choice, Conflict, Empty, ErrorSummary, Field, Figure, Icon, Input, Link, Note, PickerEntry,
    ScopePicker, Timeline,
};
use crate::shell::Shell;

/// `GET /plans/{code}?at=hd&metric=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/plans/page.html")]
pub struct PlanPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The plan's own address, without a query.
    pub path: String,
    /// `2027年度目标 销售额分解 · 华东大区`.
    pub title: String,
    /// Code, basis, version.
    pub about: String,
    /// Where the plan stands.
    pub state: State,
    /// The node of the tree.
    pub at: String,
    /// The metric's code.
    pub metric: String,
    /// The metrics of the plan.
    pub metrics: Vec<PickerEntry>,
    /// The units that may be chosen.
    pub scopes: Option<ScopePicker>,
    /// Target, allocated, difference, against last year.
    pub balance: Balance,
    /// The breakdown; none where the node has no target yet.
    pub grid: Option<Grid>,
    /// Whether the viewer reads the breakdown; others see the company's months only.
    pub sight: Sight,
    /// The page on which every month is edited, where the viewer may.
    pub edit: Option<String>,
    /// The months while they are edited.
    pub cells: Option<CellsForm>,
    /// Set the node's target, where the viewer may.
    pub total: Option<TotalForm>,
    /// Break it down by a method, where the viewer may.
    pub spread: Option<SpreadForm>,
    /// Break everything below down.
    pub below: Option<BelowForm>,
    /// Lock and unlock, where the viewer may.
    pub locks: Option<LocksForm>,
    /// What the viewer may do with the plan as a whole.
    pub acts: Vec<Act>,
    /// Who carries no target.
    pub coverage: Option<Coverage>,
    /// The plan's way so far.
    pub history: Timeline,
    /// The page on which targets are set owner by owner.
    pub owners: String,
    /// Where a filled-in workbook is brought back.
    pub import: Option<String>,
    /// Where it is copied, where the viewer may make plans.
    pub copy: Option<String>,
    /// The comparison with the others of its year, where there are any.
    pub compare: Option<String>,
    /// Which plan it was copied from, and who did not come along.
    pub origin: Option<Origin>,
    /// The proposal for the year, where the viewer reads the company's total and it has a history.
    pub proposal: Option<String>,
    /// What is wrong with a form as a whole.
    pub wrong: ErrorSummary,
}

/// How much of a node is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Its own months and its children.
    Breakdown,
    /// Its own months.
    Total,
}

/// Whether the breakdown sums to the target.
#[derive(Debug, Clone)]
pub struct Balance {
    /// The target of the node.
    pub target: Figure,
    /// What its children have, for who reads its breakdown.
    pub allocated: Option<Figure>,
    /// Allocated − target, with its sign, for who reads its breakdown.
    pub difference: Option<Figure>,
    /// Declared reserve or buffer: 预留 10.0 万元.
    pub declared: Option<String>,
    /// Floor and stretch of the year, where there are any.
    pub marks: Vec<(String, Figure)>,
    /// The target against last year's actual.
    pub change: crate::components::Change,
    /// Whether it is balanced, and what else is to be known.
    pub note: Option<Note>,
}

/// `POST /plans/{code}/cells` with `at`, `metric`, `edit`, per row `owner-N`, `old-N`, `cell-N-M`, `difference`, `csrf`.
/// Each cell is compared with what its editor saw.
#[derive(Debug, Clone)]
pub struct CellsForm {
    /// Which rows are edited: `all`, or an owner.
    pub edit: String,
    /// For each row its owner and what its cells were: names and values.
    pub hidden: Vec<(String, String)>,
    /// What becomes of a difference.
    pub difference: Input,
    /// The choices of it.
    pub differences: Vec<Choice>,
    /// The page without editing.
    pub leave: String,
    /// Somebody else changed cells first.
    pub conflict: Option<Conflict>,
}

/// `POST /plans/{code}/targets` with `at`, `metric`, `amount`, `floor`, `stretch`, `by`, `rounding`, `month-N`
/// (12 ×, with `by` = `own`), `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct TotalForm {
    /// The version of the total.
    pub version: String,
    /// 目标值 of the year.
    pub amount: Input,
    /// 保底值
    pub floor: Input,
    /// 挑战值
    pub stretch: Input,
    /// How the year is divided into months.
    pub by: Input,
    /// The choices of it.
    pub ways: Vec<Choice>,
    /// The rounding unit of the months.
    pub rounding: Input,
    /// The months' names and inputs.
    pub months: Vec<(String, Input)>,
    /// The unit of the amounts: 万元.
    pub unit: String,
    /// Somebody else saved first.
    pub conflict: Option<Conflict>,
}

impl TotalForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let named = [
            ("amount", &self.amount),
            ("floor", &self.floor),
            ("stretch", &self.stretch),
            ("by", &self.by),
            ("rounding", &self.rounding),
        ];
        let mut summary = ErrorSummary::of(named);
        for (place, (_, month)) in self.months.iter().enumerate() {
            let error = month.error.iter().map(|error| (Some(Self::month_id(&place)), error.clone()));
            summary.errors.extend(error);
        }
        summary
    }

    /// The name and id of a month's input, counted from 0.
    pub(super) fn month_id(place: &usize) -> String {
        format!("month-{}", place + 1)
    }

    fn months_open(&self) -> bool {
        self.by.value == "own" || self.months.iter().any(|(_, month)| month.error.is_some())
    }
}

/// `POST /plans/{code}/below` with `at`, `metric`, `below-method`, `below-unit`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct BelowForm {
    /// The version of the unit's own breakdown.
    pub version: String,
    /// The methods to choose from.
    pub methods: Vec<Choice>,
    /// The chosen method.
    pub method: Input,
    /// The rounding unit.
    pub rounding: Input,
    /// The unit of the amounts: 万元.
    pub unit: String,
    /// Somebody else saved first.
    pub conflict: Option<Conflict>,
}

/// `POST /plans/{code}/locks` with `at`, `metric`, `owner`, `month` (blank for the year), `reason`, `act` = `lock` or
/// `unlock`, `csrf`.
#[derive(Debug, Clone)]
pub struct LocksForm {
    /// The children.
    pub owners: Vec<Choice>,
    /// The chosen one.
    pub owner: Input,
    /// The year and its months.
    pub months: Vec<Choice>,
    /// The chosen one.
    pub month: Input,
    /// Why.
    pub reason: Input,
    /// What is locked.
    pub locks: Vec<LockRow>,
}

/// A lock.
#[derive(Debug, Clone)]
pub struct LockRow {
    /// Whose: `member:1001`.
    pub owner: String,
    /// `2027-03`, blank for the year.
    pub month: String,
    /// Whose and when, in words.
    pub what: String,
    /// Who locked it and why.
    pub why: String,
}

/// A step of the whole plan: submit, send back, bring into force, archive.
#[derive(Debug, Clone)]
pub struct Act {
    /// `POST` here with `version`, `reason` (where asked), `csrf`.
    pub action: String,
    /// The plan's version.
    pub version: String,
    /// What the button does, in full.
    pub text: String,
    /// Whether it is the main act of the page.
    pub main: bool,
    /// Why it cannot be done now.
    pub blocked: Option<String>,
    /// The label of the reason it asks for, and what was typed.
    pub reason: Option<(String, Input)>,
    /// Somebody else was first.
    pub conflict: Option<Conflict>,
    /// What is to be known before: the SMART verdicts, or which scenarios it archives, with their page.
    pub hint: Option<(String, Link)>,
    /// The codes of the scenarios that it archives, as the form sends them: `2027-A/2027-B`.
    pub archives: Option<String>,
}

/// Which plan a plan was copied from.
#[derive(Debug, Clone)]
pub struct Origin {
    /// `复制自 2026年度（2026）`.
    pub from: Link,
    /// Who did not come along, in sentences.
    pub not_taken: Vec<String>,
}

/// 人人头上有指标: who sells and carries nothing.
#[derive(Debug, Clone)]
pub struct Coverage {
    /// How many carry a target, of how many, in a sentence.
    pub said: String,
    /// Who does not, and what is missing.
    pub uncovered: Vec<(String, String)>,
    /// What stands below the list where it is cut.
    pub more: Option<String>,
}

impl PlanPage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let total = self.total.as_ref().map(TotalForm::errors).unwrap_or_default();
        let spread = self.spread.as_ref().map(SpreadForm::errors).unwrap_or_default();
        let locks = self.locks.as_ref().map(|locks| ErrorSummary::of([("lock-reason", &locks.reason)]));
        let reasons = self.acts.iter().enumerate().filter_map(|(place, act)| {
            let (_, reason) = act.reason.as_ref()?;
            Some((Some(act.reason_id(&place)), reason.error.clone()?))
        });
        let all = [self.wrong.clone(), total, spread, locks.unwrap_or_default()];
        let mut errors: Vec<_> = all.into_iter().flat_map(|summary| summary.errors).collect();
        errors.extend(reasons);
        ErrorSummary { errors }
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
