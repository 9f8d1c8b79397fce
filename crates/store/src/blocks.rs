//! Roll-up blocks as opaque bytes, versioned by the change sequence. What is in them is `rollup`'s business.

use crate::{Read, Result, Value, Write};

/// Where a block belongs: measure, month (year × 100 + month) and grain as the small numbers `app` gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// Which measure.
    pub measure: i64,
    /// Which month.
    pub month: i64,
    /// How fine.
    pub grain: i64,
}

/// The sequences of the blocks of some months, without their bytes: what a cache compares.
pub fn sequences(tx: &mut Read, first: i64, last: i64) -> Result<Vec<(Place, i64)>> {
    tx.all(
        "select measure, month, grain, sequence from rollup_block where month between $1 and $2
         order by measure, month, grain",
        &[first.into(), last.into()],
        |row| Ok((Place { measure: row.int(0)?, month: row.int(1)?, grain: row.int(2)? }, row.int(3)?)),
    )
}

/// One block's sequence and bytes.
pub fn by_place(tx: &mut Read, place: Place) -> Result<Option<(i64, Vec<u8>)>> {
    tx.first(
        "select sequence, bytes from rollup_block where measure = $1 and month = $2 and grain = $3",
        &[place.measure.into(), place.month.into(), place.grain.into()],
        |row| Ok((row.int(0)?, row.bytes(1)?)),
    )
}

/// Writes a block if it still is at the sequence it was read at (0: not there). Answers `false` where it is not.
pub fn replace(tx: &mut Write, place: Place, seen: i64, sequence: i64, bytes: &[u8]) -> Result<bool> {
    let values =
        [place.measure.into(), place.month.into(), place.grain.into(), sequence.into(), bytes.into()];
    let touched = if seen == 0 {
        tx.change(
            "insert into rollup_block (measure, month, grain, sequence, bytes) values ($1, $2, $3, $4, $5)
             on conflict (measure, month, grain) do nothing",
            &values,
        )?
    } else {
        let values = [values.as_slice(), &[Value::Int(seen)]].concat();
        tx.change(
            "update rollup_block set sequence = $4, bytes = $5
             where measure = $1 and month = $2 and grain = $3 and sequence = $6",
            &values,
        )?
    };
    Ok(touched == 1)
}

/// Forgets every block, before a recomputation from nothing.
pub fn clear(tx: &mut Write) -> Result<u64> {
    tx.change("delete from rollup_block", &[])
}

/// Every place that has a block, in order.
pub fn places(tx: &mut Read) -> Result<Vec<Place>> {
    tx.all("select measure, month, grain from rollup_block order by measure, month, grain", &[], |row| {
        Ok(Place { measure: row.int(0)?, month: row.int(1)?, grain: row.int(2)? })
    })
}

/// The measures that have a block, in order: what any fact was added up for.
pub fn measures(tx: &mut Read) -> Result<Vec<i64>> {
    tx.all("select distinct measure from rollup_block order by measure", &[], |row| row.int(0))
}
