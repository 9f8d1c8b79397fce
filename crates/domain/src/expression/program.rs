//! An expression with its columns found and its types settled: what a row is evaluated with.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::arithmetic::{add, divide, multiply, subtract};
use super::fault::{Failure, Fault, Reason, Unresolved};
use super::syntax::{Comparison, Lookup, Node, Operator, Part};
use crate::number;

/// The lookup tables of a mapping by name: what stands for which text.
pub type Tables = BTreeMap<String, BTreeMap<String, String>>;

/// What an expression turned out to be.
#[derive(Debug, Clone)]
pub enum Compiled {
    /// One column as it stands.
    Column(usize),
    /// One text, the same in every row.
    Text(String),
    /// A text that differs by row.
    Wording(Wording),
    /// A number.
    Formula(Formula),
    /// True or false.
    Condition(Condition),
}

/// An expression whose value is a number.
#[derive(Debug, Clone)]
pub struct Formula(Number);

/// An expression whose value is a text.
#[derive(Debug, Clone)]
pub struct Wording(Words);

/// An expression whose value is true or false.
#[derive(Debug, Clone)]
pub struct Condition(Test);

#[derive(Debug, Clone)]
enum Number {
    Literal(Decimal),
    Cell(usize),
    Negative(Box<Self>),
    Step(Step, Box<Self>, Box<Self>),
    If(Box<Test>, Box<Self>, Box<Self>),
    Lookup(Table<Decimal, Self>),
}

/// A lookup in a column, settled; `otherwise` stands in for a text that the table lacks.
#[derive(Debug, Clone)]
struct Table<V, O> {
    column: usize,
    values: BTreeMap<String, V>,
    otherwise: Option<Box<O>>,
}

/// One of the exact steps of arithmetic.
type Step = fn(Decimal, Decimal) -> Result<Decimal, Failure>;

#[derive(Debug, Clone)]
enum Words {
    Literal(String),
    Cell(usize),
    Join(Box<Self>, Box<Self>),
    If(Box<Test>, Box<Self>, Box<Self>),
    Lookup(Table<String, Self>),
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

impl Wording {
    /// The text in one row, without the spaces around each cell.
    pub fn evaluate<'s, 'r: 's>(&'s self, cell: &impl Fn(usize) -> &'r str) -> Result<Cow<'s, str>, Failure> {
        self.0.value(cell)
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
            Self::If(test, yes, no) => {
                if test.holds(cell)? {
                    yes.value(cell)
                } else {
                    no.value(cell)
                }
            }
            Self::Lookup(table) => match (table.found(cell(table.column)), &table.otherwise) {
                (Found::Value(number), _) => Ok(*number),
                (_, Some(otherwise)) => otherwise.value(cell),
                (Found::Blank, None) => Err(Failure::Blank { column: table.column }),
                (Found::Nothing, None) => Err(Failure::Unlisted { column: table.column }),
            },
        }
    }

    fn collect_columns(&self, columns: &mut Vec<usize>) {
        match self {
            Self::Literal(_) => {}
            Self::Cell(column) => columns.push(*column),
            Self::Negative(inner) => inner.collect_columns(columns),
            Self::If(_, yes, no) => {
                yes.collect_columns(columns);
                no.collect_columns(columns);
            }
            Self::Lookup(table) => {
                columns.push(table.column);
                table.otherwise.iter().for_each(|otherwise| otherwise.collect_columns(columns));
            }
            Self::Step(_, left, right) => {
                left.collect_columns(columns);
                right.collect_columns(columns);
            }
        }
    }
}

impl Words {
    fn value<'s, 'r: 's>(&'s self, cell: &impl Fn(usize) -> &'r str) -> Result<Cow<'s, str>, Failure> {
        match self {
            Self::Literal(text) => Ok(text.into()),
            Self::Cell(column) => Ok(cell(*column).trim().into()),
            Self::Join(left, right) => Ok(left.value(cell)? + right.value(cell)?),
            Self::If(test, yes, no) => {
                if test.holds(cell)? {
                    yes.value(cell)
                } else {
                    no.value(cell)
                }
            }
            Self::Lookup(table) => match (table.found(cell(table.column)), &table.otherwise) {
                (Found::Value(text), _) => Ok(text.into()),
                (_, Some(otherwise)) => otherwise.value(cell),
                (Found::Blank, None) => Ok("".into()),
                (Found::Nothing, None) => Err(Failure::Unlisted { column: table.column }),
            },
        }
    }
}

/// What a table says about a cell.
enum Found<'t, V> {
    Value(&'t V),
    Blank,
    Nothing,
}

impl<V, O> Table<V, O> {
    fn found(&self, cell: &str) -> Found<'_, V> {
        match (self.values.get(cell.trim()), cell.trim()) {
            (Some(value), _) => Found::Value(value),
            (None, "") => Found::Blank,
            (None, _) => Found::Nothing,
        }
    }
}

impl Test {
    fn holds<'r>(&self, cell: &impl Fn(usize) -> &'r str) -> Result<bool, Failure> {
        Ok(match self {
            Self::Numbers(comparison, left, right) => {
                comparison.holds(left.value(cell)?.cmp(&right.value(cell)?))
            }
            Self::Words(comparison, left, right) => {
                comparison.holds(left.value(cell)?.cmp(&right.value(cell)?))
            }
            Self::Not(inner) => !inner.holds(cell)?,
            Self::And(left, right) => left.holds(cell)? && right.holds(cell)?,
            Self::Or(left, right) => left.holds(cell)? || right.holds(cell)?,
        })
    }
}

/// What names lead to.
#[derive(Clone, Copy)]
pub(super) struct Find<'f> {
    pub(super) column: &'f dyn Fn(&str) -> Result<usize, Unresolved>,
    pub(super) tables: &'f Tables,
}

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
            Self::Text(_) | Self::Lookup(_) => Nature::Text,
            Self::Number(_) | Self::Negative(_) => Nature::Number,
            Self::Not(_) => Nature::Condition,
            Self::If(parts) => match (parts[1].part.nature(), parts[2].part.nature()) {
                (Nature::Number, _) | (_, Nature::Number) => Nature::Number,
                (Nature::Condition, _) | (_, Nature::Condition) => Nature::Condition,
                (Nature::Column | Nature::Text, Nature::Column | Nature::Text) => Nature::Text,
            },
            Self::Binary(operator, _, _) => match operator {
                Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide => Nature::Number,
                Operator::Join => Nature::Text,
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
        (_, Nature::Column | Nature::Text) => Compiled::Wording(Wording(words(node, find)?)),
        (_, Nature::Number) => Compiled::Formula(Formula(number(node, find)?)),
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
        Part::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            Ok(Number::If(
                Box::new(test(condition, find)?),
                Box::new(number(yes, find)?),
                Box::new(number(no, find)?),
            ))
        }
        Part::Lookup(lookup) => {
            let read = |value: &String| number::any(value).ok().flatten();
            settled(node, lookup, find, Reason::NumberWanted, read, number).map(Number::Lookup)
        }
        Part::Text(_)
        | Part::Not(_)
        | Part::Binary(Operator::Or | Operator::And | Operator::Compare(_) | Operator::Join, _, _) => {
            Err(Fault { position: node.position, reason: Reason::NumberWanted })
        }
    }
}

/// A lookup with its table found, every value of it read as what its place wants.
fn settled<V, O>(
    node: &Node,
    lookup: &Lookup,
    find: Find,
    unread: Reason,
    read: impl Fn(&String) -> Option<V>,
    otherwise: fn(&Node, Find) -> Result<O, Fault>,
) -> Result<Table<V, O>, Fault> {
    let fault = |reason| Fault { position: node.position, reason };
    let table =
        find.tables.get(&lookup.table).ok_or_else(|| fault(Reason::NoSuchTable(lookup.table.clone())))?;
    let Part::Name(name) = &lookup.column.part else {
        return Err(Fault { position: lookup.column.position, reason: Reason::ColumnWanted });
    };
    let values = table.iter().map(|(key, value)| Some((key.clone(), read(value)?))).collect::<Option<_>>();
    Ok(Table {
        column: column(&lookup.column, name, find)?,
        values: values.ok_or_else(|| fault(unread))?,
        otherwise: lookup.otherwise.as_ref().map(|node| otherwise(node, find).map(Box::new)).transpose()?,
    })
}

fn words(node: &Node, find: Find) -> Result<Words, Fault> {
    match &node.part {
        Part::Text(text) => Ok(Words::Literal(text.clone())),
        Part::Name(name) => column(node, name, find).map(Words::Cell),
        Part::Binary(Operator::Join, left, right) => {
            Ok(Words::Join(Box::new(words(left, find)?), Box::new(words(right, find)?)))
        }
        Part::If(parts) => {
            let [condition, yes, no] = parts.as_ref();
            Ok(Words::If(
                Box::new(test(condition, find)?),
                Box::new(words(yes, find)?),
                Box::new(words(no, find)?),
            ))
        }
        Part::Lookup(lookup) => {
            settled(node, lookup, find, Reason::TextWanted, |value| Some(value.clone()), words)
                .map(Words::Lookup)
        }
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
        | Part::If(_)
        | Part::Lookup(_)
        | Part::Binary(
            Operator::Add | Operator::Subtract | Operator::Multiply | Operator::Divide | Operator::Join,
            _,
            _,
        ) => Err(Fault { position: node.position, reason: Reason::ConditionWanted }),
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
    (find.column)(name).map_err(|why| Fault {
        position: node.position,
        reason: Reason::Column { name: name.to_owned(), why },
    })
}
