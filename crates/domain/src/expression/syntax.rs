//! The tree of an expression, and how it is written down.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::token::is_bare;

/// A part of an expression and the place where it begins (an operator: where its sign stands).
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub(super) position: usize,
    pub(super) part: Part,
}

#[derive(Debug, Clone)]
pub(super) enum Part {
    /// Never negative.
    Number(Decimal),
    Text(String),
    Name(String),
    Negative(Box<Node>),
    Not(Box<Node>),
    If(Box<[Node; 3]>),
    Lookup(Box<Lookup>),
    Binary(Operator, Box<Node>, Box<Node>),
}

/// What a table of the mapping has beside the text of a column.
#[derive(Debug, Clone)]
pub(super) struct Lookup {
    pub(super) table: String,
    pub(super) column: Node,
    /// What stands in for a text that the table lacks.
    pub(super) otherwise: Option<Node>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Or,
    And,
    Compare(Comparison),
    Join,
    Add,
    Subtract,
    Multiply,
    Divide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// How tightly the prefixes bind, on the scale of [`Operator::power`].
pub(super) const NOT_POWER: u8 = 3;
pub(super) const NEGATIVE_POWER: u8 = 8;

impl Operator {
    /// How tightly it binds its sides.
    pub(super) fn power(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Compare(_) => 4,
            Self::Join => 5,
            Self::Add | Self::Subtract => 6,
            Self::Multiply | Self::Divide => 7,
        }
    }

    fn sign(self) -> &'static str {
        match self {
            Self::Or => "or",
            Self::And => "and",
            Self::Compare(Comparison::Equal) => "=",
            Self::Compare(Comparison::NotEqual) => "!=",
            Self::Compare(Comparison::Less) => "<",
            Self::Compare(Comparison::AtMost) => "<=",
            Self::Compare(Comparison::Greater) => ">",
            Self::Compare(Comparison::AtLeast) => ">=",
            Self::Join => "&",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
        }
    }
}

impl Comparison {
    pub(super) fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Part {
    fn power(&self) -> u8 {
        match self {
            Self::Number(_) | Self::Text(_) | Self::Name(_) | Self::If(_) | Self::Lookup(_) => u8::MAX,
            Self::Negative(_) => NEGATIVE_POWER,
            Self::Not(_) => NOT_POWER,
            Self::Binary(operator, _, _) => operator.power(),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Part::Number(number) => number.fmt(f),
            Part::Text(text) => write_text(text, f),
            Part::Name(name) if is_bare(name) => f.write_str(name),
            Part::Name(name) => write!(f, "[{}]", name.replace(']', "]]")),
            Part::Negative(inner) => {
                f.write_str("-")?;
                write_inside(inner, NEGATIVE_POWER, f)
            }
            Part::Not(inner) => {
                f.write_str("not ")?;
                write_inside(inner, NOT_POWER, f)
            }
            Part::If(parts) => {
                let [condition, yes, no] = parts.as_ref();
                write!(f, "if({condition}, {yes}, {no})")
            }
            Part::Lookup(lookup) => {
                f.write_str("lookup(")?;
                write_text(&lookup.table, f)?;
                write!(f, ", {}", lookup.column)?;
                if let Some(otherwise) = &lookup.otherwise {
                    write!(f, ", {otherwise}")?;
                }
                f.write_str(")")
            }
            Part::Binary(operator, left, right) => {
                let power = operator.power();
                let chained = matches!(operator, Operator::Compare(_));
                write_inside(left, power + u8::from(chained), f)?;
                write!(f, " {} ", operator.sign())?;
                write_inside(right, power + 1, f)
            }
        }
    }
}

fn write_text(text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "'{}'", text.replace('\'', "''"))
}

/// Writes a part in parentheses where it binds more loosely than its place asks for.
fn write_inside(node: &Node, power: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if node.part.power() < power { write!(f, "({node})") } else { write!(f, "{node}") }
}
