//! Which facts there are for a metric, how far they reach, when they last changed, and from when on they suffice.

use std::collections::{BTreeMap, BTreeSet};

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{Metric, Recipe};
use dacheng_store::facts::View;
use dacheng_store::{Read, blocks, counter, facts, imports, rubrics};
use jiff::Timestamp;
use jiff::civil::Date;

use super::past::Past;
use crate::Result;
use crate::facts::days::date_of;
use crate::facts::ground::Ground;

/// The months of orders that a metric about earlier orders needs before it.
const HISTORY: i32 = 12;

/// What there is of every source.
pub(super) struct Sources {
    /// The measures with a fact.
    measures: BTreeSet<i64>,
    /// The last day of each kind of fact.
    last_days: BTreeMap<Kind, Date>,
    /// When the facts of each kind of file last changed.
    updated: BTreeMap<String, Timestamp>,
    has_people: bool,
    has_rubrics: bool,
    today: Date,
}

impl Sources {
    /// Looks at every source: two queries, and a few for each kind of fact there is.
    pub fn read(tx: &mut Read, past: Option<&Past>, ground: &Ground, today: Date) -> Result<Self> {
        let measures: BTreeSet<i64> = blocks::measures(tx)?.into_iter().collect();
        let until = past.map_or(i64::MAX, |past| past.instant.as_millisecond());
        let kinds: BTreeSet<Kind> = Metric::ALL
            .into_iter()
            .filter(|metric| have_facts(*metric, &measures))
            .filter_map(reaches_as)
            .chain([Kind::Orders, Kind::Payments])
            .collect();
        let mut last_days = BTreeMap::new();
        for kind in kinds {
            let last = match past {
                None => facts::last_day_of(tx, kind)?,
                Some(past) => facts::last_day_of_in(tx, kind, past.view)?,
            };
            last_days.extend(last.map(|day| (kind, date_of(day))));
        }
        let updated = imports::newest_by_kind(tx, until)?.into_iter();
        let updated =
            updated.filter_map(|(kind, at)| Some((kind, Timestamp::from_millisecond(at).ok()?))).collect();
        let has_people = !ground.organisation.rows().members.is_empty();
        let has_rubrics = rubrics::any(tx)?;
        Ok(Self { measures, last_days, updated, has_people, has_rubrics, today })
    }

    /// Whether there are facts to make a metric of.
    pub fn speak_of(&self, metric: Metric) -> bool {
        match metric.recipe() {
            Recipe::Retention => self.has_people,
            Recipe::Rated => self.has_rubrics,
            Recipe::Sum(_) | Recipe::Ratio { .. } | Recipe::Repurchase | Recipe::PerHead | Recipe::Own(_) => {
                have_facts(metric, &self.measures)
            }
        }
    }

    /// The last day with a fact of the metric: of a ratio, of what it is divided by.
    pub fn last_day(&self, metric: Metric) -> Option<Date> {
        match metric.recipe() {
            Recipe::Retention => return self.has_people.then_some(self.today),
            Recipe::Rated => return self.has_rubrics.then_some(self.today),
            Recipe::Sum(_) | Recipe::Ratio { .. } | Recipe::Repurchase | Recipe::PerHead | Recipe::Own(_) => {
            }
        }
        if metric.own().is_some_and(|own| own.kind().is_entered()) {
            return Some(self.today);
        }
        self.last_days.get(&reaches_as(metric)?).copied()
    }

    /// When its facts last changed.
    pub fn updated_at(&self, metric: Metric) -> Option<Timestamp> {
        metric.sources().into_iter().filter_map(|kind| self.updated.get(kind)).max().copied()
    }
}

/// Whether a fact of what a metric is made of was ever added up: of a ratio, of what it is divided by.
fn have_facts(metric: Metric, measures: &BTreeSet<i64>) -> bool {
    let is_there = |measure: &Measure| {
        let opening = measure.opening().is_some_and(|opening| measures.contains(&opening.number()));
        opening || measures.contains(&measure.number())
    };
    match metric.recipe() {
        Recipe::Sum(measure) => is_there(&measure),
        Recipe::Ratio { under, .. } => under.iter().any(&is_there),
        Recipe::Repurchase => is_there(&Measure::Buyers),
        Recipe::PerHead => is_there(&Measure::Revenue),
        Recipe::Retention | Recipe::Rated => false,
        // Offered from the day it is defined, so that it is seen where something is missing.
        Recipe::Own(_) => true,
    }
}

/// The kind of fact whose last day says how far a metric reaches.
pub(crate) fn reaches_as(metric: Metric) -> Option<Kind> {
    Some(match metric {
        Metric::Revenue
        | Metric::NewCustomers
        | Metric::RepurchaseRate
        | Metric::RevenuePerHead
        | Metric::ComplaintRate
        | Metric::AverageOrder
        | Metric::NewProductShare => Kind::Orders,
        Metric::Collections | Metric::ReceivableRate => Kind::Payments,
        Metric::ConversionRate | Metric::SalesCycleDays => Kind::Opportunities,
        Metric::Satisfaction | Metric::ReferralRate => Kind::Surveys,
        Metric::TrainingRate => Kind::Trainings,
        Metric::Collaboration => Kind::Scores,
        Metric::Visits => Kind::Visits,
        Metric::RetentionRate | Metric::Rubric => return None,
        Metric::Own(own) => {
            let side = if own.is_ratio() { Side::Under } else { Side::Over };
            return own.measures(side).first().map(|measure| kind_of(*measure));
        }
    })
}

/// The kind of fact whose last day says how far a measure reaches.
const fn kind_of(measure: Measure) -> Kind {
    match measure {
        Measure::Revenue
        | Measure::NewProductRevenue
        | Measure::Orders
        | Measure::NewCustomers
        | Measure::Buyers
        | Measure::Complaints
        | Measure::OpeningRevenue
        | Measure::OpeningNewCustomers => Kind::Orders,
        Measure::Collections | Measure::Receivables | Measure::OpeningCollections => Kind::Payments,
        Measure::Won | Measure::Lost | Measure::WonDays => Kind::Opportunities,
        Measure::Satisfaction
        | Measure::SatisfactionAnswers
        | Measure::RecommendAnswers
        | Measure::Promoters
        | Measure::Detractors => Kind::Surveys,
        Measure::CoursesDue | Measure::CoursesDone => Kind::Trainings,
        Measure::PeerScore | Measure::PeerScores => Kind::Scores,
        Measure::Visits | Measure::OpeningVisits => Kind::Visits,
    }
}

/// From which day on a metric about earlier orders is known: twelve months after the first order, unless customers carry
/// the day of their first order (`domain.md` §2). `None` for the other metrics.
pub(super) fn known_from(tx: &mut Read, ground: &Ground, metric: Metric) -> Result<Option<Date>> {
    let is_about_history = matches!(metric, Metric::NewCustomers | Metric::RepurchaseRate);
    if !is_about_history || ground.first_orders().next().is_some() {
        return Ok(None);
    }
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let Some(first) = facts::first_day(tx, view)?.map(date_of) else { return Ok(None) };
    let month = Month::of(first);
    let month = if first == month.first_day() { month } else { month.next() };
    Ok(Some(month.plus(HISTORY).first_day()))
}
