//! Whether every content is what its hash says: for `dacheng verify`, and after a restore.

use dacheng_store::{Read, files};
use sha2::{Digest, Sha256};

use crate::Result;
use crate::hash::hex;

/// The hashes of contents that are not what they were, or not whole. Piece by piece, in little memory.
pub fn damaged(tx: &mut Read) -> Result<Vec<String>> {
    let mut damaged = Vec::new();
    for (sha256, bytes) in files::all(tx)? {
        let (mut digest, mut length) = (Sha256::new(), 0_i64);
        let mut number = 0;
        while let Some(piece) = files::piece(tx, &sha256, number)? {
            digest.update(&piece);
            length = length.saturating_add(i64::try_from(piece.len()).unwrap_or(i64::MAX));
            number += 1;
        }
        if hex(&digest.finalize()) != sha256 || length != bytes {
            damaged.push(sha256);
        }
    }
    Ok(damaged)
}
