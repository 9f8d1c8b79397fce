//! `GET /settings/notifications`: proposing, approving, trying and switching channels; sending dead letters again.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::outbox::Key;
use dacheng_app::outbox::channels::{
    self, Channel, Config, DeadLetter, MailServer, Proposal, Security, State as Switch,
};
use dacheng_app::{Error, Result};
use dacheng_domain::access::Right;
use dacheng_domain::notification::ChannelKind;
use dacheng_text::{Lang, date, notification};

use super::super::{ChannelRow, ChannelsPage, DeadRow, MailForm, RobotForm};
use super::shell;
use crate::components::{Badge, Choice, Input, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

const HERE: &str = "/settings/notifications";

/// `GET /settings/notifications`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

fn page(desk: &Desk<'_>) -> Result<ChannelsPage> {
    let (found, dead) = channels::list(desk.app, &desk.context, desk.organisation())?;
    let may = |right| channels::may(&desk.context, desk.organisation(), right).is_ok();
    let (changes, approves) = (may(Right::Update), may(Right::Approve));
    let warned = changes && desk.app.outbound.key == Key::None;
    Ok(ChannelsPage {
        shell: shell(desk)?,
        notes: warned.then(|| Note::new(Tone::Warn, desk.lang().channels().no_key())).into_iter().collect(),
        channels: found.iter().map(|own| row(desk, own, (changes, approves))).collect(),
        mail: changes.then(|| mail_form(desk.lang(), &found)),
        robot: changes.then(|| robot_form(desk.lang())),
        dead: dead.iter().map(|own| dead_row(desk, own, (&found, changes))).collect(),
        refused: None,
    })
}

fn row(desk: &Desk<'_>, own: &Channel, (changes, approves): (bool, bool)) -> ChannelRow {
    let say = desk.lang().channels();
    let waits = own.proposed.as_ref().map(|config| {
        let who = own.proposed_by.as_deref().map_or_else(String::new, |by| desk.recorded(by));
        say.change_waits(config.host(), who)
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

fn kind_name(lang: Lang, kind: ChannelKind) -> &'static str {
    let say = lang.channels();
    match kind {
        ChannelKind::Smtp => say.smtp(),
        ChannelKind::Wecom => say.wecom(),
        ChannelKind::Dingtalk => say.dingtalk(),
        ChannelKind::Feishu => say.feishu(),
    }
}

const fn kind_code(kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Smtp => "smtp",
        ChannelKind::Wecom => "wecom",
        ChannelKind::Dingtalk => "dingtalk",
        ChannelKind::Feishu => "feishu",
    }
}

fn securities(lang: Lang) -> Vec<Choice> {
    let say = lang.channels();
    let name = |security| match security {
        Security::Tls => say.tls(),
        Security::Starttls => say.starttls(),
        Security::Plain => say.plain(),
    };
    Security::ALL.into_iter().map(|own| Choice::new(own.code(), name(own))).collect()
}

/// The form with what is set now; the password is never given out.
fn mail_form(lang: Lang, channels: &[Channel]) -> MailForm {
    let blank = MailForm {
        port: Input::of("465"),
        security: Input::of(Security::Tls.code()),
        securities: securities(lang),
        ..MailForm::default()
    };
    let Some(own) = channels.iter().find(|own| own.kind == ChannelKind::Smtp) else { return blank };
    let Some(Config::Mail(server)) = own.proposed.as_ref().or(own.effective.as_ref()) else {
        return MailForm { version: own.version, ..blank };
    };
    MailForm {
        host: Input::of(&server.host),
        port: Input::of(server.port.to_string()),
        security: Input::of(server.security.code()),
        user: Input::of(&server.user),
        from: Input::of(&server.from),
        domains: Input::of(server.domains.join(", ")),
        version: own.version,
        ..blank
    }
}

fn robot_form(lang: Lang) -> RobotForm {
    let robots = ChannelKind::ALL.into_iter().filter(|kind| *kind != ChannelKind::Smtp);
    RobotForm {
        kind: Input::of(kind_code(ChannelKind::Wecom)),
        kinds: robots.map(|kind| Choice::new(kind_code(kind), kind_name(lang, kind))).collect(),
        language: Input::of(lang.tag()),
        languages: Lang::ALL.into_iter().map(|own| Choice::new(own.tag(), own.own_name())).collect(),
        ..RobotForm::default()
    }
}

fn dead_row(desk: &Desk<'_>, own: &DeadLetter, (channels, again): (&[Channel], bool)) -> DeadRow {
    let (lang, zone) = (desk.lang(), &desk.app.zone);
    let channel = channels.iter().find(|channel| channel.id == own.channel);
    DeadRow {
        id: own.id,
        at: date::moment(lang, zone.to_datetime(own.made_at), zone.to_datetime(desk.context.now)),
        channel: channel.map_or_else(String::new, |channel| channel.name.clone()),
        what: notification::said(lang, &own.event),
        reason: own.reason.as_ref().map_or_else(String::new, |why| notification::reason(lang, why)),
        again,
    }
}

/// `POST /settings/notifications/mail`.
pub async fn propose_mail(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let typed = |page: ChannelsPage, refused: String| ChannelsPage {
            mail: page.mail.map(|own| MailForm {
                host: Input::of(form.value("host")),
                port: Input::of(form.value("port")),
                security: Input::of(form.value("security")),
                user: Input::of(form.value("user")),
                from: Input::of(form.value("from")),
                domains: Input::of(form.value("domains")),
                ..own
            }),
            refused: Some(refused),
            ..page
        };
        proposed(desk, mail_proposal(desk, &form), typed)
    })
    .await
}

fn mail_proposal(desk: &Desk<'_>, form: &Posted) -> Result<()> {
    channels::may(&desk.context, desk.organisation(), Right::Create)?;
    let say = desk.lang().channels();
    let (found, _) = channels::list(desk.app, &desk.context, desk.organisation())?;
    let own = found.iter().find(|own| own.kind == ChannelKind::Smtp);
    let port: Option<u16> = form.value("port").parse().ok().filter(|port| *port > 0);
    let domains = form.value("domains").split([',', '，', ' ']).map(str::trim).filter(|own| !own.is_empty());
    let server = MailServer {
        host: form.value("host").to_lowercase(),
        port: port.ok_or_else(|| Error::refused(say.number_refused()))?,
        security: Security::ALL
            .into_iter()
            .find(|own| own.code() == form.value("security"))
            .unwrap_or(Security::Tls),
        user: form.value("user").to_owned(),
        from: form.value("from").to_owned(),
        domains: domains.map(str::to_lowercase).collect(),
    };
    let proposal = Proposal::Mail(server, form.exact("password").to_owned());
    let of = own.map(|own| (own.id, form.number("version").unwrap_or_default()));
    channels::propose(desk.app, &desk.context, desk.organisation(), of, (say.smtp(), &proposal)).map(drop)
}

/// `POST /settings/notifications/robots`.
pub async fn propose_robot(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let typed = |page: ChannelsPage, refused: String| ChannelsPage {
            robot: page.robot.map(|own| RobotForm {
                name: Input::of(form.value("name")),
                kind: Input::of(form.value("kind")),
                language: Input::of(form.value("language")),
                ..own
            }),
            refused: Some(refused),
            ..page
        };
        let kind = ChannelKind::ALL.into_iter().find(|kind| kind_code(*kind) == form.value("kind"));
        let lang = form.value("language").parse().unwrap_or_default();
        let (address, sign) = (form.value("address").to_owned(), form.value("sign").to_owned());
        let proposal = Proposal::Robot(kind.unwrap_or(ChannelKind::Wecom), address, sign, lang);
        let (app, name) = (desk.app, form.value("name"));
        let made = channels::propose(app, &desk.context, desk.organisation(), None, (name, &proposal));
        proposed(desk, made.map(drop), typed)
    })
    .await
}

fn proposed(
    desk: &Desk<'_>,
    made: Result<()>,
    typed: impl FnOnce(ChannelsPage, String) -> ChannelsPage,
) -> Result<Response> {
    match made {
        Ok(()) => Ok(respond::done(HERE, Tone::Ok, desk.lang().channels().proposed())),
        Err(Error::Refused(sentences)) => {
            let page = typed(page(desk)?, sentences.join(" "));
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other),
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
