//! Who comes in, and whether: session or token, language and theme, the route's need.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use dacheng_app::people::access::{of_session, of_token};
use dacheng_app::{Account, Actor, App, Context, Error};
use dacheng_text::Lang;

use super::failure::{Failure, Reader};
use super::routes::Need;
use super::{PlainHttp, Web};
use crate::shell::Theme;

/// What a route's guard works with.
#[derive(Clone)]
pub(super) struct Guarded {
    pub web: Web,
    pub need: Need,
}

/// Somebody who came in, with a session, a token or nothing.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who and when, with which rights.
    pub context: Option<Context>,
    /// The account, where somebody is signed in.
    pub account: Option<Account>,
    /// The language of answers.
    pub lang: Lang,
    /// The colours of pages.
    pub theme: Theme,
    /// What every form carries.
    pub csrf: String,
    /// The session's secret, for signing out.
    pub session: Option<String>,
    /// The cookie of a known device.
    pub device: Option<String>,
    /// The network address.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub browser: String,
    /// Path and query of the request.
    pub here: String,
    /// Whether a person or a program is answered.
    pub(super) reader: Reader,
}

impl Default for Visitor {
    fn default() -> Self {
        Self {
            context: None,
            account: None,
            lang: Lang::default(),
            theme: Theme::System,
            csrf: String::new(),
            session: None,
            device: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            browser: String::new(),
            here: "/".to_owned(),
            reader: Reader::Person,
        }
    }
}

impl Visitor {
    /// The request of somebody, signed in or not.
    pub fn context(&self, app: &App) -> Context {
        self.context.clone().unwrap_or_else(|| app.context(Actor::Visitor, self.lang))
    }
}

/// The names of the cookies. Browsers keep a `__Host-` cookie to this very host and to TLS.
pub struct Cookies {
    /// The session.
    pub session: &'static str,
    /// The known device.
    pub device: &'static str,
    /// The token of forms before signing in.
    pub form: &'static str,
}

impl Web {
    /// The cookies' names here.
    pub fn cookies(&self) -> Cookies {
        match self.site.plain_http {
            PlainHttp::Refused => {
                Cookies { session: "__Host-session", device: "__Host-device", form: "__Host-form" }
            }
            PlainHttp::Allowed => Cookies { session: "session", device: "device", form: "form" },
        }
    }

    /// A cookie for the browser to keep for some seconds, or for as long as it runs.
    pub fn cookie(&self, name: &str, value: &str, seconds: Option<i64>) -> Option<HeaderValue> {
        let secure = match self.site.plain_http {
            PlainHttp::Refused => "; Secure",
            PlainHttp::Allowed => "",
        };
        let age = seconds.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
        HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
    }
}

/// A cookie's value, unquoted.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(own, _)| *own == name).map(|(_, value)| value.trim_matches('"'))
}

/// The middleware of every route.
pub(super) async fn admit(State(guarded): State<Guarded>, request: Request, next: Next) -> Response {
    let Guarded { web, need } = guarded;
    let (parts, body) = request.into_parts();
    let fresh_form = cookie(&parts.headers, web.cookies().form).is_none();
    let visitor = match look(&web, &parts).await {
        Ok(visitor) => visitor,
        Err(failure) => return failure.into_response(),
    };
    if let Err(refusal) = check(&web, &visitor, need, &parts.method, &parts.headers).await {
        return refusal;
    }
    let form = visitor.account.is_none().then(|| visitor.csrf.clone()).filter(|_| fresh_form);
    let mut request = Request::from_parts(parts, body);
    request.extensions_mut().insert(visitor);
    let mut response = next.run(request).await;
    if let Some(value) = form.and_then(|form| web.cookie(web.cookies().form, &form, None)) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

async fn look(web: &Web, request: &Parts) -> Result<Visitor, Failure> {
    let headers = &request.headers;
    let names = web.cookies();
    let text = |name: &str| cookie(headers, name).map(str::to_owned);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let lang = match cookie(headers, "lang").unwrap_or(accepted.split([',', ';']).next().unwrap_or("")) {
        english if english.starts_with("en") => Lang::En,
        _chinese_first => Lang::Zh,
    };
    let is_program = request.uri.path().starts_with("/api/");
    let address = request.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let mut visitor = Visitor {
        lang,
        theme: Theme::of_code(cookie(headers, "theme").unwrap_or("")),
        session: text(names.session),
        device: text(names.device),
        address: address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        browser: headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned(),
        here: request.uri.path_and_query().map_or("/".to_owned(), ToString::to_string),
        reader: if is_program { Reader::Program } else { Reader::Person },
        ..Visitor::default()
    };
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned);
    let session = visitor.session.clone();
    let form = text(names.form);
    let failed = visitor.clone();
    let found = web
        .work(&failed, move |app| {
            let ground = app.memory.ground(&mut app.store.read()?)?;
            if let Some(token) = bearer {
                let caller = of_token(app, &token, &ground.organisation)?.ok_or(Error::NotSignedIn)?;
                return Ok((Some(caller), String::new()));
            }
            let signed =
                session.map(|secret| of_session(app, &secret, &ground.organisation)).transpose()?.flatten();
            match signed {
                Some(signed) => Ok((Some(signed.caller), signed.csrf)),
                None => Ok((None, form.map_or_else(|| app.random.text(), Ok)?)),
            }
        })
        .await?;
    let (caller, csrf) = found;
    visitor.csrf = csrf;
    if let Some(caller) = caller {
        let mut context = caller.context(&web.app);
        if cookie(headers, "lang").is_none() {
            visitor.lang = context.lang;
        }
        context.lang = visitor.lang;
        visitor.context = Some(context);
        visitor.account = Some(caller.account);
    }
    Ok(visitor)
}

/// Whether the visitor may come in here.
async fn check(
    web: &Web,
    visitor: &Visitor,
    need: Need,
    method: &Method,
    headers: &HeaderMap,
) -> Result<(), Response> {
    if method != Method::GET && is_from_elsewhere(headers) {
        let forged = Error::Usage(visitor.lang.failures().forged().to_owned());
        return Err(Failure::of(forged, visitor).into_response());
    }
    let (action, right) = match need {
        Need::SignedIn | Need::Right(..) if visitor.account.is_none() => {
            return Err(to_login(visitor, method));
        }
        Need::Open | Need::SignedIn => return Ok(()),
        Need::Right(action, right) => (action, right),
    };
    let context = visitor.context(&web.app);
    let allowed = web.work(visitor, move |app| {
        let ground = app.memory.ground(&mut app.store.read()?)?;
        context.may_at_all(&ground.organisation, action, right)
    });
    allowed.await.map_err(IntoResponse::into_response)
}

/// A browser that says another site made it ask. Programs with a token say nothing.
fn is_from_elsewhere(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
    site.is_some_and(|site| !matches!(site, "same-origin" | "none"))
}

/// Somebody who must sign in: a page leads there and back, a program is told.
fn to_login(visitor: &Visitor, method: &Method) -> Response {
    if visitor.reader == Reader::Program {
        return Failure::of(Error::NotSignedIn, visitor).into_response();
    }
    let next = if method == Method::GET { visitor.here.as_str() } else { "/" };
    let address = format!("/login?next={}", encoded(next));
    (StatusCode::SEE_OTHER, Redirect::to(&address)).into_response()
}

/// A text as a query value.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
