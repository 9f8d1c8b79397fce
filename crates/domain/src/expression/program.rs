//! An expression with its columns found and its types settled: what a row is evaluated with.

use rust_decimal::Decimal;

use super::arithmetic::{add, divide, multiply, subtract};
use super::fault::{Failure, Fault, Reason, Unresolved};
use super::syntax::{Comparison, Node, Operator, Part};
use crate::number;

/// What an expression turned out to be.
#[derive(Debug, Clone)]
pub enum Compiled {
    /// One column as it stands.
    Column(usize),
    /// One text, the same in every row.
    Text(String),
    /// A number.
    Formula(Formula),
    /// True or false.
    Condition(Condition),
}

/// An expression whose value is a number.
#[derive(Debug, Clone)]
pub struct Formula(Number);

/// An expression whose value is true or false.
#[derive(Debug, Clone)]
pub struct Condition(Test);

#[derive(Debug, Clone)]
enum Number {
    Literal(Decimal),
    Cell(usize),
    Negative(Box<Self>),
    Step(Step, Box<Self>, Box<Self>),
}

/// One of the exact steps of arithmetic.
type Step = fn(Decimal, Decimal) -> Result<Decimal, Failure>;

#[derive(Debug, Clone)]
enum Words {
    Literal(String),
    Cell(usize),
}

#[derive(Debug, Clone)]
enum Test {
    Numbers(Comparison, Number, Number),
    Words(Comparison, Words, Words),
    Not(Box<Self>),
    And(Box<Self>, Box<Self>),
    Or(Box<Self>, Box<Self>),
}

impl Formula {
    /// The value in one row; `cell` gives the text of a column. Evaluates left to right.
    pub fn evaluate<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<Decimal, Failure> {
        self.0.value(cell)
    }

    /// The columns that it calculates with, in order of appearance.
    pub fn columns(&self) -> Vec<usize> {
        let mut columns = Vec::new();
        self.0.collect_columns(&mut columns);
        columns
    }
}

impl Condition {
    /// Whether one row meets it. The right side of `and` and `or` is looked at only where the left side does
    /// not decide, so `discount != '' and discount > 0` accepts a blank cell.
    pub fn holds<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<bool, Failure> {
        self.0.holds(cell)
    }
}

impl Number {
    fn value<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<Decimal, Failure> {
        match self {
            Self::Literal(number) => Ok(*number),
            Self::Cell(column) => match number::any(cell(*column)) {
                Ok(Some(number)) => Ok(number),
                Ok(None) => Err(Failure::Blank { column: *column }),
                Err(why) => Err(Failure::Cell { column: *column, why }),
            },
            Self::Negative(inner) => Ok(-inner.value(cell)?),
            Self::Step(step, left, right) => step(left.value(cell)?, right.value(cell)?),
        }
    }

    fn collect_columns(&self, columns: &mut Vec<usize>) {
        match self {
            Self::Literal(_) => {}
            Self::Cell(column) => columns.push(*column),
            Self::Negative(inner) => inner.collect_columns(columns),
            Self::Step(_, left, right) => {
                left.collect_columns(columns);
                right.collect_columns(columns);
            }
        }
    }
}

impl Words {
    fn value<'s, 'r: 's>(&'s self, cell: &impl Fn(usize) -> &'r str) -> &'s str {
        match self {
            Self::Literal(text) => text,
            Self::Cell(column) => cell(*column).trim(),
        }
    }
}

impl Test {
    fn holds<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<bool, Failure> {
        Ok(match self {
            Self::Numbers(comparison, left, right) => {
                comparison.holds(left.value(cell)?.cmp(&right.value(cell)?))
            }
            Self::Words(comparison, left, right) => comparison.holds(left.value(cell).cmp(right.value(cell))),
            Self::Not(inner) => !inner.holds(cell)?,
            Self::And(left, right) => left.holds(cell)? && right.holds(cell)?,
            Self::Or(left, right) => left.holds(cell)? || right.holds(cell)?,
        })
    }
}

/// Finds a column by its name.
type Find<'f> = &'f dyn Fn(&str) -> Result<usize, Unresolved>;

/// What a part is by itself, before its place decides what a column is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Nature {
    Column,
    Text,
    Number,
    Condition,
}

impl Part {
    fn nature(&self) -> Nature {
        match self {
            Self::Name(_) => Nature::Column,
            Self::Text(_) => Nature::Text,
            Self::Number(_) | Self::Negative(_) => Nature::Number,
            Self::Not(_) => Nature::Condition,
            Self::Binary(operator, _, _) => match operator {
                Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => Nature::Number,
                Operator::Or | Operator::And | Operator::Compare(_) => Nature::Condition,
            },
        }
    }
}

pub(super) fn compile(node: &Node, find: Find) -> Result<Compiled, Fault> {
    Ok(match (&node.part, node.part.nature()) {
        (Part::Name(name), _) => Compiled::Column(column(node, name, find)?),
        (Part::Text(text), _) => Compiled::Text(text.clone()),
        (_, Nature::Condition) => Compiled::Condition(Condition(test(node, find)?)),
        (_, Nature::Column | Nature::Text | Nature::Number) => {
            Compiled::Formula(Formula(number(node, find)?))
        }
    })
}

fn number(node: &Node, find: Find) -> Result<Number, Fault> {
    let step = |step: Step, left, right| {
        Ok(Number::Step(step, Box::new(number(left, find)?), Box::new(number(right, find)?)))
    };
    match &node.part {
        Part::Number(value) => Ok(Number::Literal(*value)),
        Part::Name(name) => column(node, name, find).map(Number::Cell),
        Part::Negative(inner) => Ok(Number::Negative(Box::new(number(inner, find)?))),
        Part::Binary(Operator::Add, left, right) => step(add, left, right),
        Part::Binary(Operator::Subtract, left, right) => step(subtract, left, right),
        Part::Binary(Operator::Multiply, left, right) => step(multiply, left, right),
        Part::Binary(Operator::Divide, left, right) => step(divide, left, right),
        Part::Text(_)
        | Part::Not(_)
        | Part::Binary(Operator::Or | Operator::And | Operator::Compare(_), _, _) => {
            Err(Fault { position: node.position, reason: Reason::NumberWanted })
        }
    }
}

fn words(node: &Node, find: Find) -> Result<Words, Fault> {
    match &node.part {
        Part::Text(text) => Ok(Words::Literal(text.clone())),
        Part::Name(name) => column(node, name, find).map(Words::Cell),
        Part::Number(_) | Part::Negative(_) | Part::Not(_) | Part::Binary(..) => {
            Err(Fault { position: node.position, reason: Reason::TextWanted })
        }
    }
}

fn test(node: &Node, find: Find) -> Result<Test, Fault> {
    let both = |left, right| Ok((Box::new(test(left, find)?), Box::new(test(right, find)?)));
    match &node.part {
        Part::Not(inner) => Ok(Test::Not(Box::new(test(inner, find)?))),
        Part::Binary(Operator::And, left, right) => {
            both(left, right).map(|(left, right)| Test::And(left, right))
        }
        Part::Binary(Operator::Or, left, right) => {
            both(left, right).map(|(left, right)| Test::Or(left, right))
        }
        Part::Binary(Operator::Compare(comparison), left, right) => compare(*comparison, left, right, find),
        Part::Number(_)
        | Part::Text(_)
        | Part::Name(_)
        | Part::Negative(_)
        | Part::Binary(Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide, _, _) => {
            Err(Fault { position: node.position, reason: Reason::ConditionWanted })
        }
    }
}

/// A comparison with text compares text, one with a number compares numbers. Of two columns, order asks for
/// numbers, and equality is that of codes: `001` is not `1`.
fn compare(comparison: Comparison, left: &Node, right: &Node, find: Find) -> Result<Test, Fault> {
    let either = |nature| left.part.nature() == nature || right.part.nature() == nature;
    let of_codes = matches!(comparison, Comparison::Equal | Comparison::NotEqual) && !either(Nature::Number);
    if either(Nature::Text) || of_codes {
        Ok(Test::Words(comparison, words(left, find)?, words(right, find)?))
    } else {
        Ok(Test::Numbers(comparison, number(left, find)?, number(right, find)?))
    }
}

fn column(node: &Node, name: &str, find: Find) -> Result<usize, Fault> {
    find(name).map_err(|why| Fault {
        position: node.position,
        reason: Reason::Column { name: name.to_owned(), why },
    })
}
