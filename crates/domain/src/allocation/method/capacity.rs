//! Capacity × headcount, newcomers by their ramp.

use jiff::civil::Date;

use super::{Ramp, weight};
use crate::allocation::Exact;
use crate::calendar::Month;

/// The people of a child, one for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staff {
    /// What a fully trained head brings in a month, in minor units.
    pub capacity: i64,
    /// When each was hired.
    pub hired: Vec<Date>,
}

/// In proportion to capacity × heads over the months, each head counted by the ramp.
///
/// ```
/// use dacheng_domain::allocation::method::{Ramp, Staff, by_capacity};
/// use jiff::civil::date;
/// let staff = |hired: &[jiff::civil::Date]| Staff { capacity: 30, hired: hired.to_vec() };
/// let veteran = date(2020, 1, 1);
/// let months = ["2026-07".parse()?, "2026-08".parse()?];
/// let weights = by_capacity(&[staff(&[veteran, date(2026, 7, 1)]), staff(&[veteran])], &months, &Ramp::default());
/// // Two months in full and a newcomer's 0 and 50 %, against two months in full.
/// assert_eq!(weights, [(30 * 250_u64).into(), (30 * 200).into()]);
/// # Ok::<(), dacheng_domain::calendar::NotAPeriod>(())
/// ```
pub fn by_capacity(children: &[Staff], months: &[Month], ramp: &Ramp) -> Vec<Exact> {
    let percents = |staff: &Staff| -> u64 {
        let heads = staff.hired.iter().flat_map(|&hired| months.iter().map(move |&month| (hired, month)));
        heads.map(|(hired, month)| u64::from(ramp.percent(hired, month))).sum()
    };
    children.iter().map(|staff| &weight(staff.capacity) * &percents(staff).into()).collect()
}
