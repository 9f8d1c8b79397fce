//! How somebody wants to be told outside the application: mails, a digest, hours in which they are left alone.

use dacheng_domain::notification::{MailAddress, MailMode, QuietHours};
use dacheng_store::preferences::{self, Preference};
use serde_json::json;

use super::confirmation;
use crate::{App, Context, Error, Result, audit};

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wishes {
    /// Which mails.
    pub mode: MailMode,
    /// Where to.
    pub address: Option<MailAddress>,
    /// When not.
    pub quiet: QuietHours,
}

/// Whether mail goes to somebody's address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// They gave none.
    None,
    /// They have still to confirm it.
    Unconfirmed,
    /// It is theirs.
    Confirmed,
}

/// What somebody chose, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Current {
    /// Their wishes.
    pub wishes: Wishes,
    /// Whether mail goes to their address.
    pub standing: Standing,
    /// What a change has to name: 0 where they never chose.
    pub version: i64,
}

/// What a change leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// Nothing more is to do.
    Done,
    /// A mail is on its way to the address, which is to be confirmed.
    ToBeConfirmed,
}

/// The asker's own wishes.
pub fn current(app: &App, context: &Context) -> Result<Current> {
    let account = context.in_person()?;
    let kept = preferences::of_account(&mut app.store.read()?, account)?;
    let standing = match (&kept.address, kept.confirmed_at) {
        (None, _) => Standing::None,
        (Some(_), None) => Standing::Unconfirmed,
        (Some(_), Some(_)) => Standing::Confirmed,
    };
    let address = kept.address.and_then(|address| address.parse().ok());
    let wishes = Wishes { mode: kept.mode, address, quiet: kept.quiet };
    Ok(Current { wishes, standing, version: kept.version })
}

/// The asker changes their wishes, having seen version `seen`. Mails need an address, and another address a confirmation.
pub fn change(app: &App, context: &Context, seen: i64, wishes: &Wishes) -> Result<Saved> {
    let account = context.in_person()?;
    if wishes.mode != MailMode::Off && wishes.address.is_none() {
        return Err(Error::refused(context.lang.notifications().address_needed()));
    }
    let mut tx = app.store.write()?;
    let before = preferences::of_account(&mut tx, account)?;
    let address = wishes.address.as_ref().map(ToString::to_string);
    let after =
        Preference { mode: wishes.mode, address, quiet: wishes.quiet, version: seen, ..before.clone() };
    if seen != before.version || !preferences::save(&mut tx, account, &after)? {
        return Err(Error::Stale { seen, found: before.version });
    }
    let is_another = after.address != before.address;
    let saved = match &wishes.address {
        Some(address) if is_another && confirmation::ask(&mut tx, context, account, address)? => {
            Saved::ToBeConfirmed
        }
        Some(_) | None => Saved::Done,
    };
    // The address is personal: the trail says that it changed, not to what.
    let detail = json!({ "mode": wishes.mode, "quiet": wishes.quiet, "address_changed": is_another });
    audit::record(app, &mut tx, context, "account.notifications", &format!("account/{account}"), &detail)?;
    tx.commit()?;
    Ok(saved)
}
