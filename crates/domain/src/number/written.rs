//! The forms in which a number may be written, taken apart exactly. What a place accepts is decided by its caller.

use rust_decimal::Decimal;
use unicode_normalization::UnicodeNormalization;

use super::{CellUnit, Unreadable};
use crate::Fen;

/// Digits that a [`Decimal`] always holds.
const MOST_DIGITS: u32 = 28;

/// `sign digits / 10^scale`, with the marks that stood beside it. The last digit of a fraction is never 0.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Written {
    negative: bool,
    digits: i128,
    scale: u32,
    /// The power of ten of 千, 万, 百万, 千万 or 亿.
    suffix: Option<u32>,
    pub(super) mark: Mark,
}

/// The mark that says what kind of number it is. 元 names the unit, `¥` only says that it is money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Mark {
    #[default]
    None,
    YuanSign,
    Yuan,
    Percent,
}

impl Written {
    /// Takes a text apart, or says that nothing is filled in.
    pub(super) fn read(text: &str) -> Result<Option<Self>, Unreadable> {
        let text = text.trim();
        if let Some(plain) = Self::plain(text.as_bytes()) {
            return Ok(Some(plain));
        }
        if text.chars().any(becomes_a_digit) {
            return Err(Unreadable::NotANumber);
        }
        let folded: String = text.nfkc().collect();
        let folded = folded.trim();
        let dashes = folded.chars().filter(|c| matches!(c, '-' | '\u{2212}' | '–' | '—')).count();
        if dashes <= 2 && dashes == folded.chars().count() {
            return Ok(None);
        }
        Reader { rest: folded }.number().map(Some)
    }

    /// The fast path: `-123.45` in ASCII, at most 18 digits, nothing else.
    fn plain(text: &[u8]) -> Option<Self> {
        let (negative, digits) = match text {
            [b'-', rest @ ..] => (true, rest),
            _ => (false, text),
        };
        if digits.len() > 19 {
            return None;
        }
        let mut value = 0_i64;
        let mut point = None;
        for (place, &byte) in digits.iter().enumerate() {
            match byte {
                b'0'..=b'9' if place < 18 || point.is_some() => value = value * 10 + i64::from(byte - b'0'),
                b'.' if point.is_none() && place > 0 && place + 1 < digits.len() => point = Some(place),
                _ => return None,
            }
        }
        if digits.is_empty() {
            return None;
        }
        let mut scale = point.map_or(0, |place| digits.len() - place - 1);
        while scale > 0 && value % 10 == 0 {
            (value, scale) = (value / 10, scale - 1);
        }
        Some(Self { negative, digits: value.into(), scale: u32::try_from(scale).ok()?, ..Self::default() })
    }

    /// The value; a percentage as a part of 1, money in yuan.
    pub(super) fn decimal(self) -> Result<Decimal, Unreadable> {
        let scale = self.scale + if self.mark == Mark::Percent { 2 } else { 0 };
        let power = self.suffix.unwrap_or(0);
        let raised = 10_i128.checked_pow(power.saturating_sub(scale)).ok_or(Unreadable::TooLong)?;
        let digits = self.signed().checked_mul(raised).ok_or(Unreadable::TooLong)?;
        Decimal::try_from_i128_with_scale(digits, scale.saturating_sub(power))
            .map_err(|_| Unreadable::TooLong)
    }

    /// The amount in fen; a number without a unit of its own counts in the cell's.
    pub(super) fn fen(self, unit: CellUnit) -> Result<Fen, Unreadable> {
        let power = match (self.mark, self.suffix, unit) {
            (Mark::Percent, _, _) => return Err(Unreadable::Percent),
            (Mark::None | Mark::YuanSign | Mark::Yuan, Some(power), _) => power,
            (Mark::Yuan, None, _) | (Mark::None | Mark::YuanSign, None, CellUnit::Yuan) => 0,
            (Mark::None | Mark::YuanSign, None, CellUnit::TenThousandYuan) => 4,
        };
        let power = power + 2;
        if self.scale > power {
            return Err(Unreadable::Decimals);
        }
        let fen = self.signed().checked_mul(10_i128.pow(power - self.scale)).ok_or(Unreadable::TooLong)?;
        i64::try_from(fen).map(Fen).map_err(|_| Unreadable::TooLong)
    }

    fn signed(self) -> i128 {
        if self.negative { -self.digits } else { self.digits }
    }
}

/// Whether normalising would turn a character into digits that nobody typed as digits: `5²` is not 52.
fn becomes_a_digit(c: char) -> bool {
    !c.is_ascii()
        && !('０'..='９').contains(&c)
        && std::iter::once(c).nfkc().any(|folded| folded.is_ascii_digit())
}

/// Walks over the normalised text from left to right.
struct Reader<'t> {
    rest: &'t str,
}

/// What stands before the digits; a bracket is the bookkeeper's minus and must be closed.
#[derive(PartialEq, Eq)]
enum Sign {
    Plus,
    Minus,
    Bracket,
}

impl Reader<'_> {
    fn number(mut self) -> Result<Written, Unreadable> {
        let mut written = Written::default();
        let before = self.sign();
        if self.take("¥") {
            written.mark = Mark::YuanSign;
        }
        let sign = if before.is_none() { self.sign() } else { before };
        written.negative = matches!(sign, Some(Sign::Minus | Sign::Bracket));
        let mut open = sign == Some(Sign::Bracket);
        self.digits(&mut written)?;
        open = open && !self.take(")");
        written.suffix = self.suffix();
        if self.take("元") {
            written.mark = Mark::Yuan;
        } else if written.mark == Mark::None && written.suffix.is_none() && self.take("%") {
            written.mark = Mark::Percent;
        }
        open = open && !self.take(")");
        if open || !self.rest.is_empty() { Err(Unreadable::NotANumber) } else { Ok(written) }
    }

    fn sign(&mut self) -> Option<Sign> {
        if self.take("+") {
            Some(Sign::Plus)
        } else if self.take("-") || self.take("\u{2212}") {
            Some(Sign::Minus)
        } else if self.take("(") {
            Some(Sign::Bracket)
        } else {
            None
        }
    }

    /// Digits in one piece or in groups of three, and a fraction.
    fn digits(&mut self, written: &mut Written) -> Result<(), Unreadable> {
        let whole = self.rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | ' ')));
        let (whole, rest) = self.rest.split_at(whole.unwrap_or(self.rest.len()));
        let whole = whole.trim_end_matches(' ');
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
                if end == 0 {
                    return Err(Unreadable::NotANumber);
                }
                rest.split_at(end)
            }
            None => ("", rest),
        };
        if whole.is_empty() && fraction.is_empty() {
            return Err(Unreadable::NotANumber);
        }
        check_groups(whole)?;
        let fraction = fraction.trim_end_matches('0');
        let mut length = 0;
        for digit in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
            written.digits = written.digits * 10 + i128::from(digit - b'0');
            length += u32::from(written.digits > 0);
            if length > MOST_DIGITS {
                return Err(Unreadable::TooLong);
            }
        }
        written.scale = u32::try_from(fraction.len()).map_err(|_| Unreadable::TooLong)?;
        self.rest = rest.trim_start();
        Ok(())
    }

    /// The power of ten that a suffix stands for.
    fn suffix(&mut self) -> Option<u32> {
        const SUFFIXES: [(&str, u32); 5] = [("千万", 7), ("百万", 6), ("千", 3), ("万", 4), ("亿", 8)];
        SUFFIXES.into_iter().find_map(|(suffix, power)| self.take(suffix).then_some(power))
    }

    fn take(&mut self, mark: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(mark) else { return false };
        self.rest = rest.trim_start();
        true
    }
}

/// A separator counts only where it parts groups of three digits, everywhere, and is everywhere the same.
fn check_groups(whole: &str) -> Result<(), Unreadable> {
    let Some(separator) = whole.chars().find(|c| !c.is_ascii_digit()) else { return Ok(()) };
    let mut groups = whole.split(separator);
    let first = groups.next().unwrap_or("");
    let led_well = matches!(first.len(), 1..=3) && !first.starts_with('0');
    let of_three = |group: &str| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    if led_well && groups.all(of_three) { Ok(()) } else { Err(Unreadable::Grouping) }
}
