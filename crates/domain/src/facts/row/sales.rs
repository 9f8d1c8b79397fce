//! Sales and what hangs on them as rows. Fields stand in the order of [`Kind::fields`](crate::facts::kind::Kind::fields).

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::values::Values;
use crate::Fen;
use crate::facts::credit::CreditKind;
use crate::facts::value::{Code, OrderStatus, Value};
use crate::people::Share;

/// A sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderRow {
    /// Its code.
    pub order: Code,
    /// Who bought.
    pub customer: Code,
    /// Who owned it on its date.
    pub member: Code,
    /// Its date.
    pub date: Date,
    /// Its amount; Σ lines where absent.
    pub amount: Option<Fen>,
    /// Whether it counts.
    pub status: OrderStatus,
}

/// A line of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLineRow {
    /// The sale.
    pub order: Code,
    /// The line within it.
    pub line: Code,
    /// What was sold.
    pub product: Code,
    /// How much of it.
    pub quantity: Option<Decimal>,
    /// For how much in all.
    pub amount: Fen,
}

/// A share in the credit of a sale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderShareRow {
    /// The sale.
    pub order: Code,
    /// Whose share.
    pub member: Code,
    /// How much of the whole.
    pub share: Share,
    /// Whether it rolls up.
    pub kind: CreditKind,
}

/// Something that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnRow {
    /// Its code; the column `return`.
    pub code: Code,
    /// The sale.
    pub order: Code,
    /// When it came back.
    pub date: Date,
    /// What it takes from the sale, 0 or more.
    pub amount: Fen,
}

/// Money that is due for a sale. Nothing is credited for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivableRow {
    /// Its code; the column `receivable`.
    pub code: Code,
    /// The sale.
    pub order: Code,
    /// When it is due.
    pub due: Date,
    /// How much of the sale, 0 or more.
    pub amount: Fen,
}

/// Money received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRow {
    /// Its code.
    pub payment: Code,
    /// The sale it pays.
    pub order: Option<Code>,
    /// Who paid.
    pub customer: Option<Code>,
    /// Who is credited, where it says so.
    pub member: Option<Code>,
    /// When it came.
    pub date: Date,
    /// How much; negative for a refund.
    pub amount: Fen,
}

impl OrderRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            order: values.code()?,
            customer: values.code()?,
            member: values.code()?,
            date: values.date()?,
            amount: values.money(),
            status: values.order_status()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.order)),
            Some(Value::Code(self.customer)),
            Some(Value::Code(self.member)),
            Some(Value::Date(self.date)),
            self.amount.map(Value::Money),
            Some(Value::OrderStatus(self.status)),
        ]
    }
}

impl OrderLineRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            order: values.code()?,
            line: values.code()?,
            product: values.code()?,
            quantity: values.quantity(),
            amount: values.money()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.order)),
            Some(Value::Code(self.line)),
            Some(Value::Code(self.product)),
            self.quantity.map(Value::Quantity),
            Some(Value::Money(self.amount)),
        ]
    }
}

impl OrderShareRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            order: values.code()?,
            member: values.code()?,
            share: values.share()?,
            kind: values.credit_kind()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.order)),
            Some(Value::Code(self.member)),
            Some(Value::Share(self.share)),
            Some(Value::CreditKind(self.kind)),
        ]
    }
}

impl ReturnRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            code: values.code()?,
            order: values.code()?,
            date: values.date()?,
            amount: values.money()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.code)),
            Some(Value::Code(self.order)),
            Some(Value::Date(self.date)),
            Some(Value::Money(self.amount)),
        ]
    }
}

impl ReceivableRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            code: values.code()?,
            order: values.code()?,
            due: values.date()?,
            amount: values.money()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.code)),
            Some(Value::Code(self.order)),
            Some(Value::Date(self.due)),
            Some(Value::Money(self.amount)),
        ]
    }
}

impl PaymentRow {
    pub(super) fn from_values(values: &mut Values) -> Option<Self> {
        Some(Self {
            payment: values.code()?,
            order: values.code(),
            customer: values.code(),
            member: values.code(),
            date: values.date()?,
            amount: values.money()?,
        })
    }

    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        vec![
            Some(Value::Code(self.payment)),
            self.order.map(Value::Code),
            self.customer.map(Value::Code),
            self.member.map(Value::Code),
            Some(Value::Date(self.date)),
            Some(Value::Money(self.amount)),
        ]
    }
}
