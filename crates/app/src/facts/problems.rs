//! What is wrong with a file, by file, row and column. The sentences are said in the asker's language by `text`.

use std::collections::BTreeMap;

use dacheng_domain::facts::day::NotADate;
use dacheng_domain::facts::problem::{Problem, Reason};
use dacheng_domain::number::Unreadable;
use dacheng_text::Lang;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The most problems a refusal lists; a file with more is broken as a whole.
pub const MOST: usize = 1_000;

/// The columns that fill the fields of a kind, as the file names them.
pub type Columns = BTreeMap<&'static str, String>;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowProblem {
    /// The row of the file, counted as a spreadsheet does; `None` for the file as a whole.
    pub row: Option<u64>,
    /// The column, as the file names it.
    pub column: Option<String>,
    /// What stands there.
    pub value: String,
    /// Why it cannot stay.
    pub reason: String,
}

impl RowProblem {
    /// Something that is wrong with the file as a whole.
    pub fn of_file(reason: String) -> Self {
        Self { row: None, column: None, value: String::new(), reason }
    }
}

/// Rows that have a problem; a problem of the whole file counts as one.
pub fn bad_rows(problems: &[RowProblem]) -> i64 {
    let rows: std::collections::BTreeSet<Option<u64>> = problems.iter().map(|problem| problem.row).collect();
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

/// What is wrong with a row that its cells alone do not show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    /// A cell cannot be read.
    Cell(Problem),
    /// Something must be given for a new fact.
    Missing(&'static str),
    /// The key stands in another row as well.
    Twice {
        /// The other row, where it is at hand.
        other: Option<u64>,
    },
    /// A code nobody knows.
    Unknown {
        /// The field.
        field: &'static str,
        /// The code.
        code: String,
    },
    /// The shares of an order do not sum to 100 %.
    Shares {
        /// The order.
        order: String,
        /// Their sum in hundred-millionths.
        parts: i64,
    },
    /// An order's amount is not that of its lines.
    Lines {
        /// The order.
        order: String,
        /// The amount given.
        amount: dacheng_domain::Fen,
        /// The sum of its lines.
        lines: dacheng_domain::Fen,
    },
    /// The rows make no organisation.
    Organisation(String),
    /// A day before the one it cannot be before.
    Earlier {
        /// The field.
        field: &'static str,
        /// The day it holds.
        day: Date,
        /// The day before which it is.
        than: Date,
    },
    /// A score of collaboration that is not from 1 to 5.
    Collaboration,
    /// A count that is not whole.
    NotWhole {
        /// The field.
        field: &'static str,
        /// What it holds, in hundredths.
        amount: dacheng_domain::Fen,
    },
}

impl Wrong {
    /// As it is listed, for a row of a file whose columns have the names of fields.
    pub fn at(self, row: Option<u64>, lang: Lang) -> RowProblem {
        self.among(row, &Columns::default(), lang)
    }

    /// As it is listed, for a row of a file with these columns.
    pub fn among(self, row: Option<u64>, columns: &Columns, lang: Lang) -> RowProblem {
        let named = |field: &'static str| columns.get(field).cloned().unwrap_or_else(|| field.to_owned());
        let (column, value) = match &self {
            Self::Cell(problem) => (Some(problem.column.clone()), problem.value.clone()),
            Self::Missing(field) => (Some(named(field)), String::new()),
            Self::Twice { .. } | Self::Organisation(_) => (None, String::new()),
            Self::Unknown { field, code } => (Some(named(field)), code.clone()),
            Self::Shares { order, .. } => (Some(named("share")), order.clone()),
            Self::Lines { order, .. } => (Some(named("amount")), order.clone()),
            Self::Earlier { field, day, .. } => (Some(named(field)), day.to_string()),
            Self::Collaboration => (Some(named("score")), String::new()),
            Self::NotWhole { field, amount } => (Some(named(field)), amount.to_string()),
        };
        let reason = self.sentence(column.as_deref().unwrap_or_default(), lang);
        RowProblem { row, column, value, reason }
    }

    fn sentence(&self, column: &str, lang: Lang) -> String {
        let say = lang.problems();
        match self {
            Self::Cell(problem) => reason(problem.reason, lang),
            Self::Missing(_) => say.missing(column),
            Self::Twice { other: Some(other) } => say.twice(other.to_string()),
            Self::Twice { other: None } => say.twice_earlier().to_owned(),
            Self::Unknown { field, code } => say.unknown(meaning(field, lang), column, code),
            Self::Shares { order, parts } => {
                let percent = rust_decimal::Decimal::new(*parts, 6).normalize();
                say.shares(order, percent.to_string())
            }
            Self::Lines { order, amount, lines } => say.lines(order, amount.to_string(), lines.to_string()),
            Self::Organisation(problem) => say.organisation(problem),
            Self::Earlier { than, .. } => say.earlier(than.to_string()),
            Self::Collaboration => say.collaboration().to_owned(),
            Self::NotWhole { .. } => say.not_whole().to_owned(),
        }
    }
}

/// What stands in a field that names something else.
fn meaning(field: &str, lang: Lang) -> &str {
    let say = lang.columns();
    match field {
        "order" => say.order(),
        "member" => say.member(),
        "customer" => say.customer(),
        "product" => say.product(),
        "rater" => say.rater(),
        other => other,
    }
}

/// What is wrong with a cell.
pub(crate) fn reason(reason: Reason, lang: Lang) -> String {
    let say = lang.problems();
    match reason {
        Reason::Blank => say.blank().to_owned(),
        Reason::TooLong { longest } => say.too_long(longest.to_string()),
        Reason::HiddenCharacter => say.hidden_character().to_owned(),
        Reason::Number(wrong) => unreadable(wrong, lang),
        Reason::Negative => say.negative().to_owned(),
        Reason::Date(wrong) => match wrong {
            NotADate::Form => say.no_date().to_owned(),
            NotADate::NoSuchDay => say.no_such_day().to_owned(),
            NotADate::Year => say.year().to_owned(),
        },
        Reason::Share | Reason::ShareDecimals => say.share().to_owned(),
        Reason::OrderStatus => say.order_status().to_owned(),
        Reason::CreditKind => say.credit_kind().to_owned(),
        Reason::Position => say.position().to_owned(),
        Reason::Points { most } => say.points(most.to_string()),
        Reason::Month => say.month().to_owned(),
        Reason::SummaryMetric => say.summary_metric().to_owned(),
        Reason::Outcome => say.outcome().to_owned(),
        Reason::LeaveKind => say.leave_kind().to_owned(),
        Reason::Unlisted => say.unlisted().to_owned(),
        Reason::DivisionByZero => say.division_by_zero().to_owned(),
        Reason::TooLarge => say.too_large().to_owned(),
        Reason::NotText => say.not_text().to_owned(),
    }
}

/// Why a number cannot be read.
pub fn unreadable(wrong: Unreadable, lang: Lang) -> String {
    let say = lang.problems();
    match wrong {
        Unreadable::NotANumber => say.not_a_number().to_owned(),
        Unreadable::Grouping => say.grouping().to_owned(),
        Unreadable::Percent => say.percent().to_owned(),
        Unreadable::Currency => say.currency().to_owned(),
        Unreadable::Decimals => say.decimals().to_owned(),
        Unreadable::NotWhole => say.not_whole().to_owned(),
        Unreadable::TooLong => say.too_many_digits().to_owned(),
    }
}
