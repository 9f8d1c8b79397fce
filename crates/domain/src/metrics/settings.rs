//! What a company settles about its metrics, by versions from a month on: a change never reaches a month before it.

use serde::{Deserialize, Serialize};

use super::{AttainmentSettings, Metric, Window};
use crate::Ratio;
use crate::calendar::{Month, Period};
use crate::facts::silence::{FEWEST_DAYS, MOST_DAYS, Silence, USUAL_DAYS};

/// A version of a metric's settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricVersion {
    /// Which metric.
    pub metric: Metric,
    /// From 1, per metric; what a company starts with is 0.
    pub version: u32,
    /// The first month it holds for.
    pub valid_from: Month,
    /// Over which days a ratio is judged; `None` for the others.
    pub window: Option<Window>,
    /// The most its attainment can reach where lower is better.
    pub lower_at_most: Ratio,
    /// Days without news after which an open opportunity counts as lost; of the conversion rate alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silent_days: Option<u16>,
}

/// Every version of every metric.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct MetricSettings(Vec<MetricVersion>);

/// Why a version cannot be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAdded {
    /// It would hold for a month that was closed; the last of those.
    ClosedMonth(Month),
    /// A version of this metric begins later or in the same month.
    BeforeAnother(Month),
    /// Sums and rated metrics have no window, ratios have one.
    WindowOfAnother,
    /// Between 100 % and 200 %.
    OutOfBounds,
    /// Silence is a setting of the conversion rate.
    SilenceOfAnother,
    /// Between so few days and so many.
    SilenceOutOfBounds,
}

impl MetricSettings {
    /// Every version, in the order in which they were added.
    pub fn versions(&self) -> &[MetricVersion] {
        &self.0
    }

    /// What holds for a metric in a month. The window of a company's own metric is part of its definition.
    pub fn at(&self, metric: Metric, month: Month) -> MetricVersion {
        let own = self.0.iter().filter(|own| own.metric == metric && own.valid_from <= month);
        own.max_by_key(|own| own.version).copied().unwrap_or_else(|| MetricVersion {
            metric,
            version: 0,
            valid_from: month,
            window: metric.own().map_or(Window::usual(metric), |own| own.window(month)),
            lower_at_most: AttainmentSettings::default().lower_at_most,
            silent_days: (metric == Metric::ConversionRate).then_some(USUAL_DAYS),
        })
    }

    /// What holds for a metric over a period: that of its last month.
    pub fn over(&self, metric: Metric, period: Period) -> MetricVersion {
        self.at(metric, Month::of(period.last_day()))
    }

    /// How far attainments of a metric over a period may count.
    pub fn attainment(&self, metric: Metric, period: Period) -> AttainmentSettings {
        AttainmentSettings {
            lower_at_most: self.over(metric, period).lower_at_most,
            ..AttainmentSettings::default()
        }
    }

    /// How long open opportunities may be silent, by every version that says so.
    pub fn silence(&self) -> Silence {
        let own = self.0.iter().filter(|own| own.metric == Metric::ConversionRate);
        Silence::of(own.filter_map(|own| Some((own.valid_from, own.silent_days?))))
    }

    /// Adds a version, which gets its number here. `closed` is the last month that was ever closed: no version reaches
    /// it or a month before (`domain.md` §1).
    ///
    /// # Errors
    /// Where it would change what is settled.
    pub fn add(&mut self, version: MetricVersion, closed: Option<Month>) -> Result<MetricVersion, NotAdded> {
        if let Some(closed) = closed.filter(|closed| version.valid_from <= *closed) {
            return Err(NotAdded::ClosedMonth(closed));
        }
        let own = || self.0.iter().filter(|own| own.metric == version.metric);
        if let Some(later) = own().map(|own| own.valid_from).max().filter(|last| version.valid_from <= *last)
        {
            return Err(NotAdded::BeforeAnother(later));
        }
        if version.window.is_some() != Window::usual(version.metric).is_some() {
            return Err(NotAdded::WindowOfAnother);
        }
        if !(Ratio::percent(100)..=Ratio::percent(200)).contains(&version.lower_at_most) {
            return Err(NotAdded::OutOfBounds);
        }
        let is_of_silence = version.metric == Metric::ConversionRate;
        if version.silent_days.is_some() && !is_of_silence {
            return Err(NotAdded::SilenceOfAnother);
        }
        if version.silent_days.is_some_and(|days| !(FEWEST_DAYS..=MOST_DAYS).contains(&days)) {
            return Err(NotAdded::SilenceOutOfBounds);
        }
        // Where nothing is said of silence it stays as it was in the month.
        let before = self.silence().days(version.valid_from);
        let silent_days = version.silent_days.or(is_of_silence.then_some(before));
        let number = own().map(|own| own.version).max().unwrap_or(0) + 1;
        let added = MetricVersion { version: number, silent_days, ..version };
        self.0.push(added);
        Ok(added)
    }
}
