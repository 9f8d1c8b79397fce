//! The company's rules for accounts: how strictly roles are kept apart, which passwords, how long sessions live.
//! A setting, every version kept.

use dacheng_domain::access::{Profile, Right};
use dacheng_domain::people::Organisation;
use dacheng_store::{Read, settings};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use super::password_rules::{PasswordProfile, PasswordRules};
use super::posts::may_at_all;
use crate::{App, Context, Error, Result, audit};

const NAME: &str = "account_rules";

/// The rules. A session keeps the times it began with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rules {
    /// Which roles one person may not hold together.
    pub profile: Profile,
    /// Which passwords are good enough.
    pub passwords: PasswordProfile,
    /// A session unused for so long ends.
    pub idle_minutes: u32,
    /// A session ends after so long at the latest.
    pub session_hours: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            profile: Profile::Standard,
            passwords: PasswordProfile::Modern,
            idle_minutes: 12 * 60,
            session_hours: 7 * 24,
        }
    }
}

/// The rules in force and their version, 0 while nothing was ever chosen.
pub fn current(tx: &mut Read) -> Result<(Rules, i64)> {
    let Some(found) = settings::current(tx, NAME)? else { return Ok((Rules::default(), 0)) };
    let rules = serde_json::from_str(&found.value).map_err(|reason| Error::Internal(reason.to_string()))?;
    Ok((rules, found.version))
}

/// Whether somebody may change the rules.
pub fn may_change(context: &Context, organisation: &Organisation) -> Result<()> {
    may_at_all(context, organisation, Right::Update)
}

/// Changes the rules; `seen` is the version they were read at. By a security administrator, in person.
pub fn change(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    seen: i64,
    rules: Rules,
) -> Result<()> {
    may_change(context, organisation)?;
    if !(5..=24 * 60).contains(&rules.idle_minutes) || !(1..=90 * 24).contains(&rules.session_hours) {
        return Err(Error::refused(context.lang.people().session_times()));
    }
    let mut tx = app.store.write()?;
    let (before, found) = current(&mut tx)?;
    let now = context.now.as_millisecond();
    let value = json!(rules).to_string();
    let is_newest = found == seen;
    if !(is_newest && settings::append(&mut tx, NAME, seen, &value, now, &context.actor_name())?) {
        let (_, found) = current(&mut tx)?;
        return Err(Error::Stale { seen, found });
    }
    let detail = json!({ "before": before, "after": rules });
    audit::record(app, &mut tx, context, "setting.change", NAME, &detail)?;
    Ok(tx.commit()?)
}
