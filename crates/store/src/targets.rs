//! Target cells: one amount an owner, metric and month, every version kept from a sequence until another.
//! What cells must sum to is decided in `domain::allocation`.

use std::collections::HashSet;

use crate::{Read, Result, Row, Write, bulk, counter};

/// Counts the commits that changed targets; versions of cells are numbered by it.
pub const TARGETS: &str = "targets";

/// Whose target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OwnerKind {
    /// A unit's.
    Unit,
    /// A member's.
    Member,
}

impl OwnerKind {
    /// The number that is stored.
    pub const fn number(self) -> i64 {
        match self {
            Self::Unit => 1,
            Self::Member => 2,
        }
    }

    /// The kind of a stored number.
    pub fn of(number: i64) -> Result<Self> {
        match number {
            1 => Ok(Self::Unit),
            2 => Ok(Self::Member),
            other => Err(crate::Error::Stored(format!("owner kind {other}"))),
        }
    }
}

/// A cell in one of its versions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Whose.
    pub owner_kind: OwnerKind,
    /// The owner's code.
    pub owner: String,
    /// The product line, empty for all.
    pub product_line: String,
    /// The customer type, empty for all.
    pub customer_type: String,
    /// Year × 100 + month.
    pub month: i64,
    /// 保底, in the metric's smallest unit.
    pub floor: Option<i64>,
    /// 目标, in the metric's smallest unit.
    pub amount: i64,
    /// 挑战, in the metric's smallest unit.
    pub stretch: Option<i64>,
}

const COLUMNS: &str = "owner_kind, owner, product_line, customer_type, month, low, amount, stretch";

fn cell(row: &Row<'_>) -> Result<Cell> {
    Ok(Cell {
        owner_kind: OwnerKind::of(row.int(0)?)?,
        owner: row.text(1)?,
        product_line: row.text(2)?,
        customer_type: row.text(3)?,
        month: row.int(4)?,
        floor: row.maybe_int(5)?,
        amount: row.int(6)?,
        stretch: row.maybe_int(7)?,
    })
}

/// The cells that hold now, of a plan and metric in some months, both included, in the order of their fields.
pub fn current(tx: &mut Read, plan: i64, metric: &str, months: (i64, i64)) -> Result<Vec<Cell>> {
    tx.all(
        &format!(
            "select {COLUMNS} from target_cell
             where plan_id = $1 and metric = $2 and until is null and month between $3 and $4
             order by owner_kind, owner, product_line, customer_type, month"
        ),
        &[plan.into(), metric.into(), months.0.into(), months.1.into()],
        |row| cell(&row),
    )
}

/// Which cells of a long list.
#[derive(Debug, Clone, Copy)]
pub struct Part<'p> {
    /// Months, both included.
    pub months: (i64, i64),
    /// Only this owner's.
    pub owner: Option<(OwnerKind, &'p str)>,
    /// Those after this place: owner kind, owner, month.
    pub after: (i64, &'p str, i64),
    /// How many.
    pub limit: i64,
}

/// Whole cells that hold now, a part of them in the order of owner kind, owner and month.
pub fn part(tx: &mut Read, plan: i64, metric: &str, part: Part<'_>) -> Result<Vec<Cell>> {
    let (kind, owner) = part.owner.map_or((0, ""), |(kind, owner)| (kind.number(), owner));
    tx.all(
        &format!(
            "select {COLUMNS} from target_cell
             where plan_id = $1 and metric = $2 and until is null and month between $3 and $4
               and product_line = '' and customer_type = ''
               and ($5 = 0 or (owner_kind = $5 and owner = $6))
               and (owner_kind > $7 or (owner_kind = $7 and (owner > $8 or (owner = $8 and month > $9))))
             order by owner_kind, owner, month limit $10"
        ),
        &[
            plan.into(),
            metric.into(),
            part.months.0.into(),
            part.months.1.into(),
            kind.into(),
            owner.into(),
            part.after.0.into(),
            part.after.1.into(),
            part.after.2.into(),
            part.limit.into(),
        ],
        |row| cell(&row),
    )
}

/// The cells that held at a sequence of [`TARGETS`].
pub fn at(tx: &mut Read, plan: i64, metric: &str, months: (i64, i64), sequence: i64) -> Result<Vec<Cell>> {
    tx.all(
        &format!(
            "select {COLUMNS} from target_cell
             where plan_id = $1 and metric = $2 and month between $3 and $4
               and sequence <= $5 and (until is null or until > $5)
             order by owner_kind, owner, product_line, customer_type, month"
        ),
        &[plan.into(), metric.into(), months.0.into(), months.1.into(), sequence.into()],
        |row| cell(&row),
    )
}

/// One version of one whole cell of an owner: neither by product line nor by customer type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// Year × 100 + month.
    pub month: i64,
    /// From which sequence of [`TARGETS`] it held.
    pub sequence: i64,
    /// Until which; `None` while it holds.
    pub until: Option<i64>,
    /// 目标, in the metric's smallest unit.
    pub amount: i64,
}

/// Every version of the whole cells of an owner, oldest first.
pub fn versions(
    tx: &mut Read,
    (plan, metric): (i64, &str),
    kind: OwnerKind,
    owner: &str,
) -> Result<Vec<Version>> {
    tx.all(
        "select month, sequence, until, amount from target_cell
         where plan_id = $1 and metric = $2 and owner_kind = $3 and owner = $4
           and product_line = '' and customer_type = ''
         order by sequence, month",
        &[plan.into(), metric.into(), kind.number().into(), owner.into()],
        |row| {
            let (month, sequence) = (row.int(0)?, row.int(1)?);
            Ok(Version { month, sequence, until: row.maybe_int(2)?, amount: row.int(3)? })
        },
    )
}

/// Replaces cells by new versions under the next sequence, which is the answer. A cell that holds already and is
/// given again as it is gets no new version.
pub fn replace(tx: &mut Write, plan: i64, metric: &str, cells: &[Cell]) -> Result<i64> {
    let sequence = counter::next(tx, TARGETS)?;
    let months = cells.iter().map(|cell| cell.month);
    let months = (months.clone().min().unwrap_or(0), months.max().unwrap_or(0));
    let held: HashSet<Cell> = current(tx, plan, metric, months)?.into_iter().collect();
    let fresh: Vec<&Cell> = cells.iter().filter(|cell| !held.contains(cell)).collect();
    end_at(tx, plan, metric, &fresh, sequence)?;
    let columns = [
        "plan_id",
        "metric",
        "owner_kind",
        "owner",
        "product_line",
        "customer_type",
        "month",
        "low",
        "amount",
        "stretch",
        "sequence",
    ];
    bulk::append(tx, "target_cell", &columns, &fresh, |cell, values| {
        values.extend_from_slice(&[
            plan.into(),
            metric.into(),
            cell.owner_kind.number().into(),
            (&cell.owner).into(),
            (&cell.product_line).into(),
            (&cell.customer_type).into(),
            cell.month.into(),
            cell.floor.into(),
            cell.amount.into(),
            cell.stretch.into(),
            sequence.into(),
        ]);
    })?;
    Ok(sequence)
}

/// Ends cells without a new version: they no longer hold.
pub fn end(tx: &mut Write, plan: i64, metric: &str, cells: &[Cell]) -> Result<i64> {
    let sequence = counter::next(tx, TARGETS)?;
    end_at(tx, plan, metric, &cells.iter().collect::<Vec<_>>(), sequence)?;
    Ok(sequence)
}

/// Ends whatever holds at the places of the cells, in one statement.
fn end_at(tx: &mut Write, plan: i64, metric: &str, cells: &[&Cell], sequence: i64) -> Result<()> {
    let places: Vec<String> = cells
        .iter()
        .map(|cell| {
            let Cell { owner, product_line, customer_type, month, .. } = cell;
            [&cell.owner_kind.number().to_string(), owner, product_line, customer_type, &month.to_string()]
                .map(String::as_str)
                .join("\u{1f}")
        })
        .collect();
    let keys = bulk::list(places.iter().map(String::as_str));
    let statement = format!(
        "update target_cell set until = $3
         where plan_id = $1 and metric = $2 and until is null
           and cast(owner_kind as text) || '\u{1f}' || owner || '\u{1f}' || product_line || '\u{1f}'
             || customer_type || '\u{1f}' || cast(month as text) in (select k.value from {} k)",
        bulk::keys(tx)
    );
    tx.change(&statement, &[plan.into(), metric.into(), sequence.into(), (&keys).into()])?;
    Ok(())
}
