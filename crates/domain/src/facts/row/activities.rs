//! What people do beside sales, as rows. Fields stand in the order of [`Kind::fields`](crate::facts::kind::Kind::fields).

use jiff::civil::Date;

use super::values::Values;
use crate::Fen;
use crate::calendar::Month;
use crate::facts::state::{LeaveKind, Outcome};
use crate::facts::value::{Code, Value};
use crate::metrics::Metric;

/// A chance to sell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpportunityRow {
    /// Its code.
    pub opportunity: Code,
    /// Who may buy, where they are a customer already.
    pub customer: Option<Code>,
    /// Whose it is.
    pub member: Code,
    /// When it began.
    pub opened: Date,
    /// How far it is, in the company's words.
    pub stage: Option<String>,
    /// What it may be worth, 0 or more.
    pub amount: Option<Fen>,
    /// When it may be decided.
    pub expected: Option<Date>,
    /// When it was decided.
    pub closed: Option<Date>,
    /// How it stands.
    pub outcome: Outcome,
    /// When somebody was last active for it.
    pub active: Option<Date>,
    /// How likely it is to be won, in hundredths of a per cent from 0 to 100; that of its stage where absent.
    pub probability: Option<i64>,
}

/// A visit to a customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitRow {
    /// Its code.
    pub visit: Code,
    /// Whom, where they are a customer already.
    pub customer: Option<Code>,
    /// Who went.
    pub member: Code,
    /// When.
    pub date: Date,
    /// What kind of visit, in the company's words.
    pub kind: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
}

/// What a customer answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyRow {
    /// Its code.
    pub survey: Code,
    /// Who answered.
    pub customer: Option<Code>,
    /// About whom.
    pub member: Code,
    /// When.
    pub date: Date,
    /// How satisfied, in hundredths of a point of 0 to 100.
    pub satisfaction: Option<i64>,
    /// Whether they would recommend, in hundredths of a point of 0 to 10; whole points.
    pub recommend: Option<i64>,
}

/// A complaint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComplaintRow {
    /// Its code.
    pub complaint: Code,
    /// The sale it is about.
    pub order: Option<Code>,
    /// Who complains.
    pub customer: Option<Code>,
    /// About whom; the order's owner where absent.
    pub member: Option<Code>,
    /// When.
    pub date: Date,
}

/// Days somebody is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveRow {
    /// Who.
    pub member: Code,
    /// The first day.
    pub from: Date,
    /// The last day; none while it lasts.
    pub to: Option<Date>,
    /// Why.
    pub kind: LeaveKind,
}

/// A course somebody is to take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingRow {
    /// The course.
    pub course: Code,
    /// Who.
    pub member: Code,
    /// Since when.
    pub assigned: Option<Date>,
    /// By when.
    pub due: Date,
    /// When it was completed.
    pub completed: Option<Date>,
    /// How well, in hundredths of a point of 0 to 100.
    pub score: Option<i64>,
}

/// A score that somebody gave somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// Whom.
    pub member: Code,
    /// Who gave it.
    pub rater: Code,
    /// When.
    pub date: Date,
    /// Of what: `collaboration`, or a skill in the company's words.
    pub kind: Code,
    /// In hundredths of a point.
    pub score: i64,
}

/// 期初: what a member's month came to before facts were kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryRow {
    /// Whose.
    pub member: Code,
    /// Of which month.
    pub month: Month,
    /// Of which metric.
    pub metric: Metric,
    /// In fen; of a count in hundredths.
    pub amount: Fen,
}

fn text(text: Option<String>) -> Option<Value> {
    text.map(|text| Value::Text(text.into()))
}

impl OpportunityRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            opportunity: values.code()?,
            customer: values.code(),
            member: values.code()?,
            opened: values.date()?,
            stage: values.text(),
            amount: values.money(),
            expected: values.date(),
            closed: values.date(),
            outcome: values.outcome()?,
            active: values.date(),
            probability: values.points(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.opportunity)),
            self.customer.map(Value::Code),
            Some(Value::Code(self.member)),
            Some(Value::Date(self.opened)),
            text(self.stage),
            self.amount.map(Value::Money),
            self.expected.map(Value::Date),
            self.closed.map(Value::Date),
            Some(Value::Outcome(self.outcome)),
            self.active.map(Value::Date),
            self.probability.map(Value::Points),
        ]
    }
}

impl VisitRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            visit: values.code()?,
            customer: values.code(),
            member: values.code()?,
            date: values.date()?,
            kind: values.text(),
            outcome: values.text(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.visit)),
            self.customer.map(Value::Code),
            Some(Value::Code(self.member)),
            Some(Value::Date(self.date)),
            text(self.kind),
            text(self.outcome),
        ]
    }
}

impl SurveyRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            survey: values.code()?,
            customer: values.code(),
            member: values.code()?,
            date: values.date()?,
            satisfaction: values.points(),
            recommend: values.points(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.survey)),
            self.customer.map(Value::Code),
            Some(Value::Code(self.member)),
            Some(Value::Date(self.date)),
            self.satisfaction.map(Value::Points),
            self.recommend.map(Value::Points),
        ]
    }
}

impl ComplaintRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            complaint: values.code()?,
            order: values.code(),
            customer: values.code(),
            member: values.code(),
            date: values.date()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.complaint)),
            self.order.map(Value::Code),
            self.customer.map(Value::Code),
            self.member.map(Value::Code),
            Some(Value::Date(self.date)),
        ]
    }
}

impl LeaveRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            member: values.code()?,
            from: values.date()?,
            to: values.date(),
            kind: values.leave_kind()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.member)),
            Some(Value::Date(self.from)),
            self.to.map(Value::Date),
            Some(Value::LeaveKind(self.kind)),
        ]
    }
}

impl TrainingRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            course: values.code()?,
            member: values.code()?,
            assigned: values.date(),
            due: values.date()?,
            completed: values.date(),
            score: values.points(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.course)),
            Some(Value::Code(self.member)),
            self.assigned.map(Value::Date),
            Some(Value::Date(self.due)),
            self.completed.map(Value::Date),
            self.score.map(Value::Points),
        ]
    }
}

impl ScoreRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            member: values.code()?,
            rater: values.code()?,
            date: values.date()?,
            kind: values.code()?,
            score: values.points()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.member)),
            Some(Value::Code(self.rater)),
            Some(Value::Date(self.date)),
            Some(Value::Code(self.kind)),
            Some(Value::Points(self.score)),
        ]
    }
}

impl SummaryRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            member: values.code()?,
            month: values.month()?,
            metric: values.metric()?,
            amount: values.money()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.member)),
            Some(Value::Month(self.month)),
            Some(Value::Metric(self.metric)),
            Some(Value::Money(self.amount)),
        ]
    }
}
