//! A series forecast at every month of its past; whatever is asked is answered from that.

use crate::HORIZON;
use crate::answer::{Band, Forecast, TooShort};
use crate::choice::{choose, errors};
use crate::distribution::{Distribution, Floor};
use crate::flags::{Flag, flags};
use crate::number::real;
use crate::question::Question;
use crate::record::{MOST, record};
use crate::scale::Scores;
use crate::series::Series;
use crate::table::Table;

/// A series with its back-test. Made once, asked often.
#[derive(Debug, Clone)]
pub struct Past {
    series: Series,
    table: Table,
    flags: Vec<Flag>,
}

impl Past {
    /// Forecasts every month of the series from the months before.
    ///
    /// ```
    /// use dacheng_domain::calendar::{Calendar, Month};
    /// use dacheng_forecast::{Days, History, Past, Question, Series};
    /// let season = [90, 60, 110, 95, 100, 120, 90, 90, 115, 95, 120, 140];
    /// let amounts = (0..36).map(|month| season[month % 12] * (10_000 + 37 * (month as i64 % 5))).collect();
    /// let history = History { first: "2023-12".parse()?, amounts, inside: None, began_late: false };
    /// let past = Past::of(Series::new(history, &Days::new(Calendar::shipped(), 2026)));
    /// let next = past.asked(Question::NEXT).unwrap();
    /// assert!(next.band.p10 <= next.band.p50 && next.band.p50 <= next.band.p90);
    /// assert!(next.reaches(next.band.p10) > next.reaches(next.band.p90));
    /// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
    /// ```
    pub fn of(series: Series) -> Self {
        let (table, flags) = (Table::new(&series), flags(&series));
        Self { series, table, flags }
    }

    /// The series.
    pub fn series(&self) -> &Series {
        &self.series
    }

    /// What is unusual in it, in the order of the months. All of it is reckoned with.
    pub fn flags(&self) -> &[Flag] {
        &self.flags
    }

    /// What a sum ahead comes to. Fails where the history is too short for any method, and beyond [`HORIZON`].
    pub fn asked(&self, question: Question) -> Result<Forecast, TooShort> {
        let now = self.table.len();
        let months = |missing| TooShort { missing };
        let taken = choose(&self.table, question, now).map_err(months)?;
        let scores = Scores::before(&self.table, question, now, MOST);
        let taken = taken.widened(scores.wider(now));
        let said = self.table.said(taken.chosen.method, now, question, taken.blend).ok_or(months(1))?;
        let known = real(question.known);
        let floor = self.floor(question);
        let values = taken.scores.iter().map(|score| known + said.sum + said.scale * score).collect();
        let distribution = Distribution::of(values, floor).ok_or(months(1))?;
        Ok(Forecast {
            question,
            band: Band::of(&distribution),
            chosen: taken.chosen,
            errors: errors(&self.table, question),
            record: record(&self.table, question, &scores),
            distribution,
        })
    }

    /// The bands of the months to come, one by one from the running one on; ends where a month cannot be answered.
    pub fn months(&self, most: usize) -> Vec<Band> {
        let ahead = (0..most.min(HORIZON)).map(|skipped| {
            let question = Question { skipped, months: 1, known: 0 };
            self.band(question)
        });
        ahead.map_while(|band| band).collect()
    }

    /// What is booked already, where the running month is asked for.
    fn floor(&self, question: Question) -> Option<Floor> {
        let stages = self.table.running(question)?;
        Some(Floor { at: real(question.known) + stages.booked(self.table.len())?, falls: stages.falls })
    }

    /// The band alone, without the record behind it.
    fn band(&self, question: Question) -> Option<Band> {
        let now = self.table.len();
        let taken = choose(&self.table, question, now).ok()?;
        let taken = taken.widened(Scores::before(&self.table, question, now, 0).wider(now));
        let said = self.table.said(taken.chosen.method, now, question, taken.blend)?;
        let floor = self.floor(question);
        let values = taken.scores.iter().map(|score| said.sum + said.scale * score).collect();
        Some(Band::of(&Distribution::of(values, floor)?))
    }
}
