//! Repurchase (老客户复购率): of the customers who bought in the twelve months before a window, those who bought in it.
//! Customers are counted once per level, so each level is asked anew (`domain.md` §2).

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::Measured;
use dacheng_rollup::{Axis, By, Owner, Question, Returning};
use dacheng_store::Read;

use super::cube::{Cube, Days};
use super::standpoint::Standpoint;
use crate::{App, Result};

/// Months before a window in which a customer of old bought.
const BEFORE: i32 = 12;

/// Who bought in which month.
pub(super) struct Buyers(Cube);

impl Buyers {
    /// Reads the months of some windows and those before them.
    pub fn over(app: &App, tx: &mut Read, point: &Standpoint, windows: &[Days]) -> Result<Self> {
        let stretches: Vec<Days> = windows.iter().map(|days| (before(*days).0, whole(*days).1)).collect();
        Ok(Self(Cube::over(app, tx, point, Measure::Buyers, &stretches)?))
    }

    /// Whether anybody bought in the months before some days.
    pub fn knows(&self, days: Days) -> bool {
        self.0.knows(before(days))
    }

    /// The rate of an owner.
    pub fn total(&self, owner: &Owner, days: Days) -> Measured {
        let found = self.returning(owner, days, None, Vec::new());
        rate(found.into_iter().next().map(|(_, count)| count).unwrap_or_default())
    }

    /// The customers of old of an owner, and whether each bought again.
    pub fn customers(&self, owner: &Owner, days: Days) -> BTreeMap<String, bool> {
        let now = self.set(owner, whole(days));
        let old = self.set(owner, before(days)).into_iter();
        old.map(|code| (code.clone(), now.contains(&code))).collect()
    }

    fn set(&self, owner: &Owner, days: Days) -> BTreeSet<String> {
        let found = self.0.by_names(owner, days, None, vec![By::Axis(Axis::Customer)]).into_iter();
        found.filter(|(_, bought)| *bought > 0).filter_map(|(mut key, _)| key.pop()).collect()
    }

    /// The rate of every unit with its branch.
    pub fn of_units(&self, days: Days) -> BTreeMap<String, Measured> {
        by_name(self.returning(&Owner::Company, days, None, vec![By::Unit]))
    }

    /// The rates of some members.
    pub fn of_members(&self, days: Days, members: &BTreeSet<String>) -> BTreeMap<String, Measured> {
        if members.is_empty() {
            return BTreeMap::new();
        }
        by_name(self.returning(&Owner::Company, days, Some(members), vec![By::Axis(Axis::Member)]))
    }

    fn returning(
        &self,
        owner: &Owner,
        days: Days,
        members: Option<&BTreeSet<String>>,
        by: Vec<By<'_>>,
    ) -> Vec<(Vec<String>, Returning)> {
        let question = Question { owner: owner.clone(), days: None, members, by };
        question.returning(self.0.blocks(before(days)), self.0.blocks(whole(days)))
    }
}

fn by_name(found: Vec<(Vec<String>, Returning)>) -> BTreeMap<String, Measured> {
    found.into_iter().filter_map(|(mut key, count)| Some((key.pop()?, rate(count)))).collect()
}

const fn rate(found: Returning) -> Measured {
    Measured::Ratio { over: found.both, under: found.former, against: 0, scale: 10_000 }
}

/// The months that days touch.
fn whole((first, last): Days) -> Days {
    (Month::of(first).first_day(), Month::of(last).last_day())
}

/// The twelve months before days.
fn before((first, _): Days) -> Days {
    let month = Month::of(first);
    (month.plus(-BEFORE).first_day(), month.previous().last_day())
}
