//! Signs to a tree, by how tightly each operator binds. Types and columns are settled in [`super::program`].

use std::iter::Peekable;
use std::vec::IntoIter;

use super::fault::{Fault, Reason};
use super::syntax::{Lookup, NEGATIVE_POWER, NOT_POWER, Node, Operator, Part};
use super::token::{Placed, Token, tokens};

const MOST_LEVELS: u32 = 50;

pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), levels: 0 };
    let node = parser.expression(0)?;
    match parser.next() {
        Placed { token: Token::End, .. } => Ok(node),
        Placed { position, token: Token::Close } => Err(Fault { position, reason: Reason::Character(')') }),
        Placed { position, token: Token::Comma } => Err(Fault { position, reason: Reason::Character(',') }),
        Placed { position, .. } => Err(Fault { position, reason: Reason::OperatorMissing }),
    }
}

struct Parser {
    tokens: Peekable<IntoIter<Placed>>,
    levels: u32,
}

impl Parser {
    /// An operand and every operator after it that binds at least as tightly as `power`.
    fn expression(&mut self, power: u8) -> Result<Node, Fault> {
        self.levels += 1;
        let mut left = self.operand()?;
        let mut chained = false;
        while let Some((position, operator)) = self.operator(power) {
            let compares = matches!(operator, Operator::Compare(_));
            if compares && chained {
                return Err(Fault { position, reason: Reason::Chained });
            }
            chained = compares;
            let right = self.expression(operator.power() + 1)?;
            left = Node { position, part: Part::Binary(operator, Box::new(left), Box::new(right)) };
        }
        self.levels -= 1;
        Ok(left)
    }

    fn next(&mut self) -> Placed {
        self.tokens.next().unwrap_or(Placed { position: 0, token: Token::End })
    }

    fn operator(&mut self, power: u8) -> Option<(usize, Operator)> {
        let binds =
            |placed: &Placed| matches!(placed.token, Token::Operator(operator) if operator.power() >= power);
        match self.tokens.next_if(binds)? {
            Placed { position, token: Token::Operator(operator) } => Some((position, operator)),
            Placed { .. } => None,
        }
    }

    fn operand(&mut self) -> Result<Node, Fault> {
        let Placed { position, token } = self.next();
        let fault = |reason| Err(Fault { position, reason });
        if self.levels > MOST_LEVELS {
            return fault(Reason::TooLarge);
        }
        let part = match token {
            Token::Number(number) => Part::Number(number),
            Token::Text(text) => Part::Text(text),
            Token::Name(name) => self.name(name)?,
            Token::Not => Part::Not(Box::new(self.expression(NOT_POWER)?)),
            Token::Operator(Operator::Subtract) => Part::Negative(Box::new(self.expression(NEGATIVE_POWER)?)),
            Token::Open => {
                let inner = self.expression(0)?;
                return self.close().map(|()| inner);
            }
            Token::Operator(_) | Token::Close | Token::Comma | Token::End => {
                return fault(Reason::ValueMissing);
            }
        };
        Ok(Node { position, part })
    }

    /// A column, or a call where `if` or `lookup` stands before a parenthesis.
    fn name(&mut self, name: String) -> Result<Part, Fault> {
        let called = self.tokens.peek().is_some_and(|placed| placed.token == Token::Open);
        if called && name.eq_ignore_ascii_case("if") {
            self.next();
            let condition = self.expression(0)?;
            self.comma()?;
            let yes = self.expression(0)?;
            self.comma()?;
            let no = self.expression(0)?;
            self.close()?;
            return Ok(Part::If(Box::new([condition, yes, no])));
        }
        if called && name.eq_ignore_ascii_case("lookup") {
            self.next();
            return self.lookup();
        }
        Ok(Part::Name(name))
    }

    fn lookup(&mut self) -> Result<Part, Fault> {
        let table = match self.next() {
            Placed { token: Token::Text(table), .. } => table,
            Placed { position, .. } => return Err(Fault { position, reason: Reason::TableWanted }),
        };
        self.comma()?;
        let column = self.expression(0)?;
        let otherwise = match self.tokens.next_if(|placed| placed.token == Token::Comma) {
            Some(_) => Some(self.expression(0)?),
            None => None,
        };
        self.close()?;
        Ok(Part::Lookup(Box::new(Lookup { table, column, otherwise })))
    }

    fn comma(&mut self) -> Result<(), Fault> {
        match self.next() {
            Placed { token: Token::Comma, .. } => Ok(()),
            Placed { position, .. } => Err(Fault { position, reason: Reason::Unclosed(',') }),
        }
    }

    fn close(&mut self) -> Result<(), Fault> {
        match self.next() {
            Placed { token: Token::Close, .. } => Ok(()),
            Placed { position, .. } => Err(Fault { position, reason: Reason::Unclosed(')') }),
        }
    }
}
