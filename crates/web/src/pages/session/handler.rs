//! Signing in and out, the first set-up, language and colours.

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use dacheng_app::Error;
use dacheng_app::company;
use dacheng_app::people::one_time_links::{Purpose, become_administrator, look, set_password};
use dacheng_app::people::sign_in::{Begun, Browser, KNOWN_FOR_DAYS, sign_in as begin};
use dacheng_app::people::{accounts, sessions};
use serde::Deserialize;

use super::{LoginPage, Newcomer, SetupPage};
use crate::components::Input;
use crate::http::{Failure, Posted, Reply, Visitor, Web, own_path};
use crate::respond;
use crate::shell::Theme;

/// A choice of language and colours is kept for a year, in seconds.
const YEAR: i64 = 365 * 24 * 60 * 60;

/// Where to go after signing in.
#[derive(Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

/// `GET /login`.
pub async fn show(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    Query(next): Query<Next>,
) -> Reply {
    if visitor.account.is_some() {
        return Ok(Redirect::to(own_path(&next.next)).into_response());
    }
    page(&web, &visitor, StatusCode::OK, "", None, own_path(&next.next)).await
}

async fn page(
    web: &Web,
    visitor: &Visitor,
    status: StatusCode,
    account: &str,
    refused: Option<String>,
    next: &str,
) -> Reply {
    let name = company_name(web, visitor).await?;
    let page = LoginPage {
        shell: web.alone(visitor, name, "/login"),
        account: Input::of(account),
        password: Input::of(""),
        refused,
        notice: None,
        next: next.to_owned(),
    };
    Ok(respond::page(status, &page))
}

async fn company_name(web: &Web, visitor: &Visitor) -> Result<String, Failure> {
    web.work(visitor, |app| Ok(company::current(&mut app.store.read()?)?.0.name)).await
}

/// `POST /login`.
pub async fn sign_in(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    form: Posted,
) -> Reply {
    let (login, password) = (form.value("account").to_owned(), form.exact("password").to_owned());
    let next = own_path(form.value("next")).to_owned();
    let asked = visitor.clone();
    let typed = login.clone();
    let begun = web.work(&visitor, move |app| {
        let ground = app.memory.ground(&mut app.store.read()?)?;
        let context = asked.context(app);
        let browser = Browser {
            address: asked.address,
            name: &asked.browser,
            device: asked.device.as_deref(),
            session: asked.session.as_deref(),
        };
        begin(app, &context, &ground.organisation, (&typed, &password), &browser)
    });
    match begun.await {
        Ok(begun) => Ok(with_session(&web, &begun, &next)),
        Err(failure) => {
            let refused = match failure.error() {
                Error::NotSignedIn => visitor.lang.people().wrong_sign_in().to_owned(),
                Error::Refused(sentences) => sentences.join(" "),
                Error::Forbidden(sentence) => sentence.clone(),
                Error::Missing { .. }
                | Error::Stale { .. }
                | Error::TooLarge(_)
                | Error::Usage(_)
                | Error::Store(_)
                | Error::Internal(_) => return Err(failure),
            };
            page(&web, &visitor, StatusCode::UNPROCESSABLE_ENTITY, &login, Some(refused), &next).await
        }
    }
}

fn with_session(web: &Web, begun: &Begun, next: &str) -> Response {
    let response = (StatusCode::SEE_OTHER, [(header::LOCATION, next.to_owned())]).into_response();
    keep_session(web, begun, response)
}

/// The response with the cookies of a session that has begun.
pub(crate) fn keep_session(web: &Web, begun: &Begun, mut response: Response) -> Response {
    let names = web.cookies();
    let device_age = KNOWN_FOR_DAYS * 24 * 60 * 60;
    let cookies = [
        web.cookie(names.session, &begun.session, None),
        web.cookie(names.device, &begun.device, Some(device_age)),
    ];
    for value in cookies.into_iter().flatten() {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// `POST /logout`.
pub async fn sign_out(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    _: Posted,
) -> Reply {
    let asked = visitor.clone();
    web.work(&visitor, move |app| {
        let context = asked.context(app);
        sessions::sign_out(app, &context, asked.session.as_deref().unwrap_or(""))
    })
    .await?;
    let mut response = Redirect::to("/login").into_response();
    if let Some(value) = web.cookie(web.cookies().session, "", Some(0)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}

/// `GET /setup/{secret}`: the first administrator, or somebody who was invited.
pub async fn setup(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    Path(secret): Path<String>,
) -> Reply {
    set_up_page(&web, &visitor, &secret, StatusCode::OK, None).await
}

async fn set_up_page(
    web: &Web,
    visitor: &Visitor,
    secret: &str,
    status: StatusCode,
    refused: Option<String>,
) -> Reply {
    let (asked, own) = (visitor.clone(), secret.to_owned());
    let purpose = web.work(visitor, move |app| look(app, &asked.context(app), &own)).await?;
    let (newcomer, account) = match purpose {
        Purpose::Administrator => {
            let (company, name) = (Input::of(""), Input::of(""));
            (Newcomer::FirstAdministrator { company, name }, String::new())
        }
        Purpose::Password(account) => (Newcomer::Invited { name: account.name }, account.login),
    };
    let name = company_name(web, visitor).await?;
    let page = SetupPage {
        shell: web.alone(visitor, name, &format!("/setup/{secret}")),
        newcomer,
        account: Input::of(account),
        password: Input::of(""),
        repeat: Input::of(""),
        password_rule: visitor.lang.failures().password_rule().to_owned(),
        refused,
    };
    Ok(respond::page(status, &page))
}

/// `POST /setup/{secret}`.
pub async fn set_up(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    Path(secret): Path<String>,
    form: Posted,
) -> Reply {
    let password = form.exact("password").to_owned();
    if password != form.exact("repeat") {
        let differ = visitor.lang.failures().passwords_differ().to_owned();
        return set_up_page(&web, &visitor, &secret, StatusCode::UNPROCESSABLE_ENTITY, Some(differ)).await;
    }
    let (company, name) = (form.value("company").to_owned(), form.value("name").to_owned());
    let login = form.value("account").to_owned();
    let (asked, own) = (visitor.clone(), secret.clone());
    let done = web.work(&visitor, move |app| {
        let context = asked.context(app);
        match look(app, &context, &own)? {
            Purpose::Password(_) => set_password(app, &context, &own, &password)?,
            Purpose::Administrator => {
                let id = become_administrator(app, &context, &own, (&login, &name, &password))?;
                let (before, version) = company::current(&mut app.store.read()?)?;
                if !company.is_empty() {
                    let after = company::Company { name: company, ..before };
                    company::settle(app, &context, &after, version)?;
                }
                id
            }
        };
        Ok(())
    });
    match done.await {
        Ok(()) => Ok(Redirect::to("/login").into_response()),
        Err(failure) => match failure.error() {
            Error::Refused(sentences) => {
                let refused = Some(sentences.join(" "));
                set_up_page(&web, &visitor, &secret, StatusCode::UNPROCESSABLE_ENTITY, refused).await
            }
            Error::Missing { .. }
            | Error::Forbidden(_)
            | Error::NotSignedIn
            | Error::Stale { .. }
            | Error::TooLarge(_)
            | Error::Usage(_)
            | Error::Store(_)
            | Error::Internal(_) => Err(failure),
        },
    }
}

/// `POST /me/display`, `POST /display`: language and colours, kept in cookies, and with the account where there is
/// one.
pub async fn display(
    State(web): State<Web>,
    axum::Extension(visitor): axum::Extension<Visitor>,
    form: Posted,
) -> Reply {
    let lang = form.value("language").parse().unwrap_or(visitor.lang);
    let theme = match form.value("theme") {
        "" => visitor.theme,
        code => Theme::of_code(code),
    };
    if visitor.account.is_some() {
        let asked = visitor.clone();
        web.work(&visitor, move |app| accounts::choose_look(app, &asked.context(app), lang, theme)).await?;
    }
    let mut response = Redirect::to(own_path(form.value("back"))).into_response();
    for value in [web.cookie("lang", lang.tag(), Some(YEAR)), web.cookie("theme", theme.code(), Some(YEAR))]
        .into_iter()
        .flatten()
    {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    Ok(response)
}
