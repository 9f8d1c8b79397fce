//! One cell, parsed at the door: what a value of each content may be. Which cells a row has is in [`super::kind`].

use std::fmt;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::Serialize;
use smol_str::SmolStr;

use super::credit::{CreditKind, WHOLE};
use super::day::DateFormat;
use super::kind::{Content, MOST_FIELDS, PointStep};
use super::problem::Reason;
use super::state::{LEAVE_WORDS, LeaveKind, OUTCOME_WORDS, Outcome, SUMMARY_WORDS};
use crate::Fen;
use crate::calendar::Month;
use crate::expression::rounded_fen;
use crate::metrics::Metric;
use crate::number::{self, CellUnit};
use crate::people::{Position, Share};

const LONGEST_CODE: usize = 64;
const LONGEST_TEXT: usize = 200;

/// Decimals of a point that are held.
const POINT_DECIMALS: u32 = 2;

/// Decimals of a share that [`WHOLE`] holds.
const SHARE_DECIMALS: u32 = WHOLE.ilog10();

/// An external code as imported: its zeros and its case stay, spaces around it do not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Code(SmolStr);

impl Code {
    /// Reads a code of 1 to 64 visible characters.
    ///
    /// ```
    /// use dacheng_domain::facts::value::Code;
    /// assert_eq!(Code::read(" 001234 ").unwrap().as_str(), "001234");
    /// assert!(Code::read("A\u{200b}1").is_err());
    /// ```
    pub fn read(text: &str) -> Result<Self, Reason> {
        line(text, LONGEST_CODE)?.map(|code| Self(code.into())).ok_or(Reason::Blank)
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<Code> for SmolStr {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether an order counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    /// Counts.
    #[default]
    Normal,
    /// Counts 0 and stays visible.
    Cancelled,
}

/// What a cell turned out to hold.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Code(Code),
    Text(Box<str>),
    Date(Date),
    Money(Fen),
    Quantity(Decimal),
    Share(Share),
    OrderStatus(OrderStatus),
    CreditKind(CreditKind),
    Position(Position),
    /// In hundredths.
    Points(i64),
    Month(Month),
    Metric(Metric),
    Outcome(Outcome),
    LeaveKind(LeaveKind),
}

impl Value {
    /// As a file writes it, so that reading it again gives the same value.
    pub(super) fn written(&self) -> String {
        match self {
            Self::Code(code) => code.to_string(),
            Self::Text(text) => text.to_string(),
            Self::Date(date) => date.to_string(),
            Self::Money(amount) => amount.to_string(),
            Self::Quantity(quantity) => quantity.normalize().to_string(),
            Self::Share(share) => Decimal::new(share.parts(), SHARE_DECIMALS).normalize().to_string(),
            Self::OrderStatus(OrderStatus::Normal) => "normal".to_owned(),
            Self::OrderStatus(OrderStatus::Cancelled) => "cancelled".to_owned(),
            Self::CreditKind(CreditKind::Credit) => "credit".to_owned(),
            Self::CreditKind(CreditKind::Overlay) => "overlay".to_owned(),
            Self::Position(position) => position.code().to_owned(),
            Self::Points(points) => Decimal::new(*points, POINT_DECIMALS).normalize().to_string(),
            Self::Month(month) => month.to_string(),
            Self::Metric(metric) => metric.code().to_owned(),
            Self::Outcome(outcome) => outcome.code().to_owned(),
            Self::LeaveKind(kind) => kind.code().to_owned(),
        }
    }
}

/// The values of a row in the order of its kind's fields; places beyond them are empty.
pub(super) type Fields = [Option<Value>; MOST_FIELDS];

/// Words for the states of an order, compared without case. A word that is not here is refused, since a guess
/// would count a cancelled order or drop a good one.
#[rustfmt::skip]
const STATUS_WORDS: [(OrderStatus, &[&str]); 2] = [
    (OrderStatus::Normal, &[
        "normal", "active", "valid", "new", "open", "pending", "processing", "in progress", "in_progress",
        "confirmed", "approved", "signed", "booked", "won", "shipped", "delivered", "fulfilled", "invoiced",
        "paid", "settled", "completed", "complete", "closed", "done", "ok", "正常", "有效", "生效", "已生效",
        "进行中", "执行中", "已确认", "已审核", "已签约", "已成交", "成交", "待发货", "部分发货", "已发货",
        "已收货", "已开票", "待付款", "已付款", "已收款", "已结算", "已完成", "完成",
    ]),
    (OrderStatus::Cancelled, &[
        "cancelled", "canceled", "cancel", "void", "voided", "deleted", "已取消", "取消", "已作废", "作废",
        "已撤销", "撤销", "撤单", "已删除",
    ]),
];

const CREDIT_WORDS: [(CreditKind, &[&str]); 2] =
    [(CreditKind::Credit, &["credit", "分成"]), (CreditKind::Overlay, &["overlay", "双计"])];

/// Reads a cell as a field's content; `None` where it is blank.
pub(super) fn read(content: Content, text: &str, dates: &DateFormat) -> Result<Option<Value>, Reason> {
    match content {
        Content::Code => Ok(line(text, LONGEST_CODE)?.map(|code| Value::Code(Code(code.into())))),
        Content::Text => Ok(line(text, LONGEST_TEXT)?.map(|text| Value::Text(text.into()))),
        Content::Date => Ok(dates.read(text).map_err(Reason::Date)?.map(Value::Date)),
        Content::Money => Ok(number::money(text, CellUnit::Yuan).map_err(Reason::Number)?.map(Value::Money)),
        Content::MoneyFromZero => {
            number::money(text, CellUnit::Yuan).map_err(Reason::Number)?.map(from_zero).transpose()
        }
        Content::Quantity => Ok(number::decimal(text).map_err(Reason::Number)?.map(Value::Quantity)),
        Content::Share => number::fraction(text).map_err(Reason::Number)?.map(share).transpose(),
        Content::OrderStatus => Ok(word(text, &STATUS_WORDS, Reason::OrderStatus)?.map(Value::OrderStatus)),
        Content::CreditKind => Ok(word(text, &CREDIT_WORDS, Reason::CreditKind)?.map(Value::CreditKind)),
        Content::Position => match line(text, LONGEST_TEXT)? {
            None => Ok(None),
            Some(title) => {
                title.parse().map(|position| Some(Value::Position(position))).map_err(|_| Reason::Position)
            }
        },
        Content::Points { most, step } => {
            let number = number::decimal(text).map_err(Reason::Number)?;
            number.map(|number| points(number, most, step)).transpose()
        }
        Content::Month => month(text, dates),
        Content::SummaryMetric => Ok(word(text, &SUMMARY_WORDS, Reason::SummaryMetric)?.map(Value::Metric)),
        Content::Outcome => Ok(word(text, &OUTCOME_WORDS, Reason::Outcome)?.map(Value::Outcome)),
        Content::LeaveKind => Ok(word(text, &LEAVE_WORDS, Reason::LeaveKind)?.map(Value::LeaveKind)),
    }
}

/// Takes a calculated number as a field's content. Money is rounded half away from zero to the fen
/// (`interface.md`), a share at its eighth decimal.
pub(super) fn calculated(content: Content, number: Decimal) -> Result<Value, Reason> {
    match content {
        Content::Money => rounded_fen(number).map(Value::Money).ok_or(Reason::TooLarge),
        Content::MoneyFromZero => rounded_fen(number).ok_or(Reason::TooLarge).and_then(from_zero),
        Content::Quantity => Ok(Value::Quantity(number)),
        Content::Share => {
            share(number.round_dp_with_strategy(SHARE_DECIMALS, RoundingStrategy::MidpointAwayFromZero))
        }
        Content::Points { most, step } => points(
            number.round_dp_with_strategy(POINT_DECIMALS, RoundingStrategy::MidpointAwayFromZero),
            most,
            step,
        ),
        Content::Code
        | Content::Text
        | Content::Date
        | Content::OrderStatus
        | Content::CreditKind
        | Content::Position
        | Content::Month
        | Content::SummaryMetric
        | Content::Outcome
        | Content::LeaveKind => Err(Reason::NotText),
    }
}

/// One line of visible text without the spaces around it; `None` where it is blank.
pub(crate) fn line(text: &str, longest: usize) -> Result<Option<&str>, Reason> {
    // Most are ASCII without a space: one look settles them.
    if (1..=longest).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(Some(text));
    }
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    if text.len() > longest && text.chars().count() > longest {
        return Err(Reason::TooLong { longest });
    }
    if text.chars().any(is_hidden) { Err(Reason::HiddenCharacter) } else { Ok(Some(text)) }
}

/// Control characters, and those that make two different texts look the same or run backwards.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(c, '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn from_zero(amount: Fen) -> Result<Value, Reason> {
    if amount < Fen::ZERO { Err(Reason::Negative) } else { Ok(Value::Money(amount)) }
}

/// A part of 1 in the hundred-millionths in which shares are held.
fn share(part: Decimal) -> Result<Value, Reason> {
    let parts = part.checked_mul(Decimal::from(WHOLE)).ok_or(Reason::Share)?;
    if !parts.is_integer() {
        return Err(Reason::ShareDecimals);
    }
    i64::try_from(parts).ok().and_then(Share::new).map(Value::Share).ok_or(Reason::Share)
}

/// Points from 0 to `most` in hundredths, as fine as they may be.
fn points(number: Decimal, most: u8, step: PointStep) -> Result<Value, Reason> {
    let hundredths = number.checked_mul(Decimal::ONE_HUNDRED).ok_or(Reason::Points { most })?;
    let fits = match step {
        PointStep::Whole => number.is_integer(),
        PointStep::Hundredth => hundredths.is_integer(),
    };
    let held = i64::try_from(hundredths).ok().filter(|held| (0..=i64::from(most) * 100).contains(held));
    held.filter(|_| fits).map(Value::Points).ok_or(Reason::Points { most })
}

/// A month: `2026-08`, or any day of it.
fn month(text: &str, dates: &DateFormat) -> Result<Option<Value>, Reason> {
    let Some(written) = line(text, LONGEST_CODE)? else { return Ok(None) };
    if let Ok(month) = written.parse() {
        return Ok(Some(Value::Month(month)));
    }
    let day = dates.read(written).map_err(|_| Reason::Month)?;
    Ok(day.map(|day| Value::Month(Month::of(day))))
}

fn word<T: Copy>(text: &str, words: &[(T, &[&str])], wrong: Reason) -> Result<Option<T>, Reason> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let means = |(_, words): &&(T, &[&str])| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    words.iter().find(means).map(|&(meaning, _)| Some(meaning)).ok_or(wrong)
}
