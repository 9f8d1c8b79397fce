//! An own metric as figures ask for it: by reference, like the built-in ones. A definition once read stays in memory as long as
//! the program; the same one is held once, however often it is read (`docs/decisions/0018-own-metrics.md`).

use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Mutex, OnceLock, PoisonError};

use super::spec::{Entering, MadeOf, OwnKind, OwnSpec, OwnVersion};
use super::term::{Filter, Side, Term};
use crate::calendar::Month;
use crate::facts::Measure;
use crate::metrics::{Definition, Direction, Metric, Recipe, Unit, Window};

/// A metric that a company defined. Two are the same where their codes are.
#[derive(Clone, Copy)]
pub struct Own(&'static Held);

/// A definition, with what its ratios are made of by version.
struct Held {
    spec: OwnSpec,
    /// Numerator and denominator of each version; empty where it is no ratio.
    ratios: Vec<(Metric, Metric)>,
}

static HELD: OnceLock<Mutex<HashMap<String, Vec<&'static Held>>>> = OnceLock::new();

/// Filters nothing.
static ALL: Filter = Filter {
    product_lines: std::collections::BTreeSet::new(),
    regions: std::collections::BTreeSet::new(),
    customer_types: std::collections::BTreeSet::new(),
};

impl Own {
    /// A definition, `ratios` being what each version is made of where it is a ratio.
    pub(super) fn of(spec: &OwnSpec, ratios: Vec<(Metric, Metric)>) -> Self {
        let mut held = HELD.get_or_init(Mutex::default).lock().unwrap_or_else(PoisonError::into_inner);
        let same = held.entry(spec.code.clone()).or_default();
        let is_same = |own: &&&'static Held| own.spec == *spec && identical(&own.ratios, &ratios);
        if let Some(known) = same.iter().find(is_same) {
            return Self(known);
        }
        let new: &'static Held = Box::leak(Box::new(Held { spec: spec.clone(), ratios }));
        same.push(new);
        Self(new)
    }

    /// Its code.
    pub const fn code(self) -> &'static str {
        self.0.spec.code.as_str()
    }

    /// How it is made.
    pub const fn kind(self) -> OwnKind {
        self.0.spec.kind
    }

    /// What it counts in.
    pub const fn unit(self) -> Unit {
        self.0.spec.unit
    }

    /// Unit, direction and roll-up.
    pub const fn definition(self) -> Definition {
        let OwnSpec { unit, direction, kind, .. } = &self.0.spec;
        Definition { unit: *unit, direction: *direction, roll_up: kind.roll_up() }
    }

    /// Which way is better.
    pub const fn direction(self) -> Direction {
        self.0.spec.direction
    }

    /// Every version, the oldest first.
    pub fn versions(self) -> &'static [OwnVersion] {
        &self.0.spec.versions
    }

    /// What is kept of it.
    pub const fn spec(self) -> &'static OwnSpec {
        &self.0.spec
    }

    /// The newest version.
    pub fn newest(self) -> &'static OwnVersion {
        &self.0.spec.versions[self.0.spec.versions.len() - 1]
    }

    /// What holds in a month: the newest version that has begun; before any had, the first.
    pub fn at(self, month: Month) -> &'static OwnVersion {
        &self.0.spec.versions[self.place(month)]
    }

    fn place(self, month: Month) -> usize {
        let begun = self.0.spec.versions.iter().rposition(|version| version.valid_from <= month);
        begun.unwrap_or(0)
    }

    /// Whether it is retired in a month.
    pub fn is_retired(self, month: Month) -> bool {
        self.at(month).retired
    }

    /// Over which days it is judged in a month, where it is a ratio.
    pub fn window(self, month: Month) -> Option<Window> {
        self.at(month).window
    }

    /// Who enters it in a month, for whom and by when.
    pub fn entering(self, month: Month) -> Option<&'static Entering> {
        match &self.at(month).made_of {
            MadeOf::Entered(entering) => Some(entering),
            MadeOf::Facts(_) | MadeOf::Ratio { .. } => None,
        }
    }

    /// The two metrics that a version of a ratio is made of.
    pub fn ratio(self, version: u32) -> Option<(Metric, Metric)> {
        let place = self.0.spec.versions.iter().position(|own| own.version == version)?;
        self.0.ratios.get(place).copied()
    }

    /// What a side adds up in a month; `None` for the denominator of what has none.
    pub fn term(self, side: Side, month: Month) -> Option<Term> {
        let place = self.place(month);
        match (&self.0.spec.versions[place].made_of, side) {
            (MadeOf::Facts(facts), Side::Over) => {
                Some(Term::Facts { measure: facts.measure, filter: &facts.filter })
            }
            (MadeOf::Entered(_), Side::Over) => Some(Term::Entered(self)),
            (MadeOf::Entered(_), Side::Under) => {
                (self.kind() == OwnKind::EnteredMean).then_some(Term::Entries(self))
            }
            (MadeOf::Facts(_), Side::Under) => None,
            (MadeOf::Ratio { .. }, side) => {
                let (over, under) = self.0.ratios.get(place)?;
                sum_of(if side == Side::Over { *over } else { *under }, month)
            }
        }
    }

    /// Whether it is divided by something.
    pub const fn is_ratio(self) -> bool {
        matches!(self.kind(), OwnKind::Ratio | OwnKind::EnteredMean)
    }

    /// Every measure that any version adds up on a side.
    pub fn measures(self, side: Side) -> Vec<Measure> {
        let mut found = Vec::new();
        for (place, version) in self.versions().iter().enumerate() {
            match (&version.made_of, side) {
                (MadeOf::Facts(facts), Side::Over) => found.push(facts.measure),
                (MadeOf::Facts(_), Side::Under) | (MadeOf::Entered(_), _) => {}
                (MadeOf::Ratio { .. }, side) => {
                    let ratio = self.0.ratios.get(place);
                    let part = ratio.map(|(over, under)| if side == Side::Over { over } else { under });
                    match part.map(|part| part.recipe()) {
                        Some(Recipe::Sum(measure)) => found.push(measure),
                        Some(Recipe::Own(own)) => found.extend(own.measures(Side::Over)),
                        Some(
                            Recipe::Ratio { .. }
                            | Recipe::Repurchase
                            | Recipe::PerHead
                            | Recipe::Retention
                            | Recipe::Rated,
                        )
                        | None => {}
                    }
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The metrics by hand that it adds up, itself or as a part of a ratio.
    pub fn entered(self) -> Vec<Self> {
        let mut found: Vec<Self> =
            self.0.ratios.iter().flat_map(|(over, under)| [*over, *under]).filter_map(Metric::own).collect();
        found.push(self);
        found.retain(|own| own.kind().is_entered());
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Minor units of the metric in 1 ÷ 1 of what its sides are held in.
    pub fn scale(self) -> i64 {
        let month = self.newest().valid_from;
        let held = |side| self.term(side, month).map_or(1, |term| term.unit().per_whole());
        if self.kind() == OwnKind::EnteredMean {
            return 1;
        }
        let whole = self.unit().per_whole() * if self.unit() == Unit::Percent { 100 } else { 1 };
        whole * held(Side::Under) / held(Side::Over).max(1)
    }
}

/// What an additive metric adds up in a month.
fn sum_of(metric: Metric, month: Month) -> Option<Term> {
    match metric.recipe() {
        Recipe::Sum(measure) => Some(Term::Facts { measure, filter: &ALL }),
        Recipe::Own(own) if own.kind().adds_up() => own.term(Side::Over, month),
        Recipe::Own(_)
        | Recipe::Ratio { .. }
        | Recipe::Repurchase
        | Recipe::PerHead
        | Recipe::Retention
        | Recipe::Rated => None,
    }
}

/// Whether two lists of ratios are made of the very same definitions.
fn identical(one: &[(Metric, Metric)], two: &[(Metric, Metric)]) -> bool {
    let same = |a: Metric, b: Metric| match (a, b) {
        (Metric::Own(a), Metric::Own(b)) => std::ptr::eq(a.0, b.0),
        (a, b) => a == b,
    };
    one.len() == two.len() && one.iter().zip(two).all(|(a, b)| same(a.0, b.0) && same(a.1, b.1))
}

impl PartialEq for Own {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Own {}

impl PartialOrd for Own {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Own {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl Hash for Own {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code().hash(state);
    }
}

impl fmt::Debug for Own {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
