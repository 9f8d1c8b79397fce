//! The exact text of a version: what is agreed, between whom, and the blocks it is shown in. It is kept as JSON; that JSON is
//! what is signed, and its SHA-256 stands beside it.

use dacheng_domain::allocation::letter::{Signatories, Terms};
use dacheng_paper::Block;
use dacheng_text::Lang;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::hash::{hex, sha256};
use crate::{Error, Result};

/// A version of a letter, as it is signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The letter's number on paper.
    pub number: String,
    /// Which version of it, from 1.
    pub version: i64,
    /// The tag of its language.
    pub lang: String,
    /// The company's name.
    pub company: String,
    /// What it is called.
    pub title: String,
    /// The plan's code.
    pub plan: String,
    /// The plan's days.
    pub days: (Date, Date),
    /// The version of the targets it was made from.
    pub targets: i64,
    /// Whose it is.
    pub member: Person,
    /// The name of the direct superior.
    pub superior: Option<String>,
    /// Who signs.
    pub signatories: Signatories,
    /// What is agreed.
    pub terms: Terms,
    /// How it reads.
    pub blocks: Vec<Block>,
}

/// Somebody, as a letter names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Their code.
    pub code: String,
    /// Their name.
    pub name: String,
    /// What they are.
    pub position: String,
    /// Their unit.
    pub unit: String,
}

impl Content {
    /// The language it is written in.
    pub fn lang(&self) -> Lang {
        self.lang.parse().unwrap_or_default()
    }

    /// The text that is kept and signed, with its digest.
    pub(super) fn text(&self) -> Result<(String, String)> {
        let text = serde_json::to_string(self).map_err(|wrong| Error::Internal(wrong.to_string()))?;
        let digest = hex(&sha256(text.as_bytes()));
        Ok((text, digest))
    }

    /// Reads a text that was kept.
    pub(super) fn of(text: &str) -> Result<Self> {
        serde_json::from_str(text).map_err(|wrong| Error::Internal(format!("letter: {wrong}")))
    }
}
