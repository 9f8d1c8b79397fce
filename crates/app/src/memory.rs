//! What is held in memory between requests: the ground and decoded roll-up blocks. The database is the truth;
//! everything here is keyed by numbers in it, so that several nodes agree.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use dacheng_rollup::Block;
use dacheng_store::blocks::Place;
use dacheng_store::facts::View;
use dacheng_store::{Read, blocks, counter};

use crate::facts::ground::Ground;
use crate::{Error, Result};

/// Counts the commits that changed units, members, employments, products or customers.
pub const GROUND: &str = "ground";

/// Blocks held at most; a year of two measures at both grains is 48.
const BLOCKS: usize = 2_000;

/// The caches of one process.
#[derive(Default)]
pub struct Memory {
    ground: Mutex<Option<(i64, Arc<Ground>)>>,
    blocks: Mutex<HashMap<Place, (i64, Arc<Block>)>>,
}

impl Memory {
    /// The ground as the transaction sees it.
    pub fn ground(&self, tx: &mut Read) -> Result<Arc<Ground>> {
        let version = counter::last(tx, GROUND)?;
        let held = self.ground.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, ground)) = held.filter(|(held, _)| *held == version) {
            return Ok(ground);
        }
        let sequence = counter::last(tx, counter::CHANGE)?;
        let ground = Arc::new(Ground::committed(tx, View::at(sequence))?);
        *self.ground.lock().unwrap_or_else(PoisonError::into_inner) = Some((version, Arc::clone(&ground)));
        Ok(ground)
    }

    /// The blocks of some months, both included, at the places that are wanted, as the transaction sees them.
    pub fn blocks(
        &self,
        tx: &mut Read,
        months: (i64, i64),
        wanted: impl Fn(&Place) -> bool,
    ) -> Result<Vec<(Place, Arc<Block>)>> {
        let current = blocks::sequences(tx, months.0, months.1)?;
        let wanted = current.into_iter().filter(|(place, _)| wanted(place));
        wanted.map(|(place, sequence)| Ok((place, self.block(tx, place, sequence)?))).collect()
    }

    /// Blocks held now.
    pub fn blocks_held(&self) -> usize {
        self.blocks.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn block(&self, tx: &mut Read, place: Place, sequence: i64) -> Result<Arc<Block>> {
        let held = self.blocks.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        if let Some((_, block)) = held.filter(|(held, _)| *held == sequence) {
            return Ok(block);
        }
        let (_, bytes) = blocks::by_place(tx, place)?.ok_or_else(|| Error::missing("block", place.month))?;
        let block = Block::decode(&bytes).map_err(|damaged| Error::Internal(damaged.to_string()))?;
        let block = Arc::new(block);
        let mut held = self.blocks.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= BLOCKS {
            held.clear();
        }
        held.insert(place, (sequence, Arc::clone(&block)));
        Ok(block)
    }
}
