//! The facts as they were known at an earlier moment, added up again for the months that are asked for. A page asks
//! several questions of one moment; each month is read once for all of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::credit::Measure;
use dacheng_rollup::{Block, Delta};
use dacheng_store::facts::View;
use dacheng_store::{Read, imports};
use jiff::Timestamp;

use crate::Result;
use crate::facts::bundles::measure_number;
use crate::facts::crediting::{Detail, add};
use crate::facts::days::{month_of, number};
use crate::facts::delta::{Touched, each_bundle};
use crate::facts::ground::Ground;

/// An earlier moment.
pub struct Past {
    /// Which.
    pub instant: Timestamp,
    /// The facts that counted then.
    pub view: View,
    /// What they referred to.
    pub ground: Arc<Ground>,
    held: RefCell<Held>,
}

/// What was read so far.
#[derive(Default)]
struct Held {
    months: BTreeSet<Month>,
    /// By measure and month (year × 100 + month), by day within.
    blocks: BTreeMap<(i64, i64), Arc<Block>>,
}

impl Past {
    /// What was known at an instant.
    pub fn open(tx: &mut Read, instant: Timestamp) -> Result<Self> {
        let view = View::at(imports::sequence_at(tx, instant.as_millisecond())?);
        let ground = Arc::new(Ground::committed(tx, view)?);
        Ok(Self { instant, view, ground, held: RefCell::default() })
    }

    /// The blocks by day of a measure in some months (year × 100 + month).
    pub fn blocks(
        &self,
        tx: &mut Read,
        measure: Measure,
        months: &BTreeSet<Month>,
    ) -> Result<BTreeMap<i64, Arc<Block>>> {
        let mut held = self.held.borrow_mut();
        let missing: Vec<Month> = months.difference(&held.months).copied().collect();
        for run in missing.chunk_by(|month, next| month.next() == *next) {
            self.read(tx, run, &mut held)?;
        }
        let wanted = months.iter().map(|month| key(*month));
        let wanted = wanted.filter_map(|month| {
            Some((month, Arc::clone(held.blocks.get(&(measure_number(measure), month))?)))
        });
        Ok(wanted.collect())
    }

    /// Adds up the facts of a run of months.
    fn read(&self, tx: &mut Read, run: &[Month], held: &mut Held) -> Result<()> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
        let touched = Touched::Days(number(first.first_day()), number(last.last_day()));
        let mut delta = Delta::default();
        each_bundle(tx, touched, self.view, |_, raw| add(raw, &self.ground, Detail::Block, 1, &mut delta))?;
        held.months.extend(run);
        // A bundle reaches into months that were not asked for, where others are not read: those do not count.
        let asked: BTreeSet<i64> = run.iter().map(|month| key(*month)).collect();
        for (measure, month) in delta.touched() {
            if asked.contains(&i64::from(month)) {
                let block = delta.applied((measure, month), &Block::default(), |day| day);
                held.blocks.insert((measure_number(measure), i64::from(month)), Arc::new(block));
            }
        }
        Ok(())
    }
}

fn key(month: Month) -> i64 {
    i64::from(month_of(month.first_day()))
}
