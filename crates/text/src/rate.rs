//! How rates and their changes look (`ux.md` §4). Computing them is `domain`'s.

use dacheng_domain::Ratio;

use crate::Lang;
use crate::number::{grouped, signed};

/// One decimal, as in tables and headlines: `73.7%`, `100.0%`.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_text::rate;
/// assert_eq!(rate::percent(Ratio::new(7996, 10_000).unwrap()), "80.0%");
/// ```
pub fn percent(rate: Ratio) -> String {
    grouped(rate.tenths_of_percent(), 1) + "%"
}

/// As a sentence says it: a rate that is a whole per cent exactly loses its `.0`, 99.99 % does not.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_text::rate;
/// assert_eq!(rate::said(Ratio::percent(100)), "100%");
/// assert_eq!(rate::said(Ratio::new(9999, 10_000).unwrap()), "100.0%");
/// ```
pub fn said(rate: Ratio) -> String {
    if (rate.num() * 100) % rate.den() == 0 { grouped(rate.scaled(100), 0) + "%" } else { percent(rate) }
}

/// Per cent without decimals and without the sign, for narrow cells under a heading that says %.
pub fn whole(rate: Ratio) -> String {
    grouped(rate.scaled(100), 0)
}

/// A difference of rates in words: `−2.5 个百分点`, `−2.5 pp`.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_text::{Lang, rate};
/// let gap = Ratio::new(-25, 1000).unwrap();
/// assert_eq!(rate::points(Lang::Zh, gap), "−2.5 个百分点");
/// assert_eq!(rate::points(Lang::En, gap), "−2.5 pp");
/// ```
pub fn points(lang: Lang, difference: Ratio) -> String {
    let number = points_number(difference);
    match lang {
        Lang::Zh => format!("{number} 个百分点"),
        Lang::En => format!("{number} pp"),
    }
}

/// The same without its unit, for a column whose heading says 百分点: `+6.2`, `−7.6`, `0.0`.
pub fn points_number(difference: Ratio) -> String {
    signed(difference.tenths_of_percent(), 1)
}

/// A change against last year or last month, grey with an arrow: `↑ 8.6%`, `↓ 2.1%`, `0.0%`.
pub fn change(change: Ratio) -> String {
    let tenths = change.tenths_of_percent();
    let number = grouped(tenths.abs(), 1);
    match tenths.signum() {
        1 => format!("↑ {number}%"),
        -1 => format!("↓ {number}%"),
        _ => format!("{number}%"),
    }
}

/// Why there is a dash instead of a figure; the page says it on hover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Blank {
    /// There is no target, or it is 0.
    NoTarget,
    /// There is nothing to compare with: last year had none.
    NoBase,
    /// The member joined after the period that is compared with; shown as 新人.
    Newcomer,
    /// The history begins too late for this metric.
    NoHistory,
    /// The denominator is 0.
    NoDenominator,
    /// The period has not begun.
    NotYet,
    /// The metric is about whole months.
    WholeMonths,
    /// A person rates it, and nobody has.
    Rated,
    /// A metric that does not add up has no pace.
    NoPace,
    /// Someone else may see it, this viewer may not.
    Hidden,
}

impl Blank {
    /// What stands in the place of the figure.
    pub fn mark(self, lang: Lang) -> &'static str {
        match self {
            Self::Newcomer => lang.figures().newcomer(),
            Self::Hidden => "•••",
            Self::NoTarget
            | Self::NoBase
            | Self::NoHistory
            | Self::NoDenominator
            | Self::NotYet
            | Self::WholeMonths
            | Self::Rated
            | Self::NoPace => "—",
        }
    }

    /// The reason in words.
    pub fn reason(self, lang: Lang) -> &'static str {
        let say = lang.figures();
        match self {
            Self::NoTarget => say.no_target(),
            Self::NoBase => say.no_base(),
            Self::Newcomer => say.newcomer_no_base(),
            Self::NoHistory => say.no_history(),
            Self::NoDenominator => say.no_denominator(),
            Self::NotYet => say.not_yet(),
            Self::WholeMonths => say.whole_months(),
            Self::Rated => say.not_rated(),
            Self::NoPace => say.no_pace(),
            Self::Hidden => say.hidden(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(num: i64, den: i64) -> Ratio {
        Ratio::new(num, den).unwrap()
    }

    #[test]
    fn percent_rounds_half_away_from_zero() {
        assert_eq!(percent(ratio(73_650, 100_000)), "73.7%");
        assert_eq!(percent(ratio(-5, 10_000)), "−0.1%");
        assert_eq!(percent(ratio(0, 7)), "0.0%");
        assert_eq!(percent(ratio(12_345, 10)), "123,450.0%");
    }

    #[test]
    fn a_change_carries_its_direction_and_no_sign() {
        assert_eq!(change(ratio(86, 1000)), "↑ 8.6%");
        assert_eq!(change(ratio(-213, 1000)), "↓ 21.3%");
        assert_eq!(change(ratio(4, 100_000)), "0.0%");
    }

    #[test]
    fn points_carry_their_sign() {
        assert_eq!(points_number(ratio(62, 1000)), "+6.2");
        assert_eq!(points_number(ratio(0, 1)), "0.0");
        assert_eq!(points(Lang::Zh, ratio(62, 1000)), "+6.2 个百分点");
    }
}
