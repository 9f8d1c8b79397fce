//! Every number explains itself: formula, scope, facts counted, facts not counted and why (`domain.md` §1).

pub mod export;
pub mod handler;
pub mod view;

use askama::Template;

use crate::components::{Basis, Column, Definition, Figure, Icon, Link};
use crate::pages::rubrics::RubricRow;
use crate::shell::Shell;

/// `GET /explain?m=revenue&p=2026-11&owner=unit:hd`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/explain/page.html")]
pub struct ExplainPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `华东大区 2026年11月 销售额`.
    pub title: String,
    /// What the figure rests on.
    pub basis: Basis,
    /// The number itself.
    pub figure: Figure,
    /// The exact number in words: 4,286,000.00 元.
    pub exact: String,
    /// The formula in words.
    pub formula: String,
    /// Numerator and denominator of a ratio: name and value.
    pub made_of: Vec<(String, String)>,
    /// What the metric is.
    pub definition: Definition,
    /// Owner, period, dimensions, basis of revenue, metric version: name and value.
    pub scope: Vec<(String, String)>,
    /// Where it is 0 or a dash, or its facts are not shown: why.
    pub reasons: Vec<String>,
    /// The unit of the facts' amounts.
    pub column: Column,
    /// The facts that were counted; none for whoever reads aggregates only.
    pub counted: Option<Facts>,
    /// The facts that were not counted; as for those counted.
    pub left_out: Option<Facts>,
    /// The qualitative targets it is made of, in the place of facts.
    pub rubrics: Vec<RubricRow>,
    /// The target it is measured on, with its version and where it came from.
    pub target: Option<TargetLine>,
    /// A ratio over its evaluation window, beside the target: name and figure.
    pub window: Vec<(String, Figure)>,
    /// The parts: the units or members below, each with its own explanation.
    pub parts: Vec<(Link, Figure)>,
    /// The months of a longer period, each with its own explanation.
    pub months: Vec<(Link, Figure)>,
}

/// A list of facts.
#[derive(Debug, Clone)]
pub struct Facts {
    /// How many and how much, in a sentence.
    pub summary: String,
    /// The facts, 50 a page.
    pub rows: Vec<FactRow>,
    /// The heads of the columns of what each adds: one for a sum, two for a ratio.
    pub heads: Vec<String>,
    /// The first page, where this is another.
    pub first: Option<String>,
    /// The page after, where there is one.
    pub next: Option<String>,
}

/// One fact.
#[derive(Debug, Clone)]
pub struct FactRow {
    /// Its external key.
    pub key: String,
    /// Its day: 11-18.
    pub date: String,
    /// Customer.
    pub customer: String,
    /// Who it belongs to.
    pub member: String,
    /// What it adds to the number, or to the numerator of a ratio; a dash where it was left out.
    pub counted: Figure,
    /// What it adds to the denominator of a ratio.
    pub under: Option<Figure>,
    /// Cancelled, returned, booked later, to be confirmed: why it counts so or not at all.
    pub why: String,
}

/// The target of the figure.
#[derive(Debug, Clone)]
pub struct TargetLine {
    /// The target.
    pub target: Figure,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// 第 2 版，自 2026年10月起
    pub version: String,
    /// The plan.
    pub source: String,
}
