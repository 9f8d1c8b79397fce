//! Who asks, when, and what they may: what every use case is told beside its own words.

use dacheng_domain::access::AccountId;
use dacheng_text::Lang;
use jiff::Timestamp;
use jiff::civil::Date;

use crate::idempotency::Claim;
use crate::people::access::Access;
use crate::people::delegations::Lent;

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// The command line: full scope, recorded as `operator` (`interface.md`).
    Operator,
    /// A job of the program itself.
    System,
    /// Somebody who has not signed in.
    Visitor,
    /// A person who signed in.
    Account {
        /// The account's number.
        id: AccountId,
        /// The account's log-in name, for the audit trail.
        login: String,
        /// The member this person is, where the account has one.
        member: Option<String>,
    },
}

impl Actor {
    /// The name written into records.
    pub fn name(&self) -> &str {
        match self {
            Self::Operator => "operator",
            Self::System => "system",
            Self::Visitor => "visitor",
            Self::Account { login, .. } => login,
        }
    }
}

/// One request: who, with which rights, when, in which language.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who.
    pub actor: Actor,
    /// With which rights.
    pub access: Access,
    /// Whom they stand in for today.
    pub lent: Vec<Lent>,
    /// When, in whole milliseconds.
    pub now: Timestamp,
    /// The company's date then.
    pub today: Date,
    /// In which language sentences are answered.
    pub lang: Lang,
    /// The name that a program gave its request, where this attempt holds it.
    pub request: Option<Claim>,
}
