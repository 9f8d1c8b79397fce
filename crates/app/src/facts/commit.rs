//! Making a change of facts visible: roll-up blocks, state and audit entry in one short commit. The work before
//! it holds no lock; where somebody else committed meanwhile it is done again on the new ground.

use dacheng_domain::facts::Measure;
use dacheng_rollup::{Block, Delta, Grain};
use dacheng_store::blocks::Place;
use dacheng_store::{Read, Write, blocks, counter};

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
        let kept = kept_blocks(&mut tx, &mut change.delta)?;
        drop(tx);
        let changed = changed_blocks(&kept, &change.delta)?;
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

/// A block that a delta touches, as it is kept.
struct Kept {
    at: (Measure, i32),
    grain: Grain,
    seen: i64,
    bytes: Option<Vec<u8>>,
}

/// Every block the delta touches, with the sequence each was read at.
fn kept_blocks(tx: &mut Read, delta: &mut Delta) -> Result<Vec<Kept>> {
    let mut kept = Vec::new();
    for at in delta.touched() {
        for grain in grains(at.0) {
            let found = blocks::by_place(tx, place(at.0, at.1, grain))?;
            let (seen, bytes) = found.map_or((0, None), |(seen, bytes)| (seen, Some(bytes)));
            kept.push(Kept { at, grain, seen, bytes });
        }
    }
    Ok(kept)
}

/// A block's place, the sequence it was read at, its bytes with the delta.
type Changed = (Place, i64, Vec<u8>);

/// The blocks with the delta, worked out on every core: after a large import there are many.
fn changed_blocks(kept: &[Kept], delta: &Delta) -> Result<Vec<Changed>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        let work = |part: &[Kept]| part.iter().map(|kept| kept.changed(delta)).collect::<Result<Vec<_>>>();
        let parts = kept.chunks(kept.len().div_ceil(cores).max(1));
        let parts: Vec<_> = parts.map(|part| scope.spawn(move || work(part))).collect();
        let mut changed = Vec::with_capacity(kept.len());
        for part in parts {
            let failed = |_| Error::Internal("the blocks could not be worked out".to_owned());
            changed.extend(part.join().map_err(failed)??);
        }
        Ok(changed)
    })
}

impl Kept {
    fn changed(&self, delta: &Delta) -> Result<Changed> {
        let block = self.bytes.as_deref().map_or_else(|| Ok(Block::default()), Block::decode);
        let block = block.map_err(|damaged| Error::Internal(damaged.to_string()))?;
        let bytes = delta.applied(self.at, &block, |day| grained(day, self.grain)).encode();
        Ok((place(self.at.0, self.at.1, self.grain), self.seen, bytes))
    }
}

/// How fine the blocks of a measure are kept. Who bought is asked of whole months only, with every customer's name.
pub fn grains(measure: Measure) -> impl Iterator<Item = Grain> {
    let by_day = (measure != Measure::Buyers).then_some(Grain::Day);
    [Grain::Month].into_iter().chain(by_day)
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
    Place { measure: measure.number(), month: i64::from(month), grain: grain_number(grain) }
}

/// The grain as `store` keeps it.
pub fn grain_number(grain: Grain) -> i64 {
    match grain {
        Grain::Month => 1,
        Grain::Day => 2,
    }
}
