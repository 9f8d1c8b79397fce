//! What can be wrong with a row, and with a mapping before the first row. The sentences people read are in `text`.

use crate::expression::Fault;
use crate::number::Unreadable;

use super::day::{NotADate, NotADateFormat};

/// What is wrong with one cell. The row's number and the file's name are known to the caller.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{column}: {reason}: {value:?}")]
pub struct Problem {
    /// The column as the file names it; the field's name where no single column is to blame.
    pub column: String,
    /// What the cell holds, cut to [`Problem::LONGEST_VALUE`] characters.
    pub value: String,
    /// What is wrong with it.
    pub reason: Reason,
}

impl Problem {
    /// Characters of a wrong cell that are worth showing.
    pub const LONGEST_VALUE: usize = 80;

    pub(super) fn new(column: &str, value: &str, reason: Reason) -> Self {
        let value = value.trim().chars().take(Self::LONGEST_VALUE).collect();
        Self { column: column.to_owned(), value, reason }
    }
}

/// The kinds of [`Problem`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// Nothing is filled in where something must be.
    #[error("must be filled in")]
    Blank,
    /// Longer than its field allows.
    #[error("longer than {longest} characters")]
    TooLong {
        /// Characters that are allowed.
        longest: usize,
    },
    /// A line break, or a character that cannot be seen.
    #[error("a line break or an invisible character")]
    HiddenCharacter,
    /// Not the number that is wanted.
    #[error("{0}")]
    Number(Unreadable),
    /// An amount below 0 where there is none.
    #[error("must not be negative")]
    Negative,
    /// Not a day.
    #[error("{0}")]
    Date(NotADate),
    /// A share of 0 or less, or of more than the whole.
    #[error("a share is above 0 and at most 100%, written 60% or 0.6")]
    Share,
    /// A share finer than shares are held.
    #[error("a share has at most eight decimals of the whole")]
    ShareDecimals,
    /// Not a known state of an order.
    #[error("not a status such as normal or cancelled")]
    OrderStatus,
    /// Not a known kind of credit.
    #[error("neither credit nor overlay")]
    CreditKind,
    /// Not a known position.
    #[error("not a position such as manager or specialist")]
    Position,
    /// Not points from 0 to the most.
    #[error("not points from 0 to {most}")]
    Points {
        /// The most, in whole points.
        most: u8,
    },
    /// Not a month.
    #[error("not a month such as 2026-08")]
    Month,
    /// Not a metric that summaries sum up.
    #[error("not a metric such as revenue, collections, new_customers or visits")]
    SummaryMetric,
    /// Not a known outcome of an opportunity.
    #[error("neither open, won nor lost")]
    Outcome,
    /// Not a known reason for a leave.
    #[error("not a kind of leave such as annual or sick")]
    LeaveKind,
    /// A text that a lookup table lacks.
    #[error("not in the lookup table")]
    Unlisted,
    /// An expression divides by 0.
    #[error("division by zero")]
    DivisionByZero,
    /// An expression's result is too large to be held exactly.
    #[error("the result is too large")]
    TooLarge,
    /// A calculated number where text or a date is wanted.
    #[error("a number cannot stand here")]
    NotText,
}

/// Why a file or its mapping does not fit its kind, before the first row is read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// The header lacks a column that the kind must have.
    #[error("the column `{column}` is missing")]
    ColumnMissing {
        /// The column's name in `interface.md`.
        column: &'static str,
    },
    /// The header has a column more than once.
    #[error("the column `{column}` occurs more than once")]
    ColumnRepeated {
        /// The column as the kind or the mapping names it.
        column: String,
    },
    /// The mapping fills a field that the kind does not have.
    #[error("there is no field `{field}`")]
    NoSuchField {
        /// The name in the mapping.
        field: String,
    },
    /// The mapping leaves out a field that the kind must have.
    #[error("the field `{field}` is not filled")]
    FieldMissing {
        /// The field.
        field: &'static str,
    },
    /// An expression of the mapping cannot be read, or asks for what the header does not have.
    #[error("{place}: {fault}")]
    Expression {
        /// The field, or `keep`.
        place: String,
        /// What is wrong, and where.
        fault: Fault,
    },
    /// A field gets what it cannot hold: a number for a date, a condition for an amount.
    #[error("`{place}` cannot be filled by this expression")]
    Nature {
        /// The field, or `keep` where it is no condition.
        place: String,
    },
    /// A constant that its field cannot hold.
    #[error("{field}: {reason}")]
    Constant {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: Reason,
    },
    /// A lookup table whose file was not read.
    #[error("the file of the lookup table `{table}` is not at hand")]
    LookupFile {
        /// The table.
        table: String,
    },
    /// The date format cannot be understood.
    #[error(transparent)]
    DateFormat(#[from] NotADateFormat),
}
