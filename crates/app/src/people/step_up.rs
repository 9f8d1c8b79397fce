//! Giving one's password again for an act that asks for it, noted at the session it was given in. Which acts ask is in the
//! permission table; for how long it counts is [`Lasting`].

use dacheng_domain::access::step_up::Lasting;
use dacheng_store::sessions;
use jiff::Timestamp;
use serde_json::json;

use super::accounts::object;
use super::own_password::confirmed;
use super::secrets::hash_of;
use crate::{App, Context, Error, Result, audit};

/// Gives the password again in the session of a cookie, for an act named in the audit trail; answers until when it counts.
/// Refused with a sentence where it is wrong, and with the time left after too many failures; slow guessing is counted as
/// for changing the password. A password that was changed meanwhile has ended the session: [`Error::NotSignedIn`].
pub fn step_up(
    app: &App,
    context: &Context,
    (session, password): (&str, &str),
    act: &str,
    lasting: Lasting,
) -> Result<Timestamp> {
    let id = context.in_person()?;
    let detail = json!({ "for": act });
    let failed = ("account.step_up_fail", detail.clone());
    confirmed(app, context, password, failed, |tx| {
        if !sessions::give_password(tx, id, &hash_of(session), context.now.as_millisecond())? {
            return Err(Error::NotSignedIn);
        }
        audit::record(app, tx, context, "account.step_up", &object(id), &detail)
    })?;
    Ok(lasting.until(context.now))
}
