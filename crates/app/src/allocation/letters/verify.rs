//! Checking a printed letter: whether a version of that number has the text with that check code.

use dacheng_domain::allocation::letter::State;
use dacheng_store::letters::{self, Letter};

use super::change::text_of;
use crate::{App, Error, Result};

/// Hex digits of a check code at least: 64 bits.
const LEAST: usize = 16;

/// A version that a check code fits. It names nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// The letter's number on paper.
    pub number: String,
    /// The version.
    pub version: i64,
    /// Where it stands now.
    pub state: State,
    /// How many have signed it.
    pub signed: usize,
    /// How many have to.
    pub needed: usize,
    /// SHA-256 of its text.
    pub digest: String,
}

/// Finds the version whose digest begins with the check code; spaces and hyphens in it mean nothing.
pub fn verify(app: &App, number: &str, code: &str) -> Result<Verified> {
    let missing = || Error::missing("letter", number);
    let code: String = code.chars().filter(|own| !own.is_whitespace() && *own != '-').collect();
    let code = code.to_lowercase();
    if code.len() < LEAST || !code.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(missing());
    }
    let mut tx = app.store.read()?;
    let letter = letters::by_number(&mut tx, number.trim())?.ok_or_else(missing)?;
    let versions = letters::versions(&mut tx, letter.id)?.into_iter();
    let found = versions.filter(|own| own.state != State::Draft).find(|own| own.digest.starts_with(&code));
    let found = found.ok_or_else(missing)?;
    let signed = letters::signatures(&mut tx, letter.id, found.version)?.len();
    let needed = text_of(&mut tx, letter.id, found.version)?.signatories.parties().len();
    let Letter { number, .. } = letter;
    Ok(Verified { number, version: found.version, state: found.state, signed, needed, digest: found.digest })
}
