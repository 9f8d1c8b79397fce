//! A table of figures of any shape: heads, rows with a name, and cells of which each says what it is. Analysis pages are
//! made of it.

use std::fmt;

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::{Lang, rate};

use super::{Change, Column, Figure, Link, Sentence};

/// A table.
#[derive(Debug, Clone)]
pub struct FigureTable {
    /// What it is; not shown.
    pub caption: String,
    /// The unit of its amounts.
    pub column: Column,
    /// The heads, that of the names first.
    pub heads: Vec<TableHead>,
    /// The rows.
    pub rows: Vec<TableRow>,
    /// The row below all others.
    pub total: Option<TableRow>,
}

/// A head; its class holds for all cells below it: `n` for numbers, `wide-only` for what a phone leaves out.
#[derive(Debug, Clone)]
pub struct TableHead {
    /// The words.
    pub text: String,
    /// The class.
    pub class: &'static str,
}

impl TableHead {
    /// A head.
    pub fn new(text: impl Into<String>, class: &'static str) -> Self {
        Self { text: text.into(), class }
    }
}

/// A row.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// Its name, and the page it leads to, or nowhere where the address is empty.
    pub name: Link,
    /// Its class: `strong` for a year, `here` for a quarter, empty.
    pub class: &'static str,
    /// As many cells as there are heads without the first.
    pub cells: Vec<TableCell>,
}

/// A cell.
#[derive(Debug, Clone)]
pub enum TableCell {
    /// A figure.
    Figure(Figure),
    /// A change against another span.
    Change(Change),
    /// A difference in percentage points; `None` where there is none.
    Points(Option<Ratio>),
    /// A share of a whole, drawn; `None` where there is none.
    Share(Option<Ratio>),
    /// Words.
    Text(String),
}

impl FigureTable {
    /// The table in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownTable<'a> {
        let row = |row: &'a TableRow| ShownRow {
            name: &row.name,
            class: row.class,
            cells: row
                .cells
                .iter()
                .zip(self.heads.iter().skip(1))
                .map(|(cell, head)| ShownCell { class: head.class, holds: cell.shown(lang, &self.column) })
                .collect(),
        };
        let total = self.total.as_ref().map(row);
        ShownTable { table: self, rows: self.rows.iter().map(row).collect(), total }
    }
}

/// A table ready to stand in a card.
#[derive(Template)]
#[template(path = "components/figure_table.html")]
pub struct ShownTable<'a> {
    table: &'a FigureTable,
    rows: Vec<ShownRow<'a>>,
    total: Option<ShownRow<'a>>,
}

impl HtmlSafe for ShownTable<'_> {}

struct ShownRow<'a> {
    name: &'a Link,
    class: &'static str,
    cells: Vec<ShownCell>,
}

struct ShownCell {
    class: &'static str,
    holds: Markup,
}

/// What a cell came to; every text in it is escaped.
struct Markup(String);

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Markup {}

impl TableCell {
    fn shown(&self, lang: &Lang, column: &Column) -> Markup {
        let dash = || "—".to_owned();
        Markup(match self {
            Self::Figure(figure) => figure.cell(lang, column).to_string(),
            Self::Change(change) => change.shown(lang).to_string(),
            Self::Points(points) => points.map_or_else(dash, rate::points_number),
            Self::Share(share) => share.map_or_else(dash, bar),
            Self::Text(text) => Sentence::from(text.as_str()).to_string(),
        })
    }
}

/// A share drawn as a bar with its number beside it.
fn bar(share: Ratio) -> String {
    let hundredths = share.scaled(10_000).clamp(0, 10_000);
    let (whole, rest, said) = (hundredths / 100, hundredths % 100, rate::percent(share));
    format!(
        "<span class=\"share-cell\"><svg class=\"share\" aria-hidden=\"true\"><rect class=\"track\" width=\"100%\" height=\"6\" rx=\"3\"/>\
         <rect class=\"part\" width=\"{whole}.{rest:02}%\" height=\"6\" rx=\"3\"/></svg><span>{said}</span></span>"
    )
}
