//! Scenarios: plans of one fiscal year side by side. What growth makes of an amount, how far one lies from another, what
//! people can carry of it, and what pay comes to under an assumption. Who copies, merges and chooses lives in `app`.

use std::str::FromStr;

use crate::Ratio;
use crate::ratio::round_half_away;

/// Hundredths of a per cent in one.
const WHOLE: i64 = 10_000;

/// Growth in hundredths of a per cent: from −100 % to +1 000 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Growth(i64);

impl Growth {
    /// Nothing changes.
    pub const NONE: Self = Self(0);

    /// Growth, or `None` where it is below −100 % or above +1 000 %.
    pub fn new(hundredths: i64) -> Option<Self> {
        (-WHOLE..=10 * WHOLE).contains(&hundredths).then_some(Self(hundredths))
    }

    /// In hundredths of a per cent.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// What becomes of an amount, half away from zero; `None` where it is too large.
    ///
    /// ```
    /// use dacheng_domain::planning::scenario::Growth;
    /// let eight = Growth::new(800).unwrap();
    /// assert_eq!(eight.of(500_000_000), Some(540_000_000));
    /// assert_eq!(eight.of(1), Some(1));
    /// assert_eq!(eight.of(7), Some(8));
    /// ```
    pub fn of(self, amount: i64) -> Option<i64> {
        let exact = i128::from(amount) * i128::from(WHOLE + self.0);
        i64::try_from(round_half_away(exact, WHOLE.into())).ok()
    }
}

/// What becomes of the part of somebody who is no longer there, when a plan is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Leavers {
    /// It stays with the unit above, declared as its reserve.
    #[default]
    Reserve,
    /// Those beside them carry it, in proportion; where nobody can, it is a reserve.
    Siblings,
}

/// What becomes of locks when a plan is copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Locks {
    /// They come along: locked amounts do not grow.
    Kept,
    /// They stay behind, and everything grows.
    #[default]
    Left,
}

/// Who takes what a merged branch changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Settlement {
    /// Every unit above carries as much more or less, up to the company.
    #[default]
    Parents,
    /// The total above stands; those beside the branch follow in proportion, locks kept.
    Siblings,
    /// The total above stands; the difference is declared as reserve or buffer.
    Declared,
}

/// A word that is none of its kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}: write one of {1}")]
pub struct UnknownWord(String, &'static str);

macro_rules! words {
    ($kind:ident, $($variant:ident = $word:literal),+) => {
        impl $kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word of forms and programs.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }
        }

        impl FromStr for $kind {
            type Err = UnknownWord;

            fn from_str(text: &str) -> Result<Self, UnknownWord> {
                let found = Self::ALL.iter().find(|own| own.word() == text);
                found.copied().ok_or_else(|| UnknownWord(text.to_owned(), concat!($($word, " "),+)))
            }
        }
    };
}

words!(Leavers, Reserve = "reserve", Siblings = "siblings");
words!(Locks, Kept = "kept", Left = "left");
words!(Settlement, Parents = "parents", Siblings = "siblings", Declared = "declared");

/// How far an amount lies from that of the first scenario.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apart {
    /// The amount − the first one.
    pub amount: i64,
    /// That in parts of the first one; `None` where the first is 0.
    pub rate: Option<Ratio>,
}

impl Apart {
    /// How far `amount` lies from `first`. Neither is negative.
    pub fn of(amount: i64, first: i64) -> Self {
        let apart = amount - first;
        Self { amount: apart, rate: Ratio::new(apart, first) }
    }
}

/// How much of what people can carry a target asks for; `None` where they can carry nothing.
pub fn load(target: i64, capacity: i64) -> Option<Ratio> {
    if capacity > 0 { Ratio::new(target, capacity) } else { None }
}

/// An assumption about variable pay, until there are schemes: a rate on what is attained up to the target and another
/// on what lies beyond, in hundredths of a per cent from 0 to 100 %.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayAssumption {
    rate: i64,
    beyond: i64,
}

impl PayAssumption {
    /// The assumption, or `None` where a rate is below 0 or above 100 %.
    pub fn new(rate: i64, beyond: i64) -> Option<Self> {
        let holds = |rate: i64| (0..=WHOLE).contains(&rate);
        (holds(rate) && holds(beyond)).then_some(Self { rate, beyond })
    }

    /// On what is attained up to the target.
    pub const fn rate(self) -> i64 {
        self.rate
    }

    /// On what lies beyond it.
    pub const fn beyond(self) -> i64 {
        self.beyond
    }

    /// What pay costs where `attained` is brought on a target: each of the two lines half away from zero, then summed.
    ///
    /// ```
    /// use dacheng_domain::planning::scenario::PayAssumption;
    /// // 1 % up to 100 万, 2 % beyond: 120 万 cost 1 万 + 0.4 万.
    /// let pay = PayAssumption::new(100, 200).unwrap();
    /// assert_eq!(pay.cost(120_000_000, 100_000_000), 1_400_000);
    /// assert_eq!(pay.cost(80_000_000, 100_000_000), 800_000);
    /// ```
    pub fn cost(self, attained: i64, target: i64) -> i64 {
        let attained = attained.max(0);
        let within = attained.min(target.max(0));
        let line = |amount: i64, rate: i64| {
            let exact = i128::from(amount) * i128::from(rate);
            // A rate is at most 1: the line is no larger than its amount.
            i64::try_from(round_half_away(exact, WHOLE.into())).unwrap_or(amount)
        };
        line(within, self.rate) + line(attained - within, self.beyond)
    }
}
