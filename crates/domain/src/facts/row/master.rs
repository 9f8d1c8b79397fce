//! Products and customers as rows. Fields stand in the order of [`Kind::fields`](crate::facts::kind::Kind::fields).

use jiff::civil::Date;

use super::values::Values;
use crate::facts::value::{Code, Value};

/// Something that is sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductRow {
    /// Its code.
    pub product: Code,
    /// Its name.
    pub name: String,
    /// Its product line.
    pub line: Option<String>,
    /// From when it counts as new.
    pub new_since: Option<Date>,
    /// When the change takes effect.
    pub from: Option<Date>,
}

/// Somebody who buys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Their code.
    pub customer: Code,
    /// Their name.
    pub name: String,
    /// Where they are.
    pub region: Option<String>,
    /// What they are; the column `type`.
    pub customer_type: Option<String>,
    /// The member who looks after them.
    pub owner: Option<Code>,
    /// 首单日, where the history begins later.
    pub first_order: Option<Date>,
    /// When the change takes effect.
    pub from: Option<Date>,
}

impl ProductRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            product: values.code()?,
            name: values.text()?,
            line: values.text(),
            new_since: values.date(),
            from: values.date(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.product)),
            Some(Value::Text(self.name.into())),
            self.line.map(|text| Value::Text(text.into())),
            self.new_since.map(Value::Date),
            self.from.map(Value::Date),
        ]
    }
}

impl CustomerRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            customer: values.code()?,
            name: values.text()?,
            region: values.text(),
            customer_type: values.text(),
            owner: values.code(),
            first_order: values.date(),
            from: values.date(),
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.customer)),
            Some(Value::Text(self.name.into())),
            self.region.map(|text| Value::Text(text.into())),
            self.customer_type.map(|text| Value::Text(text.into())),
            self.owner.map(Value::Code),
            self.first_order.map(Value::Date),
            self.from.map(Value::Date),
        ]
    }
}
