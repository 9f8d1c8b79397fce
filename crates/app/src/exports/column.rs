//! Columns and cells of an exported list: what each holds, in which unit, and how wide it is drawn.

use dacheng_domain::{Fen, Ratio};
use dacheng_sheets::xlsx::Digits;
use dacheng_sheets::{Cell, Number, limits};
use dacheng_text::Lang;
use jiff::civil::{Date, DateTime};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Words, names, codes.
    Text,
    /// Money in yuan.
    Money,
    /// Amounts of metrics, not all of them money; a column beside it says which.
    Amount,
    /// A rate in per cent.
    Percent,
    /// A difference of two rates in percentage points.
    Points,
    /// How many.
    Count,
    /// A number that is a name: of an entry, a row.
    Serial,
    /// A day.
    Day,
    /// A moment on the company's clock.
    Moment,
    /// How many days.
    Days,
}

/// A column of an exported list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name, without the unit.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// Its width in characters of ASCII; a Chinese character takes two.
    pub width: u8,
}

/// A cell of an exported list. A text never becomes a formula, and a number stays one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text, whatever it looks like.
    Text(String),
    /// An exact number in plain digits.
    Number(String),
    /// A day.
    Day(Date),
    /// A moment on the company's clock.
    Moment(DateTime),
    /// Nothing.
    Blank,
}

impl Column {
    /// A column of text of a width.
    pub fn text(name: impl Into<String>, width: u8) -> Self {
        Self { name: name.into(), holds: Holds::Text, width }
    }

    /// A column of anything else, as wide as that needs.
    pub fn of(holds: Holds, name: impl Into<String>) -> Self {
        let width = match holds {
            Holds::Money | Holds::Amount => 18,
            Holds::Text | Holds::Percent | Holds::Points | Holds::Count => 14,
            Holds::Serial | Holds::Days => 10,
            Holds::Day => 13,
            Holds::Moment => 22,
        };
        Self { name: name.into(), holds, width }
    }

    /// Its name with the unit of its cells.
    pub fn heading(&self, lang: Lang) -> String {
        let say = lang.exports();
        match self.holds {
            Holds::Text | Holds::Amount | Holds::Count | Holds::Serial | Holds::Day | Holds::Moment => {
                self.name.clone()
            }
            Holds::Money => say.in_yuan(&self.name),
            Holds::Percent => say.in_percent(&self.name),
            Holds::Points => say.in_points(&self.name),
            Holds::Days => say.in_days(&self.name),
        }
    }

    /// How its numbers look.
    pub(super) const fn digits(&self) -> Digits {
        match self.holds {
            Holds::Money | Holds::Amount | Holds::Count | Holds::Days => Digits::Grouped,
            Holds::Text | Holds::Percent | Holds::Points | Holds::Serial | Holds::Day | Holds::Moment => {
                Digits::Plain
            }
        }
    }
}

impl Value {
    /// Text; an empty one is a blank cell.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Blank } else { Self::Text(text) }
    }

    /// Money in yuan with two decimals.
    pub fn money(amount: Fen) -> Self {
        Self::Number(amount.to_string())
    }

    /// The same where there is an amount.
    pub fn money_of(amount: Option<Fen>) -> Self {
        amount.map_or(Self::Blank, Self::money)
    }

    /// A rate in per cent with two decimals; a rate that does not exist is blank, never 0.
    pub fn percent(rate: Option<Ratio>) -> Self {
        let hundredths = rate.and_then(|rate| i64::try_from(rate.scaled(10_000)).ok());
        hundredths.map_or(Self::Blank, |hundredths| Self::money(Fen(hundredths)))
    }

    /// A whole number.
    pub fn number(number: impl std::fmt::Display) -> Self {
        Self::Number(number.to_string())
    }

    /// A day, where there is one.
    pub fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Blank, Self::Day)
    }

    /// A moment, where there is one.
    pub fn moment(moment: Option<DateTime>) -> Self {
        moment.map_or(Self::Blank, Self::Moment)
    }

    /// As it is written. A text that no cell can hold is cut.
    pub(super) fn cell(&self) -> Cell<'_> {
        match self {
            Self::Text(text) => Cell::Text(fitting(text)),
            Self::Number(number) => Number::new(number).map_or(Cell::Text(number), Cell::Number),
            Self::Day(day) => Cell::Date(*day),
            Self::Moment(moment) => Cell::Moment(*moment),
            Self::Blank => Cell::Blank,
        }
    }
}

/// As much of a text as a cell can hold.
fn fitting(text: &str) -> &str {
    let mut left = limits::CHARACTERS;
    let beyond = text.char_indices().find(|(_, character)| match left.checked_sub(character.len_utf16()) {
        Some(rest) => {
            left = rest;
            false
        }
        None => true,
    });
    beyond.map_or(text, |(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_keeps_its_side_of_the_threshold() {
        assert_eq!(Value::percent(Ratio::new(7996, 10_000)), Value::Number("79.96".to_owned()));
        assert_eq!(Value::percent(None), Value::Blank);
    }

    #[test]
    fn a_text_is_cut_where_a_cell_is_full() {
        assert_eq!(fitting("短"), "短");
        let long = "𝄞".repeat(limits::CHARACTERS);
        assert_eq!(fitting(&long).encode_utf16().count(), limits::CHARACTERS - 1, "no half characters");
    }
}
