//! The way of an improvement plan so far, as the audit trail has it.

use dacheng_domain::calendar::Month;
use dacheng_store::{Read, audit};
use serde_json::Value;

use crate::Result;
use crate::tracking::persons::names;

/// The act of every entry about a plan begins so.
const ACTS: &str = "improvement_plan.";
/// Entries of a plan that are told.
const MOST: i64 = 200;

/// Something that happened to a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// UTC milliseconds.
    pub at: i64,
    /// By whom: the name of the account, else the name in the record.
    pub who: String,
    /// Whom they stood in for, by the same.
    pub for_whom: Option<String>,
    /// What.
    pub act: Act,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// It was handed in.
    Submitted,
    /// It was returned, and why.
    Returned(String),
    /// It was accepted.
    Accepted,
    /// Its measures began.
    Started,
    /// It was brought up to date for months that joined.
    Updated(String),
    /// Its progress was noted.
    Noted(String),
    /// It was overdue and went up; for which months, to the member with which code.
    Escalated(Vec<Month>, Option<String>),
    /// A file was attached, by name.
    Attached(String),
    /// A file was withdrawn, by name.
    Withdrew(String),
}

/// When the plan was last accepted or returned, UTC milliseconds.
pub(super) fn checked_at(history: &[Moment]) -> Option<i64> {
    let checks = |moment: &&Moment| matches!(moment.act, Act::Returned(_) | Act::Accepted);
    history.iter().rev().find(checks).map(|moment| moment.at)
}

/// Everything that happened to a plan, oldest first.
pub(super) fn of(tx: &mut Read, plan: i64) -> Result<Vec<Moment>> {
    let mut entries = audit::of_object(tx, &plan.to_string(), None, MOST)?;
    entries.retain(|entry| entry.act.starts_with(ACTS));
    entries.reverse();
    let read =
        |entry: &audit::Entry| -> Option<Value> { serde_json::from_str(entry.detail.as_deref()?).ok() };
    let details: Vec<Value> = entries.iter().map(|entry| read(entry).unwrap_or(Value::Null)).collect();
    let givers = details.iter().filter_map(|detail| detail["on_behalf_of"].as_str());
    let names = names(tx, entries.iter().map(|entry| entry.actor.as_str()).chain(givers))?;
    let name_of = |login: &str| names.get(login).map_or_else(|| login.to_owned(), Clone::clone);
    let moment = |(entry, detail): (&audit::Entry, &Value)| {
        let act = act(entry.act.strip_prefix(ACTS)?, detail)?;
        let for_whom = detail["on_behalf_of"].as_str().map(name_of);
        Some(Moment { at: entry.at, who: name_of(&entry.actor), for_whom, act })
    };
    Ok(entries.iter().zip(&details).filter_map(moment).collect())
}

fn act(word: &str, detail: &Value) -> Option<Act> {
    let text = |name: &str| detail[name].as_str().unwrap_or_default().to_owned();
    Some(match word {
        "submit" => Act::Submitted,
        "return" => Act::Returned(text("reason")),
        "accept" => Act::Accepted,
        "start" => Act::Started,
        "update" => Act::Updated(text("note")),
        "note" => Act::Noted(text("note")),
        "attach" => Act::Attached(text("file")),
        "withdraw_file" => Act::Withdrew(text("file")),
        "escalate" => {
            let months = detail["months"].as_array().into_iter().flatten();
            let months = months.filter_map(|month| month.as_str()?.parse().ok()).collect();
            Act::Escalated(months, detail["to"].as_str().map(str::to_owned))
        }
        _ => return None,
    })
}
