//! The card above a breakdown: target, allocated, difference, declared, against last year.

use dacheng_app::allocation::Line;
use dacheng_domain::metrics::change;
use dacheng_domain::planning::{Marks, State};
use dacheng_text::Lang;
use dacheng_text::rate::{self, Blank};

use super::Balance;
use super::seen::Seen;
use crate::components::{Change, Figure, Note, Tone, Value};

fn sum(months: &[i64; 12]) -> i64 {
    months.iter().sum()
}

/// The unit's own row: that of its breakdown, or the company's total for who reads no breakdown.
pub(super) fn own_line<'s>(seen: &'s Seen<'_>) -> Option<&'s Line> {
    let of_grid = seen.grid.as_ref().and_then(|grid| grid.parent.as_ref());
    of_grid.or_else(|| {
        let total = seen.overview.as_ref().filter(|_| seen.is_top)?.total.as_ref()?;
        Some(&total.1)
    })
}

fn last_year(seen: &Seen<'_>) -> Option<i64> {
    let of_grid = seen.grid.as_ref().map(|grid| grid.last_year);
    let months = of_grid.unwrap_or_else(|| seen.overview.as_ref().and_then(|overview| overview.last_year));
    months.as_ref().map(sum)
}

pub(super) fn balance(seen: &Seen<'_>) -> Balance {
    let (say, lang, amount) = (seen.desk.lang().plans(), seen.desk.lang(), seen.amount);
    let line = own_line(seen);
    let target = line.map(|line| line.sums.year);
    let grid = seen.grid.as_ref().filter(|grid| grid.version > 0 && grid.parent.is_some());
    let (reserve, buffer) = grid.map_or((0, 0), |grid| (sum(&grid.reserve), sum(&grid.buffer)));
    let allocated = grid.and(target).map(|target| target + buffer - reserve);
    let figure = |value: Option<i64>, blank| {
        value.map_or(Figure::plain(Value::Blank(blank)), |value| amount.figure(value))
    };
    let mut declared = Vec::new();
    if reserve > 0 {
        declared.push(say.declared_reserve(amount.said(reserve)));
    }
    if buffer > 0 {
        declared.push(say.declared_buffer(amount.said(buffer)));
    }
    declared.extend(grid.and_then(|grid| grid.cumulative).map(|rate| say.cumulative(rate::percent(rate))));
    let by = target.and_then(|target| change(target, last_year(seen)).rate);
    Balance {
        target: figure(target, Blank::NoTarget),
        allocated: seen.grid.as_ref().map(|_| figure(allocated, Blank::NoTarget)),
        difference: seen
            .grid
            .as_ref()
            .map(|_| figure(allocated.and_then(|allocated| Some(allocated - target?)), Blank::NoTarget)),
        marks: line.map_or_else(Vec::new, |line| marks(seen, line)),
        declared: (!declared.is_empty()).then(|| declared.join(lang.overview().comma())),
        change: by.map_or(Change::Blank(Blank::NoBase), Change::By),
        note: note(seen, target, allocated, reserve + buffer),
    }
}

/// Floor and stretch of the year, where every month has one.
fn marks(seen: &Seen<'_>, line: &Line) -> Vec<(String, Figure)> {
    let say = seen.desk.lang().plans();
    let year = |mark: fn(&Marks) -> Option<i64>| -> Option<i64> {
        line.months.iter().flatten().map(mark).try_fold(0_i64, |sum, own| Some(sum + own?))
    };
    let shown = |name: &str, year: Option<i64>| {
        year.filter(|year| *year > 0).map(|year| (name.to_owned(), seen.amount.figure(year)))
    };
    [shown(say.floor(), year(|marks| marks.floor)), shown(say.stretch(), year(|marks| marks.stretch))]
        .into_iter()
        .flatten()
        .collect()
}

fn note(seen: &Seen<'_>, target: Option<i64>, allocated: Option<i64>, declared: i64) -> Option<Note> {
    let say = seen.desk.lang().plans();
    let (tone, text) = match (target, allocated) {
        (None, _) => (Tone::None, say.nothing_set()),
        (Some(_), None) if seen.grid.is_none() => (Tone::None, ""),
        (Some(_), None) => (Tone::Warn, say.not_broken_down_yet()),
        (Some(_), Some(_)) if declared != 0 => (Tone::Info, say.balanced_declared()),
        (Some(_), Some(_)) => (Tone::Ok, say.balanced()),
    };
    let state = match seen.plan.state {
        State::Draft => "",
        State::Review => say.in_review_note(),
        State::InForce | State::Archived => say.locked_note(),
    };
    let space = match seen.desk.lang() {
        Lang::En if !text.is_empty() && !state.is_empty() => " ",
        Lang::Zh | Lang::En => "",
    };
    let joined = format!("{text}{space}{state}");
    (!joined.is_empty()).then(|| Note::new(tone, joined).with_id("balance-note"))
}
