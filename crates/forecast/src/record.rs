//! How often the band held: every past month asked again with what was known then.

use crate::Chance;
use crate::choice::choose;
use crate::distribution::Distribution;
use crate::question::Question;
use crate::scale::Scores;
use crate::table::Table;

/// The months looked back at.
pub(crate) const MOST: usize = 12;

/// Of the last past months, how many lay between P10 and P90 as they would have been told then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Record {
    /// Inside of the band.
    pub held: usize,
    /// All that could be told.
    pub months: usize,
}

impl Record {
    /// The part that held; `None` where nothing could be told.
    pub fn share(self) -> Option<Chance> {
        Chance::share(self.held, self.months)
    }
}

/// The last sums that are over, each with the band that the months before it alone would have given.
pub(crate) fn record(table: &Table, question: Question, scores: &Scores) -> Record {
    let last = table.len().saturating_sub(question.span());
    let told = (0..=last).rev().filter_map(|origin| held(table, question, origin, scores)).take(MOST);
    told.fold(Record::default(), |record, held| Record {
        held: record.held + usize::from(held),
        months: record.months + 1,
    })
}

fn held(table: &Table, question: Question, origin: usize, scores: &Scores) -> Option<bool> {
    let came = table.came(origin, question, table.len())?;
    let taken = choose(table, question, origin).ok()?.widened(scores.wider(origin));
    let said = table.said(taken.chosen.method, origin, question, taken.blend)?;
    let values = taken.scores.iter().map(|score| said.sum + said.scale * score).collect();
    let distribution = Distribution::of(values, None)?;
    let came = crate::number::whole(came);
    Some((distribution.quantile(0.1)..=distribution.quantile(0.9)).contains(&came))
}
