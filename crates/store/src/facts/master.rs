//! What facts refer to, as rows: units, members, employments, products, customers.

use dacheng_domain::facts::row::{CustomerRow, EmploymentRow, MemberRow, ProductRow, UnitRow};
use dacheng_domain::people::Position;

use super::Fact;
use super::cells::{
    code, maybe_code, maybe_number, number, read_code, read_day, read_maybe_code, read_maybe_day,
    read_position, read_share, read_since, since,
};
use crate::{Result, Row, Value};

impl Fact for UnitRow {
    const TABLE: &'static str = "fact_unit";
    const KEY: &'static [&'static str] = &["code", "valid_from"];
    const COLUMNS: &'static [&'static str] = &["code", "name", "parent", "leader", "valid_from"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.unit),
            (&self.name).into(),
            maybe_code(self.parent.as_ref()),
            maybe_code(self.leader.as_ref()),
            since(self.from),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            unit: read_code(row, 0)?,
            name: row.text(1)?,
            parent: read_maybe_code(row, 2)?,
            leader: read_maybe_code(row, 3)?,
            from: read_since(row, 4)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.unit == other.unit && self.from == other.from
    }
}

impl Fact for MemberRow {
    const TABLE: &'static str = "fact_member";
    const KEY: &'static [&'static str] = &["code", "valid_from"];
    const COLUMNS: &'static [&'static str] =
        &["code", "name", "unit", "position", "hired", "left_on", "valid_from"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.member),
            (&self.name).into(),
            maybe_code(self.unit.as_ref()),
            self.position.map(Position::code).into(),
            maybe_number(self.hired),
            maybe_number(self.left),
            since(self.from),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            member: read_code(row, 0)?,
            name: row.text(1)?,
            unit: read_maybe_code(row, 2)?,
            position: read_position(row, 3)?,
            hired: read_maybe_day(row, 4)?,
            left: read_maybe_day(row, 5)?,
            from: read_since(row, 6)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.member == other.member && self.from == other.from
    }
}

impl Fact for EmploymentRow {
    const TABLE: &'static str = "fact_employment";
    const KEY: &'static [&'static str] = &["member", "starts", "unit"];
    const COLUMNS: &'static [&'static str] = &["member", "starts", "ends", "unit", "position", "parts"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.member),
            number(self.from),
            maybe_number(self.to),
            code(&self.unit),
            self.position.map(Position::code).into(),
            self.share.parts().into(),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            member: read_code(row, 0)?,
            from: read_day(row, 1)?,
            to: read_maybe_day(row, 2)?,
            unit: read_code(row, 3)?,
            position: read_position(row, 4)?,
            share: read_share(row, 5)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.member == other.member && self.from == other.from && self.unit == other.unit
    }
}

impl Fact for ProductRow {
    const TABLE: &'static str = "fact_product";
    const KEY: &'static [&'static str] = &["code", "valid_from"];
    const COLUMNS: &'static [&'static str] = &["code", "name", "line", "new_since", "valid_from"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.product),
            (&self.name).into(),
            self.line.as_deref().into(),
            maybe_number(self.new_since),
            since(self.from),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            product: read_code(row, 0)?,
            name: row.text(1)?,
            line: row.maybe_text(2)?,
            new_since: read_maybe_day(row, 3)?,
            from: read_since(row, 4)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.product == other.product && self.from == other.from
    }
}

impl Fact for CustomerRow {
    const TABLE: &'static str = "fact_customer";
    const KEY: &'static [&'static str] = &["code", "valid_from"];
    const COLUMNS: &'static [&'static str] =
        &["code", "name", "region", "type", "owner", "first_order", "valid_from"];

    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>) {
        values.extend_from_slice(&[
            code(&self.customer),
            (&self.name).into(),
            self.region.as_deref().into(),
            self.customer_type.as_deref().into(),
            maybe_code(self.owner.as_ref()),
            maybe_number(self.first_order),
            since(self.from),
        ]);
    }

    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            customer: read_code(row, 0)?,
            name: row.text(1)?,
            region: row.maybe_text(2)?,
            customer_type: row.maybe_text(3)?,
            owner: read_maybe_code(row, 4)?,
            first_order: read_maybe_day(row, 5)?,
            from: read_since(row, 6)?,
        })
    }

    fn same_key(&self, other: &Self) -> bool {
        self.customer == other.customer && self.from == other.from
    }
}
