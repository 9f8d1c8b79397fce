//! The check code of a sheet: the first half of the SHA-256 over its content. Paper that bears another code says something else.

use sha2::{Digest, Sha256};

use crate::Sheet;

/// Bytes that are printed. Enough that nobody makes two sheets with one code.
const BYTES: usize = 16;

/// The check code of a sheet.
///
/// It covers company, number, version, title and every block, as JSON in the order of the fields, and neither who printed it
/// nor when: the same content has the same code on every print.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code([u8; BYTES]);

impl Code {
    /// The code of a sheet: that of its seal, where it has one.
    pub fn of(sheet: &Sheet) -> serde_json::Result<Self> {
        let hash = match &sheet.seal {
            Some(seal) => seal.digest,
            None => Sha256::digest(serde_json::to_vec(sheet)?).into(),
        };
        Ok(Self(std::array::from_fn(|place| hash[place])))
    }

    /// In groups of four digits, as it is printed.
    pub fn groups(self) -> Vec<String> {
        self.0.chunks_exact(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1])).collect()
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.groups().join(" "))
    }
}
