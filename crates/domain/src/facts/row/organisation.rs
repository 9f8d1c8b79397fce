//! Units, people and their seats as rows. Fields stand in the order of [`Kind::fields`](crate::facts::kind::Kind::fields).

use jiff::civil::Date;

use super::values::Values;
use crate::facts::value::{Code, Value};
use crate::people::{Position, Share};

/// A unit of the organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Its code.
    pub unit: Code,
    /// Its name.
    pub name: String,
    /// The unit above.
    pub parent: Option<Code>,
    /// Who leads it.
    pub leader: Option<Code>,
    /// When the change takes effect.
    pub from: Option<Date>,
}

/// A person of the company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MemberRow {
    /// 工号.
    pub member: Code,
    /// Their name.
    pub name: String,
    /// Where they sit.
    pub unit: Option<Code>,
    /// What they are employed as.
    pub position: Option<Position>,
    /// When they came.
    pub hired: Option<Date>,
    /// When they left.
    pub left: Option<Date>,
    /// When the change takes effect.
    pub from: Option<Date>,
}

/// A seat somebody had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmploymentRow {
    /// Whose.
    pub member: Code,
    /// Its first day.
    pub from: Date,
    /// Its end; open where absent.
    pub to: Option<Date>,
    /// Where.
    pub unit: Code,
    /// As what.
    pub position: Option<Position>,
    /// How much of a full post.
    pub share: Share,
}

impl UnitRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            unit: values.code()?,
            name: values.text()?,
            parent: values.code(),
            leader: values.code(),
            from: values.date(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.unit)),
            Some(Value::Text(self.name.into())),
            self.parent.map(Value::Code),
            self.leader.map(Value::Code),
            self.from.map(Value::Date),
        ]
    }
}

impl MemberRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            member: values.code()?,
            name: values.text()?,
            unit: values.code(),
            position: values.position(),
            hired: values.date(),
            left: values.date(),
            from: values.date(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.member)),
            Some(Value::Text(self.name.into())),
            self.unit.map(Value::Code),
            self.position.map(Value::Position),
            self.hired.map(Value::Date),
            self.left.map(Value::Date),
            self.from.map(Value::Date),
        ]
    }
}

impl EmploymentRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            member: values.code()?,
            from: values.date()?,
            to: values.date(),
            unit: values.code()?,
            position: values.position(),
            share: values.share()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.member)),
            Some(Value::Date(self.from)),
            self.to.map(Value::Date),
            Some(Value::Code(self.unit)),
            self.position.map(Value::Position),
            Some(Value::Share(self.share)),
        ]
    }
}
