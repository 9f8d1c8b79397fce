//! Dividing a year's total into its months, exactly and in whole rounding units.

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Child, Exact, Request, Unit, allocate, method};
use dacheng_domain::calendar::{Calendar, Month};
use dacheng_text::Lang;

use crate::allocation::Months;
use crate::{Error, Result};

/// How a year is divided into months (`domain.md` §4, by time).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByMonth {
    /// In proportion to the working days of each month.
    WorkingDays,
    /// The same each month.
    Even,
    /// In proportion to what the company achieved in each month of the year before.
    Season,
    /// Own weights.
    Own(Box<[Exact; 12]>),
}

impl ByMonth {
    /// The word that is recorded.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WorkingDays => "working_days",
            Self::Even => "even",
            Self::Season => "season",
            Self::Own(_) => "own",
        }
    }

    /// One weight a month; `last_year` are the months of the year before, where they are known.
    pub(crate) fn weights(
        &self,
        lang: Lang,
        calendar: &Calendar,
        months: &[Month; 12],
        last_year: Option<&Months>,
    ) -> Result<Vec<Exact>> {
        let say = lang.plans_refused();
        let no_history = || Error::refused(say.no_history());
        let weights = match self {
            Self::WorkingDays => method::by_working_days(calendar, months),
            Self::Even => method::even(12),
            Self::Season => {
                let last_year = last_year.ok_or_else(no_history)?;
                let history: Vec<(Month, i64)> = months
                    .iter()
                    .map(|month| month.same_last_year())
                    .zip(last_year.iter().copied())
                    .collect();
                let weights = method::by_season(&history, months).map_err(|_| no_history())?;
                if weights.iter().all(Exact::is_zero) {
                    return Err(no_history());
                }
                weights
            }
            Self::Own(weights) => weights.to_vec(),
        };
        if weights.iter().all(Exact::is_zero) {
            return Err(Error::refused(say.no_weights()));
        }
        Ok(weights)
    }
}

/// Divides a total by weights into as many parts, whole rounding units, each within its bounds.
pub(crate) fn divide(
    lang: Lang,
    total: i64,
    rounding: i64,
    weights: Vec<Exact>,
    bounds: impl Fn(usize) -> (i64, Option<i64>),
) -> Result<Vec<i64>> {
    let say = lang.plans_refused();
    let unit = Unit::new(Fen(rounding)).ok_or_else(|| Error::refused(say.rounding()))?;
    let children = weights.into_iter().enumerate().map(|(place, weight)| {
        let (minimum, maximum) = bounds(place);
        Child { minimum: Fen(minimum), maximum: maximum.map(Fen), ..Child::weighing(weight) }
    });
    let request = Request { total: Fen(total), buffer: Exact::from(1), unit, children: children.collect() };
    let solved = allocate(&request).map_err(|_| Error::refused(say.too_large()))?;
    Ok(solved.values.into_iter().map(|value| value.0).collect())
}
