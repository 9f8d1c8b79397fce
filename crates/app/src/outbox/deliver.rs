//! One pass of the outbox: what is due leaves, no faster than its channel takes it; what fails is tried again later or
//! becomes a dead letter, of which the system administrators are told.

use dacheng_domain::access::AccountId;
use dacheng_domain::notification::{
    ChannelKind, ChannelNews, Event, MailAddress, Reason, free, next_attempt,
};
use dacheng_store::channels::{self, Channel, State};
use dacheng_store::outbox::{self as kept, End, Message};
use dacheng_store::{accounts, preferences};
use dacheng_text::letter::letter;
use dacheng_text::{Lang, notification};
use jiff::{SignedDuration, Timestamp};

use super::announce::{News, announce};
use super::channels::{Config, config_of};
use super::dial::Failed;
use super::mail::{Server, host_of};
use super::robots::{Card, Secrets};
use super::{digest, mail, notices, robots, sealed};
use crate::{Actor, App, Error, Result, company};

/// A sender that has not ended after so long has died: longer than the most that one claim can take.
const LEASE: SignedDuration = SignedDuration::from_mins(15);
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
    for channel in channels.iter().filter(|own| own.state == State::On && own.effective.is_some()) {
        loop {
            let claimed = claim(app, channel, now)?;
            if claimed.is_empty() {
                break;
            }
            for message in &claimed {
                deliver(app, channel, message, now, &mut delivered)?;
            }
        }
    }
    Ok(delivered)
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
    let claimed = kept::claim(&mut tx, channel.id, at, until, free)?;
    tx.commit()?;
    Ok(claimed)
}

fn deliver(
    app: &App,
    channel: &Channel,
    message: &Message,
    now: Timestamp,
    delivered: &mut Delivered,
) -> Result<()> {
    let event = notices::event_of(&message.event)?;
    let outcome = send(app, channel, (message.account, message.id, &event), now)?;
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
    let to = match channel.kind {
        ChannelKind::Smtp => Some(account),
        ChannelKind::Wecom | ChannelKind::Dingtalk | ChannelKind::Feishu => None,
    };
    Ok(send(app, channel, (to, now.as_millisecond(), &event), now)?.map_err(Failed::reason))
}

type Letter<'l> = (Option<AccountId>, i64, &'l Event);

/// Sends a message through what is in force.
fn send(
    app: &App,
    channel: &Channel,
    message: Letter<'_>,
    now: Timestamp,
) -> Result<std::result::Result<(), Failed>> {
    let Some(effective) = &channel.effective else { return Ok(Err(Failed::ForGood(Reason::Off))) };
    let Some(secret) = sealed::unseal(&app.outbound.key, &effective.secret) else {
        return Ok(Err(Failed::ForGood(Reason::Secret)));
    };
    match config_of(effective)? {
        Config::Mail(server) => send_mail(app, &server, &secret, message),
        Config::Robot { language, .. } => {
            let secrets: Secrets = serde_json::from_str(&secret)
                .map_err(|_| Error::Internal("the secrets of a robot".to_owned()))?;
            let lang = language.parse().unwrap_or_default();
            let card = card(app, lang, message.2)?;
            Ok(robots::send(&app.outbound, (channel.kind, &secrets), &card, now.as_millisecond()))
        }
    }
}

fn send_mail(
    app: &App,
    server: &Server,
    password: &str,
    (account, id, event): Letter<'_>,
) -> Result<std::result::Result<(), Failed>> {
    let Some(account) = account else { return Ok(Err(Failed::ForGood(Reason::NoAddress))) };
    let mut tx = app.store.read()?;
    let Some(reader) = accounts::by_id(&mut tx, account)? else {
        return Ok(Err(Failed::ForGood(Reason::NoAddress)));
    };
    let address = preferences::of_account(&mut tx, account)?.address;
    let address = address.and_then(|address| address.parse::<MailAddress>().ok());
    // Mail about the company goes to addresses of the company only.
    let is_ours = |address: &MailAddress| server.domains.iter().any(|own| own == address.domain());
    let Some(address) = address.filter(is_ours) else {
        return Ok(Err(Failed::ForGood(Reason::NoAddress)));
    };
    let further = match event {
        Event::Digest { .. } => unread(&mut tx, account)?,
        _ => Vec::new(),
    };
    let (company, _) = company::current(&mut tx)?;
    drop(tx);
    let lang = reader.language.parse().unwrap_or_default();
    let site = app.outbound.site.as_str();
    let letter = letter(lang, (&company.name, site), event, &further);
    let id = format!("dacheng-message-{id}@{}", host_of(site));
    Ok(mail::send(&app.outbound, server, password, (&address, &id, &letter)))
}

fn unread(tx: &mut dacheng_store::Read, account: AccountId) -> Result<Vec<Event>> {
    let newest = kept::of_account(tx, account, i64::MAX, NAMED)?;
    let unread = newest.iter().filter(|own| own.state == kept::State::Sent);
    unread.map(|own| notices::event_of(&own.event)).collect()
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
