//! Who comes in, and whether: session or token, language and theme, the route's need.

use std::net::{IpAddr, Ipv4Addr};

use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use dacheng_app::people::access::{of_session, of_token};
use dacheng_app::{Account, Actor, App, Context, Error};
use dacheng_text::Lang;
use jiff::Timestamp;

use super::body::if_match;
use super::failure::{Failure, Reader};
use super::journal::{Asker, CallerAddress, RequestNumber};
use super::once;
use super::rejection;
use super::routes::Need;
use super::step_up;
use super::{PlainHttp, Web};
use crate::components::Tone;
use crate::respond::FLASH;
use crate::shell::Theme;

/// A choice of language is kept for a year, in seconds.
const YEAR: i64 = 365 * 24 * 60 * 60;

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
    /// When the password of the session was last given; none without a session.
    pub password_at: Option<Timestamp>,
    /// The cookie of a known device.
    pub device: Option<String>,
    /// The network address.
    pub address: IpAddr,
    /// What the browser calls itself.
    pub browser: String,
    /// Path and query of the request.
    pub here: String,
    /// The result of the act that led here, told once.
    pub(super) flash: Option<(Tone, String)>,
    /// The number of the request, which a person can tell the operator.
    pub(super) request: String,
    /// Whether the request holds only for the version it names in `If-Match`.
    pub(super) conditional: bool,
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
            password_at: None,
            device: None,
            address: IpAddr::V4(Ipv4Addr::LOCALHOST),
            browser: String::new(),
            here: "/".to_owned(),
            flash: None,
            request: String::new(),
            conditional: false,
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
    let visitor = match look(&web, &parts).await {
        Ok(visitor) => visitor,
        Err(failure) => return failure.into_response(),
    };
    let cookies = cookies_to_set(&web, &visitor, &parts);
    let request = match check(&web, &visitor, need, &parts.method, &parts.headers).await {
        Ok(()) => step_up::pass(&web, &visitor, need, Request::from_parts(parts, body)).await,
        Err(refusal) => Err(refusal),
    };
    let mut response = match request {
        Ok(mut request) => {
            request.extensions_mut().insert(visitor.clone());
            rejection::told(&web, &visitor, once::run(&web, &visitor, request, next).await).await
        }
        Err(answer) => answer,
    };
    if let Some(Actor::Account { id, .. }) = visitor.context.as_ref().map(|context| &context.actor) {
        response.extensions_mut().insert(Asker(id.0));
    }
    for value in cookies {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
    response
}

/// What the browser is to keep after this request: the token of forms before signing in, the language chosen by a
/// link; the told result of an act is forgotten.
fn cookies_to_set(web: &Web, visitor: &Visitor, request: &Parts) -> Vec<HeaderValue> {
    let fresh_form = cookie(&request.headers, web.cookies().form).is_none();
    let form = (visitor.account.is_none() && fresh_form).then_some(visitor.csrf.as_str());
    let form = form.and_then(|form| web.cookie(web.cookies().form, form, None));
    let lang = chosen_lang(request).and_then(|lang| web.cookie("lang", lang.tag(), Some(YEAR)));
    let told = visitor.flash.as_ref().and_then(|_| web.cookie(FLASH, "", Some(0)));
    [form, lang, told].into_iter().flatten().collect()
}

/// The language that a link of a page for strangers chooses.
fn chosen_lang(request: &Parts) -> Option<Lang> {
    let mut pairs = request.uri.query()?.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| *name == "lang").and_then(|(_, value)| value.parse().ok())
}

/// The result of an act, from the cookie that [`crate::respond::done`] sets.
fn told(headers: &HeaderMap) -> Option<(Tone, String)> {
    let (tone, said) = cookie(headers, FLASH)?.split_once('.')?;
    let tone = [Tone::Ok, Tone::Warn, Tone::Bad, Tone::Info].into_iter().find(|own| own.class() == tone)?;
    Some((tone, decoded(said)))
}

async fn look(web: &Web, request: &Parts) -> Result<Visitor, Failure> {
    let headers = &request.headers;
    let names = web.cookies();
    let text = |name: &str| cookie(headers, name).map(str::to_owned);
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let preferred = cookie(headers, "lang").unwrap_or(accepted.split([',', ';']).next().unwrap_or(""));
    let preferred = if preferred.starts_with("en") { Lang::En } else { Lang::Zh };
    let chosen = chosen_lang(request);
    let lang = chosen.unwrap_or(preferred);
    let path = request.uri.path();
    let is_program = path.starts_with("/api/") && path != crate::pages::api_docs::PATH;
    let address = request.extensions.get::<CallerAddress>().map(|caller| caller.0);
    let number = request.extensions.get::<RequestNumber>().cloned().unwrap_or_default();
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
        flash: told(headers),
        request: number.0,
        conditional: if_match(headers).is_some(),
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
                let context = caller.context(app);
                return Ok((Some((caller.account, context)), String::new(), None));
            }
            let signed =
                session.map(|secret| of_session(app, &secret, &ground.organisation)).transpose()?.flatten();
            match signed {
                Some(signed) => {
                    let context = signed.context(app);
                    Ok((Some((signed.caller.account, context)), signed.csrf, Some(signed.password_at)))
                }
                None => Ok((None, form.map_or_else(|| app.random.text(), Ok)?, None)),
            }
        })
        .await?;
    let (caller, csrf, password_at) = found;
    visitor.csrf = csrf;
    visitor.password_at = password_at;
    if let Some((account, mut context)) = caller {
        if chosen.is_none() && cookie(headers, "lang").is_none() {
            visitor.lang = context.lang;
        }
        context.lang = visitor.lang;
        visitor.context = Some(context);
        visitor.account = Some(account);
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
        return Err(web.refuse(visitor, forged).await);
    }
    if need != Need::Open && visitor.account.is_none() {
        return Err(to_login(visitor, method));
    }
    let rights = need.rights();
    if rights.is_empty() {
        return Ok(());
    }
    let context = visitor.context(&web.app);
    let allowed = web.work(visitor, move |app| {
        let ground = app.memory.ground(&mut app.store.read()?)?;
        context.may_any(&ground.organisation, &rights)
    });
    match allowed.await {
        Ok(()) => Ok(()),
        Err(failure) => Err(web.refuse(visitor, failure.into_error()).await),
    }
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

/// A path of this site, never another's. What browsers leave out of an address, as a tab, makes none.
pub fn own_path(path: &str) -> &str {
    let is_own = path.starts_with('/') && !path.starts_with("//");
    if is_own && !path.contains(|letter: char| letter == '\\' || letter.is_control()) { path } else { "/" }
}

/// A query value as text; what is no escape stays as it is.
pub(crate) fn decoded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escape = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let byte = escape.filter(|_| first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A text as a query value.
pub fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte);
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
