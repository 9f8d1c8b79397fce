//! Names of units and members: the numbers the database gives and the codes people give.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A unit of the organisation: company, region, team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct UnitId(pub i64);

/// A person of the company. A person who leaves and returns stays the same member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MemberId(pub i64);

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The code of a unit as imported, `HN` or `001234`; its zeros stay.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct UnitCode(String);

/// The code of a member as imported, 工号.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct MemberCode(String);

/// A text that cannot be a code: blank, longer than 64 characters, or with control characters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a code of 1 to 64 printable characters: {0:?}")]
pub struct NotACode(pub String);

const LONGEST: usize = 64;

/// Spaces around a code come from spreadsheets and never mean anything.
fn read_code(text: &str) -> Result<String, NotACode> {
    let code = text.trim();
    if code.is_empty() || code.chars().count() > LONGEST || code.chars().any(char::is_control) {
        return Err(NotACode(text.to_owned()));
    }
    Ok(code.to_owned())
}

impl FromStr for UnitCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        read_code(text).map(Self)
    }
}

impl FromStr for MemberCode {
    type Err = NotACode;

    fn from_str(text: &str) -> Result<Self, NotACode> {
        read_code(text).map(Self)
    }
}

impl UnitCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl MemberCode {
    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for MemberCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
