//! The decomposition grid of one level: months, quarters and the year; one row per child. Sums come with it; where
//! somebody edits, a cell is a field.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;
use dacheng_text::date::month_name;

use crate::charts::Amounts;
use crate::components::{Change, Link};

/// The grid. Amounts are whole numbers in the smallest unit: fen, or pieces.
#[derive(Debug, Clone)]
pub struct Grid {
    /// What it shows: 华东大区 2027年销售额.
    pub caption: String,
    /// The unit, named once above the grid.
    pub amounts: Amounts,
    /// The first month of the fiscal year, 1 to 12.
    pub first_month: i8,
    /// The target of the parent.
    pub parent: GridLine,
    /// What the children have, minus the target of the parent, reserve and buffer counted.
    pub difference: GridLine,
    /// The children and, above each group, its sum.
    pub rows: Vec<GridRow>,
    /// While it is edited: how its fields are read, for sums while somebody types.
    pub scale: Option<Scale>,
}

/// How a field of a grid is read.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    /// The decimals of the field's unit that make the smallest one: 6 for 万元, 2 for yuan, 0 for pieces.
    pub decimals: u32,
    /// Those of a yuan, for amounts with 万 or 亿; none for pieces.
    pub yuan: Option<u32>,
    /// What the children are to have in each month: the target, reserve and buffer counted.
    pub given: [i64; 12],
}

/// A line of sums.
#[derive(Debug, Clone)]
pub struct GridLine {
    /// Last year's actual, where the line has one.
    pub last_year: Option<i64>,
    /// Twelve months.
    pub months: [Option<i64>; 12],
    /// Four quarters.
    pub quarters: [Option<i64>; 4],
    /// The year.
    pub total: Option<i64>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// A unit with rows below it, or the sum of one.
    Group,
    /// A child that carries a target.
    Child,
}

/// A child or a group.
#[derive(Debug, Clone)]
pub struct GridRow {
    /// What it is.
    pub kind: RowKind,
    /// Its name and page.
    pub name: Link,
    /// Its post or leader.
    pub note: String,
    /// Last year's actual; none for newcomers.
    pub last_year: Option<i64>,
    /// Twelve months.
    pub months: [GridCell; 12],
    /// Four quarters.
    pub quarters: [Option<i64>; 4],
    /// The year.
    pub total: Option<i64>,
    /// The year against last year.
    pub change: Change,
}

/// One month of one child.
#[derive(Debug, Clone, Default)]
pub struct GridCell {
    /// The target; none where none is set.
    pub value: Option<i64>,
    /// Who locked it and why.
    pub lock: Option<String>,
    /// Whether the preview changes it.
    pub changed: bool,
    /// The field in its place, while it is edited.
    pub entry: Option<Entry>,
}

/// A cell that is being edited.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The field's name and id.
    pub name: String,
    /// What stands in it.
    pub value: String,
    /// Whose and which month, for people who do not see the table.
    pub label: String,
    /// Whether what stands in it was refused.
    pub wrong: bool,
}

impl Grid {
    /// The grid in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownGrid<'a> {
        ShownGrid { grid: self, lang }
    }
}

/// A grid ready to stand in a page.
#[derive(Template)]
#[template(path = "pages/plans/grid.html")]
pub struct ShownGrid<'a> {
    grid: &'a Grid,
    lang: &'a Lang,
}

impl HtmlSafe for ShownGrid<'_> {}

/// A cell of the difference line.
struct Difference {
    text: String,
    class: &'static str,
}

impl ShownGrid<'_> {
    fn month(&self, place: &usize) -> String {
        let number = (usize::try_from(self.grid.first_month).unwrap_or(1) + 11 + *place) % 12 + 1;
        i8::try_from(number).map(|number| month_name(*self.lang, number)).unwrap_or_default()
    }

    fn number(&self, value: &Option<i64>) -> String {
        value.map_or_else(String::new, |value| self.grid.amounts.number(*self.lang, value))
    }

    /// A target that is not set is a dash, a target of 0 is 0.
    fn target(&self, value: &Option<i64>) -> String {
        value.map_or_else(|| "—".to_owned(), |value| self.grid.amounts.number(*self.lang, value))
    }

    fn difference(&self, value: &Option<i64>) -> Difference {
        match value {
            None => Difference { text: String::new(), class: "" },
            Some(0) => Difference { text: "✓ 0".to_owned(), class: "zero" },
            Some(value) => Difference {
                text: self.grid.amounts.signed(*self.lang, *value),
                class: if *value > 0 { "over" } else { "under" },
            },
        }
    }

    /// What the children are to have in a month, while the grid is edited.
    fn given(&self, place: &usize) -> Option<i64> {
        self.grid.scale.as_ref().and_then(|scale| scale.given.get(*place).copied())
    }

    /// What is stored in a cell.
    #[expect(clippy::unused_self, reason = "called by the template")]
    fn minor(&self, cell: &GridCell) -> i64 {
        cell.value.unwrap_or_default()
    }

    /// After every third month stands its quarter.
    fn quarter_after(&self, place: &usize) -> Option<usize> {
        (place % 3 == 2).then_some(place / 3)
    }
}
