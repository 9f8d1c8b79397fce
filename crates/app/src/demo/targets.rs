//! What everybody carries in 2026, month by month: the third quarter as [`super::people`] says, the other months as
//! the seasons of the company.

use dacheng_domain::metrics::Metric;

use super::YEAR;
use super::form::SEASON;
use super::people::{Seat, seats};
use crate::planning::TargetRow;

/// Targets are whole multiples of it, in yuan.
const STEP: i64 = 100;

/// What the leader of 华南组 gives back in the third quarter, in yuan: it becomes the reserve of the team.
const RESERVED: i64 = 100_000;
/// Who that is.
const RESERVER: &str = "E000016";

/// A cell of a plan before and after an edit.
pub struct Edit {
    /// The member.
    pub member: &'static str,
    /// The month of the year.
    pub month: i8,
    /// Before, in fen.
    pub old: i64,
    /// After, in fen.
    pub new: i64,
}

/// The edits that make the reserve of 华南组: 150 = 经理 50 + 专员 3 × 30 + 预留 10, in ten thousand yuan.
pub fn reserve() -> Vec<Edit> {
    let quarter = seats().iter().find(|seat| seat.code == RESERVER).map_or(0, |seat| seat.quarter);
    let (before, after) = (third_quarter(quarter), third_quarter(quarter - RESERVED));
    let edit = |(month, (old, new))| Edit { member: RESERVER, month, old: old * 100, new: new * 100 };
    (7..).zip(before.into_iter().zip(after)).map(edit).collect()
}

/// The months of the third quarter of a seat, in yuan, whose sum is exact.
pub fn third_quarter(quarter: i64) -> [i64; 3] {
    let [first, second] = [7, 8].map(|month| month_of(quarter, month));
    [first, second, quarter - first - second]
}

/// What a seat is to sell in a month of 2026, in yuan.
pub fn target(seat: &Seat, month: i8) -> i64 {
    match month {
        7..=9 => third_quarter(seat.quarter)[month.unsigned_abs() as usize - 7],
        _ => month_of(seat.quarter, month),
    }
}

/// What a seat is to collect in a month of 2026, in yuan: two fifths of the month's sales and three of the month
/// before, less what is always open.
fn collections(seat: &Seat, month: i8) -> i64 {
    let before = match month {
        1 => target(seat, 12) * 100 / 110,
        _ if is_there(seat, month - 1) => target(seat, month - 1),
        _ => 0,
    };
    rounded((target(seat, month) * 2 + before * 3) / 5 * 98 / 100)
}

fn month_of(quarter: i64, month: i8) -> i64 {
    let season = |month: i8| SEASON[month.unsigned_abs() as usize - 1];
    let whole: i64 = [7, 8, 9].map(season).iter().sum();
    rounded(quarter * season(month) / whole)
}

const fn rounded(yuan: i64) -> i64 {
    (yuan + STEP / 2) / STEP * STEP
}

/// The rows of the plan: revenue and collections of everybody who sells, for the months in which they are there.
pub fn targets() -> Vec<TargetRow> {
    let mut rows = Vec::new();
    for seat in seats() {
        for month in (1..=12).filter(|month| is_there(&seat, *month)) {
            for (metric, yuan) in
                [(Metric::Revenue, target(&seat, month)), (Metric::Collections, collections(&seat, month))]
            {
                rows.push(TargetRow {
                    row: rows.len() as u64 + 2,
                    plan: YEAR.to_string(),
                    metric: metric.code().to_owned(),
                    owner: format!("member:{}", seat.code),
                    period: format!("{YEAR}-{month:02}"),
                    target: format!("{yuan}.00"),
                    ..TargetRow::default()
                });
            }
        }
    }
    rows
}

/// Whether a seat carries a target in a month: from the month of the hiring to that of the leaving.
pub fn is_there(seat: &Seat, month: i8) -> bool {
    let at = |day: jiff::civil::Date| (day.year(), day.month());
    at(seat.hired) <= (YEAR, month) && seat.left.is_none_or(|left| (YEAR, month) <= at(left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_third_quarter_of_a_seat_is_exact() {
        for seat in seats() {
            assert_eq!((7..=9).map(|month| target(&seat, month)).sum::<i64>(), seat.quarter, "{}", seat.code);
        }
    }
}
