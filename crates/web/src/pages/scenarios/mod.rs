//! Scenarios: plans of a year side by side, a plan copied, a branch taken from one into another, the assumption about pay.

mod asked;
mod compare;
mod compare_view;
mod copying;
mod copying_view;
mod export;
mod merging;
mod merging_view;
mod pay;

use askama::Template;
use dacheng_domain::access::{Action, Right};

use crate::components::{
    Badge, Branch, Choice, Column, Conflict, Empty, ErrorSummary, Field, Figure, Icon, Input, Link, Note,
    PickerEntry,
};
use crate::http::{Need, Routes};
use crate::shell::Shell;

pub(in crate::pages) use copying_view::not_taken;

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::CompanyTargets, Right::Read);
    let make = Need::Right(Action::CompanyTargets, Right::Create);
    let set = Need::Right(Action::CompanyTargets, Right::Update);
    let break_down = Need::Right(Action::BreakDown, Right::Update);
    routes
        .get("/plans/compare", read, compare::show)
        .files(["/plans/compare.xlsx", "/plans/compare.csv"], read, export::file)
        .get("/plans/merge", break_down, merging::show)
        .post("/plans/merge", break_down, merging::merge)
        .get("/plans/{code}/copy", make, copying::show)
        .post("/plans/{code}/copy", make, copying::copy)
        .post("/plans/{code}/pay", set, pay::assume)
}

/// `GET /plans/compare?plan=A&plan=B&metric=revenue&open=all,S`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/scenarios/compare.html")]
pub struct ComparePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `2027年度 方案对比（销售额）`.
    pub title: String,
    /// The metrics.
    pub metrics: Vec<PickerEntry>,
    /// The plans that may be chosen.
    pub choosing: Choosing,
    /// What there is to see.
    pub content: CompareContent,
}

/// The plans to be chosen from.
#[derive(Debug, Clone)]
pub struct Choosing {
    /// The metric's code.
    pub metric: String,
    /// One a plan: code, name with state, whether it is compared.
    pub plans: Vec<(String, String, bool)>,
}

/// The comparison, or why there is none.
#[derive(Debug, Clone)]
pub enum CompareContent {
    /// There are no two plans of a year, or they cannot be compared.
    Empty(Empty),
    /// What was chosen cannot be compared.
    Refused(ErrorSummary),
    /// The comparison.
    Side(Box<SideBySide>),
}

/// Plans side by side.
#[derive(Debug, Clone)]
pub struct SideBySide {
    /// One a plan, in the order of the columns.
    pub heads: Vec<Head>,
    /// The unit of the amounts.
    pub column: Column,
    /// The rows in tree order.
    pub rows: Vec<SideRow>,
    /// How the columns are read.
    pub notes: Vec<String>,
    /// How far to trust the chances: name and sentence.
    pub proof: Vec<(String, String)>,
}

/// A plan above its column.
#[derive(Debug, Clone)]
pub struct Head {
    /// Its name and page.
    pub plan: Link,
    /// Where it stands.
    pub state: Badge,
    /// Target, chance, load, pay of the whole: name and value.
    pub facts: Vec<(String, String)>,
    /// Where it is chosen, where the viewer may go on with it.
    pub choose: Option<String>,
    /// The assumption about pay, where the viewer may set it.
    pub pay: Option<PayForm>,
}

/// `POST /plans/{code}/pay` with `rate`, `beyond`, `version`, `back`, `csrf`.
#[derive(Debug, Clone)]
pub struct PayForm {
    /// Where it is sent.
    pub action: String,
    /// The id of its first field.
    pub rate_id: String,
    /// The id of its second field.
    pub beyond_id: String,
    /// The version of what surrounds the plan.
    pub version: String,
    /// The page it comes back to.
    pub back: String,
    /// Up to the target.
    pub rate: Input,
    /// Beyond it.
    pub beyond: Input,
}

/// A node of the comparison.
#[derive(Debug, Clone)]
pub struct SideRow {
    /// How far down it stands, from 0 to 5.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// Whether it opens.
    pub branch: Branch,
    /// What its people can carry.
    pub capacity: Figure,
    /// One a plan.
    pub cells: Vec<SideCell>,
    /// Where its branch is taken from one plan into another.
    pub merge: Option<String>,
}

/// What a plan says of a node.
#[derive(Debug, Clone)]
pub struct SideCell {
    /// Its target.
    pub amount: Figure,
    /// How far that is from the first plan's: `+120 万元（+5.0%）`.
    pub apart: Option<String>,
    /// Chance, load and pay in words.
    pub said: Vec<String>,
}

/// `GET` and `POST /plans/{code}/copy`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/scenarios/copy.html")]
pub struct CopyPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `复制计划：2026年度`.
    pub title: String,
    /// The page's own address.
    pub path: String,
    /// The years to choose from.
    pub years: Vec<Choice>,
    /// The chosen one.
    pub year: Input,
    /// Its code.
    pub code: Input,
    /// Its name.
    pub name: Input,
    /// Growth by metric: id, label, typed.
    pub growth: Vec<(String, String, Input)>,
    /// What becomes of the part of those who are no longer there.
    pub leavers: (Input, Vec<Choice>),
    /// What becomes of locks.
    pub locks: (Input, Vec<Choice>),
    /// What it comes to; none where it cannot be made.
    pub preview: Option<CopyOutcome>,
    /// What is wrong with the form.
    pub wrong: ErrorSummary,
}

/// What a copy comes to.
#[derive(Debug, Clone)]
pub struct CopyOutcome {
    /// `新计划编号 2027-A`.
    pub about: String,
    /// By metric: name, before, after, how many carry a target.
    pub metrics: Vec<[String; 4]>,
    /// Who does not come along, in sentences.
    pub not_taken: Vec<String>,
}

/// `GET /plans/merge?from=B&into=A&owner=unit:S&metric=revenue&settle=parents`, `POST /plans/merge`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/scenarios/merge.html")]
pub struct MergePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `合并“华南”`.
    pub title: String,
    /// Who is merged.
    pub owner: String,
    /// The metric's code.
    pub metric: String,
    /// The plans it can come from.
    pub from: (Input, Vec<Choice>),
    /// The drafts it can come into.
    pub into: (Input, Vec<Choice>),
    /// Who takes the difference.
    pub settle: (Input, Vec<Choice>),
    /// What it changes; none where it cannot be done.
    pub preview: Option<MergeOutcome>,
    /// Why it cannot be done.
    pub wrong: ErrorSummary,
    /// The comparison it came from.
    pub back: String,
}

/// Somebody whose year changes.
#[derive(Debug, Clone)]
pub struct MergeRow {
    /// Their name.
    pub name: String,
    /// Above, the branch, beside.
    pub part: &'static str,
    /// Now.
    pub old: Figure,
    /// Then.
    pub new: Figure,
    /// Then − now.
    pub change: String,
}

/// What a merge changes.
#[derive(Debug, Clone)]
pub struct MergeOutcome {
    /// What becomes of the node and what is above, in sentences.
    pub said: Vec<String>,
    /// The unit of their amounts.
    pub column: Column,
    /// Everybody whose year changes.
    pub rows: Vec<MergeRow>,
    /// What is left out of the list.
    pub more: Option<String>,
    /// What a form sends again: names and values.
    pub hidden: Vec<(&'static str, String)>,
    /// One of the plans has changed meanwhile.
    pub conflict: Option<Conflict>,
    /// Nothing changes.
    pub nothing: Option<Note>,
}
