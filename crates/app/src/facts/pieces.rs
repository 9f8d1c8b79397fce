//! A dry run in pieces. It writes nothing, so that an earlier piece is not there for a later one to find: rows of one
//! order, and rows with one key, must come together.

use dacheng_store::bulk::CHUNK;

use super::source::Line;
use crate::Result;

/// Rows of a piece; it may grow until its last order is whole.
const PIECE: usize = CHUNK * 3 / 4;

/// Calls `take` with one piece after the other, in the order of keys.
pub fn each_piece(mut lines: Vec<Line>, mut take: impl FnMut(Vec<Line>) -> Result<()>) -> Result<()> {
    lines.sort_by(|one, other| one.key.cmp(&other.key));
    let mut rest = lines.into_iter().peekable();
    while rest.peek().is_some() {
        let mut piece: Vec<Line> = Vec::with_capacity(PIECE);
        while let Some(next) = rest.next_if(|next| has_room(&piece, next)) {
            piece.push(next);
        }
        take(piece)?;
    }
    Ok(())
}

fn has_room(piece: &[Line], next: &Line) -> bool {
    let goes_on = || piece.last().is_some_and(|last| first_part(last) == first_part(next));
    piece.len() < PIECE || (piece.len() < CHUNK && goes_on())
}

/// The order of a line or a share; the whole key of what has one of its own.
fn first_part(line: &Line) -> &str {
    line.key.split('\u{1f}').next().unwrap_or_default()
}
