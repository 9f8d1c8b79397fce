//! Qualitative targets as figures: what the named raters gave, of the owner alone, over a period that has a month of theirs.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::{Measured, Rated};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use dacheng_store::targets::OwnerKind;
use jiff::Timestamp;

use super::attainment::root;
use super::cube::Days;
use super::standpoint::Standpoint;
use crate::Result;
use crate::planning::rubrics::{RubricView, seen_within};

/// The qualitative targets of some days that the asker sees, as they were known.
#[derive(Debug, Default)]
pub(super) struct Rubrics {
    seen: Vec<RubricView>,
    /// The unit that is the company's.
    root: Option<String>,
}

impl Rubrics {
    /// One query, however many owners are asked for afterwards.
    pub fn over(tx: &mut Read, point: &Standpoint, stretches: &[Days]) -> Result<Self> {
        let (first, last) =
            (stretches.iter().map(|days| days.0).min(), stretches.iter().map(|days| days.1).max());
        let Some((first, last)) = first.zip(last) else { return Ok(Self::default()) };
        let months = (Month::of(first), Month::of(last));
        let mut seen = seen_within(tx, &point.context, &point.ground, months)?;
        if let Some(past) = &point.past {
            seen.retain_mut(|own| known_at(own, past.instant));
        }
        Ok(Self { seen, root: root(&point.ground, point.today) })
    }

    /// Those of an owner over some days.
    pub fn of<'r>(&'r self, owner: &'r Owner, days: Days) -> impl Iterator<Item = &'r RubricView> {
        let (kind, code) = match owner {
            Owner::Company => (OwnerKind::Unit, self.root.as_deref()),
            Owner::Unit(code) => (OwnerKind::Unit, Some(code.as_str())),
            Owner::Member(code) => (OwnerKind::Member, Some(code.as_str())),
        };
        let is_own =
            move |own: &&RubricView| own.kept.owner_kind == kind && Some(own.kept.owner.as_str()) == code;
        self.seen.iter().filter(is_own).filter(move |own| overlaps(own, days))
    }

    /// What those of an owner come to.
    pub fn total(&self, owner: &Owner, days: Days) -> Measured {
        together(self.of(owner, days))
    }

    /// What those of every unit come to.
    pub fn of_units(&self, days: Days) -> BTreeMap<String, Measured> {
        let units = self.seen.iter().filter(|own| own.kept.owner_kind == OwnerKind::Unit);
        let codes: BTreeSet<&str> = units.map(|own| own.kept.owner.as_str()).collect();
        let unit = |code: &str| (code.to_owned(), self.total(&Owner::Unit(code.to_owned()), days));
        codes.into_iter().map(unit).collect()
    }

    /// What those of some members come to.
    pub fn of_members(&self, days: Days, members: &BTreeSet<String>) -> BTreeMap<String, Measured> {
        let own = self.seen.iter().filter(|own| own.kept.owner_kind == OwnerKind::Member);
        let codes: BTreeSet<&str> = own.map(|own| own.kept.owner.as_str()).collect();
        let asked = codes.into_iter().filter(|code| members.contains(*code));
        asked.map(|code| (code.to_owned(), self.total(&Owner::Member(code.to_owned()), days))).collect()
    }

    /// Whether there is one of these days.
    pub fn knows(&self, days: Days) -> bool {
        self.seen.iter().any(|own| overlaps(own, days))
    }
}

fn overlaps(own: &RubricView, (first, last): Days) -> bool {
    own.months.0.first_day() <= last && own.months.1.last_day() >= first
}

fn together<'r>(own: impl Iterator<Item = &'r RubricView>) -> Measured {
    Measured::Rated(own.fold(Rated::default(), |sum, own| {
        let target = own.kept.target.number();
        let score = own.kept.score.map(dacheng_domain::planning::rubric::Score::number);
        Rated {
            set: sum.set + 1,
            asked: sum.asked + target,
            rated: sum.rated + i64::from(score.is_some()),
            scores: sum.scores + score.unwrap_or(0),
            aimed: sum.aimed + score.map_or(0, |_| target),
        }
    }))
}

/// Whether it was set by then; a score that came later was not known.
fn known_at(own: &mut RubricView, instant: Timestamp) -> bool {
    let until = instant.as_millisecond();
    if own.kept.rated_at.is_some_and(|at| at > until) {
        (own.kept.score, own.kept.rated_at, own.kept.note, own.attainment) = (None, None, None, None);
    }
    own.kept.created_at <= until
}
