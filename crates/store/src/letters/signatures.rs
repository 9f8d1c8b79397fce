//! Signatures: who signed which text, when, how and from where. Nothing of them is ever changed.

use dacheng_domain::allocation::letter::Party;

use crate::words::{of_word, word};
use crate::{Read, Result, Write};

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The letter's number in the database.
    pub letter: i64,
    /// The version that was signed.
    pub version: i64,
    /// As what.
    pub party: Party,
    /// Log-in name.
    pub account: String,
    /// The name then.
    pub name: String,
    /// UTC milliseconds.
    pub at: i64,
    /// How they showed who they are: `password`.
    pub method: String,
    /// The address they signed from; empty where it is not known.
    pub address: String,
    /// SHA-256 of the text they saw, lower-case hex.
    pub digest: String,
}

/// Writes a signature down. Answers `false` where that party has signed the version already.
pub fn sign(tx: &mut Write, own: &Signature) -> Result<bool> {
    let touched = tx.change(
        "insert into letter_signature
           (letter_id, version, party, account, name, signed_at, method, address, digest)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (letter_id, version, party) do nothing",
        &[
            own.letter.into(),
            own.version.into(),
            (&word(&own.party)?).into(),
            (&own.account).into(),
            (&own.name).into(),
            own.at.into(),
            (&own.method).into(),
            (&own.address).into(),
            (&own.digest).into(),
        ],
    )?;
    Ok(touched == 1)
}

/// The signatures under a version, in the order they were given.
pub fn signatures(tx: &mut Read, letter: i64, version: i64) -> Result<Vec<Signature>> {
    tx.all(
        "select letter_id, version, party, account, name, signed_at, method, address, digest from letter_signature
         where letter_id = $1 and version = $2 order by signed_at, party",
        &[letter.into(), version.into()],
        |row| {
            Ok(Signature {
                letter: row.int(0)?,
                version: row.int(1)?,
                party: of_word(row.str(2)?)?,
                account: row.text(3)?,
                name: row.text(4)?,
                at: row.int(5)?,
                method: row.text(6)?,
                address: row.text(7)?,
                digest: row.text(8)?,
            })
        },
    )
}
