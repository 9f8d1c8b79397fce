//! Numbers given out in order: row ids, and the change sequence that every cache is keyed by.

use crate::{Read, Result, Value, Write};

/// The change sequence: it grows by one with every commit that alters a figure.
pub const CHANGE: &str = "change";

/// The next number of a counter, from 1. On PostgreSQL the counter's row is locked until the commit.
pub fn next(tx: &mut Write, name: &str) -> Result<i64> {
    let inserted = "insert into counter (name, value) values ($1, 1)
                    on conflict (name) do update set value = counter.value + 1 returning value";
    let value = tx.first(inserted, &[Value::Text(name)], |row| row.int(0))?;
    value.ok_or_else(|| crate::Error::Stored(format!("counter {name}")))
}

/// The first of the next `count` numbers of a counter, all of which are given out.
pub fn reserve(tx: &mut Write, name: &str, count: i64) -> Result<i64> {
    let inserted = "insert into counter (name, value) values ($1, $2)
                    on conflict (name) do update set value = counter.value + $2 returning value";
    let last = tx.first(inserted, &[Value::Text(name), Value::Int(count)], |row| row.int(0))?;
    last.map(|last| last - count + 1).ok_or_else(|| crate::Error::Stored(format!("counter {name}")))
}

/// The last number given out, 0 before the first.
pub fn last(tx: &mut Read, name: &str) -> Result<i64> {
    let value =
        tx.first("select value from counter where name = $1", &[Value::Text(name)], |row| row.int(0))?;
    Ok(value.unwrap_or(0))
}
