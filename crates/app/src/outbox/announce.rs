//! Writing messages in the transaction of the change they are about: who is told, by which way, when.

use std::collections::BTreeSet;

use dacheng_domain::access::{AccountId, Role};
use dacheng_domain::notification::{Event, MailMode, Part, QuietHours, Reaches, RobotNews};
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_domain::tracking::alert::Level;
use dacheng_store::channels::{self, Channel};
use dacheng_store::outbox::{self, New, To};
use dacheng_store::posts::{self, Post};
use dacheng_store::preferences::{self, Recipient};
use dacheng_store::{Read, Write};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::tracking::OwnerKey;
use crate::{App, Context, Error, Result};

/// An event with the people it names.
#[derive(Debug, Clone)]
pub(crate) struct News {
    /// What happened.
    pub event: Event,
    /// Whom its parts mean.
    pub people: People,
}

/// Whom the parts of an event mean: members by code, the author by log-in name.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    writer: Option<String>,
    leader: Option<String>,
    checker: Option<String>,
    author: Option<String>,
}

impl News {
    /// News that name roles only.
    pub fn of(event: Event) -> Self {
        Self { event, people: People::default() }
    }

    /// News about a plan of an owner, of a level, on a day.
    pub fn about(
        event: Event,
        organisation: &Organisation,
        owner: &OwnerKey,
        (level, on): (Level, Date),
    ) -> Self {
        let code = |member: MemberId| organisation.member(member).map(|member| member.code.to_string());
        let writer = owner.responsible(organisation, on);
        let leader = writer.and_then(|writer| organisation.superiors(writer, on).first().copied());
        let checker = owner.checker(organisation, level, on);
        let people = People {
            writer: writer.and_then(code),
            leader: leader.and_then(code),
            checker: checker.and_then(code),
            author: None,
        };
        Self { event, people }
    }

    /// News for the member it is about.
    pub fn for_member(event: Event, member: &str) -> Self {
        Self { event, people: People { writer: Some(member.to_owned()), ..People::default() } }
    }

    /// News for whoever did it.
    pub fn for_author(event: Event, author: &str) -> Self {
        Self { event, people: People { author: Some(author.to_owned()), ..People::default() } }
    }
}

/// Tells everybody concerned, in the transaction of the change. Nobody is told what they did themselves, unless it
/// is how something ended that they began. Whoever was told of an event is not told of it again.
pub(crate) fn announce(app: &App, tx: &mut Write, context: &Context, news: &[News]) -> Result<()> {
    if news.is_empty() {
        return Ok(());
    }
    let audience = Audience::of(tx, context.today)?;
    let mut messages = Vec::new();
    for own in news {
        let key = own.event.key();
        let event = serde_json::to_string(&own.event).map_err(|wrong| Error::Internal(wrong.to_string()))?;
        for (to, quiet) in audience.told(own, context.actor.name()) {
            messages.push((key.clone(), event.clone(), to, quiet));
        }
    }
    let made_at = context.now.as_millisecond();
    let new: Vec<New<'_>> = messages
        .iter()
        .map(|(key, event, to, quiet)| {
            let due_at = quiet.end(context.now, &app.zone).as_millisecond();
            New { key, event, to: *to, made_at, due_at }
        })
        .collect();
    outbox::add(tx, &new)?;
    Ok(())
}

/// Everybody who may be told, read once for all news of a change.
struct Audience {
    recipients: Vec<Recipient>,
    posts: Vec<Post>,
    mail: Option<i64>,
    robots: Vec<i64>,
    programs: Vec<i64>,
}

impl Audience {
    fn of(tx: &mut Read, today: Date) -> Result<Self> {
        let mut posts = posts::held_since(tx, today)?;
        posts.retain(|post| post.is_held(today));
        let channels: Vec<Channel> = channels::all(tx)?.into_iter().filter(sends).collect();
        let those = |reaches| {
            let found = channels.iter().filter(move |own| own.kind.reaches() == reaches);
            found.map(|own| own.id).collect::<Vec<_>>()
        };
        let (robots, programs) = (those(Reaches::Group), those(Reaches::Program));
        let mail = those(Reaches::People).first().copied();
        Ok(Self { recipients: preferences::recipients(tx)?, posts, mail, robots, programs })
    }

    /// Whom some news go to, and when each of them is left alone.
    fn told(&self, news: &News, actor: &str) -> Vec<(To, QuietHours)> {
        let parts = news.event.told();
        let roles: BTreeSet<Role> = parts.iter().filter_map(|part| role_of(*part)).collect();
        let held = self.posts.iter().filter(|post| roles.contains(&post.role));
        let by_role: BTreeSet<AccountId> = held.map(|post| post.account).collect();
        let mut told = Vec::new();
        for own in &self.recipients {
            let is_author = parts.contains(&Part::Author) && news.people.author.as_ref() == Some(&own.login);
            let is_meant = by_role.contains(&own.account) || news.people.names(parts, own.member.as_deref());
            if is_author || (is_meant && own.login != actor) {
                told.push((To::Person(own.account), QuietHours::NONE));
                told.extend(self.mail_to(own).map(|to| (to, own.preference.quiet)));
            }
        }
        if news.event.robots() == RobotNews::Told {
            told.extend(self.robots.iter().map(|channel| (To::Robot(*channel), QuietHours::default())));
        }
        if news.event.hook().is_some() {
            // Programs do not sleep.
            told.extend(self.programs.iter().map(|channel| (To::Robot(*channel), QuietHours::NONE)));
        }
        told
    }

    fn mail_to(&self, own: &Recipient) -> Option<To> {
        let wants = own.preference.mode == MailMode::Single && own.preference.confirmed_at.is_some();
        self.mail.filter(|_| wants).map(|channel| To::Mail(own.account, channel))
    }
}

impl People {
    /// Whether a member is one of those that some parts mean.
    fn names(&self, parts: &[Part], member: Option<&str>) -> bool {
        let meant = |part: &Part| match part {
            Part::Writer => self.writer.as_deref(),
            Part::Leader => self.leader.as_deref(),
            Part::Checker => self.checker.as_deref(),
            Part::Author | Part::Role(_) => None,
        };
        member.is_some() && parts.iter().any(|part| meant(part) == member)
    }
}

const fn role_of(part: Part) -> Option<Role> {
    match part {
        Part::Role(role) => Some(role),
        Part::Writer | Part::Leader | Part::Checker | Part::Author => None,
    }
}

/// Whether a channel sends: it is on, and something was approved.
pub(super) fn sends(channel: &Channel) -> bool {
    channel.effective.is_some() && channel.state == channels::State::On
}

/// The channel that sends mail.
pub(super) fn mail_channel(tx: &mut Read) -> Result<Option<Channel>> {
    let is_mail = |own: &Channel| sends(own) && own.kind.reaches() == Reaches::People;
    Ok(channels::all(tx)?.into_iter().find(is_mail))
}

/// A moment of the database.
pub(super) fn moment(at: i64) -> Timestamp {
    Timestamp::from_millisecond(at).unwrap_or(Timestamp::MAX)
}
