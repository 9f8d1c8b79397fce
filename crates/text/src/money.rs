//! How money looks (`ux.md` §4): 元, 万元 and 亿元 in Chinese, CNY with k and M in English.

use dacheng_domain::Fen;

use crate::Lang;
use crate::number::{grouped, quotient};

const YUAN: i128 = 100;
const WAN: i128 = 10_000 * YUAN;
const MILLION: i128 = 1_000_000 * YUAN;
const YI: i128 = 100_000_000 * YUAN;

/// An amount in the unit that suits its size: the number, and the unit that a page sets smaller beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headline {
    /// `1,268.4` or, in English, `12.68M`.
    pub number: String,
    /// `万元`, or `CNY`.
    pub unit: &'static str,
}

/// The amount of a headline figure or of a sentence, in parts. Below 1 万 nothing is rounded.
///
/// ```
/// use dacheng_domain::Fen;
/// use dacheng_text::{Lang, money};
/// let shown = money::headline(Lang::Zh, Fen(1_268_400_000));
/// assert_eq!((shown.number.as_str(), shown.unit), ("1,268.4", "万元"));
/// ```
pub fn headline(lang: Lang, amount: Fen) -> Headline {
    let fen = i128::from(amount.0);
    let size = fen.abs();
    match lang {
        Lang::Zh if size >= YI => Headline { number: quotient(fen, YI, 2), unit: "亿元" },
        Lang::Zh if size >= WAN => Headline { number: quotient(fen, WAN, 1), unit: "万元" },
        Lang::Zh => Headline { number: plain(amount), unit: "元" },
        Lang::En => Headline { number: english(amount), unit: "CNY" },
    }
}

/// Millions with two decimals, one from 100 million on; thousands below a million.
fn english(amount: Fen) -> String {
    let fen = i128::from(amount.0);
    let size = fen.abs();
    if size >= YI {
        quotient(fen, MILLION, 1) + "M"
    } else if size >= MILLION {
        quotient(fen, MILLION, 2) + "M"
    } else if size >= WAN {
        quotient(fen, 1000 * YUAN, 1) + "k"
    } else {
        plain(amount)
    }
}

/// Whole yuan without decimals, anything else with both.
fn plain(amount: Fen) -> String {
    let fen = i128::from(amount.0);
    if fen % YUAN == 0 { grouped(fen / YUAN, 0) } else { grouped(fen, 2) }
}

/// The amount as a sentence says it.
///
/// ```
/// use dacheng_domain::Fen;
/// use dacheng_text::{Lang, money};
/// assert_eq!(money::said(Lang::Zh, Fen(16_000_000_000)), "1.60 亿元");
/// assert_eq!(money::said(Lang::En, Fen(1_268_400_000)), "CNY 12.68M");
/// ```
pub fn said(lang: Lang, amount: Fen) -> String {
    let Headline { number, unit } = headline(lang, amount);
    match lang {
        Lang::Zh => format!("{number} {unit}"),
        Lang::En => format!("{unit} {number}"),
    }
}

/// Every fen: `12,684,000.00 元`.
pub fn exact(lang: Lang, amount: Fen) -> String {
    let number = grouped(amount.0.into(), 2);
    match lang {
        Lang::Zh => format!("{number} 元"),
        Lang::En => format!("CNY {number}"),
    }
}

/// What hovering over a figure says: as said, with the exact amount in brackets.
///
/// ```
/// use dacheng_domain::Fen;
/// use dacheng_text::{Lang, money};
/// assert_eq!(money::title(Lang::Zh, Fen(1_268_400_000)), "1,268.4 万元（12,684,000.00 元）");
/// assert_eq!(money::title(Lang::En, Fen(986_000)), "CNY 9,860 (CNY 9,860.00)");
/// ```
pub fn title(lang: Lang, amount: Fen) -> String {
    let (said, exact) = (said(lang, amount), exact(lang, amount));
    match lang {
        Lang::Zh => format!("{said}（{exact}）"),
        Lang::En => format!("{said} ({exact})"),
    }
}

/// The one unit of a table column or a chart; its heading names it once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// 元 / CNY, to the yuan.
    Yuan,
    /// 元 / CNY, to the fen: documents and facts.
    Fen,
    /// 万元 / CNY k, one decimal.
    Wan,
    /// 万元 / CNY k without decimals: a grid in which every amount is whole.
    WholeWan,
}

impl Column {
    /// 万元 with one decimal, or 元 where no amount reaches 1 万.
    pub fn fitting(amounts: impl IntoIterator<Item = Fen>) -> Self {
        let largest = amounts.into_iter().map(|amount| amount.0.unsigned_abs()).max().unwrap_or(0);
        if i128::from(largest) >= WAN || largest == 0 { Self::Wan } else { Self::Yuan }
    }

    /// As [`Column::fitting`], without decimals where every amount is a whole 万.
    pub fn of_grid(amounts: impl IntoIterator<Item = Fen> + Clone) -> Self {
        match Self::fitting(amounts.clone()) {
            Self::Wan if amounts.into_iter().all(|amount| i128::from(amount.0) % WAN == 0) => Self::WholeWan,
            fitting @ (Self::Yuan | Self::Fen | Self::Wan | Self::WholeWan) => fitting,
        }
    }

    /// The unit in the heading.
    pub const fn heading(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Zh, Self::Yuan | Self::Fen) => "元",
            (Lang::Zh, Self::Wan | Self::WholeWan) => "万元",
            (Lang::En, Self::Yuan | Self::Fen) => "CNY",
            (Lang::En, Self::Wan | Self::WholeWan) => "CNY k",
        }
    }

    /// The number under that heading, half away from zero.
    ///
    /// ```
    /// use dacheng_domain::Fen;
    /// use dacheng_text::{Lang, money::Column};
    /// assert_eq!(Column::Wan.number(Lang::Zh, Fen(520_000_000)), "520.0");
    /// assert_eq!(Column::Wan.number(Lang::En, Fen(520_000_000)), "5,200.0");
    /// assert_eq!(Column::Fen.number(Lang::Zh, Fen(123_450)), "1,234.50");
    /// ```
    pub fn number(self, lang: Lang, amount: Fen) -> String {
        let (unit, decimals) = self.unit(lang);
        quotient(amount.0.into(), unit, decimals)
    }

    /// The same with a sign: `+8.0`, `−6.0`.
    pub fn signed(self, lang: Lang, amount: Fen) -> String {
        let text = self.number(lang, amount);
        let shows_something = text.chars().any(|digit| digit.is_ascii_digit() && digit != '0');
        if amount.0 > 0 && shows_something { format!("+{text}") } else { text }
    }

    const fn unit(self, lang: Lang) -> (i128, u32) {
        match (lang, self) {
            (Lang::Zh | Lang::En, Self::Yuan) => (YUAN, 0),
            (Lang::Zh | Lang::En, Self::Fen) => (YUAN, 2),
            (Lang::Zh, Self::Wan) => (WAN, 1),
            (Lang::Zh, Self::WholeWan) => (WAN, 0),
            (Lang::En, Self::Wan) => (1000 * YUAN, 1),
            (Lang::En, Self::WholeWan) => (1000 * YUAN, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(text: &str) -> Fen {
        text.parse().unwrap()
    }

    #[test]
    fn the_unit_follows_the_exact_amount() {
        for (amount, zh, en) in [
            ("0", "0 元", "CNY 0"),
            ("9860", "9,860 元", "CNY 9,860"),
            ("9860.5", "9,860.50 元", "CNY 9,860.50"),
            ("9999.99", "9,999.99 元", "CNY 9,999.99"),
            ("10000", "1.0 万元", "CNY 10.0k"),
            ("12684000", "1,268.4 万元", "CNY 12.68M"),
            ("99949999", "9,995.0 万元", "CNY 99.95M"),
            ("100000000", "1.00 亿元", "CNY 100.0M"),
            ("160080000", "1.60 亿元", "CNY 160.1M"),
            ("-12684000", "−1,268.4 万元", "CNY −12.68M"),
        ] {
            assert_eq!(said(Lang::Zh, yuan(amount)), zh);
            assert_eq!(said(Lang::En, yuan(amount)), en);
        }
    }

    #[test]
    fn halves_go_away_from_zero() {
        assert_eq!(Column::Wan.number(Lang::Zh, yuan("500")), "0.1");
        assert_eq!(Column::Wan.number(Lang::Zh, yuan("-500")), "−0.1");
        assert_eq!(Column::Wan.number(Lang::Zh, yuan("499.99")), "0.0");
        assert_eq!(Column::Yuan.number(Lang::Zh, yuan("0.5")), "1");
    }

    #[test]
    fn a_rounded_nothing_has_no_sign() {
        assert_eq!(Column::Wan.signed(Lang::Zh, yuan("499.99")), "0.0");
        assert_eq!(Column::Wan.signed(Lang::Zh, yuan("-499.99")), "0.0");
        assert_eq!(Column::WholeWan.signed(Lang::Zh, yuan("80000")), "+8");
    }

    #[test]
    fn a_column_keeps_one_unit() {
        let small = [yuan("900"), yuan("9999.99")];
        assert_eq!(Column::fitting(small), Column::Yuan);
        assert_eq!(Column::fitting([yuan("900"), yuan("-10000")]), Column::Wan);
        assert_eq!(Column::of_grid([yuan("10000"), yuan("30000")]), Column::WholeWan);
        assert_eq!(Column::of_grid([yuan("10000"), yuan("30000.01")]), Column::Wan);
        assert_eq!(Column::fitting([]), Column::Wan);
    }
}
