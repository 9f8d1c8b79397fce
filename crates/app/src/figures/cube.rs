//! The roll-up blocks of a few stretches of days, read once and asked many times: whole months by month, cut ones
//! by day. At an earlier moment they are added up from the facts known then, all by day.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_rollup::{Axis, Block, By, Grain, Owner, Question};
use dacheng_store::Read;
use jiff::civil::Date;

use super::actuals::fen;
use super::own::Adds;
use super::standpoint::Standpoint;
use crate::facts::commit::grain_number;
use crate::facts::days::{date_of, month_of, number};
use crate::{App, Result};

/// First and last day, both included.
pub type Days = (Date, Date);

/// The blocks of one measure.
#[derive(Debug, Default)]
pub struct Cube {
    by_month: BTreeMap<i64, Arc<Block>>,
    by_day: BTreeMap<i64, Arc<Block>>,
}

impl Cube {
    /// Reads the blocks of every month that one of the stretches touches; by day only those that one cuts.
    pub fn over(
        app: &App,
        tx: &mut Read,
        point: &Standpoint,
        adds: impl Into<Adds>,
        stretches: &[Days],
    ) -> Result<Self> {
        let adds = adds.into();
        let mut cube = Self::default();
        for measure in adds.measures() {
            let found = Self::of_measure(app, tx, point, measure, stretches)?;
            cube.take_in(adds, measure, found);
        }
        let months = stretches.iter().flat_map(|days| touched(*days)).collect();
        cube.enter(tx, point, adds, &months)?;
        Ok(cube)
    }

    /// Adds what counts of the blocks of a measure.
    fn take_in(&mut self, adds: Adds, measure: Measure, found: Self) {
        let sift = |(number, block): (i64, Arc<Block>)| {
            let month = month_of_number(number)?;
            Some((number, adds.sift(month, measure, block)?))
        };
        self.by_month.extend(found.by_month.into_iter().filter_map(sift));
        self.by_day.extend(found.by_day.into_iter().filter_map(sift));
    }

    /// Adds what was entered by hand. A value is of the whole of its month, and stands on its first day.
    fn enter(
        &mut self,
        tx: &mut Read,
        point: &Standpoint,
        adds: Adds,
        months: &BTreeSet<Month>,
    ) -> Result<()> {
        let known = point.past.as_ref().map(|past| past.instant);
        for (month, block) in adds.entered(tx, &point.ground, months, known)? {
            self.by_day.insert(month_number(month), block);
        }
        Ok(())
    }

    fn of_measure(
        app: &App,
        tx: &mut Read,
        point: &Standpoint,
        measure: Measure,
        stretches: &[Days],
    ) -> Result<Self> {
        let months: BTreeSet<Month> = stretches.iter().flat_map(|days| touched(*days)).collect();
        if let Some(past) = &point.past {
            return Ok(Self { by_month: BTreeMap::new(), by_day: past.blocks(tx, measure, &months)? });
        }
        let months: BTreeSet<i64> = months.into_iter().map(month_number).collect();
        let cut: BTreeSet<i64> = cut_months(stretches).into_iter().map(month_number).collect();
        let (Some(first), Some(last)) = (months.first(), months.last()) else { return Ok(Self::default()) };
        let (coarse, fine) = (grain_number(Grain::Month), grain_number(Grain::Day));
        let found = app.memory.blocks(tx, (*first, *last), |place| {
            let wanted = if place.grain == fine { &cut } else { &months };
            place.measure == measure.number() && wanted.contains(&place.month)
        })?;
        let mut cube = Self::default();
        for (place, block) in found {
            let kept = if place.grain == coarse { &mut cube.by_month } else { &mut cube.by_day };
            kept.insert(place.month, block);
        }
        Ok(cube)
    }

    /// Blocks that were made elsewhere, by month number: of whole months, and by day.
    pub const fn of(by_month: BTreeMap<i64, Arc<Block>>, by_day: BTreeMap<i64, Arc<Block>>) -> Self {
        Self { by_month, by_day }
    }

    /// Reads the blocks by day of every month that a stretch touches.
    pub fn by_day(
        app: &App,
        tx: &mut Read,
        point: &Standpoint,
        adds: impl Into<Adds>,
        days: Days,
    ) -> Result<Self> {
        let adds = adds.into();
        if point.past.is_some() {
            return Self::over(app, tx, point, adds, &[days]);
        }
        let months = (i64::from(month_of(days.0)), i64::from(month_of(days.1)));
        let fine = grain_number(Grain::Day);
        let mut cube = Self::default();
        for measure in adds.measures() {
            let number = measure.number();
            let found =
                app.memory.blocks(tx, months, |place| place.measure == number && place.grain == fine)?;
            let by_day = found.into_iter().map(|(place, block)| (place.month, block)).collect();
            cube.take_in(adds, measure, Self { by_month: BTreeMap::new(), by_day });
        }
        cube.enter(tx, point, adds, &touched(days).collect())?;
        Ok(cube)
    }

    /// Whether any fact of the measure lies in the months of these days.
    pub fn knows(&self, days: Days) -> bool {
        touched(days).any(|month| {
            let month = month_number(month);
            self.by_month.contains_key(&month) || self.by_day.contains_key(&month)
        })
    }

    /// The sum over an owner.
    pub fn total(&self, owner: &Owner, days: Days) -> i64 {
        self.by_names(owner, days, None, Vec::new()).into_values().next().unwrap_or(0)
    }

    /// The sum of every unit with its branch, in one walk.
    pub fn of_units(&self, days: Days) -> BTreeMap<String, i64> {
        one_name(self.by_names(&Owner::Company, days, None, vec![By::Unit]))
    }

    /// The sums of some members, overlay shares included, in one walk.
    pub fn of_members(&self, days: Days, members: &BTreeSet<String>) -> BTreeMap<String, i64> {
        if members.is_empty() {
            return BTreeMap::new();
        }
        one_name(self.by_names(&Owner::Company, days, Some(members), vec![By::Axis(Axis::Member)]))
    }

    /// The sums of an owner by the names of an axis, in one walk.
    pub fn of_axis(&self, owner: &Owner, days: Days, axis: Axis) -> BTreeMap<String, i64> {
        one_name(self.by_names(owner, days, None, vec![By::Axis(axis)]))
    }

    /// The sums of every unit by month, in one walk.
    pub fn of_units_by_month(&self, days: Days) -> BTreeMap<(String, Month), i64> {
        let name = |day: i32| Month::of(date_of(day)).to_string();
        let sums = self.by_names(&Owner::Company, days, None, vec![By::Unit, By::Time(&name)]);
        let two = |(names, sum): (Vec<String>, i64)| {
            let [unit, month]: [String; 2] = names.try_into().ok()?;
            Some(((unit, month.parse().ok()?), sum))
        };
        sums.into_iter().filter_map(two).collect()
    }

    /// The sums of the company by a name of its days, in one walk.
    pub fn of_company_by(&self, days: Days, name: &dyn Fn(Date) -> String) -> BTreeMap<String, i64> {
        let name = |day: i32| name(date_of(day));
        one_name(self.by_names(&Owner::Company, days, None, vec![By::Time(&name)]))
    }

    /// The sums of every unit by a name of its days, in one walk.
    pub fn of_units_by(&self, days: Days, name: &dyn Fn(Date) -> String) -> BTreeMap<[String; 2], i64> {
        let name = |day: i32| name(date_of(day));
        two_names(self.by_names(&Owner::Company, days, None, vec![By::Unit, By::Time(&name)]))
    }

    /// The sums of some members by a name of their days, overlay shares included, in one walk.
    pub fn of_members_by(
        &self,
        days: Days,
        members: &BTreeSet<String>,
        name: &dyn Fn(Date) -> String,
    ) -> BTreeMap<[String; 2], i64> {
        if members.is_empty() {
            return BTreeMap::new();
        }
        let name = |day: i32| name(date_of(day));
        let by = vec![By::Axis(Axis::Member), By::Time(&name)];
        two_names(self.by_names(&Owner::Company, days, Some(members), by))
    }

    /// The sums of an owner by month, in one walk.
    pub fn months_of(&self, owner: &Owner, days: Days) -> BTreeMap<Month, i64> {
        let name = |day: i32| Month::of(date_of(day)).to_string();
        let sums = one_name(self.by_names(owner, days, None, vec![By::Time(&name)]));
        sums.into_iter().filter_map(|(month, sum)| Some((month.parse().ok()?, sum))).collect()
    }

    /// The sums of an owner by day, in one walk over blocks by day.
    pub fn days_of(&self, owner: &Owner, days: Days) -> BTreeMap<Date, i64> {
        let name = |day: i32| day.to_string();
        let sums = one_name(self.by_names(owner, days, None, vec![By::Time(&name)]));
        sums.into_iter().filter_map(|(day, sum)| Some((date_of(day.parse().ok()?), sum))).collect()
    }

    /// Sums by names, in the order of the groups, in one walk.
    pub fn by_names(
        &self,
        owner: &Owner,
        days: Days,
        members: Option<&BTreeSet<String>>,
        by: Vec<By<'_>>,
    ) -> BTreeMap<Vec<String>, i64> {
        let blocks = touched(days).filter_map(|month| self.block(month, days));
        let numbers = Some((number(days.0), number(days.1)));
        let answer = Question { owner: owner.clone(), days: numbers, members, by }.ask(blocks);
        answer.into_iter().map(|(key, sum)| (key, fen(sum))).collect()
    }

    /// The blocks of the months of some days.
    pub fn blocks(&self, days: Days) -> impl Iterator<Item = &Block> {
        touched(days).filter_map(move |month| self.block(month, days))
    }

    /// The block that answers for a month: by month where all of it is asked for and it was read so.
    fn block(&self, month: Month, days: Days) -> Option<&Block> {
        let key = month_number(month);
        let coarse = self.by_month.get(&key).filter(|_| is_whole(month, days));
        coarse.or_else(|| self.by_day.get(&key)).map(AsRef::as_ref)
    }
}

/// The months of which some stretch of days has a part only.
pub(super) fn cut_months(stretches: &[Days]) -> BTreeSet<Month> {
    let edges = stretches.iter().flat_map(|days| [(days.0, *days), (days.1, *days)]);
    let months = edges.map(|(day, days)| (Month::of(day), days));
    months.filter(|(month, days)| !is_whole(*month, *days)).map(|(month, _)| month).collect()
}

/// The months that have one of the days.
pub(super) fn touched((first, last): Days) -> impl Iterator<Item = Month> {
    let month = Month::of(first);
    let through = Month::of(last).months_since(month);
    (0..=through).map(move |index| month.plus(index))
}

fn is_whole(month: Month, (first, last): Days) -> bool {
    first <= month.first_day() && month.last_day() <= last
}

fn month_number(month: Month) -> i64 {
    i64::from(month_of(month.first_day()))
}

pub(super) fn month_of_number(number: i64) -> Option<Month> {
    Month::new(i16::try_from(number / 100).ok()?, i8::try_from(number % 100).ok()?)
}

fn two_names(sums: BTreeMap<Vec<String>, i64>) -> BTreeMap<[String; 2], i64> {
    sums.into_iter().filter_map(|(names, sum)| Some((names.try_into().ok()?, sum))).collect()
}

fn one_name(sums: BTreeMap<Vec<String>, i64>) -> BTreeMap<String, i64> {
    sums.into_iter().filter_map(|(names, sum)| Some((names.into_iter().next()?, sum))).collect()
}
