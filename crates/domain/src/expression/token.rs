//! Characters to signs. What the signs mean together is in [`super::parser`].

use rust_decimal::Decimal;

use super::fault::{Fault, Reason};
use super::syntax::{Comparison, Operator};
use crate::number;

const MOST_CHARACTERS: usize = 4_000;
const MOST_TOKENS: usize = 500;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Number(Decimal),
    Text(String),
    Name(String),
    Not,
    Operator(Operator),
    Open,
    Close,
    Comma,
    /// Behind the last sign.
    End,
}

/// A sign and the place of its first character, counted from 1.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub(super) position: usize,
    pub(super) token: Token,
}

/// Cuts a text into signs; the last one is always [`Token::End`].
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Fault> {
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return Err(Fault { position: MOST_CHARACTERS + 1, reason: Reason::TooLarge });
    }
    let characters: Vec<char> = text.chars().collect();
    let mut reader = Reader { characters: &characters, next: 0 };
    let mut tokens = Vec::new();
    loop {
        while reader.peek().is_some_and(char::is_whitespace) {
            reader.next += 1;
        }
        let position = reader.next + 1;
        let fault = |reason| Fault { position, reason };
        if tokens.len() == MOST_TOKENS {
            return Err(fault(Reason::TooLarge));
        }
        let token = reader.token().map_err(fault)?;
        let last = token == Token::End;
        tokens.push(Placed { position, token });
        if last {
            return Ok(tokens);
        }
    }
}

/// Whether a name can stand without brackets.
pub(super) fn is_bare(name: &str) -> bool {
    let mut characters = name.chars();
    characters.next().is_some_and(begins_name) && characters.all(continues_name) && word(name).is_none()
}

struct Reader<'t> {
    characters: &'t [char],
    next: usize,
}

impl Reader<'_> {
    /// The next character, full-width signs as plain ones.
    fn peek(&self) -> Option<char> {
        self.characters.get(self.next).copied().map(plain)
    }

    fn token(&mut self) -> Result<Token, Reason> {
        let Some(&raw) = self.characters.get(self.next) else { return Ok(Token::End) };
        if let Some(closing) = closing(raw) {
            let content = self.quoted(closing)?;
            return match plain(raw) {
                '[' if content.trim().is_empty() => Err(Reason::NameMissing),
                '[' => Ok(Token::Name(content.trim().to_owned())),
                _ => Ok(Token::Text(content)),
            };
        }
        let first = plain(raw);
        if first.is_ascii_digit() || first == '.' {
            return self.number();
        }
        if begins_name(first) {
            let name = self.run(continues_name);
            return Ok(word(&name).unwrap_or(Token::Name(name)));
        }
        self.next += 1;
        let or_equal = matches!(first, '=' | '!' | '<' | '>') && self.peek() == Some('=');
        self.next += usize::from(or_equal);
        let compared = |comparison| Ok(Token::Operator(Operator::Compare(comparison)));
        match (first, or_equal) {
            ('(', _) => Ok(Token::Open),
            (')', _) => Ok(Token::Close),
            (',', _) => Ok(Token::Comma),
            ('&', _) => Ok(Token::Operator(Operator::Join)),
            ('+', _) => Ok(Token::Operator(Operator::Add)),
            ('-', _) => Ok(Token::Operator(Operator::Subtract)),
            ('*', _) => Ok(Token::Operator(Operator::Multiply)),
            ('/', _) => Ok(Token::Operator(Operator::Divide)),
            ('=', _) => compared(Comparison::Equal),
            ('!', true) | ('≠', _) => compared(Comparison::NotEqual),
            ('<', false) if self.peek() == Some('>') => {
                self.next += 1;
                compared(Comparison::NotEqual)
            }
            ('<', false) => compared(Comparison::Less),
            ('<', true) | ('≤', _) => compared(Comparison::AtMost),
            ('>', false) => compared(Comparison::Greater),
            ('>', true) | ('≥', _) => compared(Comparison::AtLeast),
            (other, _) => Err(Reason::Character(other)),
        }
    }

    /// The content up to a closing mark; the mark written twice stands for itself.
    fn quoted(&mut self, closing: char) -> Result<String, Reason> {
        let mut content = String::new();
        self.next += 1;
        while let Some(&character) = self.characters.get(self.next) {
            self.next += 1;
            if character == closing {
                if self.characters.get(self.next) != Some(&closing) {
                    return Ok(content);
                }
                self.next += 1;
            }
            content.push(character);
        }
        Err(Reason::Unclosed(closing))
    }

    fn number(&mut self) -> Result<Token, Reason> {
        let digits = self.run(|c| continues_name(c) || c == '.');
        if !digits.chars().all(|c| c.is_ascii_digit() || c == '.') {
            return Err(Reason::Number);
        }
        number::decimal(&digits).ok().flatten().map(Token::Number).ok_or(Reason::Number)
    }

    /// The following characters as long as they fit, full-width ones as plain ones.
    fn run(&mut self, fits: impl Fn(char) -> bool) -> String {
        let mut run = String::new();
        while let Some(character) = self.peek().filter(|&c| fits(c)) {
            run.push(character);
            self.next += 1;
        }
        run
    }
}

fn word(name: &str) -> Option<Token> {
    if name.eq_ignore_ascii_case("and") {
        Some(Token::Operator(Operator::And))
    } else if name.eq_ignore_ascii_case("or") {
        Some(Token::Operator(Operator::Or))
    } else if name.eq_ignore_ascii_case("not") {
        Some(Token::Not)
    } else {
        None
    }
}

fn begins_name(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Signs as a Chinese keyboard types them, made plain.
fn plain(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '×' => '*',
        '÷' => '/',
        '\u{2212}' => '-',
        '【' => '[',
        _ => c,
    }
}

fn closing(opening: char) -> Option<char> {
    match opening {
        '\'' | '"' | '＇' | '＂' => Some(opening),
        '‘' => Some('’'),
        '“' => Some('”'),
        '[' => Some(']'),
        '［' => Some('］'),
        '【' => Some('】'),
        _ => None,
    }
}
