//! `GET /settings/notifications`: approving, trying and switching channels; sending dead letters again. What is proposed is in
//! `proposals`.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::Result;
use dacheng_app::outbox::Key;
use dacheng_app::outbox::channels::{self, Channel, DeadLetter, State as Switch};
use dacheng_domain::access::Right;
use dacheng_domain::notification::ChannelKind;
use dacheng_text::{Lang, notification};

use super::super::{ChannelRow, ChannelsPage, DeadRow, HookForm};
use super::proposals::{mail_form, robot_form};
use super::shell;
use crate::components::{Badge, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

pub(super) const HERE: &str = "/settings/notifications";
/// Dead letters that are listed.
const DEAD: i64 = 100;

/// `GET /settings/notifications`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

pub(super) fn page(desk: &Desk<'_>) -> Result<ChannelsPage> {
    let found = channels::list(desk.app, &desk.context, desk.organisation())?;
    let dead = channels::dead_letters(desk.app, &desk.context, desk.organisation(), (None, DEAD))?;
    let may = |right| channels::may(&desk.context, desk.organisation(), right).is_ok();
    let (changes, approves) = (may(Right::Update), may(Right::Approve));
    let warned = changes && desk.app.outbound.key == Key::None;
    Ok(ChannelsPage {
        shell: shell(desk)?,
        notes: warned.then(|| Note::new(Tone::Warn, desk.lang().channels().no_key())).into_iter().collect(),
        channels: found.iter().map(|own| row(desk, own, (changes, approves))).collect(),
        mail: changes.then(|| mail_form(desk.lang(), &found)),
        robot: changes.then(|| robot_form(desk.lang())),
        hook: changes.then(HookForm::default),
        dead: dead.iter().map(|own| dead_row(desk, own, (&found, changes))).collect(),
        refused: None,
    })
}

fn row(desk: &Desk<'_>, own: &Channel, (changes, approves): (bool, bool)) -> ChannelRow {
    let say = desk.lang().channels();
    let waits = own.proposed.as_ref().map(|config| {
        let who = own.proposed_by.as_deref().map_or_else(String::new, |by| desk.recorded(by));
        match &own.effective {
            Some(_) => say.change_waits(config.host(), who),
            None => say.new_waits(who),
        }
    });
    let state = match (own.state, &own.effective, &own.proposed) {
        (Switch::Off, ..) => Badge::new(Tone::None, say.off()),
        (Switch::On, Some(_), _) => Badge::new(Tone::Ok, say.sending()),
        (Switch::On, None, Some(_)) => Badge::new(Tone::Warn, say.waiting()),
        (Switch::On, None, None) => Badge::new(Tone::None, say.unapproved()),
    };
    let mut acts = Vec::new();
    if approves && own.proposed.is_some() {
        acts.extend([("approve", say.approve(), true), ("reject", say.reject(), false)]);
    }
    if changes {
        match own.state {
            Switch::On => {
                acts.extend(own.effective.is_some().then_some(("test", say.try_out(), false)));
                acts.push(("off", say.switch_off(), false));
            }
            Switch::Off => acts.push(("on", say.switch_on(), false)),
        }
    }
    let shown = own.effective.as_ref().or(own.proposed.as_ref());
    ChannelRow {
        id: own.id,
        name: own.name.clone(),
        kind: kind_name(desk.lang(), own.kind),
        host: shown.map_or_else(|| "—".to_owned(), |config| config.host().to_owned()),
        state,
        waits,
        acts,
        version: own.version,
    }
}

pub(super) fn kind_name(lang: Lang, kind: ChannelKind) -> &'static str {
    let say = lang.channels();
    match kind {
        ChannelKind::Smtp => say.smtp(),
        ChannelKind::Wecom => say.wecom(),
        ChannelKind::Dingtalk => say.dingtalk(),
        ChannelKind::Feishu => say.feishu(),
        ChannelKind::Webhook => say.webhook(),
    }
}

fn dead_row(desk: &Desk<'_>, own: &DeadLetter, (channels, again): (&[Channel], bool)) -> DeadRow {
    let lang = desk.lang();
    let channel = channels.iter().find(|channel| channel.id == own.channel);
    DeadRow {
        id: own.id,
        at: desk.moment(own.made_at.as_millisecond()),
        channel: channel.map_or_else(String::new, |channel| channel.name.clone()),
        what: notification::said(lang, &own.event),
        reason: own.reason.as_ref().map_or_else(String::new, |why| notification::reason(lang, why)),
        again,
    }
}

/// `POST /settings/notifications/{channel}/approve`.
pub async fn approve(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        channels::approve(desk.app, &desk.context, desk.organisation(), (id, seen(&form)))?;
        Ok(respond::done(HERE, Tone::Ok, desk.lang().channels().approved()))
    })
    .await
}

/// `POST /settings/notifications/{channel}/reject`.
pub async fn reject(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        channels::reject(desk.app, &desk.context, desk.organisation(), (id, seen(&form)))?;
        Ok(respond::done(HERE, Tone::Ok, desk.lang().channels().rejected()))
    })
    .await
}

/// `POST /settings/notifications/{channel}/off`.
pub async fn switch_off(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| switched(desk, (id, seen(&form)), Switch::Off)).await
}

/// `POST /settings/notifications/{channel}/on`.
pub async fn switch_on(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| switched(desk, (id, seen(&form)), Switch::On)).await
}

fn switched(desk: &Desk<'_>, of: (i64, i64), state: Switch) -> Result<Response> {
    channels::switch(desk.app, &desk.context, desk.organisation(), of, state)?;
    Ok(respond::done(HERE, Tone::Ok, desk.lang().channels().switched()))
}

/// `POST /settings/notifications/{channel}/test`.
pub async fn test(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<i64>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().channels();
        Ok(match channels::try_out(desk.app, &desk.context, desk.organisation(), id)? {
            Ok(()) => respond::done(HERE, Tone::Ok, say.tested()),
            Err(why) => {
                let said = say.test_failed(notification::reason(desk.lang(), &why));
                respond::done(HERE, Tone::Bad, &said)
            }
        })
    })
    .await
}

/// `POST /settings/notifications/messages/{message}/again`.
pub async fn again(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(message): Path<i64>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        channels::send_again(desk.app, &desk.context, desk.organisation(), message)?;
        Ok(respond::done(HERE, Tone::Ok, desk.lang().channels().sent_again()))
    })
    .await
}

fn seen(form: &Posted) -> i64 {
    form.number("version").unwrap_or_default()
}
