//! What letters look like in JSON.

use dacheng_app::allocation::letters::{self, LetterLine, PromiseView};
use dacheng_domain::allocation::letter::Terms;
use dacheng_domain::calendar::Deadline;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A letter in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterEntry {
    /// Its number on paper.
    pub number: String,
    /// The member's code.
    pub member: String,
    /// The member's name.
    pub name: String,
    /// The member's unit, by name.
    pub unit: String,
    /// Its newest version.
    pub version: i64,
    /// Where that stands.
    pub state: String,
    /// By when the next signature is due.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
}

/// A letter in one of its versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Letter {
    /// Its number on paper.
    pub number: String,
    /// The version.
    pub version: i64,
    /// Where it stands.
    pub state: String,
    /// SHA-256 of the text that is signed; a signature names it.
    pub digest: String,
    /// What a change of a draft has to name.
    pub revision: i64,
    /// The exact text that is signed, as JSON.
    #[schema(value_type = Object)]
    pub content: serde_json::Value,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    /// By when the next signature is due.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// Who signed, in order.
    pub signatures: Vec<LetterSignature>,
    /// Every version with its state.
    pub versions: Vec<LetterVersion>,
    /// What was promised in the version in force.
    pub promises: Vec<LetterPromise>,
}

/// A version of a letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterVersion {
    /// From 1.
    pub version: i64,
    /// Where it stands.
    pub state: String,
    /// SHA-256 of its text.
    pub digest: String,
}

/// A signature.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterSignature {
    /// `member`, `superior` or `representative`.
    pub party: String,
    /// The name then.
    pub name: String,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// How they showed who they are.
    pub method: String,
    /// SHA-256 of the text they saw.
    pub digest: String,
}

/// Something promised.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterPromise {
    /// Its number in the letter.
    pub number: u32,
    /// What.
    pub what: String,
    /// How often.
    pub times: u32,
    /// How often it came.
    pub delivered: u32,
    /// `open`, `overdue` or `kept`.
    pub standing: String,
    /// Until when.
    #[schema(value_type = String, format = Date)]
    pub due: Date,
    /// What a note has to name.
    pub revision: i64,
}

/// For whom letters are made or issued.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterBranch {
    /// The plan's code.
    #[schema(example = "2026")]
    pub plan: String,
    /// The code of the unit whose branch it is.
    pub unit: String,
    /// `zh-CN` or `en`: the language new letters are written in.
    pub lang: Option<String>,
}

/// What making letters came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LettersMade {
    /// New letters.
    pub made: usize,
    /// New versions, and drafts written anew.
    pub renewed: usize,
    /// Letters that say what is so.
    pub unchanged: usize,
    /// Whose letters wait for signatures while their targets changed.
    pub waiting: Vec<String>,
    /// Who sells and carries nothing.
    pub without: Vec<String>,
}

/// What issuing letters came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LettersIssued {
    /// The numbers of those handed out.
    pub letters: Vec<String>,
    /// Drafts that stay.
    pub faulty: Vec<FaultyLetter>,
}

/// A draft that was not handed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultyLetter {
    /// Whose.
    pub name: String,
    /// What is wrong.
    pub reason: String,
}

/// What a letter agrees.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterTerms {
    /// The version seen.
    pub version: i64,
    /// Items, promises, rights, limits and rewards, as `content.terms` has them.
    #[schema(value_type = Object)]
    pub terms: Terms,
    /// The revision seen, where `If-Match` does not say it.
    pub revision: Option<i64>,
}

/// A step on a letter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterStep {
    /// The version that was read.
    pub version: i64,
    /// The digest of its text.
    pub digest: String,
    /// Why, for sending back and refusing.
    #[serde(default)]
    pub reason: String,
}

/// Something promised that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterDelivery {
    /// How often.
    pub times: u32,
    /// On which day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What it was.
    #[serde(default)]
    pub note: String,
    /// The revision of the promise seen, where `If-Match` does not say it.
    pub revision: Option<i64>,
}

/// A version that a check code fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifiedLetter {
    /// The letter's number.
    pub number: String,
    /// The version.
    pub version: i64,
    /// Where it stands now.
    pub state: String,
    /// How many have signed it.
    pub signed: usize,
    /// How many have to.
    pub needed: usize,
    /// SHA-256 of its text.
    pub digest: String,
}

/// The word of an enum.
pub fn word(value: &impl Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

impl LetterEntry {
    /// A letter of a list as programs read it.
    pub fn of(own: LetterLine) -> Self {
        Self {
            number: own.number,
            member: own.member,
            name: own.name,
            unit: own.unit,
            version: own.version,
            state: word(&own.state),
            due: own.due.and_then(Deadline::date),
        }
    }
}

impl LetterPromise {
    /// A promise as programs read it.
    pub fn of(own: PromiseView) -> Self {
        Self {
            number: own.promise.number,
            what: own.promise.what,
            times: own.promise.times,
            delivered: own.delivered,
            standing: word(&own.standing),
            due: own.promise.due,
            revision: own.revision,
        }
    }
}

impl LetterSignature {
    /// A signature as programs read it.
    pub fn of(own: letters::Signature) -> Self {
        Self {
            party: word(&own.party),
            name: own.name,
            at: moment(own.at),
            method: own.method,
            digest: own.digest,
        }
    }
}

impl LetterVersion {
    /// A version as programs read it.
    pub fn of(own: letters::Head) -> Self {
        Self { version: own.version, state: word(&own.state), digest: own.digest }
    }
}
