//! What the figures of a page rest on: through which day, how much of the time has passed, from where and how fresh
//! (`ux.md` §3.3 and §3.12).

use dacheng_domain::Ratio;
use dacheng_text::{Lang, date, rate};
use jiff::civil::{Date, DateTime};

/// The line below a page's title.
#[derive(Debug, Clone)]
pub struct Basis {
    /// The day through which the data is complete; none before the first import.
    pub through: Option<Date>,
    /// How much of the period has passed.
    pub time: TimeProgress,
    /// The sources and when each was last updated, in the company's zone.
    pub sources: Vec<(String, DateTime)>,
    /// Now, in the company's zone.
    pub now: DateTime,
}

/// How time progress was measured; the page says which.
#[derive(Debug, Clone, Copy)]
pub enum TimeProgress {
    /// Working days of a month.
    WorkingDays {
        /// Passed, through the data-complete day.
        passed: u32,
        /// In the period.
        all: u32,
        /// The first ÷ the second.
        share: Ratio,
    },
    /// The same where the year's calendar is missing: weekends only, 暂定.
    Provisional {
        /// Passed, through the data-complete day.
        passed: u32,
        /// In the period.
        all: u32,
        /// The first ÷ the second.
        share: Ratio,
    },
    /// The planned share of a quarter or a year.
    PlannedShare(Ratio),
    /// The period is over.
    Ended,
    /// The period has not begun.
    NotBegun,
}

impl TimeProgress {
    fn said(self, lang: Lang) -> String {
        let say = lang.basis();
        match self {
            Self::WorkingDays { passed, all, share } => say.working_days(passed, all, rate::percent(share)),
            Self::Provisional { passed, all, share } => {
                say.provisional_days(passed, all, rate::percent(share))
            }
            Self::PlannedShare(share) => say.planned_share(rate::percent(share)),
            Self::Ended => say.ended().to_owned(),
            Self::NotBegun => say.not_begun().to_owned(),
        }
    }
}

impl Basis {
    /// The line in a language.
    pub fn said(&self, lang: &Lang) -> String {
        let say = lang.basis();
        let mut parts = vec![match self.through {
            Some(day) => say.through(date::in_year(*lang, day)),
            None => say.no_data().to_owned(),
        }];
        parts.push(self.time.said(*lang));
        let sources = self.sources.iter();
        parts.extend(sources.map(|(name, at)| say.source(name, date::moment(*lang, *at, self.now))));
        parts.join(" · ")
    }
}
