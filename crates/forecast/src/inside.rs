//! Inside a running month: what is booked, and how much of earlier months was booked by the same working day.

use crate::number::{median, real};

/// The fewest earlier months a share is taken from.
const LEAST_SHARES: usize = 6;
/// The months a share is taken from: habits change.
const MOST_SHARES: usize = 24;
/// Below it a share says too little to divide by.
const LEAST_TO_DIVIDE: f64 = 0.15;

/// Whether what is booked may become less.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Falls {
    /// It never does.
    Never,
    /// Returns and cancellations take from it.
    ByReturns,
}

/// A running month, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inside {
    /// What is booked so far.
    pub booked: i64,
    /// What of each complete month of the history was booked at the same stage; `None` where nobody looked.
    pub then: Vec<Option<i64>>,
    /// Working days passed and in all.
    pub passed: (u32, u32),
    /// Whether it may become less.
    pub falls: Falls,
}

impl Inside {
    pub(crate) fn without(self, months: usize) -> Self {
        Self { then: self.then.into_iter().skip(months).collect(), ..self }
    }
}

/// How what is booked and what was forecast before are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Blend {
    /// What is booked, and of the forecast what usually comes later.
    Forecast,
    /// The mean of both.
    Both,
    /// What is booked, divided by the share that is usually booked by now.
    Booked,
}

impl Blend {
    pub const ALL: [Self; 3] = [Self::Forecast, Self::Both, Self::Booked];
}

/// The stage of every month: what was booked, and what share that usually is.
#[derive(Debug, Clone)]
pub(crate) struct Stages {
    booked: Vec<Option<f64>>,
    /// The usual share, from the months before.
    shares: Vec<f64>,
    pub falls: Falls,
}

impl Stages {
    /// The stage of every month of the history and of the running one; `amounts` are those of the complete months.
    pub fn new(inside: &Inside, amounts: &[i64]) -> Self {
        let own: Vec<Option<f64>> = inside
            .then
            .iter()
            .zip(amounts)
            .map(|(then, amount)| {
                let then = then.filter(|_| *amount > 0)?;
                Some((real(then) / real(*amount)).clamp(0.0, 1.0))
            })
            .collect();
        let (passed, all) = inside.passed;
        let by_time = if all == 0 { 1.0 } else { f64::from(passed) / f64::from(all) };
        let usual = |place: usize| {
            let before = &own[place.saturating_sub(MOST_SHARES)..place.min(own.len())];
            let known: Vec<f64> = before.iter().copied().flatten().collect();
            if known.len() < LEAST_SHARES { by_time } else { median(known).unwrap_or(by_time) }
        };
        Self {
            shares: (0..=amounts.len()).map(usual).collect(),
            booked: inside
                .then
                .iter()
                .copied()
                .chain([Some(inside.booked)])
                .map(|own| own.map(real))
                .collect(),
            falls: inside.falls,
        }
    }

    /// What was booked of a month at the stage; the one after the complete months is the running one.
    pub fn booked(&self, place: usize) -> Option<f64> {
        self.booked.get(place).copied().flatten()
    }

    /// What a month comes to, from what is booked and what was forecast before it began.
    pub fn expected(&self, place: usize, forecast: f64, blend: Blend) -> Option<f64> {
        let (booked, share) = (self.booked(place)?, self.shares.get(place).copied().unwrap_or(0.0));
        let by_forecast = booked + (1.0 - share) * forecast;
        let by_booked = if share < LEAST_TO_DIVIDE { by_forecast } else { booked / share };
        Some(match blend {
            Blend::Forecast => by_forecast,
            Blend::Both => f64::midpoint(by_forecast, by_booked),
            Blend::Booked => by_booked,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stages(booked: i64) -> Stages {
        let inside = Inside { booked, then: vec![Some(60); 8], passed: (10, 20), falls: Falls::Never };
        Stages::new(&inside, &[100; 8])
    }

    #[test]
    fn what_is_booked_is_completed_by_the_usual_share() {
        let own = stages(90);
        // Usually 60 % are booked by now: 90 makes 150; with 40 % of a forecast of 100 it makes 130.
        let found = Blend::ALL.map(|blend| own.expected(8, 100.0, blend));
        assert_eq!(found, [130.0, 140.0, 150.0].map(Some));
    }

    #[test]
    fn a_short_past_takes_the_days() {
        let own = stages(90);
        // Fewer than six months before: 10 of 20 days have passed.
        assert_eq!(own.expected(3, 100.0, Blend::Forecast), Some(60.0 + 50.0));
    }

    #[test]
    fn early_in_the_month_nothing_is_divided() {
        let inside = Inside { booked: 3, then: vec![Some(1); 8], passed: (1, 20), falls: Falls::ByReturns };
        let own = Stages::new(&inside, &[100; 8]);
        assert_eq!(own.expected(8, 100.0, Blend::Booked), own.expected(8, 100.0, Blend::Forecast));
    }
}
