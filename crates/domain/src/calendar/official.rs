//! The official days off and moved working days that ship. A further year is further rows in the file.

use jiff::civil::Date;

use super::DayRow;

const ROWS: &str = include_str!("official/cn_2024_2026.csv");

/// The rows that ship, in the order of the file.
pub fn official_days() -> Vec<DayRow> {
    ROWS.lines().skip(1).filter_map(day_row).collect()
}

fn day_row(line: &str) -> Option<DayRow> {
    let mut cells = line.split(',');
    let date: Date = cells.next()?.parse().ok()?;
    let kind = cells.next()?.parse().ok()?;
    Some(DayRow { date, kind, name: cells.next()?.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Layer, day_problems, years_given};

    #[test]
    fn every_line_that_ships_is_read_and_sound() {
        let days = official_days();
        assert_eq!(days.len(), ROWS.lines().count() - 1);
        assert_eq!(day_problems(&days, Layer::Official), []);
        assert_eq!(years_given(&days), [2024, 2025, 2026].into());
    }
}
