//! Making sure that a mail address belongs to whoever typed it: a mail with a one-time link that works for a day. Until its
//! owner, signed in, has followed it, no other mail goes there.

use dacheng_domain::access::AccountId;
use dacheng_domain::notification::{CONFIRM, Event, MailAddress};
use dacheng_store::confirmations::{self, Confirmation};
use dacheng_store::outbox::{self, New, To};
use dacheng_store::{Write, preferences};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::announce::mail_channel;
use super::channels::{Config, config_of};
use crate::people::secrets::hash_of;
use crate::{App, Context, Error, Result, audit};

/// How long a link works.
const WORKS_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Mails of this kind that somebody may ask for within a day: an address may be somebody else's.
const MOST: i64 = 5;

/// Asks for a mail to the address that the asker chose before.
pub fn ask_again(app: &App, context: &Context) -> Result<()> {
    let account = context.in_person()?;
    let mut tx = app.store.write()?;
    let kept = preferences::of_account(&mut tx, account)?;
    let address = kept.address.filter(|_| kept.confirmed_at.is_none());
    let Some(address) = address.and_then(|address| address.parse().ok()) else {
        return Err(Error::refused(context.lang.confirmation().nothing_to_confirm()));
    };
    if !ask(&mut tx, context, account, &address)? {
        return Err(Error::refused(context.lang.confirmation().no_mail()));
    }
    audit::record(app, &mut tx, context, "account.mail_ask", &format!("account/{account}"), &json!({}))?;
    Ok(tx.commit()?)
}

/// Writes the mail that asks, in the transaction of the change. Answers `false` where no mail leaves the company yet.
pub(super) fn ask(
    tx: &mut Write,
    context: &Context,
    account: AccountId,
    address: &MailAddress,
) -> Result<bool> {
    let Some(channel) = mail_channel(tx)? else { return Ok(false) };
    let say = context.lang.confirmation();
    if let Some(Config::Mail(server)) = channel.effective.as_ref().map(config_of).transpose()?
        && !server.takes(address)
    {
        return Err(Error::refused(say.other_domain(server.domains.join(", "))));
    }
    let now = context.now.as_millisecond();
    let day = i64::try_from(WORKS_FOR.as_millis()).unwrap_or(i64::MAX);
    if outbox::mailed_since(tx, account, CONFIRM, now.saturating_sub(day))? >= MOST {
        return Err(Error::refused(say.too_many(MOST)));
    }
    let event = Event::Confirm { address: address.to_string(), at: now };
    let text = serde_json::to_string(&event).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let (key, to) = (event.key(), To::Mail(account, channel.id));
    // Whoever asked waits for it: also in quiet hours.
    outbox::add(tx, &[New { key: &key, event: &text, to, made_at: now, due_at: now }])?;
    Ok(true)
}

/// Makes the link that is mailed now: its secret is in the mail, and nowhere else.
pub(super) fn issue(app: &App, account: AccountId, address: &MailAddress, now: Timestamp) -> Result<String> {
    let secret = app.random.text()?;
    let expires_at = now.saturating_add(WORKS_FOR).unwrap_or(Timestamp::MAX).as_millisecond();
    let (hash, address) = (hash_of(&secret), address.to_string());
    let mut tx = app.store.write()?;
    confirmations::insert(&mut tx, &Confirmation { hash, account, address, expires_at })?;
    tx.commit()?;
    Ok(secret)
}

/// The address that a link is for, where it can still be used by the asker.
pub fn address_of(app: &App, context: &Context, secret: &str) -> Result<String> {
    let account = context.in_person()?;
    let mut tx = app.store.read()?;
    let found = confirmations::by_hash(&mut tx, &hash_of(secret), context.now.as_millisecond())?;
    let own = found.filter(|own| own.account == account).map(|own| own.address);
    let current = preferences::of_account(&mut tx, account)?.address;
    own.filter(|own| current.as_ref() == Some(own)).ok_or_else(|| Error::missing("link", "…"))
}

/// The asker confirms the address of a link: from now on mail goes there.
pub fn confirm(app: &App, context: &Context, secret: &str) -> Result<()> {
    let account = context.in_person()?;
    let address = address_of(app, context, secret)?;
    let mut tx = app.store.write()?;
    confirmations::withdraw(&mut tx, account)?;
    if !preferences::confirm(&mut tx, account, &address, context.now.as_millisecond())? {
        return Err(Error::missing("link", "…"));
    }
    audit::record(app, &mut tx, context, "account.mail_confirm", &format!("account/{account}"), &json!({}))?;
    Ok(tx.commit()?)
}
