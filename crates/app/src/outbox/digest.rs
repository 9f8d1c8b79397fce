//! The morning mail with what waits, for those who want one instead of single mails.

use dacheng_domain::notification::{Event, digest_due};
use dacheng_store::outbox::{self, New, To};
use dacheng_store::preferences;
use jiff::Timestamp;
use jiff::civil::Date;

use super::announce::mail_channel;
use crate::inbox::{Urgency, inbox};
use crate::people::access::of_account;
use crate::{App, Error, Result, company};

/// Prepares the digests of this morning that nobody has prepared yet. Where nothing waits, none is sent.
pub(super) fn prepare(app: &App, now: Timestamp) -> Result<()> {
    let mut tx = app.store.read()?;
    let (company, _) = company::current(&mut tx)?;
    let Some(morning) = digest_due(app.zone.to_datetime(now), &company.calendar()) else { return Ok(()) };
    let accounts = preferences::undigested(&mut tx, morning)?;
    // Where no mail leaves, mornings are not noted: the first one after it does is told.
    let (false, Some(mail)) = (accounts.is_empty(), mail_channel(&mut tx)?) else { return Ok(()) };
    let ground = app.memory.ground(&mut tx)?;
    drop(tx);
    for account in accounts {
        let event = match of_account(app, account, &ground.organisation)? {
            None => None,
            Some(caller) => {
                let context = caller.context(app);
                let unread = outbox::unread(&mut app.store.read()?, account)?;
                waiting(morning, &inbox(app, &context, &company, &ground)?, unread)
            }
        };
        let mut tx = app.store.write()?;
        if !preferences::digest(&mut tx, account, morning)? {
            continue;
        }
        if let Some(event) = event {
            let quiet = preferences::of_account(&mut tx, account)?.quiet;
            let due_at = quiet.end(now, &app.zone).as_millisecond();
            let text = serde_json::to_string(&event).map_err(|wrong| Error::Internal(wrong.to_string()))?;
            let (key, made_at) = (event.key(), now.as_millisecond());
            let to = To::Mail(account, mail.id);
            outbox::add(&mut tx, &[New { key: &key, event: &text, to, made_at, due_at }])?;
        }
        tx.commit()?;
    }
    Ok(())
}

fn waiting(day: Date, tasks: &[crate::inbox::Task], unread: i64) -> Option<Event> {
    let count = |urgency: &[Urgency]| tasks.iter().filter(|task| urgency.contains(&task.urgency)).count();
    let (overdue, today) = (count(&[Urgency::Overdue]), count(&[Urgency::Today]));
    let later = count(&[Urgency::ThisWeek, Urgency::Later]);
    let unread = usize::try_from(unread).unwrap_or(0);
    (overdue + today + later + unread > 0).then_some(Event::Digest { day, overdue, today, later, unread })
}
