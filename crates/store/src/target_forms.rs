//! Targets that were set as a monthly average (月均): of which owner, over which months, how much. The cells hold the months.

use crate::targets::OwnerKind;
use crate::{Read, Result, Row, Write};

/// A target set as a monthly average.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Average {
    /// Of which metric, by code.
    pub metric: String,
    /// Whose.
    pub owner_kind: OwnerKind,
    /// By code.
    pub owner: String,
    /// The first and the last month, year × 100 + month.
    pub months: (i64, i64),
    /// Of each month, in the metric's smallest unit.
    pub amount: i64,
}

fn average(row: &Row<'_>) -> Result<Average> {
    Ok(Average {
        metric: row.text(0)?,
        owner_kind: OwnerKind::of(row.int(1)?)?,
        owner: row.text(2)?,
        months: (row.int(3)?, row.int(4)?),
        amount: row.int(5)?,
    })
}

/// Notes that a target was set as an average. What was noted of months it shares is forgotten.
pub fn note(tx: &mut Write, plan: i64, new: &Average, (at, actor): (i64, &str)) -> Result<()> {
    forget(tx, plan, new)?;
    tx.change(
        "insert into target_form
           (plan_id, metric, owner_kind, owner, first_month, last_month, amount, recorded_at, actor)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            plan.into(),
            (&new.metric).into(),
            new.owner_kind.number().into(),
            (&new.owner).into(),
            new.months.0.into(),
            new.months.1.into(),
            new.amount.into(),
            at.into(),
            actor.into(),
        ],
    )?;
    Ok(())
}

/// Forgets what was noted of an owner's target over months that these share.
pub fn forget(tx: &mut Write, plan: i64, of: &Average) -> Result<()> {
    tx.change(
        "delete from target_form
         where plan_id = $1 and metric = $2 and owner_kind = $3 and owner = $4
           and first_month <= $6 and last_month >= $5",
        &[
            plan.into(),
            (&of.metric).into(),
            of.owner_kind.number().into(),
            (&of.owner).into(),
            of.months.0.into(),
            of.months.1.into(),
        ],
    )?;
    Ok(())
}

/// The averages of a plan's metric.
pub fn of_metric(tx: &mut Read, (plan, metric): (i64, &str)) -> Result<Vec<Average>> {
    tx.all(
        "select metric, owner_kind, owner, first_month, last_month, amount from target_form
         where plan_id = $1 and metric = $2 order by owner_kind, owner, first_month",
        &[plan.into(), metric.into()],
        |row| average(&row),
    )
}
