//! Whom a metric of people or of customers counts, one by one: what its explanation lists where others list facts.

use std::collections::BTreeMap;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::{Recipe, marks};
use dacheng_domain::people::{MemberId, PathId};
use dacheng_rollup::{Axis, By, Owner};
use dacheng_store::Read;
use jiff::civil::Date;

use super::ask::Ask;
use super::cube::Cube;
use super::own::Adds;
use super::people_cube;
use super::sets::Buyers;
use super::standpoint::Standpoint;
use super::walk::Counted;
use crate::facts::days::date_of;
use crate::{App, Result};

/// Everybody counted for an owner in the period, by date and code.
pub(super) fn counted_people(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    ask: &Ask,
) -> Result<Vec<Counted>> {
    let mut counted = match ask.metric.recipe() {
        Recipe::PerHead => heads(tx, point, ask)?,
        Recipe::Retention => newcomers(point, ask),
        Recipe::Repurchase => {
            let first = Month::of(ask.period.first_day()).first_day();
            let buyers = Buyers::over(app, tx, point, &[ask.days()])?;
            customers(&buyers, ask, first)
        }
        Recipe::Sum(Measure::NewCustomers) => newly_won(app, tx, point, (Measure::NewCustomers, ask))?,
        Recipe::Sum(_) | Recipe::Ratio { .. } | Recipe::Rated | Recipe::Own(_) => Vec::new(),
    };
    counted.sort_by(|a, b| (a.date, &a.code).cmp(&(b.date, &b.code)));
    Ok(counted)
}

/// Whoever was in post, with share × days; revenue is explained on its own page.
fn heads(tx: &mut Read, point: &Standpoint, ask: &Ask) -> Result<Vec<Counted>> {
    let mut found: BTreeMap<MemberId, (Date, i64)> = BTreeMap::new();
    for own in people_cube::in_post_over(tx, point, ask.days())? {
        if belongs(point, ask, own.member, own.path) {
            let entry = found.entry(own.member).or_insert((own.first, 0));
            *entry = (entry.0.min(own.first), entry.1 + own.parts());
        }
    }
    let one = |(member, (date, parts)): (MemberId, (Date, i64))| counted(point, member, date, (0, parts));
    Ok(found.into_iter().filter_map(one).collect())
}

fn newcomers(point: &Standpoint, ask: &Ask) -> Vec<Counted> {
    let (first, last) = ask.days();
    let marks = marks(point.organisation(), (first, last.min(point.today))).into_iter();
    let own = marks.filter(|mark| belongs(point, ask, mark.member, mark.path));
    own.filter_map(|mark| counted(point, mark.member, mark.on, (i64::from(mark.retained), 1))).collect()
}

fn customers(buyers: &Buyers, ask: &Ask, first: Date) -> Vec<Counted> {
    let found = buyers.customers(&ask.owner, ask.days()).into_iter();
    let one = |(code, again): (String, bool)| Counted {
        kind: "customer",
        customer: Some(code.clone()),
        code,
        date: first,
        member: String::new(),
        over: i64::from(again),
        under: 1,
        against: 0,
        overlay: false,
    };
    found.map(one).collect()
}

/// New customers, each on the day of the first order; a summary of a month has none and says so.
pub(super) fn newly_won(
    app: &App,
    tx: &mut Read,
    point: &Standpoint,
    (adds, ask): (impl Into<Adds>, &Ask),
) -> Result<Vec<Counted>> {
    let cube = Cube::by_day(app, tx, point, adds, ask.days())?;
    let name = |day: i32| day.to_string();
    let by = vec![By::Axis(Axis::Customer), By::Axis(Axis::Member), By::Time(&name)];
    let found = cube.by_names(&ask.owner, ask.days(), None, by).into_iter().filter(|(_, count)| *count != 0);
    let one = |(names, count): (Vec<String>, i64)| {
        let [code, member, day]: [String; 3] = names.try_into().ok()?;
        let is_summary = code.is_empty();
        Some(Counted {
            kind: if is_summary { "summary" } else { "customer" },
            customer: (!is_summary).then(|| code.clone()),
            code: if is_summary { member.clone() } else { code },
            date: date_of(day.parse().ok()?),
            member,
            over: count,
            under: 0,
            against: 0,
            overlay: false,
        })
    };
    Ok(found.filter_map(one).collect())
}

/// Whether somebody counts for the asked owner through a path.
fn belongs(point: &Standpoint, ask: &Ask, member: MemberId, path: PathId) -> bool {
    let organisation = point.organisation();
    match &ask.owner {
        Owner::Company => true,
        Owner::Unit(code) => {
            let unit = organisation.unit_of_code(code);
            unit.is_some_and(|unit| organisation.paths().units(path).contains(&unit.id))
        }
        Owner::Member(code) => organisation.member(member).is_some_and(|own| own.code.as_str() == code),
    }
}

fn counted(point: &Standpoint, member: MemberId, date: Date, (over, under): (i64, i64)) -> Option<Counted> {
    let code = point.organisation().member(member)?.code.to_string();
    Some(Counted {
        kind: "member",
        member: code.clone(),
        code,
        date,
        customer: None,
        over,
        under,
        against: 0,
        overlay: false,
    })
}
