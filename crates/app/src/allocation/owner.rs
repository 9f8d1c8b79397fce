//! Who carries a target, by code. What a unit or member is lives in `domain::people`.

use std::fmt;
use std::str::FromStr;

use dacheng_domain::planning;
use dacheng_store::targets::OwnerKind;

use crate::facts::ground::Ground;
use crate::{Error, Result};

/// A unit or a member that carries a target, by the code it was imported with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Owner {
    /// Which of the two.
    pub kind: OwnerKind,
    /// Its code.
    pub code: String,
}

impl Owner {
    /// A unit.
    pub fn unit(code: impl Into<String>) -> Self {
        Self { kind: OwnerKind::Unit, code: code.into() }
    }

    /// A member.
    pub fn member(code: impl Into<String>) -> Self {
        Self { kind: OwnerKind::Member, code: code.into() }
    }

    /// Its name; the code where the ground does not know it any more.
    pub fn name<'g>(&'g self, ground: &'g Ground) -> &'g str {
        let name = match self.kind {
            OwnerKind::Unit => ground.organisation.unit_of_code(&self.code).map(|unit| &unit.name),
            OwnerKind::Member => ground.organisation.member_of_code(&self.code).map(|member| &member.name),
        };
        name.filter(|name| !name.is_empty()).unwrap_or(&self.code)
    }

    /// The same as `domain` has it, or an error where there is no such unit or member.
    pub fn known(&self, ground: &Ground) -> Result<planning::Owner> {
        let (found, kind) = match self.kind {
            OwnerKind::Unit => {
                let unit = ground.organisation.unit_of_code(&self.code);
                (unit.map(|unit| planning::Owner::Unit(unit.id)), "unit")
            }
            OwnerKind::Member => {
                let member = ground.organisation.member_of_code(&self.code);
                (member.map(|member| planning::Owner::Member(member.id)), "member")
            }
        };
        found.ok_or_else(|| Error::missing(kind, &self.code))
    }
}

impl fmt::Display for Owner {
    /// `unit:HN` or `member:1001`, as the command line writes owners.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.kind {
            OwnerKind::Unit => "unit",
            OwnerKind::Member => "member",
        };
        write!(f, "{kind}:{}", self.code)
    }
}

impl FromStr for Owner {
    type Err = Error;

    /// Reads `unit:HN` and `member:1001`.
    fn from_str(text: &str) -> Result<Self> {
        match text.split_once(':') {
            Some(("unit", code)) => Ok(Self::unit(code)),
            Some(("member", code)) => Ok(Self::member(code)),
            Some(_) | None => Err(Error::Usage(format!("not an owner: {text} (unit:CODE or member:CODE)"))),
        }
    }
}
