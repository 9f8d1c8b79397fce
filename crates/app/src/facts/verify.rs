//! The blocks computed from nothing, and whether those that are kept are the same, bit for bit.

use std::collections::BTreeMap;

use dacheng_rollup::{Block, Delta};
use dacheng_store::blocks::{self, Place};
use dacheng_store::facts::View;
use dacheng_store::{Read, counter};

use super::alone::add_every;
use super::commit::{grained, grains, place};
use super::crediting::{Detail, add};
use super::delta::{Side, Touched, each_bundle};
use super::firsts::Firsts;
use super::ground::Ground;
use crate::{App, Result};

/// Every block as the facts alone make it. Blocks without a cell are left out.
pub fn from_nothing(tx: &mut Read) -> Result<BTreeMap<Place, Vec<u8>>> {
    let view = View::at(counter::last(tx, counter::CHANGE)?);
    let ground = Ground::committed(tx, view)?;
    let mut delta = Delta::default();
    let side = Side { view, ground: &ground };
    let (every, mut firsts) = (Touched::since(None), Firsts::default());
    each_bundle(tx, every, view, |_, raw| {
        let bundle = add(raw, &ground, Detail::Block, 1, &mut delta);
        firsts.look_at(raw, bundle.as_ref());
    })?;
    firsts.add(&ground, &mut delta);
    add_every(tx, every, &side, Detail::Block, 1, &mut delta)?;
    let mut blocks = BTreeMap::new();
    for at in delta.touched() {
        for grain in grains(at.0) {
            let block = delta.applied(at, &Block::default(), |day| grained(day, grain));
            blocks.insert(place(at.0, at.1, grain), block.encode());
        }
    }
    Ok(blocks)
}

/// The places whose kept block is not what the facts make, in order.
pub fn differing_blocks(tx: &mut Read) -> Result<Vec<Place>> {
    let computed = from_nothing(tx)?;
    let empty = Block::default().encode();
    let mut places = blocks::places(tx)?;
    places.extend(computed.keys().copied());
    places.sort_unstable();
    places.dedup();
    let mut differing = Vec::new();
    for place in places {
        let kept = blocks::by_place(tx, place)?.map(|(_, bytes)| bytes);
        if kept.as_ref().unwrap_or(&empty) != computed.get(&place).unwrap_or(&empty) {
            differing.push(place);
        }
    }
    Ok(differing)
}

/// Replaces every block by what the facts make.
pub fn rebuild(app: &App) -> Result<()> {
    let mut tx = app.store.write()?;
    let computed = from_nothing(&mut tx)?;
    blocks::clear(&mut tx)?;
    let sequence = counter::next(&mut tx, counter::CHANGE)?;
    for (place, bytes) in &computed {
        blocks::replace(&mut tx, *place, 0, sequence, bytes)?;
    }
    Ok(tx.commit()?)
}
