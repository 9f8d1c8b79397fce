//! A row of the organisation tree: the same columns on every level (`ux.md` §11).

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::{Badge, Column, Figure, Icon};
use crate::charts::Bullet;

/// Whether and where a row opens.
#[derive(Debug, Clone)]
pub enum Branch {
    /// It has children and shows them; the link folds it.
    Open {
        /// The page with this row folded.
        fold: String,
    },
    /// It has children; the link shows them.
    Folded {
        /// The page with this row open.
        open: String,
    },
    /// A person, or a unit without children.
    Leaf,
}

/// A unit or a person in the tree.
#[derive(Debug, Clone)]
pub struct TreeRow {
    /// How far down it stands, from 0 to 5.
    pub depth: usize,
    /// Its name.
    pub name: String,
    /// The page of its node or person.
    pub href: String,
    /// Who leads it; empty for a person.
    pub leader: String,
    /// Whether it opens.
    pub branch: Branch,
    /// The target of the period.
    pub target: Figure,
    /// The actual to date.
    pub actual: Figure,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// What is missing to the target.
    pub shortfall: Figure,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// The state in words.
    pub state: Badge,
    /// Whether its panel is shown beside the tree.
    pub chosen: bool,
}

impl TreeRow {
    /// The row in a language, its amounts in the unit of the table.
    pub fn shown<'a>(&'a self, lang: &'a Lang, column: &'a Column) -> ShownTreeRow<'a> {
        ShownTreeRow { row: self, lang, column }
    }
}

/// A tree row ready to stand in its table.
#[derive(Template)]
#[template(path = "components/tree.html")]
pub struct ShownTreeRow<'a> {
    row: &'a TreeRow,
    lang: &'a Lang,
    column: &'a Column,
}

impl HtmlSafe for ShownTreeRow<'_> {}
