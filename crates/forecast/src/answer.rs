//! What a question is answered with.

use crate::chance::Chance;
use crate::choice::{Chosen, Errors};
use crate::distribution::Distribution;
use crate::number::real;
use crate::question::Question;
use crate::record::Record;

/// The middle and the ends of the band that is to hold 80 of 100 outcomes, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Band {
    /// Nine of ten outcomes are above it.
    pub p10: i64,
    /// As many above it as below.
    pub p50: i64,
    /// Nine of ten outcomes are below it.
    pub p90: i64,
}

impl Band {
    pub(crate) fn of(distribution: &Distribution) -> Self {
        let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| distribution.quantile(p));
        Self { p10, p50, p90 }
    }
}

/// A history too short for any method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooShort {
    /// How many more complete months are needed for a first band.
    pub missing: usize,
}

/// What the sum of some months comes to, known months included.
#[derive(Debug, Clone)]
pub struct Forecast {
    /// What was asked.
    pub question: Question,
    /// P10, P50 and P90.
    pub band: Band,
    /// By which method, and why.
    pub chosen: Chosen,
    /// How far the methods missed in the past.
    pub errors: Errors,
    /// How often the band held in the past.
    pub record: Record,
    pub(crate) distribution: Distribution,
}

impl Forecast {
    /// The chance that the sum is at least `amount`, in minor units: from the same errors as the band, falling as
    /// the amount rises.
    pub fn reaches(&self, amount: i64) -> Chance {
        self.distribution.reaches(real(amount))
    }
}
