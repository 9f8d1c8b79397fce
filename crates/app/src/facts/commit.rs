//! Making a change of facts visible: roll-up blocks, state and audit entry in one short commit. The work before
//! it holds no lock; where somebody else committed meanwhile it is done again on the new ground.

use dacheng_domain::facts::credit::Measure;
use dacheng_rollup::{Block, Delta, Grain};
use dacheng_store::blocks::Place;
use dacheng_store::{Read, Write, blocks, counter};

use super::bundles::measure_number;
use super::days::{date_of, number};
use crate::memory::GROUND;
use crate::{App, Error, Result};

/// How often a change is worked out again because others were faster.
const ATTEMPTS: usize = 20;

/// Whether the change also changes units, members, employments, products or customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alters {
    /// Only what happened.
    Facts,
    /// What facts refer to.
    Ground,
}

/// A change that is worked out against a change sequence.
pub struct Change {
    /// The sequence it was worked out against.
    pub base: i64,
    /// What it adds to the blocks.
    pub delta: Delta,
}

/// Commits a change. `again` works it out on a newer base; `finish` marks it in the commit's transaction at the
/// new sequence, which is the answer.
pub fn commit(
    app: &App,
    mut change: Change,
    alters: Alters,
    mut again: impl FnMut(&mut Read, i64) -> Result<Delta>,
    mut finish: impl FnMut(&mut Write, i64) -> Result<()>,
) -> Result<i64> {
    for _ in 0..ATTEMPTS {
        let mut tx = app.store.read()?;
        let base = counter::last(&mut tx, counter::CHANGE)?;
        if base != change.base {
            change = Change { base, delta: again(&mut tx, base)? };
        }
        let changed = changed_blocks(&mut tx, &mut change.delta)?;
        drop(tx);
        let mut tx = app.store.write()?;
        let sequence = counter::next(&mut tx, counter::CHANGE)?;
        if sequence != base + 1 {
            continue;
        }
        for (place, seen, bytes) in &changed {
            if !blocks::replace(&mut tx, *place, *seen, sequence, bytes)? {
                return Err(Error::Internal(format!("block {place:?} changed without a new sequence")));
            }
        }
        match alters {
            Alters::Facts => {}
            Alters::Ground => drop(counter::next(&mut tx, GROUND)?),
        }
        finish(&mut tx, sequence)?;
        tx.commit()?;
        return Ok(sequence);
    }
    Err(Error::Internal("others kept changing the facts; try again".to_owned()))
}

/// The bytes of every block the delta touches, with the sequence each was read at.
fn changed_blocks(tx: &mut Read, delta: &mut Delta) -> Result<Vec<(Place, i64, Vec<u8>)>> {
    let mut changed = Vec::new();
    for at in delta.touched() {
        for grain in [Grain::Month, Grain::Day] {
            let place = place(at.0, at.1, grain);
            let (seen, block) = match blocks::by_place(tx, place)? {
                None => (0, Block::default()),
                Some((seen, bytes)) => {
                    (seen, Block::decode(&bytes).map_err(|damaged| Error::Internal(damaged.to_string()))?)
                }
            };
            changed.push((place, seen, delta.applied(at, &block, |day| grained(day, grain)).encode()));
        }
    }
    Ok(changed)
}

/// A day as a block of a grain keeps it.
pub fn grained(day: i32, grain: Grain) -> i32 {
    match grain {
        Grain::Day => day,
        Grain::Month => number(date_of(day).first_of_month()),
    }
}

/// Where the block of a measure, month and grain is kept.
pub fn place(measure: Measure, month: i32, grain: Grain) -> Place {
    Place { measure: measure_number(measure), month: i64::from(month), grain: grain_number(grain) }
}

/// The grain as `store` keeps it.
pub fn grain_number(grain: Grain) -> i64 {
    match grain {
        Grain::Month => 1,
        Grain::Day => 2,
    }
}
