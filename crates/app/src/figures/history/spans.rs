//! Years, quarters and months side by side, each against the year before and against the one before it.

use dacheng_domain::calendar::{Month, Period, Year, same_date_last_year};
use dacheng_domain::metrics::{Change, change, spring_festival_months};
use jiff::civil::Date;

use super::{Ground, YEARS};
use crate::figures::cube::Days;

/// What a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpanKind {
    /// The fiscal year.
    Year,
    /// A quarter of it, from 1.
    Quarter(i8),
    /// A month, by its number in the calendar.
    Month(i8),
    /// January and February together: the Spring Festival moves between them (`domain.md` §2).
    Spring,
}

/// A row: the same span of each of the years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanRow {
    /// What it is of.
    pub kind: SpanKind,
    /// Of each year, oldest first.
    pub cells: [SpanCell; YEARS],
}

/// A comparison, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// Both amounts, and the rate where the base is above 0.
    With(Change),
    /// The history does not go back that far.
    NoHistory,
    /// The span has not ended, or not begun: it would be a part beside a whole.
    NotYet,
}

/// A span of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpanCell {
    /// The span, where it is a period that can be explained.
    pub period: Option<Period>,
    /// First and last day.
    pub days: Days,
    /// What it came to, in minor units; `None` before the history begins and before the span does.
    pub amount: Option<i64>,
    /// Whether it still runs: the amount is that so far.
    pub running: bool,
    /// 同比: while it runs against the same dates of the year before.
    pub year_on_year: Compared,
    /// 环比: against the span of the same length before it, once it has ended.
    pub on_previous: Compared,
}

/// Cut stretches of days that are compared while the last year runs.
pub(super) fn stretches(year: Year, through: Date) -> Vec<Days> {
    let running = running(year, through).into_iter();
    let pairs = running.filter_map(|period| {
        Some([(period.first_day(), period.last_day().min(through)), period.days_last_year(through)?])
    });
    let spring = spring(year).and_then(|days| cut(days, through));
    pairs.flatten().chain(spring.into_iter().flat_map(|(now, before)| [now, before])).collect()
}

/// Year, quarter and month of a fiscal year in which a day lies.
fn running(year: Year, through: Date) -> Vec<Period> {
    let quarters = year.quarters().into_iter().map(Period::Quarter);
    let all = std::iter::once(Period::Year(year)).chain(quarters).chain(year.months().map(Period::Month));
    all.filter(|period| period.contains(through)).collect()
}

/// January and February of a fiscal year, where it has both one after the other.
fn spring(year: Year) -> Option<Days> {
    let january = year.months().find(|month| month.number() == 1)?;
    let [january, february] = spring_festival_months(january)?;
    (february <= year.last_month()).then_some((january.first_day(), february.last_day()))
}

/// The days so far and those of the year before, once the second month has begun.
fn cut((first, last): Days, through: Date) -> Option<(Days, Days)> {
    let last = last.min(through);
    let before = (Month::of(first).same_last_year().first_day(), same_date_last_year(last));
    (last >= Month::of(first).next().first_day()).then_some(((first, last), before))
}

/// The rows: the year, each quarter followed by its months, January and February together after February.
pub(super) fn spans(ground: &Ground<'_>) -> Vec<SpanRow> {
    let of = |kind, cell: &dyn Fn(Year) -> SpanCell| SpanRow { kind, cells: ground.years.map(cell) };
    let mut rows = vec![of(SpanKind::Year, &|year| ground.cell(Period::Year(year)))];
    for place in 0..4 {
        let quarter = |year: Year| year.quarters()[place];
        let number = quarter(ground.year()).number();
        rows.push(of(SpanKind::Quarter(number), &|year| ground.cell(Period::Quarter(quarter(year)))));
        for own in 0..3 {
            let month = |year: Year| quarter(year).months()[own];
            let number = month(ground.year()).number();
            rows.push(of(SpanKind::Month(number), &|year| ground.cell(Period::Month(month(year)))));
            if number == 2 && ground.years.iter().all(|year| spring(*year).is_some()) {
                rows.push(of(SpanKind::Spring, &|year| ground.spring_cell(year)));
            }
        }
    }
    rows
}

impl Ground<'_> {
    /// The sum of whole months, as far as anything is known of them.
    fn sum(&self, (first, last): Days) -> Option<i64> {
        let (begins, through) = (self.begins?, self.through?);
        if last < begins.first_day() || first > through {
            return None;
        }
        let months = self.months.range(Month::of(first)..=Month::of(last));
        Some(months.fold(0_i64, |sum, (_, amount)| sum.saturating_add(*amount)))
    }

    fn cell(&self, period: Period) -> SpanCell {
        let days = (period.first_day(), period.last_day());
        let amount = self.sum(days);
        let running = self.through.is_some_and(|through| period.contains(through) && through < days.1);
        let before = period.same_last_year().map(|before| (before.first_day(), before.last_day()));
        let year_on_year = match (amount, self.through) {
            (None, _) | (_, None) => self.blank(days),
            (Some(_), Some(through)) if running => {
                let cut = period.days_last_year(through);
                self.against(cut.map(|before| ((days.0, through), before)))
            }
            (Some(amount), Some(_)) => self.set_against(amount, before),
        };
        let previous = period.previous();
        let on_previous = match amount {
            None => self.blank(days),
            Some(_) if running => Compared::NotYet,
            Some(amount) => self.set_against(amount, Some((previous.first_day(), previous.last_day()))),
        };
        SpanCell { period: Some(period), days, amount, running, year_on_year, on_previous }
    }

    fn spring_cell(&self, year: Year) -> SpanCell {
        let days = spring(year).unwrap_or((year.first_day(), year.last_day()));
        let amount = self.sum(days);
        let running = self.through.is_some_and(|through| days.0 <= through && through < days.1);
        let year_on_year = match (amount, self.through) {
            (None, _) | (_, None) => self.blank(days),
            (Some(_), Some(through)) if running => match cut(days, through) {
                Some(stretches) => self.against(Some(stretches)),
                None => Compared::NotYet,
            },
            (Some(amount), Some(_)) => {
                let last = Month::of(days.1).same_last_year().last_day();
                self.set_against(amount, Some((Month::of(days.0).same_last_year().first_day(), last)))
            }
        };
        SpanCell { period: None, days, amount, running, year_on_year, on_previous: Compared::NotYet }
    }

    /// Why a span without an amount is compared with nothing.
    fn blank(&self, (first, _): Days) -> Compared {
        let is_ahead = self.through.is_none_or(|through| first > through);
        if is_ahead { Compared::NotYet } else { Compared::NoHistory }
    }

    /// A whole span against another whole one.
    fn set_against(&self, amount: i64, before: Option<Days>) -> Compared {
        let known = before.filter(|before| self.knows(before.0));
        let base = known.and_then(|before| self.sum(before));
        base.map_or(Compared::NoHistory, |base| Compared::With(change(amount, Some(base))))
    }

    /// The days so far against the same days of the year before.
    fn against(&self, stretches: Option<(Days, Days)>) -> Compared {
        let known = stretches.filter(|(_, before)| self.knows(before.0));
        known.map_or(Compared::NoHistory, |(now, before)| {
            let (now, base) = (self.cube.total(self.owner, now), self.cube.total(self.owner, before));
            Compared::With(change(now, Some(base)))
        })
    }
}

impl SpanRow {
    /// The name in files and JSON: `year`, `Q3`, `08`, `01-02`.
    pub fn code(&self) -> String {
        match self.kind {
            SpanKind::Year => "year".to_owned(),
            SpanKind::Quarter(number) => format!("Q{number}"),
            SpanKind::Month(number) => format!("{number:02}"),
            SpanKind::Spring => "01-02".to_owned(),
        }
    }
}

impl Compared {
    /// The change, where there is one.
    pub const fn change(&self) -> Option<&Change> {
        match self {
            Self::With(change) => Some(change),
            Self::NoHistory | Self::NotYet => None,
        }
    }
}
