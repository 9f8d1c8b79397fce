//! Cells that all tables of the page share: amounts of a metric with their explanation, comparisons, shares.

use dacheng_app::figures::Look;
use dacheng_app::figures::history::{Compared, History};
use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::{Change as Moved, Unit};
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use dacheng_text::number::grouped;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};

use crate::components::{Change, Column, Figure, Link, TableCell, TableRow, Value};
use crate::pages::standing::explain;

/// A history with the words and the unit it is shown in.
pub(super) struct Shown<'h> {
    pub lang: Lang,
    pub found: &'h History,
    pub column: Column,
}

impl<'h> Shown<'h> {
    pub fn of(lang: Lang, found: &'h History) -> Self {
        let column = match found.metric.definition().unit {
            Unit::Money => {
                let amounts = found.spans.iter().flat_map(|row| row.cells).filter_map(|cell| cell.amount);
                Column::Money(money::Column::fitting(amounts.map(Fen)))
            }
            Unit::Count | Unit::Percent | Unit::Score | Unit::Days => Column::Count(String::new()),
        };
        Self { lang, found, column }
    }

    fn is_money(&self) -> bool {
        self.found.metric.definition().unit == Unit::Money
    }

    fn value(&self, amount: i64) -> Value {
        if self.is_money() { Value::Money(Fen(amount)) } else { Value::Count(amount, String::new()) }
    }

    /// An amount as a sentence says it.
    pub fn said(&self, amount: i64) -> String {
        if self.is_money() { money::said(self.lang, Fen(amount)) } else { grouped(amount.into(), 0) }
    }

    /// The page that explains an owner's figure.
    pub fn why(&self, period: Period, owner: &Owner) -> String {
        explain(Look::now(self.found.metric, period), owner)
    }

    /// An amount, leading to its explanation where it has one.
    pub fn amount(&self, amount: Option<i64>, href: Option<String>, blank: Blank) -> TableCell {
        let Some(amount) = amount else { return TableCell::Figure(Figure::plain(Value::Blank(blank))) };
        let value = self.value(amount);
        TableCell::Figure(match href {
            Some(href) => Figure::explained(value, href),
            None => Figure::plain(value),
        })
    }

    /// A comparison of two amounts.
    pub fn moved(&self, moved: &Moved) -> TableCell {
        match (moved.rate, moved.base) {
            (Some(rate), _) => TableCell::Change(Change::By(rate)),
            (None, Some(base)) if self.is_money() => TableCell::Change(Change::Amounts {
                before: Value::Money(Fen(base)),
                now: Value::Money(Fen(moved.current)),
            }),
            (None, Some(base)) => {
                TableCell::Text(self.lang.history().amounts(self.said(base), self.said(moved.current)))
            }
            (None, None) => TableCell::Change(Change::Blank(Blank::NoHistory)),
        }
    }

    /// A comparison whose two amounts stand beside it.
    pub fn beside(&self, moved: Option<&Moved>) -> TableCell {
        match moved {
            Some(moved) if moved.rate.is_none() && moved.base.is_some() => {
                TableCell::Change(Change::Blank(Blank::NoBase))
            }
            Some(moved) => self.moved(moved),
            None => TableCell::Change(Change::Blank(Blank::NoHistory)),
        }
    }

    /// A comparison, or why there is none.
    pub fn compared(&self, compared: &Compared) -> TableCell {
        match compared {
            Compared::With(change) => self.moved(change),
            Compared::NoHistory => TableCell::Change(Change::Blank(Blank::NoHistory)),
            Compared::NotYet => TableCell::Change(Change::Blank(Blank::NotYet)),
        }
    }
}

/// A count without a unit.
pub(super) fn count(number: usize) -> TableCell {
    TableCell::Text(grouped(number as i128, 0))
}

/// A rate in per cent, or a dash.
pub(super) fn rate(rate: Option<Ratio>) -> TableCell {
    TableCell::Figure(Figure::plain(rate.map_or(Value::Blank(Blank::NoDenominator), Value::Rate)))
}

/// A row that leads nowhere.
pub(super) fn row(name: impl Into<String>, class: &'static str, cells: Vec<TableCell>) -> TableRow {
    TableRow { name: Link::new(name, ""), class, cells }
}
