//! Typing one's password again, as before a signature, and changing it.

use dacheng_store::{Write, accounts};
use serde_json::{Value, json};

use super::accounts::object;
use super::passwords;
use super::sign_in::{Begun, Browser, begin};
use super::throttle::{self, Subject};
use crate::{App, Context, Error, Result, audit};

/// Asks somebody who is signed in for their password again. Refused with a sentence where it is wrong, and with
/// the time left after too many failures.
pub fn confirm(app: &App, context: &Context, password: &str) -> Result<()> {
    let failed = ("account.confirm_fail", json!({}));
    confirmed(app, context, password, failed, |_| Ok(()))
}

/// Asks for the password and does `then` in the transaction that notes it; a wrong one is recorded as `failed`.
pub(super) fn confirmed(
    app: &App,
    context: &Context,
    password: &str,
    (act, detail): (&str, Value),
    then: impl FnOnce(&mut Write) -> Result<()>,
) -> Result<()> {
    let id = context.in_person()?;
    let hash = accounts::password(&mut app.store.read()?, id)?;
    let subjects = [Subject::SignedIn(id)];
    throttle::count(app, context, &subjects)?;
    let is_right = passwords::verify(context, password, hash.as_deref())?;
    let mut tx = app.store.write()?;
    if !is_right {
        audit::record(app, &mut tx, context, act, &object(id), &detail)?;
        tx.commit()?;
        return Err(Error::refused(context.lang.people().password_wrong()));
    }
    throttle::clear(&mut tx, &subjects)?;
    then(&mut tx)?;
    Ok(tx.commit()?)
}

/// Changes one's own password. Every session ends and every device is forgotten; this browser gets a new session.
pub fn change(
    app: &App,
    context: &Context,
    (current, new): (&str, &str),
    browser: &Browser<'_>,
) -> Result<Begun> {
    let id = context.in_person()?;
    confirm(app, context, current)?;
    let hash = passwords::choose(app, context, context.actor.name(), new)?;
    let mut tx = app.store.write()?;
    passwords::set(app, &mut tx, context, id, &hash)?;
    let begun = begin(app, &mut tx, context, id, &Browser { device: None, ..*browser })?;
    tx.commit()?;
    Ok(begun)
}
