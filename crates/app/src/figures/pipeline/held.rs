//! What of the opportunities is kept in memory: those that are open, and what decided ones say of stages. Read once after
//! something changed, from those that were opened, heard of or decided within fifteen months; a page then reads nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use dacheng_domain::facts::row::OpportunityRow;
use dacheng_domain::facts::silence::{MOST_DAYS, Silence};
use dacheng_domain::facts::state::Outcome;
use dacheng_domain::tracking::pipeline::{Learned, decided};
use dacheng_store::facts::{View, opportunities_of};
use dacheng_store::{Read, counter};
use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::facts::days::number;
use crate::{App, Result};

/// Days back in which a decision says something of stages.
const LEARNED_OVER: i32 = 365;
/// Days that somebody silent is still listed for after they count as lost, with the reason.
const LISTED_FOR: i32 = 90;

/// The opportunities as they are known on a day.
#[derive(Debug, Default)]
pub struct Held {
    /// Those that nobody decided, in the order of their codes; also silent ones, as long as those are listed.
    pub open: Vec<OpportunityRow>,
    /// What decided ones say of stages.
    pub learned: Learned,
    /// How long an opportunity may be silent.
    pub silence: Silence,
}

/// What it depends on: the facts and the day.
pub type Seen = (i64, Date);

/// The opportunities, from memory where nothing has changed.
pub(super) fn held(app: &App, tx: &mut Read, today: Date) -> Result<Arc<Held>> {
    let seen = (counter::last(tx, counter::CHANGE)?, today);
    if let Some(held) = app.memory.opportunities(seen) {
        return Ok(held);
    }
    let days = (number(today) - LEARNED_OVER - i32::from(MOST_DAYS) - 1, i32::MAX);
    let versions = opportunities_of(tx, View::at(seen.0), days)?;
    let ground = app.memory.ground(tx)?;
    let held = Arc::new(Held::of(&versions, &ground.silence, today));
    app.memory.keep_opportunities(seen, Arc::clone(&held));
    Ok(held)
}

impl Held {
    /// From the versions of each, one after the other, the oldest first.
    fn of(versions: &[OpportunityRow], silence: &Silence, today: Date) -> Self {
        let mut held = Self { silence: silence.clone(), ..Self::default() };
        let since = |days: i32| today.saturating_sub(i64::from(days).days());
        for own in versions.chunk_by(|one, next| one.opportunity == next.opportunity) {
            let Some(newest) = own.last() else { continue };
            match decided(newest, silence, today) {
                Some(won) => {
                    let on = newest.closed.unwrap_or_else(|| newest.silent_on(silence));
                    if on > since(LEARNED_OVER) && on <= today {
                        held.learned.add(stages(own), won);
                    }
                }
                None => held.open.push(newest.clone()),
            }
            let lost_on = newest.silent_on(silence);
            if newest.outcome == Outcome::Open && lost_on <= today && lost_on > since(LISTED_FOR) {
                held.open.push(newest.clone());
            }
        }
        held
    }
}

/// The stages in which it stood while it was open, each once.
fn stages(versions: &[OpportunityRow]) -> BTreeSet<&str> {
    let open = versions.iter().filter(|version| version.outcome == Outcome::Open);
    open.filter_map(|version| version.stage.as_deref()).collect()
}
