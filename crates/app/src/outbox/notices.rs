//! Messages within the application: somebody's own, the newest first, unread until they are read.

use dacheng_domain::notification::Event;
use dacheng_store::outbox::{self, Message, State};
use jiff::Timestamp;

use super::announce::moment;
use crate::{App, Context, Error, Result};

/// A message for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub id: i64,
    /// What happened.
    pub event: Event,
    /// When.
    pub at: Timestamp,
    /// Whether they have read it.
    pub standing: Standing,
}

/// Whether a message was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not yet.
    Unread,
    /// It was.
    Read,
}

/// A part of somebody's messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The messages, the newest first.
    pub notices: Vec<Notice>,
    /// The number below which the next part begins; `None` at the end.
    pub older: Option<i64>,
    /// How many they have not read in all.
    pub unread: i64,
}

/// How many messages the asker has not read; none for whoever is no person.
pub fn unread(app: &App, context: &Context) -> Result<i64> {
    match context.access.account() {
        None => Ok(0),
        Some(account) => Ok(outbox::unread(&mut app.store.read()?, account)?),
    }
}

/// Which messages are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// Those that were not read yet.
    Unread,
}

/// The asker's messages below a number, at most `limit`.
pub fn list(app: &App, context: &Context, which: Which, (below, limit): (Option<i64>, i64)) -> Result<Part> {
    let account = context.in_person()?;
    let mut tx = app.store.read()?;
    let found = match which {
        Which::All => outbox::of_account,
        Which::Unread => outbox::unread_of_account,
    };
    let mut found = found(&mut tx, account, below.unwrap_or(i64::MAX), limit + 1)?;
    let more = i64::try_from(found.len()).is_ok_and(|found| found > limit);
    found.truncate(usize::try_from(limit).unwrap_or_default());
    let older = found.last().filter(|_| more).map(|message| message.id);
    let notices = found.iter().map(notice).collect::<Result<_>>()?;
    Ok(Part { notices, older, unread: outbox::unread(&mut tx, account)? })
}

/// One of the asker's messages; it is read from now on.
pub fn open(app: &App, context: &Context, id: i64) -> Result<Notice> {
    let account = context.in_person()?;
    let missing = || Error::missing("notification", id);
    let mut tx = app.store.write()?;
    let found =
        outbox::by_id(&mut tx, id)?.filter(|own| own.account == Some(account) && own.channel.is_none());
    let found = notice(&found.ok_or_else(missing)?)?;
    outbox::read(&mut tx, account, id)?;
    tx.commit()?;
    Ok(Notice { standing: Standing::Read, ..found })
}

/// The asker has read all of their messages up to a number; says how many were new to them.
pub fn read_all(app: &App, context: &Context, up_to: i64) -> Result<u64> {
    let account = context.in_person()?;
    let mut tx = app.store.write()?;
    let read = outbox::read_all(&mut tx, account, up_to)?;
    tx.commit()?;
    Ok(read)
}

fn notice(message: &Message) -> Result<Notice> {
    Ok(Notice {
        id: message.id,
        event: event_of(&message.event)?,
        at: moment(message.made_at),
        standing: match message.state {
            State::Read => Standing::Read,
            State::Waiting | State::Sending | State::Sent | State::Dead => Standing::Unread,
        },
    })
}

/// The event of a message as it is kept.
pub(super) fn event_of(text: &str) -> Result<Event> {
    serde_json::from_str(text).map_err(|wrong| Error::Internal(format!("message: {wrong}")))
}
