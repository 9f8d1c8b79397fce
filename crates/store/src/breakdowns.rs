//! Breakdowns: how a unit's target is divided, among whom, and which difference is declared. The amounts of the
//! children are cells in `targets`; what they must sum to is decided in `domain::allocation`.

use crate::targets::{Cell, OwnerKind};
use crate::{Read, Result, Row, Value, Write, bulk};

/// A unit's breakdown. The unit `""` stands above the company: its children are what has no parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// The code of the unit that is broken down.
    pub unit: String,
    /// By which method, as `app::allocation` has it.
    pub method: String,
    /// Counts its changes, from 1.
    pub version: i64,
}

/// A child of a breakdown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Child {
    /// The code of the unit that is broken down.
    pub unit: String,
    /// Whether the child is a unit or a member.
    pub owner_kind: OwnerKind,
    /// The child's code.
    pub owner: String,
    /// Its place among its siblings.
    pub place: i64,
    /// In which months of the fiscal year it is a child: bit 0 is the first.
    pub months: i64,
}

/// A declared difference between a parent and its children in a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The code of the unit that is broken down.
    pub unit: String,
    /// Year × 100 + month.
    pub month: i64,
    /// 预留: kept by the parent.
    pub reserve: i64,
    /// 超额分配: carried by the children on top.
    pub buffer: i64,
}

/// A plan's metric, by the plan's number.
pub type Of<'a> = (i64, &'a str);

fn child(row: &Row<'_>) -> Result<Child> {
    Ok(Child {
        unit: row.text(0)?,
        owner_kind: OwnerKind::of(row.int(1)?)?,
        owner: row.text(2)?,
        place: row.int(3)?,
        months: row.int(4)?,
    })
}

fn cell(row: &Row<'_>) -> Result<Cell> {
    Ok(Cell {
        owner_kind: OwnerKind::of(row.int(0)?)?,
        owner: row.text(1)?,
        product_line: String::new(),
        customer_type: String::new(),
        month: row.int(2)?,
        floor: row.maybe_int(3)?,
        amount: row.int(4)?,
        stretch: row.maybe_int(5)?,
    })
}

/// The breakdowns of some units.
pub fn of_units(tx: &mut Read, (plan, metric): Of<'_>, units: &[&str]) -> Result<Vec<Breakdown>> {
    let statement = format!(
        "select unit, method, version from breakdown
         where plan_id = $1 and metric = $2 and unit in (select k.value from {} k) order by unit",
        bulk::third_keys(tx)
    );
    let keys = bulk::list(units.iter().copied());
    tx.all(&statement, &[plan.into(), metric.into(), (&keys).into()], |row| {
        Ok(Breakdown { unit: row.text(0)?, method: row.text(1)?, version: row.int(2)? })
    })
}

/// Every unit that is broken down, or has a row above all of them.
pub fn units(tx: &mut Read, (plan, metric): Of<'_>) -> Result<Vec<String>> {
    tx.all(
        "select unit from breakdown where plan_id = $1 and metric = $2 order by unit",
        &[plan.into(), metric.into()],
        |row| row.text(0),
    )
}

/// The children of some units, in their places.
pub fn children(tx: &mut Read, (plan, metric): Of<'_>, units: &[&str]) -> Result<Vec<Child>> {
    let statement = format!(
        "select unit, owner_kind, owner, place, months from breakdown_child
         where plan_id = $1 and metric = $2 and unit in (select k.value from {} k)
         order by unit, place, owner_kind, owner",
        bulk::third_keys(tx)
    );
    let keys = bulk::list(units.iter().copied());
    tx.all(&statement, &[plan.into(), metric.into(), (&keys).into()], |row| child(&row))
}

/// Where some owners of a kind are children.
pub fn parents(
    tx: &mut Read,
    (plan, metric): Of<'_>,
    kind: OwnerKind,
    owners: &[&str],
) -> Result<Vec<Child>> {
    let statement = format!(
        "select unit, owner_kind, owner, place, months from breakdown_child
         where plan_id = $1 and metric = $2 and owner_kind = $3 and owner in (select k.value from {} k)
         order by owner, unit",
        bulk::keys(tx)
    );
    let keys = bulk::list(owners.iter().copied());
    let values = [plan.into(), metric.into(), kind.number().into(), (&keys).into()];
    tx.all(&statement, &values, |row| child(&row))
}

/// The cells that hold now of the children of some units, whole: neither by product line nor by customer type.
pub fn cells_below(tx: &mut Read, (plan, metric): Of<'_>, units: &[&str]) -> Result<Vec<Cell>> {
    let statement = format!(
        "select distinct t.owner_kind, t.owner, t.month, t.low, t.amount, t.stretch
         from breakdown_child c join target_cell t
           on t.plan_id = c.plan_id and t.metric = c.metric and t.owner_kind = c.owner_kind and t.owner = c.owner
         where c.plan_id = $1 and c.metric = $2 and c.unit in (select k.value from {} k)
           and t.product_line = '' and t.customer_type = '' and t.until is null
         order by t.owner_kind, t.owner, t.month",
        bulk::third_keys(tx)
    );
    let keys = bulk::list(units.iter().copied());
    tx.all(&statement, &[plan.into(), metric.into(), (&keys).into()], |row| cell(&row))
}

/// The whole cells that hold now of some owners of a kind.
pub fn cells_of(
    tx: &mut Read,
    (plan, metric): Of<'_>,
    kind: OwnerKind,
    owners: &[&str],
) -> Result<Vec<Cell>> {
    let statement = format!(
        "select owner_kind, owner, month, low, amount, stretch from target_cell
         where plan_id = $1 and metric = $2 and owner_kind = $3 and owner in (select k.value from {} k)
           and product_line = '' and customer_type = '' and until is null
         order by owner, month",
        bulk::keys(tx)
    );
    let keys = bulk::list(owners.iter().copied());
    let values = [plan.into(), metric.into(), kind.number().into(), (&keys).into()];
    tx.all(&statement, &values, |row| cell(&row))
}

/// The cells that hold now of some owners of a kind by product line or customer type: parts of their whole cells.
pub fn parts_of(
    tx: &mut Read,
    (plan, metric): Of<'_>,
    kind: OwnerKind,
    owners: &[&str],
) -> Result<Vec<Cell>> {
    let statement = format!(
        "select owner_kind, owner, month, low, amount, stretch, product_line, customer_type from target_cell
         where plan_id = $1 and metric = $2 and owner_kind = $3 and owner in (select k.value from {} k)
           and (product_line <> '' or customer_type <> '') and until is null
         order by owner, product_line, customer_type, month",
        bulk::keys(tx)
    );
    let keys = bulk::list(owners.iter().copied());
    let values = [plan.into(), metric.into(), kind.number().into(), (&keys).into()];
    tx.all(&statement, &values, |row| {
        Ok(Cell { product_line: row.text(6)?, customer_type: row.text(7)?, ..cell(&row)? })
    })
}

/// The declared differences of some units, where there are any.
pub fn differences(tx: &mut Read, (plan, metric): Of<'_>, units: &[&str]) -> Result<Vec<Difference>> {
    let statement = format!(
        "select unit, month, reserve, buffer from breakdown_difference
         where plan_id = $1 and metric = $2 and unit in (select k.value from {} k) order by unit, month",
        bulk::third_keys(tx)
    );
    let keys = bulk::list(units.iter().copied());
    tx.all(&statement, &[plan.into(), metric.into(), (&keys).into()], |row| {
        Ok(Difference { unit: row.text(0)?, month: row.int(1)?, reserve: row.int(2)?, buffer: row.int(3)? })
    })
}

/// What all members carry in each month, whole cells only: month and sum.
pub fn carried(tx: &mut Read, (plan, metric): Of<'_>) -> Result<Vec<(i64, i64)>> {
    tx.all(
        "select month, cast(sum(amount) as bigint) from target_cell
         where plan_id = $1 and metric = $2 and until is null and owner_kind = $3
           and product_line = '' and customer_type = ''
         group by month order by month",
        &[plan.into(), metric.into(), OwnerKind::Member.number().into()],
        |row| Ok((row.int(0)?, row.int(1)?)),
    )
}

/// Whether some member carries the metric.
pub fn is_carried(tx: &mut Read, (plan, metric): Of<'_>) -> Result<bool> {
    let found = tx.first(
        "select month from target_cell
         where plan_id = $1 and metric = $2 and until is null and owner_kind = $3
           and product_line = '' and customer_type = ''
         order by month limit 1",
        &[plan.into(), metric.into(), OwnerKind::Member.number().into()],
        |row| row.int(0),
    )?;
    Ok(found.is_some())
}

/// A plan's metric in sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glance {
    /// The plan.
    pub plan: i64,
    /// What a unit has.
    pub total: i64,
    /// What members carry together.
    pub carried: i64,
    /// How many members carry something.
    pub members: i64,
}

/// Every plan's metric in sums, for a list of plans: what a unit has, and what members carry. Whole cells only.
pub fn glances(tx: &mut Read, metric: &str, unit: &str) -> Result<Vec<Glance>> {
    tx.all(
        "select plan_id,
           cast(coalesce(sum(case when owner_kind = $2 and owner = $3 then amount end), 0) as bigint),
           cast(coalesce(sum(case when owner_kind = $4 then amount end), 0) as bigint),
           count(distinct case when owner_kind = $4 then owner end)
         from target_cell
         where metric = $1 and until is null and product_line = '' and customer_type = ''
         group by plan_id order by plan_id",
        &[metric.into(), OwnerKind::Unit.number().into(), unit.into(), OwnerKind::Member.number().into()],
        |row| {
            Ok(Glance { plan: row.int(0)?, total: row.int(1)?, carried: row.int(2)?, members: row.int(3)? })
        },
    )
}

/// The metrics that a plan has targets for.
pub fn metrics(tx: &mut Read, plan: i64) -> Result<Vec<String>> {
    tx.all(
        "select distinct metric from target_cell where plan_id = $1 and until is null order by metric",
        &[plan.into()],
        |row| row.text(0),
    )
}

/// Saves a breakdown's method with the next version, `1` for a new one.
pub fn save(
    tx: &mut Write,
    (plan, metric): Of<'_>,
    unit: &str,
    method: &str,
    at: i64,
    actor: &str,
) -> Result<()> {
    tx.change(
        "insert into breakdown (plan_id, metric, unit, method, version, changed_at, actor)
         values ($1, $2, $3, $4, 1, $5, $6)
         on conflict (plan_id, metric, unit) do update
         set method = $4, version = breakdown.version + 1, changed_at = $5, actor = $6",
        &[plan.into(), metric.into(), unit.into(), method.into(), at.into(), actor.into()],
    )?;
    Ok(())
}

/// Counts a change of what the children of some units carry.
pub fn touch(tx: &mut Write, (plan, metric): Of<'_>, units: &[&str], at: i64, actor: &str) -> Result<()> {
    let statement = format!(
        "update breakdown set version = version + 1, changed_at = $4, actor = $5
         where plan_id = $1 and metric = $2 and unit in (select k.value from {} k)",
        bulk::third_keys(tx)
    );
    let keys = bulk::list(units.iter().copied());
    tx.change(&statement, &[plan.into(), metric.into(), (&keys).into(), at.into(), actor.into()])?;
    Ok(())
}

/// Replaces the children of some units.
pub fn replace_children(tx: &mut Write, of: Of<'_>, units: &[&str], children: &[Child]) -> Result<()> {
    delete(tx, of, "breakdown_child", units)?;
    let columns = ["plan_id", "metric", "unit", "owner_kind", "owner", "place", "months"];
    bulk::append(tx, "breakdown_child", &columns, children, |child, values| {
        values.extend_from_slice(&[
            of.0.into(),
            of.1.into(),
            (&child.unit).into(),
            child.owner_kind.number().into(),
            (&child.owner).into(),
            child.place.into(),
            child.months.into(),
        ]);
    })
}

/// Replaces the declared differences of some units.
pub fn replace_differences(
    tx: &mut Write,
    of: Of<'_>,
    units: &[&str],
    differences: &[Difference],
) -> Result<()> {
    delete(tx, of, "breakdown_difference", units)?;
    let columns = ["plan_id", "metric", "unit", "month", "reserve", "buffer"];
    bulk::append(tx, "breakdown_difference", &columns, differences, |difference, values| {
        values.extend_from_slice(&[
            of.0.into(),
            of.1.into(),
            (&difference.unit).into(),
            difference.month.into(),
            difference.reserve.into(),
            difference.buffer.into(),
        ]);
    })
}

/// Removes the breakdowns of some units, with their children and differences. The cells stay.
pub fn forget(tx: &mut Write, of: Of<'_>, units: &[&str]) -> Result<()> {
    for table in ["breakdown_child", "breakdown_difference", "breakdown"] {
        delete(tx, of, table, units)?;
    }
    Ok(())
}

fn delete(tx: &mut Write, (plan, metric): Of<'_>, table: &str, units: &[&str]) -> Result<()> {
    let statement = format!(
        "delete from {table} where plan_id = $1 and metric = $2 and unit in (select k.value from {} k)",
        bulk::third_keys(tx)
    );
    let keys = bulk::list(units.iter().copied());
    tx.change(&statement, &[Value::Int(plan), metric.into(), (&keys).into()])?;
    Ok(())
}
