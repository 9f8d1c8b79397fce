//! When a company sells: which part of the orders falls on which day.

use jiff::civil::Date;

/// How much each month sells beside the others: quiet around the spring festival, busy at the quarters' ends.
const MONTHS: [u64; 12] = [88, 62, 108, 94, 100, 122, 90, 92, 114, 96, 124, 138];
/// Part of a working day's orders that a Saturday or Sunday has, in hundredths.
const WEEKEND: u64 = 15;
/// Growth a year, in hundredths.
const GROWTH: u64 = 8;

/// Each day from the first to the last with its number of orders, which sum to `orders`.
pub fn days(first: Date, last: Date, orders: u32) -> impl Iterator<Item = (Date, u32)> {
    let all = || first.series(jiff::Span::new().days(1)).take_while(move |day| *day <= last);
    let total: u64 = all().map(|day| weight(first, day)).sum();
    let mut passed = 0;
    let mut given = 0;
    all().map(move |day| {
        passed += weight(first, day);
        let until = u64::from(orders) * passed / total;
        let today = until - given;
        given = until;
        (day, u32::try_from(today).unwrap_or(u32::MAX))
    })
}

/// How much the month of a day sells beside an average month of the first year, in ten-thousandths.
fn month(first: Date, day: Date) -> u64 {
    let years = u64::from(day.year().abs_diff(first.year()));
    MONTHS[usize::from(day.month().unsigned_abs()) - 1] * (100 + GROWTH * years)
}

fn weight(first: Date, day: Date) -> u64 {
    month(first, day) * workload(day)
}

fn workload(day: Date) -> u64 {
    if day.weekday().to_monday_one_offset() > 5 { WEEKEND } else { 100 }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_days_of_a_year_take_all_orders_and_december_the_most() {
        for orders in [0, 1, 7, 10_000] {
            let sum: u32 = days(date(2025, 1, 1), date(2025, 12, 31), orders).map(|(_, orders)| orders).sum();
            assert_eq!(sum, orders);
        }
        let month = |month: i8| -> u32 {
            let days = days(date(2025, 1, 1), date(2025, 12, 31), 100_000);
            days.filter(|(day, _)| day.month() == month).map(|(_, orders)| orders).sum()
        };
        assert!((1..12).all(|other| month(other) < month(12)));
        assert!((1..=12).filter(|other| *other != 2).all(|other| month(other) > month(2)));
    }
}
