//! Rows of a calendar list (`date,kind,name`) and what can be wrong with them. Reading the file is not here.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a row makes of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// A day off.
    Holiday,
    /// A working day moved to a weekend (调休上班).
    MakeupWorkday,
}

/// A word in the column `kind` that is neither `holiday` nor `makeup_workday`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("kind must be holiday or makeup_workday, not {0}")]
pub struct UnknownKind(pub String);

impl FromStr for DayKind {
    type Err = UnknownKind;

    fn from_str(text: &str) -> Result<Self, UnknownKind> {
        match text {
            "holiday" => Ok(Self::Holiday),
            "makeup_workday" => Ok(Self::MakeupWorkday),
            _ => Err(UnknownKind(text.to_owned())),
        }
    }
}

/// One day on which "Monday to Friday" does not tell the whole truth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRow {
    /// The day.
    pub date: Date,
    /// Day off or working day.
    pub kind: DayKind,
    /// Why, as people say it: 国庆节. May be empty.
    pub name: String,
}

impl DayRow {
    pub(super) fn is_working(&self) -> bool {
        match self.kind {
            DayKind::Holiday => false,
            DayKind::MakeupWorkday => true,
        }
    }
}

/// Whose list a row stands in; the company's wins on the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// The official list of a year.
    Official,
    /// The company's own days off and working days.
    Company,
}

/// Why a row of a list is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayProblem {
    /// The same day stands twice in the list, `first` being the index of the earlier row.
    #[error("{date} is already in row {first}")]
    Twice {
        /// The day.
        date: Date,
        /// Index of the earlier row, from 0.
        first: usize,
    },
    /// A moved working day of the official list falls on Monday to Friday, which are working days
    /// anyway. (A company may well work on an official holiday.)
    #[error("{date} is a weekday: only a Saturday or Sunday can become a working day")]
    WeekdayAlready {
        /// The day.
        date: Date,
    },
}

/// Everything wrong with the rows of a list, each with the index of its row (from 0).
pub fn day_problems(rows: &[DayRow], layer: Layer) -> Vec<(usize, DayProblem)> {
    let mut seen = BTreeMap::new();
    let mut problems = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let date = row.date;
        if layer == Layer::Official && row.is_working() && !is_weekend(date) {
            problems.push((index, DayProblem::WeekdayAlready { date }));
        }
        let first = *seen.entry(date).or_insert(index);
        if first != index {
            problems.push((index, DayProblem::Twice { date, first }));
        }
    }
    problems
}

/// The years an official list covers, which it therefore loads.
///
/// The notice for one year may name the last days of the year before or the first of the year after
/// (元旦). Such edge days alone do not load that neighbour: its other holidays would count as
/// working days. A list that holds nothing but them is taken at its word.
pub fn years_given(rows: &[DayRow]) -> BTreeSet<i16> {
    let all = rows.iter().map(|row| row.date.year());
    let full = rows.iter().map(|row| row.date).filter(|date| !is_year_edge(*date)).map(Date::year);
    let full: BTreeSet<i16> = full.collect();
    if full.is_empty() { all.collect() } else { full }
}

fn is_year_edge(date: Date) -> bool {
    let (month, day) = (date.month(), date.day());
    (month == 1 && day <= 3) || (month == 12 && day >= 29)
}

pub(super) fn is_weekend(date: Date) -> bool {
    date.weekday().to_monday_zero_offset() >= 5
}
