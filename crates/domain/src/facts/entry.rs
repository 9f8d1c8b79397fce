//! What a file says about one fact. Blanks are left open until it is known whether the fact was there before.

use std::borrow::Cow;

use jiff::civil::Date;

use super::credit::CreditKind;
use super::fingerprint::Fingerprint;
use super::kind::{Content, Field, Kind, Need};
use super::row::Row;
use super::state::Outcome;
use super::value::{Fields, OrderStatus, Value};
use crate::Fen;
use crate::people::Share;

/// Parts the codes of a composed key; no code contains it.
const SEPARATOR: char = '\u{1f}';

/// A row of a file, parsed; its key is complete, everything else may be blank.
///
/// A blank cell leaves what was (`trust.md`). So the caller looks up the [`key`](Self::key): where the fact is
/// new, [`complete`](Self::complete) it; where the kept [`fingerprint`](Self::fingerprint) is the same, nothing
/// changed; otherwise lay it [`over`](Self::over) the row before it first.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    kind: Kind,
    values: Fields,
}

impl Entry {
    /// Takes the values of a kind in the order of its fields.
    pub(super) fn new(kind: Kind, values: Fields) -> Self {
        Self { kind, values }
    }

    /// The kind of fact.
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The day it is dated, where its kind has one and the row says it.
    pub fn date(&self) -> Option<Date> {
        match self.value(self.kind.dated_by()?) {
            Some(Value::Date(date)) => Some(*date),
            Some(Value::Month(month)) => Some(month.first_day()),
            Some(_) | None => None,
        }
    }

    /// Its amount, where its kind has one and the row says it.
    pub fn amount(&self) -> Option<Fen> {
        match self.value("amount") {
            Some(Value::Money(amount)) => Some(*amount),
            Some(_) | None => None,
        }
    }

    fn value(&self, field: &str) -> Option<&Value> {
        let (place, _) = self.kind.field(field)?;
        self.values.get(place)?.as_ref()
    }

    /// Every field by name with what it holds, as a file would write it.
    pub fn written(&self) -> impl Iterator<Item = (&'static str, Option<String>)> {
        let fields = self.kind.fields().iter();
        fields.zip(&self.values).map(|(field, value)| (field.name, value.as_ref().map(Value::written)))
    }

    /// The external key: a code, or several parts joined by U+001F in the order of the kind's fields.
    pub fn key(&self) -> Cow<'_, str> {
        let mut key = Cow::Borrowed("");
        for (field, value) in self.filled() {
            let Some(value) = value.filter(|_| field.need.is_key()) else { continue };
            let part = key_part(value);
            if key.is_empty() {
                key = part;
            } else {
                let key = key.to_mut();
                key.push(SEPARATOR);
                key.push_str(&part);
            }
        }
        key
    }

    /// Stands for the content that the row would have as a new fact, without the day on which a change takes
    /// effect.
    pub fn fingerprint(&self) -> Fingerprint {
        let content = self.filled().filter(|(field, _)| field.need != Need::Effective);
        Fingerprint::of(self.kind, content.map(|(_, value)| value))
    }

    /// Whether the row leaves something open that an earlier one may have said.
    pub fn is_partial(&self) -> bool {
        let fields = self.kind.fields().iter();
        fields.zip(&self.values).any(|(field, value)| value.is_none() && field.need != Need::Effective)
    }

    /// Fills every blank with what the fact had before, except the day on which the change takes effect.
    #[must_use]
    pub fn over(mut self, before: Row) -> Self {
        let before = before.into_values();
        for ((value, before), field) in self.values.iter_mut().zip(before).zip(self.kind.fields()) {
            if value.is_none() && field.need != Need::Effective {
                *value = before;
            }
        }
        self
    }

    /// The typed row, or the names of the fields without which there can be none.
    pub fn complete(mut self) -> Result<Row, Vec<&'static str>> {
        for (value, field) in self.values.iter_mut().zip(self.kind.fields()) {
            if value.is_none() {
                *value = usual(field).cloned();
            }
        }
        let missing = self.missing();
        if missing.is_empty() {
            Row::from_values(self.kind, self.values).ok_or(missing)
        } else {
            Err(missing)
        }
    }

    fn missing(&self) -> Vec<&'static str> {
        let wanted = self.kind.fields().iter().zip(&self.values);
        wanted
            .filter(|(field, value)| field.need.is_wanted() && value.is_none())
            .map(|(field, _)| field.name)
            .collect()
    }

    /// Every field with its value, or the usual one.
    fn filled(&self) -> impl Iterator<Item = (&'static Field, Option<&Value>)> {
        let fields = self.kind.fields().iter();
        fields.zip(&self.values).map(|(field, value)| (field, value.as_ref().or_else(|| usual(field))))
    }
}

impl From<Row> for Entry {
    /// The row as if a file had said all of it.
    fn from(row: Row) -> Self {
        let kind = row.kind();
        let mut values = Fields::default();
        for (place, value) in values.iter_mut().zip(row.into_values()) {
            *place = value;
        }
        Self { kind, values }
    }
}

/// What a field has where neither the file nor an earlier row says otherwise.
fn usual(field: &Field) -> Option<&'static Value> {
    if !matches!(field.need, Need::Usual | Need::KeyOrUsual) {
        return None;
    }
    match field.content {
        Content::OrderStatus => Some(&Value::OrderStatus(OrderStatus::Normal)),
        Content::CreditKind => Some(&Value::CreditKind(CreditKind::Credit)),
        Content::Share => Some(&Value::Share(Share::FULL)),
        Content::Outcome => Some(&Value::Outcome(Outcome::Open)),
        Content::Code
        | Content::Text
        | Content::Date
        | Content::Money
        | Content::MoneyFromZero
        | Content::Quantity
        | Content::Position
        | Content::Points { .. }
        | Content::Month
        | Content::SummaryMetric
        | Content::LeaveKind => None,
    }
}

/// A value as a part of a key. Keys are made of codes, days, months, metrics and kinds of credit.
fn key_part(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Code(code) => code.as_str().into(),
        Value::Date(date) => date.to_string().into(),
        Value::Month(month) => month.to_string().into(),
        Value::Metric(metric) => metric.code().into(),
        Value::CreditKind(CreditKind::Credit) => "credit".into(),
        Value::CreditKind(CreditKind::Overlay) => "overlay".into(),
        Value::Text(_)
        | Value::Money(_)
        | Value::Quantity(_)
        | Value::Share(_)
        | Value::OrderStatus(_)
        | Value::Position(_)
        | Value::Points(_)
        | Value::Outcome(_)
        | Value::LeaveKind(_) => "".into(),
    }
}
