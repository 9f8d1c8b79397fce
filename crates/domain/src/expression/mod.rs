//! The expression language of mapping files, own metrics and filters: exact decimals, never binary floats.
//! Which fields an expression fills is said in [`crate::facts::mapping`].
//!
//! Arithmetic `+ - * /`, joining of texts `&`, comparison `= == != < <= > >=`, `and`, `or`, `not`, parentheses,
//! `if(condition, this, that)`, `lookup('table', column)`, numbers, text in `'…'` or `"…"`, and column names: bare like `unit_price` or `金额`, or in brackets like `[订单 金额]`.
//! A closing quote or bracket is written twice to stand for itself. Full-width signs count as plain ones.
//!
//! Types are settled before the first row. A column is a number where it is calculated with or compared with
//! a number, and text where it is compared with text; two columns are compared as text by `=` and `!=` and
//! as numbers by `<` and its like. Text is ordered by its characters, which suits dates only as `2026-08-05`.
//!
//! `lookup` gives what a table of the mapping has for a column's text; a third argument stands in for a text that
//! the table lacks, which is a problem of the row without it. A blank cell makes blank, unless the table or the
//! third argument says otherwise. Where a number is wanted, every value of the table must be one. `if` looks only at
//! the side that it takes.
//!
//! A sum or a product keeps every digit while 28 hold them, and never fewer than twelve decimals; a quotient is
//! rounded half away from zero at twelve decimals. What does not fit is an error, and so is a blank cell that
//! is calculated with: blank is not 0. Why it is our own: `docs/decisions/0004-expression-language.md`.

mod arithmetic;
mod fault;
mod parser;
mod program;
mod syntax;
mod token;

pub use arithmetic::rounded_fen;
pub use fault::{Failure, Fault, Reason, Unresolved};
pub use program::{Compiled, Condition, Formula, Tables, Wording};

use std::fmt;

/// A parsed expression; its columns are still names.
///
/// ```
/// use dacheng_domain::{Fen, expression::{Compiled, Expression, Unresolved, rounded_fen}};
/// let header = ["unit_price", "quantity", "discount"];
/// let expression = Expression::parse("unit_price * quantity * (1 - discount)")?;
/// let find = |name: &str| header.iter().position(|column| *column == name).ok_or(Unresolved::Missing);
/// let Compiled::Formula(formula) = expression.compile(find)? else { panic!("a number") };
///
/// let row = ["14", "3", "0.15"];
/// let amount = formula.evaluate(&|column| row[column]).unwrap();
/// assert_eq!(rounded_fen(amount), Some(Fen(3570)));
/// # Ok::<(), dacheng_domain::expression::Fault>(())
/// ```
#[derive(Debug, Clone)]
pub struct Expression(syntax::Node);

impl Expression {
    /// Reads an expression, or says at which character it is wrong. At most 4 000 characters, 500 signs and
    /// 50 levels, so that no text can exhaust the reader.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        parser::parse(text).map(Self)
    }

    /// As [`compile`](Self::compile), with tables for `lookup`.
    pub fn compile_with(
        &self,
        find: impl Fn(&str) -> Result<usize, Unresolved>,
        tables: &Tables,
    ) -> Result<Compiled, Fault> {
        program::compile(&self.0, program::Find { column: &find, tables })
    }

    /// Finds every column and settles every type, so that a row can be evaluated without looking up a name.
    pub fn compile(&self, find: impl Fn(&str) -> Result<usize, Unresolved>) -> Result<Compiled, Fault> {
        self.compile_with(find, &Tables::new())
    }
}

impl fmt::Display for Expression {
    /// Writes an expression that reads back as the same.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
