//! How a person wants to be told outside the application.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use dacheng_app::outbox::confirmation;
use dacheng_app::outbox::wishes::{self, Current, Saved, Standing, Wishes};
use dacheng_app::{Error, Result};
use dacheng_domain::notification::{MailMode, QuietHours};
use jiff::civil::Time;

use super::handler::page;
use super::{ConfirmMailPage, MePage};
use crate::components::{Badge, Choice, Input, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// `POST /me/notifications` with `mode`, `mail`, `quiet_from`, `quiet_until`, `version`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct WishesForm {
    /// Which mails.
    pub mode: Input,
    /// What there is to choose.
    pub modes: Vec<Choice>,
    /// The mail address.
    pub mail: Input,
    /// Whether it was confirmed.
    pub standing: Option<Badge>,
    /// What to do where it was not: `POST /me/notifications/confirm` sends the mail again.
    pub unconfirmed: Option<Note>,
    /// When quiet begins.
    pub quiet_from: Input,
    /// When it ends.
    pub quiet_until: Input,
    /// The version of the wishes.
    pub version: i64,
}

pub(super) fn form(desk: &Desk<'_>) -> Result<WishesForm> {
    let Current { wishes, standing, version } = wishes::current(desk.app, &desk.context)?;
    let say = desk.lang().channels();
    let confirmation = desk.lang().confirmation();
    let mail = wishes.address.map_or_else(String::new, |address| address.to_string());
    let (standing, unconfirmed) = match standing {
        Standing::None => (None, None),
        Standing::Confirmed => (Some(Badge::new(Tone::Ok, confirmation.is_confirmed())), None),
        Standing::Unconfirmed => (
            Some(Badge::new(Tone::Warn, confirmation.is_unconfirmed())),
            Some(Note::new(Tone::Warn, confirmation.unconfirmed_hint(&mail))),
        ),
    };
    let name = |mode| match mode {
        MailMode::Off => say.mode_off(),
        MailMode::Single => say.mode_single(),
        MailMode::Digest => say.mode_digest(),
    };
    Ok(WishesForm {
        mode: Input::of(wishes.mode.code()),
        modes: MailMode::ALL.into_iter().map(|mode| Choice::new(mode.code(), name(mode))).collect(),
        mail: Input::of(mail),
        standing,
        unconfirmed,
        quiet_from: Input::of(said(wishes.quiet.from)),
        quiet_until: Input::of(said(wishes.quiet.until)),
        version,
    })
}

fn said(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// `POST /me/notifications`.
pub async fn change(State(web): State<Web>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let (wishes, typed) = read(desk, &posted)?;
        let refused = match wishes {
            None => None,
            Some(wishes) => match wishes::change(desk.app, &desk.context, typed.version, &wishes) {
                Ok(saved) => {
                    let said = match saved {
                        Saved::Done => desk.lang().channels().wishes_saved(),
                        Saved::ToBeConfirmed => desk.lang().confirmation().sent(),
                    };
                    return Ok(respond::done("/me", Tone::Ok, said));
                }
                Err(Error::Refused(sentences)) => Some(sentences.join(" ")),
                Err(other) => return Err(other),
            },
        };
        let page = MePage { wishes: typed, refused, ..page(desk, None)? };
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    })
    .await
}

/// What was typed, and the wishes it makes where nothing is wrong with it.
fn read(desk: &Desk<'_>, posted: &Posted) -> Result<(Option<Wishes>, WishesForm)> {
    let say = desk.lang().channels();
    let mut form = WishesForm {
        mode: Input::of(posted.value("mode")),
        mail: Input::of(posted.value("mail")),
        quiet_from: Input::of(posted.value("quiet_from")),
        quiet_until: Input::of(posted.value("quiet_until")),
        version: posted.number("version").unwrap_or_default(),
        ..form(desk)?
    };
    let address = match posted.value("mail") {
        "" => Ok(None),
        text => text.parse().map(Some),
    };
    let time = |name: &str| posted.value(name).parse::<Time>().ok();
    let (from, until) = (time("quiet_from"), time("quiet_until"));
    if address.is_err() {
        form.mail.error = Some(say.mail_address_refused().to_owned());
    }
    for (input, time) in [(&mut form.quiet_from, from), (&mut form.quiet_until, until)] {
        input.error = time.is_none().then(|| say.time_refused().to_owned());
    }
    let mode = MailMode::of_code(posted.value("mode")).unwrap_or_default();
    let wishes = address.ok().zip(from.zip(until));
    let wishes =
        wishes.map(|(address, (from, until))| Wishes { mode, address, quiet: QuietHours { from, until } });
    Ok((wishes, form))
}

/// `POST /me/notifications/confirm`: the mail with the link, once more.
pub async fn ask_again(State(web): State<Web>, Extension(visitor): Extension<Visitor>, _: Posted) -> Reply {
    web.answer(&visitor, move |desk| match confirmation::ask_again(desk.app, &desk.context) {
        Ok(()) => Ok(respond::done("/me", Tone::Ok, desk.lang().confirmation().sent())),
        Err(Error::Refused(sentences)) => {
            let page = MePage { refused: Some(sentences.join(" ")), ..page(desk, None)? };
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(other) => Err(other),
    })
    .await
}

/// `GET /me/mail/{secret}`: asks once more, because programs that look through mails follow links too.
pub async fn confirm_page(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(secret): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let address = confirmation::address_of(desk.app, &desk.context, &secret)?;
        let page =
            ConfirmMailPage { shell: desk.shell(Room::Me, Vec::new())?, address, secret: secret.clone() };
        Ok(respond::page(StatusCode::OK, &page))
    })
    .await
}

/// `POST /me/mail/{secret}`: from now on notifications go to the address.
pub async fn confirm(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(secret): Path<String>,
    _: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        confirmation::confirm(desk.app, &desk.context, &secret)?;
        Ok(respond::done("/me", Tone::Ok, desk.lang().confirmation().confirmed()))
    })
    .await
}
