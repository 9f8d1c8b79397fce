//! How somebody wants to be told outside the application: mails, a digest, hours in which they are left alone.

use dacheng_domain::notification::{MailAddress, MailMode, QuietHours};
use dacheng_store::preferences::{self, Preference};
use serde_json::json;

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

/// The asker's own wishes and their version, 0 where they never chose.
pub fn current(app: &App, context: &Context) -> Result<(Wishes, i64)> {
    let account = context.in_person()?;
    let kept = preferences::of_account(&mut app.store.read()?, account)?;
    let address = kept.address.and_then(|address| address.parse().ok());
    Ok((Wishes { mode: kept.mode, address, quiet: kept.quiet }, kept.version))
}

/// The asker changes their wishes, having seen version `seen`. Mails need an address.
pub fn change(app: &App, context: &Context, seen: i64, wishes: &Wishes) -> Result<()> {
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
    // The address is personal: the trail says that it changed, not to what.
    let detail = json!({
        "mode": wishes.mode, "quiet": wishes.quiet, "address_changed": after.address != before.address,
    });
    audit::record(app, &mut tx, context, "account.notifications", &format!("account/{account}"), &detail)?;
    Ok(tx.commit()?)
}
