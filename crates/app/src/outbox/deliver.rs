//! One pass of the outbox: what is due leaves, no faster than its channel takes it; what fails is tried again later or
//! becomes a dead letter, of which the system administrators are told.

use dacheng_domain::access::AccountId;
use dacheng_domain::notification::{ChannelNews, Event, MailAddress, Reaches, Reason, free, next_attempt};
use dacheng_store::accounts::{self, Account, State};
use dacheng_store::channels::{self, Channel};
use dacheng_store::outbox::{self as kept, End, Message};
use dacheng_store::preferences;
use dacheng_text::letter::{self, Letter, letter};
use dacheng_text::{Lang, notification};
use jiff::{SignedDuration, Timestamp};

use super::announce::{News, announce, moment, sends};
use super::channels::{Config, config_of};
use super::dial::Failed;
use super::mail::{Posted, Server, host_of};
use super::robots::{Card, Secrets};
use super::{confirmation, digest, mail, notices, robots, sealed, webhook};
use crate::{Actor, App, Error, Result, company};

/// A sender that has not ended after so long has died.
const LEASE: SignedDuration = SignedDuration::from_mins(15);
/// Messages of one claim at most: where each of its steps takes all the time it may, they end before the lease does.
const AT_ONCE: i64 = 10;
/// The longest stretch that a limit looks back over.
const LOOK_BACK: i64 = 60_000;
/// Unread messages that a digest names.
const NAMED: i64 = 20;

/// What a pass did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Messages that left.
    pub sent: usize,
    /// Messages that are tried again.
    pub postponed: usize,
    /// Messages that were given up.
    pub dead: usize,
}

/// Delivers what is due at `now`, on any number of nodes at once: each message has one sender.
pub fn deliver_due(app: &App, now: Timestamp) -> Result<Delivered> {
    digest::prepare(app, now)?;
    let mut delivered = Delivered::default();
    let channels = channels::all(&mut app.store.read()?)?;
    let mut busy: Vec<&Channel> = channels.iter().filter(|own| sends(own)).collect();
    // In turns: who answers slowly holds the others up by one part, not by all of it.
    while !busy.is_empty() {
        let mut left = Vec::new();
        for channel in busy {
            if drain(app, channel, now, &mut delivered)? == Side::Answers {
                left.push(channel);
            }
        }
        busy = left;
    }
    Ok(delivered)
}

/// What the other side of a channel is like, after some messages.
#[derive(PartialEq, Eq)]
enum Side {
    /// There may be more to send.
    Answers,
    /// Nothing is due, or nobody answers: until the next pass.
    Silent,
}

/// Sends a part of what is due. From the first message that reaches nobody on, the others of the part wait like that one: a
/// server that is down is asked once a pass, and other channels do not wait for it.
fn drain(app: &App, channel: &Channel, now: Timestamp, delivered: &mut Delivered) -> Result<Side> {
    let claimed = claim(app, channel, now)?;
    if claimed.is_empty() {
        return Ok(Side::Silent);
    }
    let mut silent: Option<Failed> = None;
    for message in &claimed {
        let outcome = if let Some(failed) = &silent {
            Err(failed.clone())
        } else {
            let event = notices::event_of(&message.event)?;
            let made_at = moment(message.made_at);
            let outgoing = Outgoing { account: message.account, id: message.id, event: &event, made_at };
            send(app, channel, &outgoing, now)?
        };
        if let Err(failed @ Failed::ForNow(Reason::Unreachable(_))) = &outcome {
            silent = Some(failed.clone());
        }
        note(app, channel, message, (outcome, now), delivered)?;
    }
    Ok(if silent.is_some() { Side::Silent } else { Side::Answers })
}

/// As many as the channel takes now.
fn claim(app: &App, channel: &Channel, now: Timestamp) -> Result<Vec<Message>> {
    let at = now.as_millisecond();
    let mut tx = app.store.write()?;
    let sent = kept::attempted_since(&mut tx, channel.id, at - LOOK_BACK)?;
    let free = i64::try_from(free(channel.kind.limits(), &sent, at)).unwrap_or(0);
    if free == 0 {
        return Ok(Vec::new());
    }
    let until = at + i64::try_from(LEASE.as_millis()).unwrap_or(i64::MAX);
    let claimed = kept::claim(&mut tx, channel.id, at, until, free.min(AT_ONCE))?;
    tx.commit()?;
    Ok(claimed)
}

/// Records how an attempt ended. The administrators are told once a day of what was given up.
fn note(
    app: &App,
    channel: &Channel,
    message: &Message,
    (outcome, now): (std::result::Result<(), Failed>, Timestamp),
    delivered: &mut Delivered,
) -> Result<()> {
    let at = app.clock.now().max(now);
    let end = end_of(app, message, outcome, at)?;
    let mut tx = app.store.write()?;
    if !kept::end(&mut tx, (message.id, message.attempts), at.as_millisecond(), &end)? {
        // The lease ran out; whoever has the message now tells how it ends.
        return Ok(());
    }
    match end {
        End::Sent => delivered.sent += 1,
        End::Later(..) => delivered.postponed += 1,
        End::Dead(_) => {
            delivered.dead += 1;
            let day = app.zone.to_datetime(now).date().to_string();
            let news = ChannelNews::Failing;
            let event = Event::Channel { news, channel: channel.id, name: channel.name.clone(), at: day };
            let context = app.context(Actor::System, Lang::Zh);
            announce(app, &mut tx, &context, &[News::of(event)])?;
        }
    }
    Ok(tx.commit()?)
}

/// How an attempt ends: failures wait longer each time, and never end within the quiet hours of their reader.
fn end_of(
    app: &App,
    message: &Message,
    outcome: std::result::Result<(), Failed>,
    at: Timestamp,
) -> Result<End> {
    let text =
        |reason: &Reason| serde_json::to_string(reason).map_err(|wrong| Error::Internal(wrong.to_string()));
    Ok(match outcome {
        Ok(()) => End::Sent,
        Err(Failed::ForGood(reason)) => End::Dead(text(&reason)?),
        Err(Failed::ForNow(reason)) => {
            match next_attempt(u32::try_from(message.attempts).unwrap_or(u32::MAX)) {
                None => End::Dead(text(&reason)?),
                Some(wait) => {
                    let mut tx = app.store.read()?;
                    let chosen = message.account.map(|account| preferences::of_account(&mut tx, account));
                    let quiet = chosen.transpose()?.unwrap_or_default().quiet;
                    let due = quiet.end(at.saturating_add(wait).unwrap_or(at), &app.zone);
                    End::Later(due.as_millisecond(), text(&reason)?)
                }
            }
        }
    })
}

/// Tries a channel at once, as it is in force.
pub(super) fn test(
    app: &App,
    channel: &Channel,
    account: AccountId,
    now: Timestamp,
) -> Result<std::result::Result<(), Reason>> {
    let event = Event::Test { at: now.as_millisecond() };
    let account = match channel.kind.reaches() {
        Reaches::People => Some(account),
        Reaches::Group | Reaches::Program => None,
    };
    let test = Outgoing { account, id: now.as_millisecond(), event: &event, made_at: now };
    Ok(send(app, channel, &test, now)?.map_err(Failed::reason))
}

/// A message on its way.
struct Outgoing<'m> {
    account: Option<AccountId>,
    id: i64,
    event: &'m Event,
    made_at: Timestamp,
}

/// Sends a message through what is in force.
fn send(
    app: &App,
    channel: &Channel,
    message: &Outgoing<'_>,
    now: Timestamp,
) -> Result<std::result::Result<(), Failed>> {
    let Some(effective) = &channel.effective else { return Ok(Err(Failed::ForGood(Reason::Off))) };
    let Some(secret) = sealed::unseal(&app.outbound.key, &effective.secret) else {
        return Ok(Err(Failed::ForGood(Reason::Secret)));
    };
    let secrets = || {
        serde_json::from_str::<Secrets>(&secret)
            .map_err(|_| Error::Internal("the secrets of a channel".to_owned()))
    };
    match config_of(effective)? {
        Config::Mail(server) => send_mail(app, (&server, &secret), message, now),
        Config::Robot { language, .. } => {
            let lang = language.parse().unwrap_or_default();
            let card = card(app, lang, message.event)?;
            Ok(robots::send(&app.outbound, (channel.kind, &secrets()?), &card, now.as_millisecond()))
        }
        Config::Webhook { .. } => {
            let told = (message.id, message.event, message.made_at);
            Ok(webhook::send(&app.outbound, &secrets()?, told, now))
        }
    }
}

fn send_mail(
    app: &App,
    (server, password): (&Server, &str),
    message: &Outgoing<'_>,
    now: Timestamp,
) -> Result<std::result::Result<(), Failed>> {
    let Some((reader, address)) = addressee(app, server, message)? else {
        return Ok(Err(Failed::ForGood(Reason::NoAddress)));
    };
    let letter = written(app, &reader, &address, message.event, now)?;
    let id = format!("dacheng-message-{}@{}", message.id, host_of(&app.outbound.site));
    let posted = Posted { to: &address, id: &id, letter: &letter, at: now };
    Ok(mail::send(&app.outbound, server, password, &posted))
}

/// Who gets a mail, and where: whoever may still sign in, at the address they confirmed, or the one they are to confirm. Mail
/// about the company goes to addresses of the company only.
fn addressee(app: &App, server: &Server, message: &Outgoing<'_>) -> Result<Option<(Account, MailAddress)>> {
    let Some(account) = message.account else { return Ok(None) };
    let mut tx = app.store.read()?;
    let reader = accounts::by_id(&mut tx, account)?.filter(|own| own.state == State::Active);
    let kept = preferences::of_account(&mut tx, account)?;
    let address = if let Event::Confirm { address, .. } = message.event {
        Some(address.clone())
    } else {
        kept.address.filter(|_| kept.confirmed_at.is_some())
    };
    let address = address.and_then(|address| address.parse::<MailAddress>().ok());
    Ok(reader.zip(address.filter(|own| server.takes(own))))
}

fn written(
    app: &App,
    reader: &Account,
    address: &MailAddress,
    event: &Event,
    now: Timestamp,
) -> Result<Letter> {
    let lang = reader.language.parse().unwrap_or_default();
    let mut tx = app.store.read()?;
    let (company, _) = company::current(&mut tx)?;
    let is_digest = matches!(event, Event::Digest { .. });
    let further = if is_digest { unread(&mut tx, reader.id)? } else { Vec::new() };
    drop(tx);
    let from = (company.name.as_str(), app.outbound.site.as_str());
    if let Event::Confirm { .. } = event {
        let secret = confirmation::issue(app, reader.id, address, now)?;
        return Ok(letter::confirmation(lang, from, &secret));
    }
    Ok(letter(lang, from, event, &further))
}

fn unread(tx: &mut dacheng_store::Read, account: AccountId) -> Result<Vec<Event>> {
    let newest = kept::unread_of_account(tx, account, i64::MAX, NAMED)?;
    newest.iter().map(|own| notices::event_of(&own.event)).collect()
}

fn card(app: &App, lang: Lang, event: &Event) -> Result<Card> {
    let (company, _) = company::current(&mut app.store.read()?)?;
    Ok(Card {
        title: company.name,
        text: notification::said(lang, event),
        look: lang.letters().open().to_owned(),
        link: format!("{}{}", app.outbound.site, notification::path(event)),
    })
}
