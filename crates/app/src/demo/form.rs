//! How well everybody sells beside their target: a little over or under, as each is, and those who fall behind.

use jiff::civil::Date;

use super::YEAR;
use super::people::Seat;

/// How much each month sells beside the others: quiet around the spring festival, busy at the quarters' ends.
pub const SEASON: [i64; 12] = [88, 62, 108, 94, 100, 122, 90, 92, 114, 96, 124, 138];

/// Thousandths of the target in months of 2026 that tell a story: place among the specialists, month, how much.
///
/// 张强 falls behind twice and is red. Half of 济南组 falls behind in October, and with them the team: customers there
/// decide slowly. 李喆, 方一鸣, 贺兰, 黄子轩 and 潘小红 have one bad month now, others had one and came back; 顾长安 excels.
const STORIES: [(usize, i8, i64); 18] = [
    (0, 10, 776),
    (4, 10, 768),
    (32, 9, 661),
    (32, 10, 638),
    (43, 10, 722),
    (44, 10, 748),
    (45, 10, 760),
    (46, 10, 812),
    (47, 10, 805),
    (8, 10, 776),
    (16, 10, 748),
    (21, 10, 783),
    (25, 4, 742),
    (39, 6, 768),
    (12, 7, 771),
    (11, 8, 1_312),
    (11, 9, 1_287),
    (11, 10, 1_345),
];

/// Thousandths of what the year's targets ask that a seat sells in a month. Earlier years grew by ten in a hundred and
/// then twelve.
pub fn thousandths(seat: &Seat, day: Date) -> i64 {
    let own = || seat.turn() * 37 % 9 - 3;
    let chance = (seat.turn() * 53 + i64::from(day.month()) * 29 + i64::from(day.year()) * 7) % 15 - 6;
    let usual = (100 + own() + chance) * 10;
    match day.year() {
        2024 => usual * 1_000 / 1_232,
        2025 => usual * 1_000 / 1_100,
        _ => story(seat, day.month()).unwrap_or_else(|| usual + region(seat.region(), day.month())),
    }
}

fn story(seat: &Seat, month: i8) -> Option<i64> {
    let told = |(who, when, _): &&(usize, i8, i64)| seat.specialist == Some(*who) && month == *when;
    STORIES.iter().find(told).map(|(_, _, thousandths)| *thousandths)
}

/// Whether nothing is told of a seat in the month of a day.
pub fn is_usual(seat: &Seat, day: Date) -> bool {
    day.year() != YEAR || story(seat, day.month()).is_none()
}

/// What the market of a region does to its seats: it comes and goes with the months, and the last ones tell a story.
fn region(region: usize, month: i8) -> i64 {
    let swing = (i64::try_from(region).unwrap_or_default() * 31 + i64::from(month) * 17) % 9 - 4;
    match (region, month) {
        (0, 9..=11) => 28,
        (2, 10) => -22,
        (2, 11) => -75,
        (_, 11) => -30,
        _ => swing * 10,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::demo::people::seats;

    #[test]
    fn nobody_falls_below_the_alert_without_a_story() {
        for seat in seats() {
            for month in 1..=10 {
                let day = date(2026, month, 1);
                assert!(
                    thousandths(&seat, day) >= 830 || story(&seat, month).is_some(),
                    "{} {day}",
                    seat.code
                );
            }
        }
    }
}
