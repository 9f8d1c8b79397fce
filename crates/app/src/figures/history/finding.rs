//! What of a history matters, by rules: how the year stands, the last month, what grew and fell most, on whom it rests, when
//! the season is. Said in words by whoever shows it.

use dacheng_domain::calendar::{Month, Period, Year};
use dacheng_domain::metrics::Change;
use dacheng_domain::planning::history::{Concentration, peak, strongest, trough, weakest};

use super::{Customers, Ground, Part, PartBy, Parts, Seasons, SpanKind, SpanRow, YEARS};

/// Something that matters, with its figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// The last year so far, against the same days of the year before.
    YearSoFar {
        /// Which.
        year: Year,
        /// Both amounts.
        change: Change,
        /// Whether it still runs.
        running: bool,
    },
    /// The last month that is over, against the year before; January and February are said together (`domain.md` §2).
    LastMonth {
        /// The month, the second of the two where it is both.
        month: Month,
        /// Whether January and February are taken together.
        spring: bool,
        /// Both amounts.
        change: Change,
    },
    /// What rose most.
    Strongest(PartBy, Part),
    /// What fell most.
    Weakest(PartBy, Part),
    /// On how few customers the year rests.
    Customers(Year, Concentration),
    /// The highest and the lowest month of a usual year, with their indexes in ten-thousandths.
    Season {
        /// The months by their number in the calendar and their indexes.
        high: (i8, i64),
        /// The lowest.
        low: (i8, i64),
        /// From how many years.
        years: usize,
    },
}

impl Finding {
    /// Its name in JSON.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::YearSoFar { .. } => "year",
            Self::LastMonth { .. } => "last_month",
            Self::Strongest(..) => "strongest",
            Self::Weakest(..) => "weakest",
            Self::Customers(..) => "customers",
            Self::Season { .. } => "season",
        }
    }
}

pub(super) fn findings(
    ground: &Ground<'_>,
    spans: &[SpanRow],
    seasons: &Seasons,
    parts: &[Parts],
    customers: &Customers,
) -> Vec<Finding> {
    let (strong, weak) = extremes(parts);
    let all =
        [year(ground, spans), last_month(spans), strong, weak, spread(customers), season(ground, seasons)];
    all.into_iter().flatten().collect()
}

fn year(ground: &Ground<'_>, spans: &[SpanRow]) -> Option<Finding> {
    let row = spans.iter().find(|row| row.kind == SpanKind::Year)?;
    let cell = row.cells[YEARS - 1];
    let change = *cell.year_on_year.change()?;
    Some(Finding::YearSoFar { year: ground.year(), change, running: cell.running })
}

fn last_month(spans: &[SpanRow]) -> Option<Finding> {
    let cells = spans.iter().flat_map(|row| row.cells.map(|cell| (row.kind, cell)));
    let over = cells.filter(|(_, cell)| cell.amount.is_some() && !cell.running);
    let months = over.filter_map(|(kind, cell)| {
        let (SpanKind::Month(_), Some(Period::Month(month))) = (kind, cell.period) else { return None };
        Some((month, cell))
    });
    let (month, cell) = months.max_by_key(|(month, _)| *month)?;
    let mut spring = spans.iter().filter(|row| row.kind == SpanKind::Spring).flat_map(|row| row.cells);
    let spring = spring.find(|both| both.days.1 == month.last_day());
    let compared = spring.map_or(cell.year_on_year, |both| both.year_on_year);
    // Half of the festival says nothing.
    if spring.is_none() && month.number() == 1 {
        return None;
    }
    Some(Finding::LastMonth { month, spring: spring.is_some(), change: *compared.change()? })
}

/// Over all dimensions, of the parts that have a name.
fn extremes(parts: &[Parts]) -> (Option<Finding>, Option<Finding>) {
    let all: Vec<(PartBy, &Part)> = parts
        .iter()
        .flat_map(|parts| parts.rows.iter().map(|row| (parts.by, row)))
        .filter(|(_, row)| row.name.is_some() && row.before.is_some())
        .collect();
    let sums: Vec<(i64, i64)> = all.iter().map(|(_, row)| (row.now, row.before.unwrap_or(0))).collect();
    let found = |place: usize| (all[place].0, all[place].1.clone());
    let strong = strongest(&sums).map(found).map(|(by, part)| Finding::Strongest(by, part));
    (strong, weakest(&sums).map(found).map(|(by, part)| Finding::Weakest(by, part)))
}

fn spread(customers: &Customers) -> Option<Finding> {
    let last = customers.years[YEARS - 1];
    last.spread.map(|spread| Finding::Customers(last.year, spread))
}

fn season(ground: &Ground<'_>, seasons: &Seasons) -> Option<Finding> {
    let months = seasons.months.as_ref()?;
    let numbers: Vec<i8> = ground.year().months().map(Month::number).collect();
    let at = |place: usize| Some((*numbers.get(place)?, months[place].mean));
    let (high, low) = (at(peak(months))?, at(trough(months))?);
    (high.1 != low.1).then_some(Finding::Season { high, low, years: seasons.years.len() })
}
