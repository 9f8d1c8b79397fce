//! What somebody is told and how they wish to be told; channels and what could not be delivered. Notifications belong to a
//! person: they are asked for in a session, never with a token, which may know less than they say.

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::outbox::channels::{self, Channel, Config, State as Switch};
use dacheng_app::outbox::notices::{self, Notice, Standing, Which};
use dacheng_app::outbox::wishes::{self, Current, Wishes};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::notification::{MailMode, QuietHours};
use dacheng_text::{Lang, notification};
use jiff::Timestamp;
use jiff::civil::Time;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

use super::listing::{Cursor, Listing, Paging};
use super::planning::versioned;
use crate::http::{Body, Need, Reply, Routes, Seen, Visitor, Web};
use crate::respond;

/// What this file adds to the description of the API.
#[derive(OpenApi)]
#[openapi(paths(list, read, read_all, preferences, change, channel_list, dead_letters, send_again))]
pub struct Doc;

/// The addresses of this file and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let channel = |right| Need::Right(Action::Integrations, right);
    routes
        .get("/api/v1/notifications", Need::SignedIn, list)
        .post("/api/v1/notifications/read", Need::SignedIn, read_all)
        .post("/api/v1/notifications/{id}/read", Need::SignedIn, read)
        .get("/api/v1/me/notification-preferences", Need::SignedIn, preferences)
        .put("/api/v1/me/notification-preferences", Need::SignedIn, change)
        .get("/api/v1/notification-channels", channel(Right::Read), channel_list)
        .get("/api/v1/dead-letters", channel(Right::Read), dead_letters)
        .post("/api/v1/dead-letters/{id}/send-again", channel(Right::Update), send_again)
}

/// Which are asked for; all where nothing is said.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub struct Asked {
    /// Only those that were not read yet.
    unread: bool,
}

/// Something that somebody was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationItem {
    /// Its number.
    id: i64,
    /// What happened.
    #[schema(example = "close.closed")]
    kind: &'static str,
    /// The same in a sentence, in the language of the caller.
    said: String,
    /// The page that shows it.
    #[schema(example = "/closes/2026-11")]
    path: String,
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Whether it was read.
    read: bool,
}

impl NotificationItem {
    fn of(lang: Lang, own: &Notice) -> Self {
        Self {
            id: own.id,
            kind: own.event.kind(),
            said: notification::said(lang, &own.event),
            path: notification::path(&own.event),
            at: own.at,
            read: own.standing == Standing::Read,
        }
    }
}

/// What the caller was told, the newest first.
#[utoipa::path(get, path = "/api/v1/notifications", tag = "notifications", params(Asked, Paging), responses((status = 200, body = Listing<NotificationItem>), (status = 403)))]
pub async fn list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let which = if asked.unread { Which::Unread } else { Which::All };
        let limit = i64::try_from(paging.limit()).unwrap_or(i64::MAX);
        let part = notices::list(desk.app, &desk.context, which, (paging.number()?, limit))?;
        Ok(respond::json(&Listing {
            items: part.notices.iter().map(|own| NotificationItem::of(desk.lang(), own)).collect(),
            next: part.older.map(|below| Cursor(below.to_string())),
        }))
    })
    .await
}

/// Marks one of them as read.
#[utoipa::path(post, path = "/api/v1/notifications/{id}/read", tag = "notifications", params(("id" = i64, Path, description = "Its number")), responses((status = 200, body = NotificationItem), (status = 403), (status = 404)))]
pub async fn read(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let opened = notices::open(desk.app, &desk.context, id)?;
        Ok(respond::json(&NotificationItem::of(desk.lang(), &opened)))
    })
    .await
}

/// Up to which all are read.
#[derive(Debug, Deserialize, ToSchema)]
pub struct UpTo {
    /// The number of the newest one that was seen: what came since stays unread.
    up_to: i64,
}

/// How many were marked.
#[derive(Debug, Serialize, ToSchema)]
pub struct Marked {
    marked: u64,
}

/// Marks all as read up to one that was seen.
#[utoipa::path(post, path = "/api/v1/notifications/read", tag = "notifications", request_body = UpTo, responses((status = 200, body = Marked), (status = 403)))]
pub async fn read_all(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(UpTo { up_to }): Body<UpTo>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        Ok(respond::json(&Marked { marked: notices::read_all(desk.app, &desk.context, up_to)? }))
    })
    .await
}

/// How somebody wishes to be told outside the application.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preferences {
    /// `off`, `single` or `digest`.
    mode: &'static str,
    /// The mail address; `null` where there is none.
    address: Option<String>,
    /// Whether its owner has confirmed it: no mail goes there before.
    confirmed: bool,
    /// When mails begin to wait.
    #[schema(example = "21:00")]
    quiet_from: String,
    /// When they leave.
    #[schema(example = "08:00")]
    quiet_until: String,
    /// What a change has to have seen; 0 where nothing was chosen yet.
    version: i64,
}

/// Wishes to be kept.
#[derive(Debug, Deserialize, ToSchema)]
pub struct NewPreferences {
    /// `off`, `single` or `digest`.
    #[schema(example = "digest")]
    mode: String,
    /// The mail address; another one than before gets a mail by which it is confirmed.
    #[schema(example = "lin@corp.example")]
    address: Option<String>,
    /// When mails begin to wait.
    #[schema(example = "21:00")]
    quiet_from: String,
    /// When they leave; the same time means that none wait.
    #[schema(example = "08:00")]
    quiet_until: String,
    /// The version seen, where `If-Match` does not say it.
    version: Option<i64>,
}

impl Preferences {
    fn of(current: Current) -> Self {
        let Current { wishes, standing, version } = current;
        let said = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
        Self {
            mode: wishes.mode.code(),
            address: wishes.address.map(|address| address.to_string()),
            confirmed: standing == wishes::Standing::Confirmed,
            quiet_from: said(wishes.quiet.from),
            quiet_until: said(wishes.quiet.until),
            version,
        }
    }
}

impl NewPreferences {
    fn read(&self, lang: Lang) -> Result<Wishes> {
        let say = lang.channels();
        let time = |text: &str| text.parse::<Time>().map_err(|_| Error::refused(say.time_refused()));
        let address = self.address.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let address = address.map(str::parse).transpose();
        Ok(Wishes {
            mode: MailMode::of_code(&self.mode).ok_or_else(|| Error::Usage("mode".to_owned()))?,
            address: address.map_err(|_| Error::refused(say.mail_address_refused()))?,
            quiet: QuietHours { from: time(&self.quiet_from)?, until: time(&self.quiet_until)? },
        })
    }
}

/// How the caller wishes to be told.
#[utoipa::path(get, path = "/api/v1/me/notification-preferences", tag = "notifications", responses((status = 200, body = Preferences), (status = 403)))]
pub async fn preferences(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let current = wishes::current(desk.app, &desk.context)?;
        let version = current.version;
        Ok(versioned(&Preferences::of(current), version))
    })
    .await
}

/// Keeps how the caller wishes to be told. Another address is confirmed by the mail that goes there.
#[utoipa::path(put, path = "/api/v1/me/notification-preferences", tag = "notifications", params(("If-Match" = Option<String>, Header, description = "The version seen")), request_body = NewPreferences, responses((status = 200, body = Preferences), (status = 403), (status = 409), (status = 412), (status = 422)))]
pub async fn change(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    seen: Seen,
    Body(new): Body<NewPreferences>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        wishes::change(desk.app, &desk.context, seen.or(new.version)?, &new.read(desk.lang())?)?;
        let current = wishes::current(desk.app, &desk.context)?;
        let version = current.version;
        Ok(versioned(&Preferences::of(current), version))
    })
    .await
}

/// A channel that leads outside.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChannelItem {
    /// Its number.
    id: i64,
    /// `smtp`, `wecom`, `dingtalk`, `feishu` or `webhook`.
    kind: &'static str,
    /// What people call it.
    name: String,
    /// Whether it is switched on.
    on: bool,
    /// Where it leads; `null` before it was approved.
    host: Option<String>,
    /// Where it is proposed to lead.
    proposed_host: Option<String>,
    /// Who proposed that, by log-in name.
    proposed_by: Option<String>,
    /// Who approved what is in force.
    approved_by: Option<String>,
    /// Counts its changes.
    version: i64,
}

impl ChannelItem {
    fn of(own: Channel) -> Self {
        let host = |config: Option<Config>| config.map(|config| config.host().to_owned());
        Self {
            id: own.id,
            kind: own.kind.code(),
            name: own.name,
            on: own.state == Switch::On,
            host: host(own.effective),
            proposed_host: host(own.proposed),
            proposed_by: own.proposed_by,
            approved_by: own.approved_by,
            version: own.version,
        }
    }
}

/// The channels that lead outside, without their secrets.
#[utoipa::path(get, path = "/api/v1/notification-channels", tag = "notifications", params(Paging), responses((status = 200, body = Listing<ChannelItem>)))]
pub async fn channel_list(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let found = channels::list(desk.app, &desk.context, desk.organisation())?;
        let items = found.into_iter().map(ChannelItem::of).collect();
        Ok(respond::json(&paging.part(items, |own: &ChannelItem| own.id.to_string())?))
    })
    .await
}

/// A message that could not be delivered.
#[derive(Debug, Serialize, ToSchema)]
pub struct DeadLetterItem {
    /// Its number.
    id: i64,
    /// What it was about.
    #[schema(example = "close.closed")]
    kind: &'static str,
    /// The number of its channel.
    channel: i64,
    #[schema(value_type = String, format = DateTime)]
    made_at: Timestamp,
    /// How often it was tried.
    attempts: i64,
    /// Why it was given up, in a sentence.
    reason: Option<String>,
}

/// What could not be delivered, the newest first.
#[utoipa::path(get, path = "/api/v1/dead-letters", tag = "notifications", params(Paging), responses((status = 200, body = Listing<DeadLetterItem>)))]
pub async fn dead_letters(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(paging): Query<Paging>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let limit = paging.limit();
        let asked = (paging.number()?, i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1));
        let mut found = channels::dead_letters(desk.app, &desk.context, desk.organisation(), asked)?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = found.last().filter(|_| more).map(|own| Cursor(own.id.to_string()));
        let lang = desk.lang();
        let items = found.into_iter().map(|own| DeadLetterItem {
            id: own.id,
            kind: own.event.kind(),
            channel: own.channel,
            made_at: own.made_at,
            attempts: own.attempts,
            reason: own.reason.map(|why| notification::reason(lang, &why)),
        });
        Ok(respond::json(&Listing { items: items.collect(), next }))
    })
    .await
}

/// That a message is on its way again.
#[derive(Debug, Serialize, ToSchema)]
pub struct OnItsWay {
    id: i64,
}

/// Sends a message again, with all its attempts.
#[utoipa::path(post, path = "/api/v1/dead-letters/{id}/send-again", tag = "notifications", params(("id" = i64, Path, description = "Its number")), responses((status = 200, body = OnItsWay), (status = 403), (status = 404)))]
pub async fn send_again(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        channels::send_again(desk.app, &desk.context, desk.organisation(), id)?;
        Ok(respond::json(&OnItsWay { id }))
    })
    .await
}
