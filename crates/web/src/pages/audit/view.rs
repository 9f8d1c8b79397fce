//! Entries of the trail as rows: names, words, and what changed field by field.

use std::collections::BTreeSet;

use dacheng_app::trail::{Entry, Part, Reach};
use dacheng_domain::access::Role;
use dacheng_text::trail::{self as words, instant, through, who};
use dacheng_text::{Lang, role};
use jiff::tz::TimeZone;
use serde::Deserialize as _;
use serde_json::Value;

use super::AuditRow;
use crate::components::{DiffRow, Link};
use crate::http::{Desk, encoded};
use crate::pages::me::tokens;
use crate::shell::Room;

/// Characters of a value that are shown.
const LONGEST: usize = 160;

/// An entry of a part as a row.
pub(super) fn row(desk: &Desk<'_>, part: &Part, entry: &Entry) -> AuditRow {
    let lang = desk.lang();
    let detail: Option<Value> = entry.detail.as_deref().and_then(|text| serde_json::from_str(text).ok());
    let reason = detail.as_ref().and_then(|detail| detail["reason"].as_str().or(detail["note"].as_str()));
    AuditRow {
        number: u64::try_from(entry.leaf).unwrap_or_default(),
        at: instant(&desk.app.zone, entry.at),
        who: match detail.as_ref().and_then(|detail| detail["on_behalf_of"].as_str()) {
            Some(giver) => {
                let (taker, giver) = (who(lang, &part.names, &entry.actor), who(lang, &part.names, giver));
                lang.delegation().both(taker, giver)
            }
            None => who(lang, &part.names, &entry.actor),
        },
        through: through(lang, &entry.actor).to_owned(),
        act: words::act(lang, &entry.act),
        object: object(desk, part, entry),
        reason: reason.unwrap_or_default().to_owned(),
        changes: detail.map_or_else(Vec::new, |detail| changes(lang, &desk.app.zone, &detail)),
    }
}

fn object(desk: &Desk<'_>, part: &Part, entry: &Entry) -> Link {
    let object = entry.object.as_str();
    let text =
        part.names.get(object).cloned().unwrap_or_else(|| words::object(desk.lang(), &entry.act, object));
    let built = |room: Room| crate::pages::BUILT.contains(&room);
    let href = match object.split_once('/') {
        Some(("account", id)) if part.reach == Reach::Company && part.names.contains_key(object) => {
            format!("/settings/people/{id}")
        }
        Some(("plan", code)) if built(Room::Plans) => format!("/plans/{}", encoded(code)),
        None if entry.act.starts_with("month.") && built(Room::Closes) => {
            format!("/closes/{}", encoded(object))
        }
        Some(_) | None => String::new(),
    };
    Link::new(text, href)
}

/// What changed: fields that differ, or what was said about something new.
fn changes(lang: Lang, zone: &TimeZone, detail: &Value) -> Vec<DiffRow> {
    let text = |name: &str, value: &Value| said(lang, zone, name, value);
    let row = |name: &str, old: Option<String>, new: Option<String>| DiffRow {
        field: words::field(lang, name),
        old,
        new,
    };
    if let (Some(before), Some(after)) = (detail["before"].as_object(), detail["after"].as_object()) {
        let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
        let differing = names.into_iter().filter(|name| before.get(*name) != after.get(*name));
        return differing
            .map(|name| {
                let side = |of: &serde_json::Map<String, Value>| of.get(name).and_then(|own| text(name, own));
                row(name, side(before), side(after))
            })
            .collect();
    }
    let Some(fields) = detail.as_object() else { return Vec::new() };
    let fields = fields.iter().filter(|(name, _)| !matches!(name.as_str(), "reason" | "note"));
    fields.filter_map(|(name, value)| Some(row(name, None, Some(text(name, value)?)))).collect()
}

/// A value as people read it; nothing where there is none.
fn said(lang: Lang, zone: &TimeZone, name: &str, value: &Value) -> Option<String> {
    if let Some(rights) = Some(value).filter(|_| name == "rights").and_then(|own| Vec::deserialize(own).ok())
    {
        return Some(tokens::said(lang, &rights));
    }
    let text = match value {
        Value::Null => return None,
        Value::Bool(true) => lang.audit().yes().to_owned(),
        Value::Bool(false) => lang.audit().no().to_owned(),
        Value::String(text) if name == "role" => match serde_json::from_value::<Role>(value.clone()) {
            Ok(held) => role::name(lang, held).to_owned(),
            Err(_) => text.clone(),
        },
        Value::String(text) => text.clone(),
        Value::Number(number) => match number.as_i64().filter(|_| name.ends_with("_at")) {
            Some(at) => instant(zone, at),
            None => number.to_string(),
        },
        Value::Array(_) | Value::Object(_) => value.to_string(),
    };
    let mut short: String = text.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    Some(short)
}
