//! How cells of a workbook look: numbers, days and moments, in rows and in the total below them.

use rust_xlsxwriter::{Format, FormatBorder};

/// Decimals that a number can have and stay a number.
const MOST_DECIMALS: usize = 15;

/// How the numbers of a column look. Their decimals are those they were given with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// `1234.50`.
    Plain,
    /// `1,234.50`.
    Grouped,
}

/// How days and moments look, in the letters of spreadsheet programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patterns {
    /// A day.
    pub day: &'static str,
    /// A moment, to the second.
    pub moment: &'static str,
}

impl Patterns {
    /// `2026-11-23`, `2026-11-23 14:05:00`.
    pub const ISO: Self = Self { day: "yyyy-mm-dd", moment: "yyyy-mm-dd hh:mm:ss" };
}

/// The formats of the cells of a row.
pub(super) struct Formats {
    pub text: Format,
    pub day: Format,
    pub moment: Format,
    pub formula_like: Format,
    /// For numbers with as many decimals as the position.
    plain: Vec<Format>,
    grouped: Vec<Format>,
}

impl Formats {
    /// Those of the rows.
    pub fn of_rows(patterns: Patterns) -> Self {
        Self::on(&Format::new(), patterns)
    }

    /// Those of a total: bold below a line.
    pub fn of_total(patterns: Patterns) -> Self {
        Self::on(&Format::new().set_bold().set_border_top(FormatBorder::Thin), patterns)
    }

    fn on(base: &Format, patterns: Patterns) -> Self {
        let decimals = |whole: &str| {
            (0..=MOST_DECIMALS)
                .map(|decimals| base.clone().set_num_format(pattern(whole, decimals)))
                .collect()
        };
        Self {
            text: base.clone(),
            day: base.clone().set_num_format(patterns.day),
            moment: base.clone().set_num_format(patterns.moment),
            formula_like: base.clone().set_quote_prefix(),
            plain: decimals("0"),
            grouped: decimals("#,##0"),
        }
    }

    /// The format of a number; none where it has more decimals than a number keeps.
    pub fn number(&self, digits: Digits, decimals: usize) -> Option<&Format> {
        match digits {
            Digits::Plain => self.plain.get(decimals),
            Digits::Grouped => self.grouped.get(decimals),
        }
    }
}

/// Shows all decimals that the number was given with.
fn pattern(whole: &str, decimals: usize) -> String {
    match (whole, decimals) {
        ("0", 0) => "General".to_owned(),
        (whole, 0) => whole.to_owned(),
        (whole, decimals) => format!("{whole}.{}", "0".repeat(decimals)),
    }
}
