//! Company settings: a JSON value a name, every version kept with who and when.

use crate::{Read, Result, Row, Value, Write};

/// One version of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// From 1.
    pub version: i64,
    /// JSON.
    pub value: String,
    /// UTC milliseconds.
    pub recorded_at: i64,
    /// Who.
    pub actor: String,
}

fn setting(row: &Row<'_>) -> Result<Setting> {
    Ok(Setting { version: row.int(0)?, value: row.text(1)?, recorded_at: row.int(2)?, actor: row.text(3)? })
}

/// The newest version of a setting.
pub fn current(tx: &mut Read, name: &str) -> Result<Option<Setting>> {
    tx.first(
        "select version, value, recorded_at, actor from setting where name = $1 order by version desc limit 1",
        &[name.into()],
        |row| setting(&row),
    )
}

/// The number of the newest version of a setting; 0 where there is none yet.
pub fn version(tx: &mut Read, name: &str) -> Result<i64> {
    let found =
        tx.first("select max(version) from setting where name = $1", &[name.into()], |row| row.maybe_int(0))?;
    Ok(found.flatten().unwrap_or(0))
}

/// Adds the version after `seen` (0: none yet). Answers `false` where somebody else added it first.
pub fn append(tx: &mut Write, name: &str, seen: i64, value: &str, now: i64, actor: &str) -> Result<bool> {
    let touched = tx.change(
        "insert into setting (name, version, value, recorded_at, actor)
         select cast($1 as text), cast($2 as bigint), cast($3 as text), cast($4 as bigint), cast($5 as text)
         where not exists (select 1 from setting where name = $1 and version >= $2)
         on conflict (name, version) do nothing",
        &[name.into(), Value::Int(seen + 1), value.into(), now.into(), actor.into()],
    )?;
    Ok(touched == 1)
}
