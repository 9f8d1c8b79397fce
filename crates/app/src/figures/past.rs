//! The facts as they were known at an earlier moment, added up again for the months that are asked for. A page asks
//! several questions of one moment; each month is read once for all of them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_rollup::{Block, Delta};
use dacheng_store::facts::View;
use dacheng_store::{Read, imports};
use jiff::Timestamp;

use crate::Result;
use crate::facts::crediting::Detail;
use crate::facts::days::{month_of, number};
use crate::facts::delta::{Side, Touched, add_all};
use crate::facts::firsts::Firsts;
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
    /// Whether who is new was looked at: that takes all orders of a customer, so it is every month at once.
    firsts: bool,
    /// By measure and month (year × 100 + month), by day within.
    blocks: BTreeMap<(i64, i64), Arc<Block>>,
}

impl Held {
    /// The block of a month, with what summaries say of members without facts.
    fn block(&self, measure: Measure, month: i64) -> Option<Arc<Block>> {
        let of = |measure: Measure| self.blocks.get(&(measure.number(), month));
        let facts = of(measure);
        match measure.opening().and_then(of) {
            None => facts.cloned(),
            Some(opening) => {
                let facts = facts.cloned().unwrap_or_default();
                Some(Arc::new(facts.beside(opening, &facts)))
            }
        }
    }
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
        if measure == Measure::NewCustomers && !held.firsts {
            self.read_firsts(tx, &mut held)?;
        }
        let missing: Vec<Month> = months.difference(&held.months).copied().collect();
        for run in missing.chunk_by(|month, next| month.next() == *next) {
            self.read(tx, run, &mut held)?;
        }
        let wanted = months.iter().map(|month| key(*month));
        Ok(wanted.filter_map(|month| Some((month, held.block(measure, month)?))).collect())
    }

    /// Looks at who was new, in every month. Walks through the whole history.
    fn read_firsts(&self, tx: &mut Read, held: &mut Held) -> Result<()> {
        let mut delta = Delta::default();
        Firsts::in_view(tx, self.view, &self.ground)?.add(&self.ground, &mut delta);
        for at in delta.touched() {
            let block = delta.applied(at, &Block::default(), |day| day);
            held.blocks.insert((at.0.number(), i64::from(at.1)), Arc::new(block));
        }
        held.firsts = true;
        Ok(())
    }

    /// Adds up the facts of a run of months.
    fn read(&self, tx: &mut Read, run: &[Month], held: &mut Held) -> Result<()> {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { return Ok(()) };
        let touched = Touched::Days(number(first.first_day()), number(last.last_day()));
        let mut delta = Delta::default();
        let side = Side { view: self.view, ground: &self.ground };
        add_all(tx, touched, &side, Detail::Block, 1, &mut delta)?;
        held.months.extend(run);
        // A bundle reaches into months that were not asked for, where others are not read: those do not count.
        let asked: BTreeSet<i64> = run.iter().map(|month| key(*month)).collect();
        for (measure, month) in delta.touched() {
            if asked.contains(&i64::from(month)) {
                let block = delta.applied((measure, month), &Block::default(), |day| day);
                held.blocks.insert((measure.number(), i64::from(month)), Arc::new(block));
            }
        }
        Ok(())
    }
}

fn key(month: Month) -> i64 {
    i64::from(month_of(month.first_day()))
}
