//! The rolling-origin back-test: every month of a history forecast from the months before it alone.

use crate::HORIZON;
use crate::inside::{Blend, Stages};
use crate::method::Method;
use crate::number::real;
use crate::question::Question;
use crate::series::Series;

/// Below this part of a usual month a sum is not divided by: errors of next to nothing would become endless.
const LEAST_SCALE: f64 = 0.02;

/// What each method said at each origin of the months ahead, in minor units. The last origin is now.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    amounts: Vec<f64>,
    said: [Vec<Option<Vec<f64>>>; 3],
    pub stages: Option<Stages>,
}

/// A forecast of a sum, and what its error is measured by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Said {
    pub sum: f64,
    pub scale: f64,
}

/// An error of the past: of the sum, and as a part of what was uncertain of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Miss {
    pub origin: usize,
    pub error: f64,
    pub score: f64,
}

impl Table {
    pub fn new(series: &Series) -> Self {
        let rates = series.rates();
        let all = rates.len();
        let said = Method::ALL.map(|method| {
            let at = |origin: usize| {
                let months = if origin == all { HORIZON } else { HORIZON.min(all - origin) };
                let next = method.continued(&rates[..origin], months)?;
                let days = &series.days[origin..];
                Some(next.into_iter().zip(days).map(|(rate, days)| rate * days).collect())
            };
            (0..=all).map(at).collect()
        });
        let stages = series.inside.as_ref().map(|inside| Stages::new(inside, &series.amounts));
        Self { amounts: series.amounts.iter().copied().map(real).collect(), said, stages }
    }

    /// How many complete months there are.
    pub fn len(&self) -> usize {
        self.amounts.len()
    }

    /// What a method says at an origin of the sum that is asked for, without what is known of it; with a blend the
    /// running month is what is booked of it and what is to come.
    pub fn said(
        &self,
        method: Method,
        origin: usize,
        question: Question,
        blend: Option<Blend>,
    ) -> Option<Said> {
        let row = self.said[method as usize].get(origin)?.as_ref()?;
        let months = row.get(question.skipped..question.span())?;
        let mut sum: f64 = months.iter().sum();
        let mut booked = 0.0;
        if let (Some(stages), Some(blend)) = (self.running(question), blend) {
            booked = stages.booked(origin)?;
            sum += stages.expected(origin, months[0], blend)? - months[0];
        }
        let least = LEAST_SCALE * self.level(origin) * crate::number::count(question.months);
        Some(Said { sum, scale: (sum - booked).abs().max(least).max(1.0) })
    }

    /// The stages, where the running month is asked for.
    pub fn running(&self, question: Question) -> Option<&Stages> {
        self.stages.as_ref().filter(|_| question.skipped == 0)
    }

    /// What the sum came to, where all of its months lie before `until`.
    pub fn came(&self, origin: usize, question: Question, until: usize) -> Option<f64> {
        let (first, last) = (origin + question.skipped, origin + question.span());
        (last <= until.min(self.len())).then(|| self.amounts[first..last].iter().sum())
    }

    /// The misses of a method, as they were known at `until`.
    pub fn misses(
        &self,
        method: Method,
        question: Question,
        blend: Option<Blend>,
        until: usize,
    ) -> Vec<Miss> {
        let miss = |origin: usize| {
            let came = self.came(origin, question, until)?;
            let said = self.said(method, origin, question, blend)?;
            let error = came - said.sum;
            Some(Miss { origin, error, score: error / said.scale })
        };
        (0..until).filter_map(miss).collect()
    }

    /// A usual month of the year before an origin.
    fn level(&self, origin: usize) -> f64 {
        let year = &self.amounts[origin.saturating_sub(12)..origin];
        let sizes: Vec<f64> = year.iter().map(|amount| amount.abs()).collect();
        crate::number::mean(&sizes).unwrap_or(0.0)
    }
}
