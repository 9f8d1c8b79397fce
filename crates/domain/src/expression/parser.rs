//! Signs to a tree, by how tightly each operator binds. Types and columns are settled in [`super::program`].

use std::iter::Peekable;
use std::vec::IntoIter;

use super::fault::{Fault, Reason};
use super::syntax::{NEGATIVE_POWER, NOT_POWER, Node, Operator, Part};
use super::token::{Placed, Token, tokens};

const MOST_LEVELS: u32 = 50;

pub(super) fn parse(text: &str) -> Result<Node, Fault> {
    let tokens = tokens(text)?;
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), levels: 0 };
    let node = parser.expression(0)?;
    match parser.next() {
        Placed { token: Token::End, .. } => Ok(node),
        Placed { position, token: Token::Close } => Err(Fault { position, reason: Reason::Character(')') }),
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
            Token::Name(name) => Part::Name(name),
            Token::Not => Part::Not(Box::new(self.expression(NOT_POWER)?)),
            Token::Operator(Operator::Subtract) => Part::Negative(Box::new(self.expression(NEGATIVE_POWER)?)),
            Token::Open => {
                let inner = self.expression(0)?;
                return match self.next() {
                    Placed { token: Token::Close, .. } => Ok(inner),
                    Placed { position, .. } => Err(Fault { position, reason: Reason::Unclosed(')') }),
                };
            }
            Token::Operator(_) | Token::Close | Token::End => return fault(Reason::ValueMissing),
        };
        Ok(Node { position, part })
    }
}
