//! What a system administrator proposes: a mail server, a robot, a webhook. Each form is read, proposed, and shown again as it
//! was typed where it is refused; secrets are typed again.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::outbox::channels::{self, Channel, Config, MailServer, Proposal, Security};
use dacheng_app::{Error, Result};
use dacheng_domain::notification::{ChannelKind, Reaches};
use dacheng_text::Lang;

use super::super::{ChannelsPage, HookForm, MailForm, RobotForm};
use super::notifications::{HERE, kind_name, page};
use crate::components::{Choice, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// What a form comes to.
struct Proposed {
    /// The channel it changes, at the version that was seen; none for a new one.
    of: Option<(i64, i64)>,
    name: String,
    proposal: Proposal,
}

/// `POST /settings/notifications/mail`.
pub async fn propose_mail(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| propose(desk, read_mail(desk, &form), |page| mail_typed(page, &form)))
        .await
}

/// `POST /settings/notifications/robots`.
pub async fn propose_robot(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| propose(desk, Ok(read_robot(&form)), |page| robot_typed(page, &form)))
        .await
}

/// `POST /settings/notifications/webhooks`.
pub async fn propose_hook(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| propose(desk, Ok(read_hook(&form)), |page| hook_typed(page, &form)))
        .await
}

fn propose(
    desk: &Desk<'_>,
    read: Result<Proposed>,
    typed: impl FnOnce(ChannelsPage) -> ChannelsPage,
) -> Result<Response> {
    let made = read.and_then(|Proposed { of, name, proposal }| {
        channels::propose(desk.app, &desk.context, desk.organisation(), of, (&name, &proposal))
    });
    match made {
        Ok(_) => Ok(respond::done(HERE, Tone::Ok, desk.lang().channels().proposed())),
        Err(Error::Refused(sentences)) => {
            let page = ChannelsPage { refused: Some(sentences.join(" ")), ..typed(page(desk)?) };
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other),
    }
}

fn read_mail(desk: &Desk<'_>, form: &Posted) -> Result<Proposed> {
    let say = desk.lang().channels();
    let found = channels::list(desk.app, &desk.context, desk.organisation())?;
    let own = found.iter().find(|own| own.kind == ChannelKind::Smtp);
    let port: Option<u16> = form.value("port").parse().ok().filter(|port| *port > 0);
    let domains = form.value("domains").split([',', '，', ' ']).map(str::trim).filter(|own| !own.is_empty());
    let security = Security::ALL.into_iter().find(|own| own.code() == form.value("security"));
    let server = MailServer {
        host: form.value("host").to_lowercase(),
        port: port.ok_or_else(|| Error::refused(say.number_refused()))?,
        security: security.unwrap_or(Security::Tls),
        user: form.value("user").to_owned(),
        from: form.value("from").to_owned(),
        domains: domains.map(str::to_lowercase).collect(),
    };
    Ok(Proposed {
        of: own.map(|own| (own.id, form.number("version").unwrap_or_default())),
        name: say.smtp().to_owned(),
        proposal: Proposal::Mail(server, form.exact("password").to_owned()),
    })
}

fn mail_typed(page: ChannelsPage, form: &Posted) -> ChannelsPage {
    let mail = page.mail.map(|own| MailForm {
        host: Input::of(form.value("host")),
        port: Input::of(form.value("port")),
        security: Input::of(form.value("security")),
        user: Input::of(form.value("user")),
        from: Input::of(form.value("from")),
        domains: Input::of(form.value("domains")),
        ..own
    });
    ChannelsPage { mail, ..page }
}

fn read_robot(form: &Posted) -> Proposed {
    let kind = ChannelKind::ALL.into_iter().find(|kind| kind.code() == form.value("kind"));
    let kind = kind.filter(|kind| kind.reaches() == Reaches::Group).unwrap_or(ChannelKind::Wecom);
    let (address, sign) = (form.value("address").to_owned(), form.value("sign").to_owned());
    let lang = form.value("language").parse().unwrap_or_default();
    let (name, proposal) = (form.value("name").to_owned(), Proposal::Robot(kind, address, sign, lang));
    Proposed { of: None, name, proposal }
}

fn robot_typed(page: ChannelsPage, form: &Posted) -> ChannelsPage {
    let robot = page.robot.map(|own| RobotForm {
        name: Input::of(form.value("name")),
        kind: Input::of(form.value("kind")),
        language: Input::of(form.value("language")),
        ..own
    });
    ChannelsPage { robot, ..page }
}

fn read_hook(form: &Posted) -> Proposed {
    let (address, sign) = (form.value("hook_address").to_owned(), form.value("hook_sign").to_owned());
    Proposed {
        of: None,
        name: form.value("hook_name").to_owned(),
        proposal: Proposal::Webhook(address, sign),
    }
}

fn hook_typed(page: ChannelsPage, form: &Posted) -> ChannelsPage {
    let hook = page.hook.map(|own| HookForm { name: Input::of(form.value("hook_name")), ..own });
    ChannelsPage { hook, ..page }
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
pub(super) fn mail_form(lang: Lang, channels: &[Channel]) -> MailForm {
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

pub(super) fn robot_form(lang: Lang) -> RobotForm {
    let robots = ChannelKind::ALL.into_iter().filter(|kind| kind.reaches() == Reaches::Group);
    RobotForm {
        kind: Input::of(ChannelKind::Wecom.code()),
        kinds: robots.map(|kind| Choice::new(kind.code(), kind_name(lang, kind))).collect(),
        language: Input::of(lang.tag()),
        languages: Lang::ALL.into_iter().map(|own| Choice::new(own.tag(), own.own_name())).collect(),
        ..RobotForm::default()
    }
}
