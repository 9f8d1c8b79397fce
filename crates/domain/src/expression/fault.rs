//! What can be wrong with an expression, before the first row and in one. The sentences people read are in `text`.

use crate::number::Unreadable;

/// What is wrong with an expression, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("character {position}: {reason}")]
pub struct Fault {
    /// The place of the first wrong character; the first of all is 1.
    pub position: usize,
    /// What is wrong there.
    pub reason: Reason,
}

/// The kinds of [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// A character that begins nothing.
    #[error("`{0}` does not belong here")]
    Character(char),
    /// A text without its closing quote, or a name without its closing bracket.
    #[error("`{0}` is missing")]
    Unclosed(char),
    /// `[]`.
    #[error("a column name is missing")]
    NameMissing,
    /// A number that cannot be read, or a column name that begins with a digit.
    #[error("not a number; a column name that begins with a digit stands in [ ]")]
    Number,
    /// A number, text, column or opening parenthesis is missing.
    #[error("a value is missing")]
    ValueMissing,
    /// Something follows where the expression is already complete.
    #[error("an operator is missing")]
    OperatorMissing,
    /// `a < b < c`.
    #[error("comparisons cannot be chained; join them by `and`")]
    Chained,
    /// More characters, signs or levels than an expression may have.
    #[error("the expression is too long or too deep")]
    TooLarge,
    /// Text or a condition where a number is wanted.
    #[error("a number is wanted")]
    NumberWanted,
    /// A condition where text is wanted.
    #[error("text is wanted")]
    TextWanted,
    /// A number, text or column where something true or false is wanted.
    #[error("a condition is wanted, such as a comparison")]
    ConditionWanted,
    /// The first argument of `lookup` is not the name of a table in quotes.
    #[error("the name of a lookup table in quotes is wanted")]
    TableWanted,
    /// A table that the mapping does not have.
    #[error("there is no lookup table `{0}`")]
    NoSuchTable(String),
    /// The second argument of `lookup` is not a column.
    #[error("a column is wanted")]
    ColumnWanted,
    /// A column that cannot be found.
    #[error("column `{name}` {why}")]
    Column {
        /// The name as the expression has it.
        name: String,
        /// Missing or ambiguous.
        why: Unresolved,
    },
}

/// Why a column name leads to no column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unresolved {
    /// No column has the name.
    #[error("is missing")]
    Missing,
    /// Several columns have the name.
    #[error("occurs more than once")]
    Ambiguous,
}

/// Why an expression has no value in one row. Columns are counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The cell is not filled in.
    #[error("column {column} is blank")]
    Blank {
        /// The cell's column.
        column: usize,
    },
    /// The cell holds no number.
    #[error("column {column}: {why}")]
    Cell {
        /// The cell's column.
        column: usize,
        /// What is wrong with it.
        why: Unreadable,
    },
    /// The cell holds a text that the lookup table lacks.
    #[error("column {column} is not in the lookup table")]
    Unlisted {
        /// The cell's column.
        column: usize,
    },
    /// A divisor is 0.
    #[error("division by zero")]
    DivisionByZero,
    /// A result that would lose more than what lies beyond its twelfth decimal.
    #[error("a result is too large")]
    TooLarge,
}
