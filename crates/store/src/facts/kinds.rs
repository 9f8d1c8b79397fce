//! What all kinds of fact have in common: appending versions and asking for those that count.

use super::{AGE, VISIBLE, View};
use crate::{Read, Result, Row, Value, Write, bulk};

/// A kind of fact as it is kept.
pub trait Fact: Sized + Clone + PartialEq {
    /// Its table.
    const TABLE: &'static str;
    /// The columns that make up its external key, a text first.
    const KEY: &'static [&'static str];
    /// Every column but the import, the key first.
    const COLUMNS: &'static [&'static str];
    /// The last columns that came after facts were kept: digests leave them out where they are empty, so that those of
    /// earlier imports stay true.
    const LATER: usize = 0;

    /// The values in the order of [`Fact::COLUMNS`].
    fn fill<'v>(&'v self, values: &mut Vec<Value<'v>>);
    /// Reads the columns of [`Fact::COLUMNS`] from a row.
    fn read(row: &Row<'_>) -> Result<Self>;
    /// Whether both are versions of the same fact.
    fn same_key(&self, other: &Self) -> bool;
}

/// A fact that counts, and the import that brought it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<F> {
    /// What it says.
    pub fact: F,
    /// Who brought it.
    pub import: i64,
}

/// From a first to a last value of the key's first column, both included.
pub type Range<'r> = (&'r str, &'r str);

/// Appends versions brought by an import; nobody sees them before it is committed.
pub fn append<F: Fact>(tx: &mut Write, import: i64, facts: &[F]) -> Result<()> {
    let columns: Vec<&str> = F::COLUMNS.iter().copied().chain(["import_id"]).collect();
    bulk::append(tx, F::TABLE, &columns, facts, |fact, values| {
        fact.fill(values);
        values.push(import.into());
    })
}

/// The bytes that stand for a fact in a digest: each value with its type and length, in the order of the columns.
pub fn canonical<F: Fact>(fact: &F, bytes: &mut Vec<u8>) {
    let mut values = Vec::with_capacity(F::COLUMNS.len());
    fact.fill(&mut values);
    let always = F::COLUMNS.len() - F::LATER;
    while values.len() > always && matches!(values.last(), Some(Value::Null)) {
        values.pop();
    }
    bytes.extend_from_slice(F::TABLE.as_bytes());
    for value in values {
        match value {
            Value::Null => bytes.push(0),
            Value::Int(number) => {
                bytes.push(1);
                bytes.extend_from_slice(&number.to_be_bytes());
            }
            Value::Text(text) => tagged(bytes, 2, text.as_bytes()),
            Value::Bytes(own) => tagged(bytes, 3, own),
            Value::Decimal(decimal) => tagged(bytes, 4, decimal.to_string().as_bytes()),
        }
    }
}

fn tagged(bytes: &mut Vec<u8>, tag: u8, own: &[u8]) {
    bytes.push(tag);
    bytes.extend_from_slice(&(own.len() as u64).to_be_bytes());
    bytes.extend_from_slice(own);
}

/// Erases what a refused, cancelled or discarded import wrote in a range of keys. It never counted.
pub fn erase<F: Fact>(tx: &mut Write, import: i64, range: Range<'_>) -> Result<u64> {
    let statement =
        format!("delete from {} where {} between $1 and $2 and import_id = $3", F::TABLE, F::KEY[0]);
    tx.change(&statement, &[range.0.into(), range.1.into(), import.into()])
}

/// Whether any version of the kind was ever written.
pub fn any<F: Fact>(tx: &mut Read) -> Result<bool> {
    let found = tx.first(&format!("select 1 from {} limit 1", F::TABLE), &[], |row| row.int(0))?;
    Ok(found.is_some())
}

/// The facts that count whose `column` is one of `keys`, in the order of their own keys: a look-up a key.
pub fn of<'k, F: Fact>(
    tx: &mut Read,
    view: View,
    column: &str,
    keys: impl IntoIterator<Item = &'k str>,
) -> Result<Vec<Version<F>>> {
    let keys = bulk::list(keys);
    let from = format!("{} k cross join {} f", bulk::keys(tx), F::TABLE);
    counting(tx, view, &from, &format!("f.{column} = k.value"), &[Value::Text(&keys)])
}

/// The facts that count whose `column` lies in a range, in the order of their own keys: one walk over the range.
pub fn between<F: Fact>(
    tx: &mut Read,
    view: View,
    column: &str,
    range: Range<'_>,
) -> Result<Vec<Version<F>>> {
    let from = format!("{} f", F::TABLE);
    let within = format!("f.{column} between $4 and $5");
    counting(tx, view, &from, &within, &[range.0.into(), range.1.into()])
}

/// How many versions lie in a range of the key's first column, counted up to `most`: whether to walk it or to look up.
pub fn crowd<F: Fact>(tx: &mut Read, range: Range<'_>, most: i64) -> Result<i64> {
    let (table, key) = (F::TABLE, F::KEY[0]);
    let statement = format!(
        "select count(*) from (select 1 as one from {table} where {key} between $1 and $2 order by {key} limit $3) s"
    );
    let found = tx.first(&statement, &[range.0.into(), range.1.into(), most.into()], |row| row.int(0))?;
    Ok(found.unwrap_or(0))
}

/// Every fact of the kind that counts, in the order of their keys. Meant for what is small: units, members.
pub fn every<F: Fact>(tx: &mut Read, view: View) -> Result<Vec<Version<F>>> {
    counting(tx, view, &format!("{} f", F::TABLE), "true", &[])
}

/// Every version of the kind, for a check of the imports' digests.
pub fn each_version<F: Fact>(tx: &mut Read, mut take: impl FnMut(Version<F>)) -> Result<()> {
    let statement = format!("select {}, f.import_id from {} f", prefixed(F::COLUMNS), F::TABLE);
    tx.each(&statement, &[], |row| {
        take(version(&row)?);
        Ok(())
    })
}

fn version<F: Fact>(row: &Row<'_>) -> Result<Version<F>> {
    Ok(Version { fact: F::read(row)?, import: row.int(F::COLUMNS.len())? })
}

/// The youngest visible version of each key.
fn counting<F: Fact>(
    tx: &mut Read,
    view: View,
    from: &str,
    which: &str,
    values: &[Value<'_>],
) -> Result<Vec<Version<F>>> {
    let statement = format!(
        "select {}, f.import_id from {from} cross join import i
         where {which} and i.id = f.import_id and {VISIBLE} order by {}, {AGE}",
        prefixed(F::COLUMNS),
        prefixed(F::KEY),
    );
    let mut facts: Vec<Version<F>> = Vec::new();
    tx.each(&statement, &[&view.values(), values].concat(), |row| {
        let found = version(&row)?;
        match facts.last_mut() {
            Some(last) if last.fact.same_key(&found.fact) => *last = found,
            Some(_) | None => facts.push(found),
        }
        Ok(())
    })?;
    Ok(facts)
}

fn prefixed(columns: &[&str]) -> String {
    columns.iter().map(|column| format!("f.{column}")).collect::<Vec<_>>().join(", ")
}
