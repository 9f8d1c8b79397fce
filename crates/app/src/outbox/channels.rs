//! Channels that lead outside. A system administrator proposes one, or a change of it; it sends only what a security
//! administrator, another person, has approved. Secrets come in and are never given out again.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::notification::{ChannelKind, ChannelNews, Event, Reason};
use dacheng_domain::people::Organisation;
use dacheng_store::channels::{self as kept, Configured};
use dacheng_store::{Read, Write, accounts, outbox};
use dacheng_text::Lang;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub use dacheng_store::channels::State;

use super::announce::{News, announce};
use super::mail::Server;
use super::post::host_of;
use super::robots::Secrets;
use super::{notices, sealed, webhook};
use crate::{App, Context, Error, Result, audit};

pub use super::mail::{Security, Server as MailServer};

/// Characters of a channel's name at most.
const LONGEST: usize = 40;

/// What a channel is set to, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Config {
    /// Mail.
    Mail(Server),
    /// A robot.
    Robot {
        /// Where it is reached.
        host: String,
        /// The language it speaks.
        language: String,
    },
    /// Another program.
    Webhook {
        /// Where it is reached.
        host: String,
    },
}

impl Config {
    /// Where it leads.
    pub fn host(&self) -> &str {
        match self {
            Self::Mail(server) => &server.host,
            Self::Robot { host, .. } | Self::Webhook { host } => host,
        }
    }
}

/// A channel as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// Its number.
    pub id: i64,
    /// Mail or whose robot.
    pub kind: ChannelKind,
    /// What people call it.
    pub name: String,
    /// Whether it sends.
    pub state: State,
    /// What is in force.
    pub effective: Option<Config>,
    /// What waits for approval.
    pub proposed: Option<Config>,
    /// Who proposed that, by log-in name.
    pub proposed_by: Option<String>,
    /// Who approved what is in force.
    pub approved_by: Option<String>,
    /// What a change has to name.
    pub version: i64,
}

/// What is proposed.
pub enum Proposal {
    /// A mail server, with the password to sign in.
    Mail(Server, String),
    /// A robot: whose, its address, the secret of its signatures, its language.
    Robot(ChannelKind, String, String, Lang),
    /// Another program: its address, the secret of signatures.
    Webhook(String, String),
}

/// A message that was given up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its number.
    pub id: i64,
    /// What it was about.
    pub event: Event,
    /// Its channel.
    pub channel: i64,
    /// When it was made.
    pub made_at: jiff::Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// Why it was given up.
    pub reason: Option<Reason>,
}

/// Every channel.
pub fn list(app: &App, context: &Context, organisation: &Organisation) -> Result<Vec<Channel>> {
    may(context, organisation, Right::Read)?;
    kept::all(&mut app.store.read()?)?.into_iter().map(channel).collect()
}

/// The dead letters of all channels below a number, newest first.
pub fn dead_letters(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (below, limit): (Option<i64>, i64),
) -> Result<Vec<DeadLetter>> {
    may(context, organisation, Right::Read)?;
    let dead =
        outbox::dead(&mut app.store.read()?, below.unwrap_or(i64::MAX), limit)?.into_iter().map(|own| {
            Ok(DeadLetter {
                id: own.id,
                event: notices::event_of(&own.event)?,
                channel: own.channel.unwrap_or_default(),
                made_at: super::announce::moment(own.made_at),
                attempts: own.attempts,
                reason: own.reason.and_then(|reason| serde_json::from_str(&reason).ok()),
            })
        });
    dead.collect()
}

/// Whether somebody may use a right on channels.
pub fn may(context: &Context, organisation: &Organisation, right: Right) -> Result<()> {
    let company = Object::on(Owner::Company, context.today);
    context.may(organisation, Action::Integrations, right, &company).map(|_| ())
}

/// Proposes a new channel, or another setting of one that was seen at a version. It sends as before until it is
/// approved. Answers its number.
pub fn propose(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    of: Option<(i64, i64)>,
    (name, proposal): (&str, &Proposal),
) -> Result<i64> {
    context.in_person()?;
    may(context, organisation, if of.is_some() { Right::Update } else { Right::Create })?;
    let (kind, config, secret) = checked(app, context, proposal)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST || name.contains(char::is_control) {
        return Err(Error::refused(context.lang.channels().name_refused(LONGEST)));
    }
    let host = config.host().to_owned();
    let text = |wrong: serde_json::Error| Error::Internal(wrong.to_string());
    let config = serde_json::to_string(&config).map_err(text)?;
    let secret = sealed::seal(&app.outbound.key, &app.random, &secret)?;
    let proposed = Some(Configured { config, secret });
    let proposed_by = Some(context.actor.name().to_owned());
    let mut tx = app.store.write()?;
    let (id, version) = match of {
        None => {
            let new = kept::Channel {
                id: 0,
                kind,
                name: name.to_owned(),
                state: State::On,
                effective: None,
                proposed,
                proposed_by,
                approved_by: None,
                version: 0,
            };
            (kept::insert(&mut tx, &new)?, 1)
        }
        Some((id, seen)) => {
            let before = seen_channel(&mut tx, id, seen)?;
            if before.kind != kind {
                return Err(Error::missing("channel", id));
            }
            save(&mut tx, &kept::Channel { name: name.to_owned(), proposed, proposed_by, ..before })?;
            (id, seen + 1)
        }
    };
    record(
        app,
        &mut tx,
        context,
        "channel.propose",
        (id, &json!({ "kind": kind, "name": name, "host": host })),
    )?;
    tell(app, &mut tx, context, ChannelNews::Proposed, (id, name, version))?;
    tx.commit()?;
    Ok(id)
}

/// What a proposal comes to, where it may be made at all: the host is on the server's list.
fn checked(app: &App, context: &Context, proposal: &Proposal) -> Result<(ChannelKind, Config, String)> {
    let say = context.lang.channels();
    let outbound = &app.outbound;
    let (kind, config, secret) = match proposal {
        Proposal::Mail(server, password) => {
            if server.security == Security::Plain && outbound.allowed.pinned(&server.host).is_none() {
                return Err(Error::refused(say.plain_refused()));
            }
            if server.domains.is_empty() || !server.from.contains('@') {
                return Err(Error::refused(say.mail_incomplete()));
            }
            (ChannelKind::Smtp, Config::Mail(server.clone()), password.clone())
        }
        Proposal::Robot(kind, address, sign, lang) => {
            let (host, secrets) = posted_to(app, context, address, sign)?;
            (*kind, Config::Robot { host, language: lang.tag().to_owned() }, secrets)
        }
        Proposal::Webhook(address, sign) => {
            if webhook::key_of(sign.trim()).is_none() {
                return Err(Error::refused(say.hook_sign_refused()));
            }
            let (host, secrets) = posted_to(app, context, address, sign)?;
            (ChannelKind::Webhook, Config::Webhook { host }, secrets)
        }
    };
    outbound.allowed.knows(config.host()).map_err(|_| {
        let reason = Reason::NotAllowed(config.host().to_owned());
        Error::refused(dacheng_text::notification::reason(context.lang, &reason))
    })?;
    Ok((kind, config, secret))
}

/// The host of an address that something is posted to, and the secrets as they are sealed.
fn posted_to(app: &App, context: &Context, address: &str, sign: &str) -> Result<(String, String)> {
    let (address, sign) = (address.trim().to_owned(), sign.trim().to_owned());
    let refused = || Error::refused(context.lang.channels().address_refused());
    let (host, _) = host_of(&app.outbound, &address).ok_or_else(refused)?;
    let secrets = serde_json::to_string(&Secrets { address, sign });
    Ok((host, secrets.map_err(|wrong| Error::Internal(wrong.to_string()))?))
}

/// A security administrator approves what was proposed, having seen a version: from now on it sends so.
pub fn approve(app: &App, context: &Context, organisation: &Organisation, of: (i64, i64)) -> Result<()> {
    decide(app, context, organisation, of, ChannelNews::Approved)
}

/// A security administrator rejects what was proposed: it sends as before.
pub fn reject(app: &App, context: &Context, organisation: &Organisation, of: (i64, i64)) -> Result<()> {
    decide(app, context, organisation, of, ChannelNews::Rejected)
}

fn decide(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (id, seen): (i64, i64),
    news: ChannelNews,
) -> Result<()> {
    context.in_person()?;
    may(context, organisation, Right::Approve)?;
    let mut tx = app.store.write()?;
    let mut channel = seen_channel(&mut tx, id, seen)?;
    let (Some(proposed), Some(by)) = (channel.proposed.take(), channel.proposed_by.take()) else {
        return Err(Error::refused(context.lang.channels().nothing_proposed()));
    };
    if is_same_person(&mut tx, &by, context.actor.name())? {
        return Err(Error::Forbidden(context.lang.channels().own_proposal().to_owned()));
    }
    let act = if news == ChannelNews::Approved {
        channel.effective = Some(proposed);
        channel.approved_by = Some(context.actor.name().to_owned());
        "channel.approve"
    } else {
        "channel.reject"
    };
    save(&mut tx, &channel)?;
    record(app, &mut tx, context, act, (id, &json!({ "name": channel.name, "proposed_by": by })))?;
    tell(app, &mut tx, context, news, (id, &channel.name, seen + 1))?;
    Ok(tx.commit()?)
}

/// Two accounts of one member are one person.
fn is_same_person(tx: &mut Read, one: &str, other: &str) -> Result<bool> {
    let mut member = |login: &str| Result::Ok(accounts::by_login(tx, login)?.and_then(|own| own.member));
    let (first, second) = (member(one)?, member(other)?);
    Ok(one == other || (first.is_some() && first == second))
}

/// A system administrator switches a channel on or off. What waits for one that is switched off is given up.
pub fn switch(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    (id, seen): (i64, i64),
    state: State,
) -> Result<()> {
    context.in_person()?;
    may(context, organisation, Right::Update)?;
    let mut tx = app.store.write()?;
    let channel = seen_channel(&mut tx, id, seen)?;
    save(&mut tx, &kept::Channel { state, ..channel })?;
    if state == State::Off {
        let reason =
            serde_json::to_string(&Reason::Off).map_err(|wrong| Error::Internal(wrong.to_string()))?;
        outbox::give_up(&mut tx, id, &reason)?;
    }
    record(app, &mut tx, context, "channel.switch", (id, &json!({ "state": state })))?;
    Ok(tx.commit()?)
}

/// A system administrator sends a dead letter again.
pub fn send_again(app: &App, context: &Context, organisation: &Organisation, message: i64) -> Result<()> {
    context.in_person()?;
    may(context, organisation, Right::Update)?;
    let mut tx = app.store.write()?;
    if !outbox::again(&mut tx, message, context.now.as_millisecond())? {
        return Err(Error::missing("message", message));
    }
    audit::record(app, &mut tx, context, "channel.send_again", &format!("message/{message}"), &json!({}))?;
    Ok(tx.commit()?)
}

/// A system administrator tries what is in force: a test message leaves at once, a mail to their own address. Answers
/// why it could not be delivered.
pub fn try_out(
    app: &App,
    context: &Context,
    organisation: &Organisation,
    id: i64,
) -> Result<std::result::Result<(), Reason>> {
    let account = context.in_person()?;
    may(context, organisation, Right::Update)?;
    let mut tx = app.store.write()?;
    let channel = kept::by_id(&mut tx, id)?.ok_or_else(|| Error::missing("channel", id))?;
    record(app, &mut tx, context, "channel.test", (id, &json!({})))?;
    tx.commit()?;
    super::deliver::test(app, &channel, account, context.now)
}

pub(super) fn config_of(configured: &Configured) -> Result<Config> {
    serde_json::from_str(&configured.config).map_err(|wrong| Error::Internal(format!("channel: {wrong}")))
}

fn channel(own: kept::Channel) -> Result<Channel> {
    Ok(Channel {
        id: own.id,
        kind: own.kind,
        name: own.name,
        state: own.state,
        effective: own.effective.as_ref().map(config_of).transpose()?,
        proposed: own.proposed.as_ref().map(config_of).transpose()?,
        proposed_by: own.proposed_by,
        approved_by: own.approved_by,
        version: own.version,
    })
}

fn seen_channel(tx: &mut Read, id: i64, seen: i64) -> Result<kept::Channel> {
    let channel = kept::by_id(tx, id)?.ok_or_else(|| Error::missing("channel", id))?;
    if channel.version == seen { Ok(channel) } else { Err(Error::Stale { seen, found: channel.version }) }
}

fn save(tx: &mut Write, channel: &kept::Channel) -> Result<()> {
    if kept::save(tx, channel)? {
        return Ok(());
    }
    Err(Error::Stale { seen: channel.version, found: channel.version + 1 })
}

fn record(
    app: &App,
    tx: &mut Write,
    context: &Context,
    act: &str,
    (id, detail): (i64, &serde_json::Value),
) -> Result<()> {
    audit::record(app, tx, context, act, &format!("channel/{id}"), detail)
}

fn tell(
    app: &App,
    tx: &mut Write,
    context: &Context,
    news: ChannelNews,
    (channel, name, version): (i64, &str, i64),
) -> Result<()> {
    let event = Event::Channel { news, channel, name: name.to_owned(), at: version.to_string() };
    announce(app, tx, context, &[News::of(event)])
}
