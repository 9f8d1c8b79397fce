//! Where somebody is signed in: listing and ending sessions, and what happened at the door before. Beginning them
//! is [`super::sign_in`].

use dacheng_store::audit::{self as trail, Entry};
use dacheng_store::sessions::{self, Session};
use serde_json::json;

use super::accounts::object;
use super::secrets::hash_of;
use crate::{App, Context, Result, audit};

/// One's own sessions that have not ended, the newest first.
pub fn list(app: &App, context: &Context) -> Result<Vec<Session>> {
    let account = context.in_person()?;
    let now = context.now.as_millisecond();
    let mut sessions = sessions::of_account(&mut app.store.read()?, account)?;
    sessions.retain(|session| now < session.expires_at && now - session.seen_at < session.idle_for);
    Ok(sessions)
}

/// Whether a session is that of a cookie.
pub fn is_of(session: &Session, secret: &str) -> bool {
    session.hash == hash_of(secret)
}

/// Signs out: ends the session of a cookie.
pub fn sign_out(app: &App, context: &Context, secret: &str) -> Result<()> {
    end(app, context, &hash_of(secret))
}

/// Ends one of one's own sessions, as listed; one that has ended already changes nothing.
pub fn end(app: &App, context: &Context, session: &str) -> Result<()> {
    let account = context.in_person()?;
    let mut tx = app.store.write()?;
    if sessions::delete(&mut tx, account, session)? {
        audit::record(app, &mut tx, context, "account.sign_out", &object(account), &json!({}))?;
    }
    Ok(tx.commit()?)
}

/// Signs out everywhere, here too. Devices stay known.
pub fn sign_out_everywhere(app: &App, context: &Context) -> Result<()> {
    let account = context.in_person()?;
    let mut tx = app.store.write()?;
    let ended = sessions::delete_all(&mut tx, account)?;
    let detail = json!({ "sessions": ended });
    audit::record(app, &mut tx, context, "account.sign_out_everywhere", &object(account), &detail)?;
    Ok(tx.commit()?)
}

/// What happened to one's own account below the audit entry `before`, the newest first, at most `limit`: log-ins
/// and failed ones, changes of password, posts and state. Anybody may read that much of the audit trail.
pub fn history(app: &App, context: &Context, (before, limit): (Option<i64>, i64)) -> Result<Vec<Entry>> {
    let account = context.in_person()?;
    Ok(trail::of_object(&mut app.store.read()?, &object(account), before, limit)?)
}
