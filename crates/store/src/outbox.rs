//! Messages: one row an event and recipient, written in the transaction of the change, so that only what was committed
//! is told. Senders claim rows with a lease; the number of the attempt tells a sender whose lease ran out that
//! somebody else has the message now.

use dacheng_domain::access::AccountId;
use serde::{Deserialize, Serialize};

use crate::door::Connection;
use crate::words::{of_word, word};
use crate::{Read, Result, Row, Value, Write, counter};

/// Where a message stands. Within the application it is `sent` until it is `read`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It waits for its time.
    Waiting,
    /// A sender has it.
    Sending,
    /// It was delivered.
    Sent,
    /// It was given up, with a reason.
    Dead,
    /// Its recipient has seen it.
    Read,
}

/// Whom a message goes to, by which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum To {
    /// Somebody, within the application.
    Person(AccountId),
    /// Somebody, by mail through a channel.
    Mail(AccountId, i64),
    /// A group, by its robot.
    Robot(i64),
}

impl To {
    fn columns(self) -> (String, Option<i64>, Option<i64>) {
        match self {
            Self::Person(AccountId(account)) => (format!("account/{account}"), Some(account), None),
            Self::Mail(AccountId(account), channel) => {
                (format!("mail/{account}"), Some(account), Some(channel))
            }
            Self::Robot(channel) => (format!("channel/{channel}"), None, Some(channel)),
        }
    }
}

/// A message to be added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct New<'a> {
    /// The key of its event.
    pub key: &'a str,
    /// The event, as JSON.
    pub event: &'a str,
    /// Whom it goes to.
    pub to: To,
    /// UTC milliseconds.
    pub made_at: i64,
    /// Not before then.
    pub due_at: i64,
}

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: i64,
    /// The event, as JSON.
    pub event: String,
    /// The account it goes to.
    pub account: Option<AccountId>,
    /// The channel it goes through.
    pub channel: Option<i64>,
    /// Where it stands.
    pub state: State,
    /// UTC milliseconds.
    pub made_at: i64,
    /// When it is due, UTC milliseconds.
    pub due_at: i64,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it was not delivered.
    pub reason: Option<String>,
}

const COLUMNS: &str = "id, event, account_id, channel_id, state, made_at, due_at, attempts, reason";

fn message(row: &Row<'_>) -> Result<Message> {
    Ok(Message {
        id: row.int(0)?,
        event: row.text(1)?,
        account: row.maybe_int(2)?.map(AccountId),
        channel: row.maybe_int(3)?,
        state: of_word(row.str(4)?)?,
        made_at: row.int(5)?,
        due_at: row.int(6)?,
        attempts: row.int(7)?,
        reason: row.maybe_text(8)?,
    })
}

/// Rows one insert statement carries.
const ROWS: usize = 50;
/// Values of a row.
const WIDTH: usize = 9;

/// Adds messages, fifty a statement; whoever was told of an event already is not told again. Answers how many are new.
pub fn add(tx: &mut Write, new: &[New<'_>]) -> Result<u64> {
    let mut added = 0;
    for rows in new.chunks(ROWS) {
        let first = counter::reserve(tx, "message", i64::try_from(rows.len()).unwrap_or(i64::MAX))?;
        let columns: Vec<_> = rows.iter().map(|row| row.to.columns()).collect();
        let mut values: Vec<Value<'_>> = Vec::with_capacity(rows.len() * WIDTH);
        for (id, (row, (recipient, account, channel))) in (first..).zip(rows.iter().zip(&columns)) {
            let state = if channel.is_some() { "waiting" } else { "sent" };
            values.extend_from_slice(&[
                id.into(),
                row.key.into(),
                recipient.into(),
                (*account).into(),
                (*channel).into(),
                row.event.into(),
                state.into(),
                row.made_at.into(),
                row.due_at.into(),
            ]);
        }
        added += tx.change(&insert(rows.len()), &values)?;
    }
    Ok(added)
}

fn insert(rows: usize) -> String {
    let row = |row: usize| {
        let places: Vec<String> = (1..=WIDTH).map(|place| format!("${}", row * WIDTH + place)).collect();
        format!("({}, 0)", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!(
        "insert into message (id, event_key, recipient, account_id, channel_id, event, state, made_at, due_at, attempts)
         values {} on conflict (event_key, recipient) do nothing",
        rows.join(", ")
    )
}

/// How many messages somebody has not read.
pub fn unread(tx: &mut Read, account: AccountId) -> Result<i64> {
    let found = tx.first(
        "select count(*) from message where account_id = $1 and channel_id is null and state = 'sent'",
        &[account.into()],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// Somebody's messages within the application below a number, the newest first.
pub fn of_account(tx: &mut Read, account: AccountId, below: i64, limit: i64) -> Result<Vec<Message>> {
    let statement = format!(
        "select {COLUMNS} from message where account_id = $1 and channel_id is null and id < $2
         order by id desc limit $3"
    );
    tx.all(&statement, &[account.into(), below.into(), limit.into()], |row| message(&row))
}

/// Those of them that they have not read.
pub fn unread_of_account(tx: &mut Read, account: AccountId, below: i64, limit: i64) -> Result<Vec<Message>> {
    let statement = format!(
        "select {COLUMNS} from message where account_id = $1 and channel_id is null and state = 'sent' and id < $2
         order by id desc limit $3"
    );
    tx.all(&statement, &[account.into(), below.into(), limit.into()], |row| message(&row))
}

/// How many mails of a kind were written to somebody since a moment, UTC milliseconds.
pub fn mailed_since(tx: &mut Read, account: AccountId, kind: &str, since: i64) -> Result<i64> {
    let found = tx.first(
        "select count(*) from message
         where account_id = $1 and channel_id is not null and made_at >= $2 and event_key like $3",
        &[account.into(), since.into(), (&format!("{kind}/%")).into()],
        |row| row.int(0),
    )?;
    Ok(found.unwrap_or(0))
}

/// One message.
pub fn by_id(tx: &mut Read, id: i64) -> Result<Option<Message>> {
    tx.first(&format!("select {COLUMNS} from message where id = $1"), &[id.into()], |row| message(&row))
}

/// Marks a message of somebody read. Answers `false` where they have no such message unread.
pub fn read(tx: &mut Write, account: AccountId, id: i64) -> Result<bool> {
    let touched = tx.change(
        "update message set state = 'read'
         where id = $2 and account_id = $1 and channel_id is null and state = 'sent'",
        &[account.into(), id.into()],
    )?;
    Ok(touched == 1)
}

/// Marks all messages of somebody up to a number read; says how many there were.
pub fn read_all(tx: &mut Write, account: AccountId, up_to: i64) -> Result<u64> {
    tx.change(
        "update message set state = 'read'
         where account_id = $1 and channel_id is null and state = 'sent' and id <= $2",
        &[account.into(), up_to.into()],
    )
}

/// When messages left through a channel since a moment, UTC milliseconds. Holds the channel until the commit, so that
/// two senders do not count past each other.
pub fn attempted_since(tx: &mut Write, channel: i64, since: i64) -> Result<Vec<i64>> {
    tx.change("update channel set version = version where id = $1", &[channel.into()])?;
    tx.all(
        "select attempted_at from message where channel_id = $1 and attempted_at >= $2 order by attempted_at, id",
        &[channel.into(), since.into()],
        |row| row.int(0),
    )
}

/// Claims messages of a channel that are due, the oldest first, until `until`; nobody else gets them before. On
/// PostgreSQL rows that another sender is claiming are skipped, on SQLite there is one writer at a time.
pub fn claim(tx: &mut Write, channel: i64, now: i64, until: i64, limit: i64) -> Result<Vec<Message>> {
    let skip = match tx.connection() {
        Connection::Sqlite(_) => "",
        Connection::Postgres(_) => "for update skip locked",
    };
    let statement = format!(
        "with due as materialized (
           select id as own from message
           where channel_id = $1 and state in ('waiting', 'sending') and due_at <= $2
             and (leased_until is null or leased_until <= $2)
           order by due_at, id limit $4 {skip})
         update message set state = 'sending', attempts = attempts + 1, attempted_at = $2, leased_until = $3
         where id in (select own from due) returning {COLUMNS}"
    );
    let mut claimed =
        tx.all(&statement, &[channel.into(), now.into(), until.into(), limit.into()], |row| message(&row))?;
    claimed.sort_by_key(|message| (message.due_at, message.id));
    Ok(claimed)
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// It was delivered.
    Sent,
    /// It is tried again then, for this reason.
    Later(i64, String),
    /// It is given up, for this reason.
    Dead(String),
}

/// Records how an attempt ended. Answers `false` where the message has been claimed by somebody else since.
pub fn end(tx: &mut Write, (id, attempt): (i64, i64), at: i64, end: &End) -> Result<bool> {
    let (state, due, reason) = match end {
        End::Sent => (State::Sent, None, None),
        End::Later(due, reason) => (State::Waiting, Some(*due), Some(reason)),
        End::Dead(reason) => (State::Dead, None, Some(reason)),
    };
    let touched = tx.change(
        "update message set state = $3, due_at = coalesce($4, due_at), reason = $5, attempted_at = $6,
           leased_until = null
         where id = $1 and attempts = $2 and state = 'sending'",
        &[id.into(), attempt.into(), (&word(&state)?).into(), due.into(), reason.into(), at.into()],
    )?;
    Ok(touched == 1)
}

/// Gives up everything that waits for a channel, which is switched off; says how many there were.
pub fn give_up(tx: &mut Write, channel: i64, reason: &str) -> Result<u64> {
    tx.change(
        "update message set state = 'dead', reason = $2, leased_until = null
         where channel_id = $1 and state = 'waiting'",
        &[channel.into(), reason.into()],
    )
}

/// The dead letters below a number, the newest first.
pub fn dead(tx: &mut Read, below: i64, limit: i64) -> Result<Vec<Message>> {
    let statement =
        format!("select {COLUMNS} from message where state = 'dead' and id < $1 order by id desc limit $2");
    tx.all(&statement, &[below.into(), limit.into()], |row| message(&row))
}

/// Sends a dead letter again, with all its attempts. Answers `false` where it is none.
pub fn again(tx: &mut Write, id: i64, due_at: i64) -> Result<bool> {
    let touched = tx.change(
        "update message set state = 'waiting', attempts = 0, due_at = $2, leased_until = null
         where id = $1 and state = 'dead'",
        &[id.into(), due_at.into()],
    )?;
    Ok(touched == 1)
}

/// What is forgotten in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Old {
    /// Messages within the application that were read.
    Read,
    /// Messages that left through a channel and arrived.
    Delivered,
    /// Messages that were given up, and nobody sent again.
    Dead,
}

/// Forgets messages that were made before a moment (UTC milliseconds), the oldest first, at most `limit`; answers how many.
pub fn forget(tx: &mut Write, old: Old, before: i64, limit: i64) -> Result<u64> {
    let which = match old {
        Old::Read => "state = 'read'",
        Old::Delivered => "state = 'sent' and channel_id is not null",
        Old::Dead => "state = 'dead'",
    };
    let statement = format!(
        "delete from message where id in (
           select id from message where {which} and made_at < $1 order by made_at, id limit $2)"
    );
    tx.change(&statement, &[before.into(), limit.into()])
}
