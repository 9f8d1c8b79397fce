//! Orders and what hangs on them, as rows: lines, shares, returns, receivables, payments.

use dacheng_domain::Fen;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::row::{
    OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReceivableRow, ReturnRow,
};
use dacheng_domain::facts::value::OrderStatus;

use super::Fact;
use super::cells::{
    code, fen, maybe_code, number, quantity, read_code, read_day, read_maybe_code, read_quantity, read_share,
};
use crate::{Result, Row, Value};

/// 0 counts, 1 is cancelled.
fn status<'v>(status: OrderStatus) -> Value<'v> {
    match status {
        OrderStatus::Normal => 0.into(),
        OrderStatus::Cancelled => 1.into(),
    }
}

fn read_status(row: &Row<'_>, column: usize) -> Result<OrderStatus> {
    Ok(if row.int(column)? == 0 { OrderStatus::Normal } else { OrderStatus::Cancelled })
}

/// 0 rolls up, 1 is an overlay.
fn kind<'v>(kind: CreditKind) -> Value<'v> {
    match kind {
        CreditKind::Credit => 0.into(),
        CreditKind::Overlay => 1.into(),
    }
}

fn read_kind(row: &Row<'_>, column: usize) -> Result<CreditKind> {
    Ok(if row.int(column)? == 0 { CreditKind::Credit } else { CreditKind::Overlay })
}

impl Fact for OrderRow {
    const TABLE: &'static str = "fact_order";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &["code", "customer", "member", "day", "amount", "status"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.order),
            code(&self.customer),
            code(&self.member),
            number(self.date),
            self.amount.map(|amount| amount.0).into(),
            status(self.status),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            order: read_code(row, 0)?,
            customer: read_code(row, 1)?,
            member: read_code(row, 2)?,
            date: read_day(row, 3)?,
            amount: row.maybe_int(4)?.map(Fen),
            status: read_status(row, 5)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.order == other.order
    }
}

impl Fact for OrderLineRow {
    const TABLE: &'static str = "fact_order_line";
    const KEY: &'static [&'static str] = &["order_code", "line"];
    const COLUMNS: &'static [&'static str] = &["order_code", "line", "product", "quantity", "amount"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.order),
            code(&self.line),
            code(&self.product),
            quantity(self.quantity.as_ref()),
            fen(self.amount),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            order: read_code(row, 0)?,
            line: read_code(row, 1)?,
            product: read_code(row, 2)?,
            quantity: read_quantity(row, 3)?,
            amount: Fen(row.int(4)?),
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.order == other.order && self.line == other.line
    }
}

impl Fact for OrderShareRow {
    const TABLE: &'static str = "fact_order_share";
    const KEY: &'static [&'static str] = &["order_code", "member", "kind"];
    const COLUMNS: &'static [&'static str] = &["order_code", "member", "kind", "parts"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.order),
            code(&self.member),
            kind(self.kind),
            self.share.parts().into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            order: read_code(row, 0)?,
            member: read_code(row, 1)?,
            kind: read_kind(row, 2)?,
            share: read_share(row, 3)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.order == other.order && self.member == other.member && self.kind == other.kind
    }
}

impl Fact for ReturnRow {
    const TABLE: &'static str = "fact_return";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &["code", "order_code", "day", "amount"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[code(&self.code), code(&self.order), number(self.date), fen(self.amount)]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            code: read_code(row, 0)?,
            order: read_code(row, 1)?,
            date: read_day(row, 2)?,
            amount: Fen(row.int(3)?),
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Fact for ReceivableRow {
    const TABLE: &'static str = "fact_receivable";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &["code", "order_code", "day", "amount"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[code(&self.code), code(&self.order), number(self.due), fen(self.amount)]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            code: read_code(row, 0)?,
            order: read_code(row, 1)?,
            due: read_day(row, 2)?,
            amount: Fen(row.int(3)?),
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Fact for PaymentRow {
    const TABLE: &'static str = "fact_payment";
    const KEY: &'static [&'static str] = &["code"];
    const COLUMNS: &'static [&'static str] = &["code", "order_code", "customer", "member", "day", "amount"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.payment),
            maybe_code(self.order.as_ref()),
            maybe_code(self.customer.as_ref()),
            maybe_code(self.member.as_ref()),
            number(self.date),
            fen(self.amount),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            payment: read_code(row, 0)?,
            order: read_maybe_code(row, 1)?,
            customer: read_maybe_code(row, 2)?,
            member: read_maybe_code(row, 3)?,
            date: read_day(row, 4)?,
            amount: Fen(row.int(5)?),
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.payment == other.payment
    }
}
