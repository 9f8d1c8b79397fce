//! What the numerator and the denominator of a metric add up, and what its filters ask about a fact.

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::{Own, Side, Term};
use jiff::civil::Date;

/// What the sides of a metric add up.
#[derive(Clone, Copy)]
pub(in crate::figures) enum Sides<'w> {
    /// Measures: a sum where there is no denominator.
    Measures { over: Measure, under: &'w [Measure], against: Option<Measure> },
    /// What the company defined.
    Own(Own),
}

impl Sides<'_> {
    pub(super) fn measures(self) -> Vec<Measure> {
        match self {
            Self::Measures { over, under, .. } => [&[over], under].concat(),
            Self::Own(own) => [own.measures(Side::Over), own.measures(Side::Under)].concat(),
        }
    }

    /// What speaks against what is counted.
    pub(super) const fn against(self) -> Option<Measure> {
        match self {
            Self::Measures { against, .. } => against,
            Self::Own(_) => None,
        }
    }

    /// The measure of a sum.
    pub(super) fn summed(self, day: Date) -> Option<Measure> {
        match self {
            Self::Measures { over, under, .. } => under.is_empty().then_some(over),
            Self::Own(own) if own.is_ratio() => None,
            Self::Own(own) => match own.term(Side::Over, Month::of(day)) {
                Some(Term::Facts { measure, filter }) => filter.is_all().then_some(measure),
                Some(Term::Entered(_) | Term::Entries(_)) | None => None,
            },
        }
    }

    /// What an amount of a measure adds to the numerator and the denominator; `None` where a filter leaves it out.
    pub(super) fn sides(self, measure: Measure, amount: i64, place: &Place<'_>) -> Option<(i64, i64)> {
        match self {
            Self::Measures { over, under, .. } => {
                let above = if measure == over { amount } else { 0 };
                Some((above, if under.contains(&measure) { amount } else { 0 }))
            }
            Self::Own(own) => {
                let side = |side| match own.term(side, Month::of(place.date)) {
                    Some(Term::Facts { measure: of, filter }) if of == measure => {
                        Some(filter.takes(place.line, place.region, place.customer_type))
                    }
                    Some(Term::Facts { .. } | Term::Entered(_) | Term::Entries(_)) | None => None,
                };
                let (over, under) = (side(Side::Over), side(Side::Under));
                let is_left_out =
                    [over, under].contains(&Some(false)) && ![over, under].contains(&Some(true));
                let of = |takes: Option<bool>| if takes == Some(true) { amount } else { 0 };
                (!is_left_out).then(|| (of(over), of(under)))
            }
        }
    }
}

/// Where a fact belongs: what filters ask about.
pub(super) struct Place<'p> {
    pub date: Date,
    pub line: &'p str,
    pub region: &'p str,
    pub customer_type: &'p str,
}
