//! What a file comes to, for whoever compares it with the source before it counts: amounts and days.

use std::collections::BTreeMap;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::entry::Entry;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Rows and fen of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MonthSum {
    /// Rows dated in it.
    pub rows: i64,
    /// Their amounts, in fen.
    pub fen: i64,
}

/// What the rows of a file come to. Rows that cannot be read, and those left out, are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sums {
    /// All amounts, in fen; `None` where the kind has none.
    pub fen: Option<i64>,
    /// The earliest day.
    pub first: Option<Date>,
    /// The latest day.
    pub last: Option<Date>,
    /// By month, as year × 100 + month.
    pub months: BTreeMap<i32, MonthSum>,
    /// Columns of the file that no field takes.
    pub ignored: Vec<String>,
    /// The worksheet that was read; `None` for CSV.
    pub sheet: Option<String>,
}

impl Sums {
    /// Adds a row.
    pub fn add(&mut self, entry: &Entry) {
        let amount = entry.amount();
        if let Some(amount) = amount {
            self.fen = Some(self.fen.unwrap_or(0).saturating_add(amount.0));
        }
        let Some(day) = entry.date() else { return };
        self.first = Some(self.first.map_or(day, |first| first.min(day)));
        self.last = Some(self.last.map_or(day, |last| last.max(day)));
        let month = self.months.entry(super::days::month_of(day)).or_default();
        month.rows += 1;
        month.fen = month.fen.saturating_add(amount.map_or(0, |amount| amount.0));
    }

    /// Adds what other rows come to.
    pub fn merge(&mut self, other: Self) {
        self.fen = match (self.fen, other.fen) {
            (Some(one), Some(more)) => Some(one.saturating_add(more)),
            (one, more) => one.or(more),
        };
        self.first = self.first.into_iter().chain(other.first).min();
        self.last = self.last.into_iter().chain(other.last).max();
        for (month, sum) in other.months {
            let own = self.months.entry(month).or_default();
            own.rows += sum.rows;
            own.fen = own.fen.saturating_add(sum.fen);
        }
    }

    /// The months its rows are dated in, in order.
    pub fn each_month(&self) -> impl Iterator<Item = Month> {
        self.months.keys().filter_map(|number| {
            Month::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?)
        })
    }
}
