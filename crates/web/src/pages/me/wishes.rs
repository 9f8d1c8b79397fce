//! How a person wants to be told outside the application.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::outbox::wishes::{self, Wishes};
use dacheng_app::{Error, Result};
use dacheng_domain::notification::{MailMode, QuietHours};
use jiff::civil::Time;

use super::MePage;
use super::handler::page;
use crate::components::{Choice, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// `POST /me/notifications` with `mode`, `mail`, `quiet_from`, `quiet_until`, `version`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct WishesForm {
    /// Which mails.
    pub mode: Input,
    /// What there is to choose.
    pub modes: Vec<Choice>,
    /// The mail address.
    pub mail: Input,
    /// When quiet begins.
    pub quiet_from: Input,
    /// When it ends.
    pub quiet_until: Input,
    /// The version of the wishes.
    pub version: i64,
}

pub(super) fn form(desk: &Desk<'_>) -> Result<WishesForm> {
    let (wishes, version) = wishes::current(desk.app, &desk.context)?;
    let say = desk.lang().channels();
    let name = |mode| match mode {
        MailMode::Off => say.mode_off(),
        MailMode::Single => say.mode_single(),
        MailMode::Digest => say.mode_digest(),
    };
    Ok(WishesForm {
        mode: Input::of(wishes.mode.code()),
        modes: MailMode::ALL.into_iter().map(|mode| Choice::new(mode.code(), name(mode))).collect(),
        mail: Input::of(wishes.address.map_or_else(String::new, |address| address.to_string())),
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
                Ok(()) => {
                    return Ok(respond::done("/me", Tone::Ok, desk.lang().channels().wishes_saved()));
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
