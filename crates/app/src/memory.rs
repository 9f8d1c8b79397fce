//! What is held in memory between requests: the ground and decoded roll-up blocks. The database is the truth;
//! everything here is keyed by numbers in it, so that several nodes agree.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::Catalogue;
use dacheng_rollup::{Block, Grain};
use dacheng_store::blocks::Place;
use dacheng_store::facts::View;
use dacheng_store::{Read, blocks, counter, settings};

use crate::facts::commit::grain_number;
use crate::facts::ground::Ground;
use crate::figures::ByCustomer;
use crate::figures::forecast::{Forecasted, Known, Mark};
use crate::figures::history::Walked;
use crate::figures::pipeline::{Held, Seen};
use crate::{Error, Result, metrics};

/// A block with the sequences of those it is made of.
type Merged = ([i64; 3], Arc<Block>);

/// Counts the commits that changed units, members, employments, products or customers.
pub const GROUND: &str = "ground";

/// Blocks held at most; a year of two measures at both grains is 48.
const BLOCKS: usize = 2_000;
/// Series held at most with their back-tests, of about 12 kB each.
const FORECASTS: usize = 4_000;

/// The caches of one process.
#[derive(Default)]
pub struct Memory {
    ground: Mutex<Option<(i64, Arc<Ground>)>>,
    blocks: Mutex<HashMap<Place, (i64, Arc<Block>)>>,
    /// Blocks of facts with what summaries add, with the sequences of the three they are made of.
    merged: Mutex<HashMap<Place, Merged>>,
    /// Sums by customer.
    pub customers: ByCustomer,
    forecasts: Mutex<HashMap<Forecasted, (Mark, Arc<Known>)>>,
    catalogue: Mutex<Option<(i64, Arc<Catalogue>)>>,
    opportunities: Mutex<Option<(Seen, Arc<Held>)>>,
    visits: Mutex<Option<Arc<Walked>>>,
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

    /// Every metric of the company as the transaction sees it.
    pub fn catalogue(&self, tx: &mut Read) -> Result<Arc<Catalogue>> {
        let version = settings::version(tx, metrics::NAME)?;
        let held = self.catalogue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, catalogue)) = held.filter(|(held, _)| *held == version) {
            return Ok(catalogue);
        }
        let catalogue = Arc::new(Catalogue::of(&metrics::specs(tx)?.0));
        *self.catalogue.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((version, Arc::clone(&catalogue)));
        Ok(catalogue)
    }

    /// The blocks of facts alone of some months, both included, at the places that are wanted, as the transaction sees them.
    pub fn blocks_of_facts(
        &self,
        tx: &mut Read,
        months: (i64, i64),
        wanted: impl Fn(&Place) -> bool,
    ) -> Result<Vec<(Place, Arc<Block>)>> {
        let current = blocks::sequences(tx, months.0, months.1)?;
        let wanted = current.into_iter().filter(|(place, _)| wanted(place));
        wanted.map(|(place, sequence)| Ok((place, self.block(tx, place, sequence)?))).collect()
    }

    /// The blocks of some months, both included, at the places that are wanted, as the transaction sees them. What summaries say
    /// of members without facts is in them (decision 13).
    pub fn blocks(
        &self,
        tx: &mut Read,
        months: (i64, i64),
        wanted: impl Fn(&Place) -> bool,
    ) -> Result<Vec<(Place, Arc<Block>)>> {
        let mut current: BTreeMap<Place, i64> =
            blocks::sequences(tx, months.0, months.1)?.into_iter().collect();
        let openings: BTreeMap<Place, (Place, i64)> = current
            .iter()
            .filter_map(|(place, sequence)| Some((summed_up(*place)?, (*place, *sequence))))
            .collect();
        for place in openings.keys() {
            current.entry(*place).or_insert(0);
        }
        let mut found = Vec::new();
        for (place, sequence) in current.iter().filter(|(place, _)| wanted(place)) {
            let block = match openings.get(place) {
                None => self.block(tx, *place, *sequence)?,
                Some(opening) => {
                    let by_day = Place { grain: grain_number(Grain::Day), ..*place };
                    let decides = (by_day, current.get(&by_day).copied().unwrap_or(0));
                    self.merged(tx, [(*place, *sequence), *opening, decides])?
                }
            };
            found.push((*place, block));
        }
        Ok(found)
    }

    /// A block of facts, beside it what summaries say of members without any by day.
    fn merged(&self, tx: &mut Read, parts: [(Place, i64); 3]) -> Result<Arc<Block>> {
        let (place, sequences) = (parts[0].0, parts.map(|(_, sequence)| sequence));
        let held = self.merged.lock().unwrap_or_else(PoisonError::into_inner).get(&place).cloned();
        if let Some((_, block)) = held.filter(|(held, _)| *held == sequences) {
            return Ok(block);
        }
        let mut read = |(place, sequence)| match sequence {
            0 => Ok(Arc::default()),
            _ => self.block(tx, place, sequence),
        };
        let [facts, opening, by_day] = [read(parts[0])?, read(parts[1])?, read(parts[2])?];
        let block = Arc::new(facts.beside(&opening, &by_day));
        let mut held = self.merged.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= BLOCKS {
            held.clear();
        }
        held.insert(place, (sequences, Arc::clone(&block)));
        Ok(block)
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

    /// The visits that were walked last.
    pub(crate) fn visits(&self) -> Option<Arc<Walked>> {
        self.visits.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the visits that were walked.
    pub(crate) fn keep_visits(&self, walked: Arc<Walked>) {
        *self.visits.lock().unwrap_or_else(PoisonError::into_inner) = Some(walked);
    }

    /// The opportunities, where neither a fact nor the day has changed since.
    pub(crate) fn opportunities(&self, seen: Seen) -> Option<Arc<Held>> {
        let held = self.opportunities.lock().unwrap_or_else(PoisonError::into_inner);
        held.as_ref().filter(|(held, _)| *held == seen).map(|(_, held)| Arc::clone(held))
    }

    /// Keeps the opportunities.
    pub(crate) fn keep_opportunities(&self, seen: Seen, held: Arc<Held>) {
        *self.opportunities.lock().unwrap_or_else(PoisonError::into_inner) = Some((seen, held));
    }

    /// What was worked out of a series, where nothing has changed since.
    pub(crate) fn forecast(&self, of: &Forecasted, mark: &Mark) -> Option<Arc<Known>> {
        let held = self.forecasts.lock().unwrap_or_else(PoisonError::into_inner);
        held.get(of).filter(|(held, _)| held == mark).map(|(_, known)| Arc::clone(known))
    }

    /// Keeps what was worked out of a series.
    pub(crate) fn keep_forecast(&self, of: Forecasted, mark: Mark, known: Arc<Known>) {
        let mut held = self.forecasts.lock().unwrap_or_else(PoisonError::into_inner);
        if held.len() >= FORECASTS {
            held.clear();
        }
        held.insert(of, (mark, known));
    }
}

/// Where the block of the facts is that a block of summaries stands beside.
fn summed_up(opening: Place) -> Option<Place> {
    let is_it = |measure: &Measure| measure.opening().is_some_and(|own| own.number() == opening.measure);
    let facts = Measure::ALL.into_iter().find(is_it)?;
    Some(Place { measure: facts.number(), ..opening })
}
