//! Facts that stand alone: what their import sees of them, and walks over all of them. What orders credit is in
//! [`super::bundles`].

use std::borrow::Cow;

use dacheng_domain::facts::activity::Activity;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::row::{
    LeaveRow, OpportunityRow, Row, ScoreRow, SummaryRow, SurveyRow, TrainingRow, VisitRow,
};
use dacheng_domain::facts::state::Outcome;
use dacheng_domain::facts::value::Code;
use dacheng_rollup::Delta;
use dacheng_store::facts::{View, Walked, keys_of, keys_within};
use dacheng_store::{Read, imports};

use super::bundles::Raw;
use super::crediting::{Detail, add_own};
use super::delta::{Side, Touched};
use super::ground::Ground;
use super::problems::Wrong;
use super::sale::{Named, Sale, customer, member};
use crate::Result;

/// First parts of keys looked at together, where each is one fact.
const PAGE: i64 = 10_000;
/// The same where one first part has many: a course its participants, a member their scores.
const FEW: i64 = 200;

/// A kind of fact that stands alone.
pub trait Alone: Walked + Activity + Into<Row> + Send + 'static {
    /// Which kind.
    const KIND: Kind;
    /// The fact of a row of this kind.
    fn of_row(row: Row) -> Option<Self>;
    /// What its cells alone do not show to be wrong; whom it names is looked at besides.
    fn check(&self, _: &Ground) -> std::result::Result<(), Wrong> {
        Ok(())
    }
}

impl<F: Alone> Sale for F {
    fn of(row: Row) -> Option<Self> {
        Self::of_row(row)
    }

    fn order(&self) -> Option<&Code> {
        None
    }

    fn put(&self, _: &mut Raw) {}

    fn take_out(&self, _: &mut Raw) {}

    fn named(&self, ground: &Ground) -> std::result::Result<Named, Wrong> {
        member(Activity::member(self), ground)?;
        if let Some(code) = Activity::customer(self) {
            customer(code, ground)?;
        }
        self.check(ground).map(|()| Named::Others)
    }

    fn key(&self) -> Cow<'_, str> {
        dacheng_domain::facts::entry::Entry::from(self.clone().into()).key().into_owned().into()
    }

    fn add_alone(&self, ground: &Ground, sign: i64, delta: &mut Delta) {
        add_own(self, ground, Detail::Block, sign, delta);
    }
}

impl Alone for OpportunityRow {
    const KIND: Kind = Kind::Opportunities;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Opportunity(row) = row { Some(row) } else { None }
    }

    /// What is decided was decided on a day, and not before it began.
    fn check(&self, _: &Ground) -> std::result::Result<(), Wrong> {
        match (self.outcome, self.closed) {
            (Outcome::Won | Outcome::Lost, None) => Err(Wrong::Missing("closed")),
            (Outcome::Won | Outcome::Lost, Some(closed)) if closed < self.opened => {
                Err(Wrong::Earlier { field: "closed", day: closed, than: self.opened })
            }
            (Outcome::Open | Outcome::Won | Outcome::Lost, _) => Ok(()),
        }
    }
}

impl Alone for VisitRow {
    const KIND: Kind = Kind::Visits;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Visit(row) = row { Some(row) } else { None }
    }
}

impl Alone for SurveyRow {
    const KIND: Kind = Kind::Surveys;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Survey(row) = row { Some(row) } else { None }
    }
}

impl Alone for LeaveRow {
    const KIND: Kind = Kind::Leaves;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Leave(row) = row { Some(row) } else { None }
    }

    fn check(&self, _: &Ground) -> std::result::Result<(), Wrong> {
        match self.to {
            Some(to) if to < self.from => Err(Wrong::Earlier { field: "to", day: to, than: self.from }),
            Some(_) | None => Ok(()),
        }
    }
}

impl Alone for TrainingRow {
    const KIND: Kind = Kind::Trainings;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Training(row) = row { Some(row) } else { None }
    }
}

impl Alone for ScoreRow {
    const KIND: Kind = Kind::Scores;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Score(row) = row { Some(row) } else { None }
    }

    fn check(&self, ground: &Ground) -> std::result::Result<(), Wrong> {
        if ground.member(self.rater.as_str()).is_none() {
            return Err(Wrong::Unknown { field: "rater", code: self.rater.to_string() });
        }
        if self.is_within() { Ok(()) } else { Err(Wrong::Collaboration) }
    }
}

impl Alone for SummaryRow {
    const KIND: Kind = Kind::Summaries;

    fn of_row(row: Row) -> Option<Self> {
        if let Row::Summary(row) = row { Some(row) } else { None }
    }

    fn check(&self, _: &Ground) -> std::result::Result<(), Wrong> {
        if self.is_whole() { Ok(()) } else { Err(Wrong::NotWhole { field: "amount", amount: self.amount }) }
    }
}

/// Adds what all touched facts that stand alone credit on one side of a change, times `sign`.
pub fn add_every(
    tx: &mut Read,
    touched: Touched,
    side: &Side<'_>,
    detail: Detail,
    sign: i64,
    delta: &mut Delta,
) -> Result<()> {
    let only = match touched {
        Touched::Import(import) => Some(imports::by_id(tx, import)?.map_or_else(String::new, |own| own.kind)),
        Touched::Days(..) => None,
    };
    let is_touched = |kind: Kind| only.as_ref().is_none_or(|only| only == kind.name());
    let mut walk = Walk { tx, touched, view: side.view, is_touched: &is_touched };
    walk.each::<OpportunityRow>(&mut |fact| add_own(fact, side.ground, detail, sign, delta))?;
    walk.each::<VisitRow>(&mut |fact| add_own(fact, side.ground, detail, sign, delta))?;
    walk.each::<SurveyRow>(&mut |fact| add_own(fact, side.ground, detail, sign, delta))?;
    walk.each::<TrainingRow>(&mut |fact| add_own(fact, side.ground, detail, sign, delta))?;
    walk.each::<ScoreRow>(&mut |fact| add_own(fact, side.ground, detail, sign, delta))?;
    walk.each::<SummaryRow>(&mut |fact| add_own(fact, side.ground, detail, sign, delta))
}

/// Calls `take` with every touched fact of a kind in a view, and perhaps with others.
pub fn each_of<F: Alone>(
    tx: &mut Read,
    touched: Touched,
    view: View,
    take: &mut dyn FnMut(&F),
) -> Result<()> {
    Walk { tx, touched, view, is_touched: &|_| true }.each(take)
}

struct Walk<'w> {
    tx: &'w mut Read,
    touched: Touched,
    view: View,
    is_touched: &'w dyn Fn(Kind) -> bool,
}

impl Walk<'_> {
    fn each<F: Alone>(&mut self, take: &mut dyn FnMut(&F)) -> Result<()> {
        if !(self.is_touched)(F::KIND) {
            return Ok(());
        }
        let limit = if F::KEY.len() == 1 { PAGE } else { FEW };
        let mut after = String::new();
        loop {
            let keys = match self.touched {
                Touched::Import(import) => keys_of::<F>(self.tx, import, &after, limit)?,
                Touched::Days(first, last) => keys_within::<F>(self.tx, (first, last), &after, limit)?,
            };
            let Some(last) = keys.last() else { return Ok(()) };
            let listed: Vec<&str> = keys.iter().map(String::as_str).collect();
            let which = self.touched.which::<F>(self.tx, &listed)?;
            which.facts::<F>(self.tx, self.view, F::KEY[0])?.for_each(|fact| take(&fact));
            after.clone_from(last);
        }
    }
}
