//! Acts that ask for the password again: the guard's last question, before any handler runs. The page carries on what was
//! being posted, so that giving the password and acting are one step; what the answer means is in `domain::access::step_up`.

use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Form, RequestExt as _};
use dacheng_app::Error;
use dacheng_app::people::step_up::step_up;
use dacheng_domain::access::{Action, Right};
use dacheng_text::policy;

use super::failure::Reader;
use super::forms::same;
use super::guard::{encoded, own_path};
use super::routes::Need;
use super::{Failure, Visitor, Web, rejection};
use crate::components::Input;
use crate::pages::session::{Carried, StepUpPage};
use crate::respond;
use crate::shell::Room;

/// What the fields of the page begin with; no other form has such.
const OWN: &str = "step-up-";
/// The field of the password.
pub const PASSWORD: &str = "step-up-password";
/// The field of the way back.
pub const BACK: &str = "step-up-back";
/// Where a password is given that carries nothing on.
pub const ALONE: &str = "/me/step-up";
/// Where a program gives it.
pub const FOR_PROGRAMS: &str = "/api/v1/me/step-up";
/// The kind of problem that a program is told.
pub(super) const PROBLEM: &str = "urn:dacheng:problem:step-up-required";

/// Values of a form in their order, repeated names included.
type Fields = Vec<(String, String)>;

/// The request as its handler gets it, or what is answered in its place. Reading asks for nothing.
pub(super) async fn pass(
    web: &Web,
    visitor: &Visitor,
    need: Need,
    request: Request,
) -> Result<Request, Response> {
    let Some(act) = asked(web, visitor, need, request.method()).await? else { return Ok(request) };
    let Some(given) = visitor.password_at else {
        let sentence = visitor.lang.people().not_by_token().to_owned();
        return Err(web.refuse(visitor, Error::Forbidden(sentence)).await);
    };
    let counts = web.site.step_up.counts(given, visitor.context(&web.app).now);
    match visitor.reader {
        Reader::Program if counts => Ok(request),
        Reader::Program => Err(Failure::step_up(visitor).into_response()),
        Reader::Person if is_form(request.headers()) => {
            let sent = Sent::read(web, visitor, request).await?;
            if counts { Ok(sent.into_request()) } else { sent.confirmed(web, visitor, act).await }
        }
        Reader::Person if counts => Ok(request),
        Reader::Person => {
            // What is sent is not read: it may be a file of any size.
            let back = came_from(request.headers());
            let ask = Asking { act: Some(act), address: ALONE.to_owned(), back, carried: Carried::Nothing };
            let mut asking = ask.page(web, visitor, Input::default()).await;
            asking.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
            Err(asking)
        }
    }
}

/// The act that asks for the password, where this request is one and its sender has a right that does.
async fn asked(
    web: &Web,
    visitor: &Visitor,
    need: Need,
    method: &Method,
) -> Result<Option<(Action, Right)>, Response> {
    let rights = need.rights();
    if *method == Method::GET || rights.is_empty() {
        return Ok(None);
    }
    let context = visitor.context(&web.app);
    let asked = web.work(visitor, move |app| {
        let ground = app.memory.ground(&mut app.store.read()?)?;
        Ok(context.step_up_for(&ground.organisation, &rights))
    });
    asked.await.map_err(IntoResponse::into_response)
}

fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"))
}

/// The path of this site that a page was posted from.
fn came_from(headers: &HeaderMap) -> String {
    let named = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let from = named(header::REFERER).and_then(|from| from.split_once("://"));
    let from = from.and_then(|(_, rest)| rest.find('/').map(|at| rest.split_at(at)));
    let own = from.filter(|(host, _)| Some(*host) == named(header::HOST));
    own_path(own.map_or("/", |(_, path)| path)).to_owned()
}

/// The form of an act, read and proven to come from a page of this session.
struct Sent {
    parts: Parts,
    /// What its handler gets.
    fields: Fields,
    password: Option<String>,
    back: String,
}

impl Sent {
    /// Reads a form. Its token is looked at before anything else, so that nobody is asked to confirm what another site made
    /// up.
    async fn read(web: &Web, visitor: &Visitor, request: Request) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let form = Request::from_parts(parts.clone(), body).extract::<Form<Fields>, _>().await;
        let Form(fields) = match form {
            Ok(form) => form,
            Err(wrong) => {
                return Err(rejection::refuse(web, visitor, wrong.status(), &wrong.body_text()).await);
            }
        };
        let value = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        if !same(&value("csrf").unwrap_or_default(), &visitor.csrf) {
            let forged = Error::Usage(visitor.lang.failures().forged().to_owned());
            return Err(web.refuse(visitor, forged).await);
        }
        let back = value(BACK).unwrap_or_else(|| came_from(&parts.headers));
        let (password, back) = (value(PASSWORD), own_path(&back).to_owned());
        let fields = fields.into_iter().filter(|(name, _)| !name.starts_with(OWN)).collect();
        Ok(Self { parts, fields, password, back })
    }

    /// The request where the password is right, else the page that asks, with all the form holds.
    async fn confirmed(
        self,
        web: &Web,
        visitor: &Visitor,
        act: (Action, Right),
    ) -> Result<Request, Response> {
        let named = format!("{} {}", self.parts.method, self.parts.uri.path());
        match wrong_with(web, visitor, self.password.clone(), named).await {
            Ok(None) => Ok(self.into_request()),
            Ok(Some(typed)) => {
                let fields = self.fields.into_iter().filter(|(name, _)| name != "csrf").collect();
                let asking = Asking {
                    act: Some(act),
                    address: visitor.here.clone(),
                    back: self.back,
                    carried: Carried::Fields(fields),
                };
                Err(asking.page(web, visitor, typed).await)
            }
            Err(failure) => Err(web.refuse(visitor, failure.into_error()).await),
        }
    }

    fn into_request(mut self) -> Request {
        let pair = |(name, value): &(String, String)| format!("{}={}", encoded(name), encoded(value));
        let body = self.fields.iter().map(pair).collect::<Vec<_>>().join("&");
        self.parts.headers.insert(header::CONTENT_LENGTH, body.len().into());
        Request::from_parts(self.parts, Body::from(body))
    }
}

/// What is wrong with a password that was given for an act; none where it is right. Without one nothing is wrong yet.
pub(crate) async fn wrong_with(
    web: &Web,
    visitor: &Visitor,
    password: Option<String>,
    act: String,
) -> Result<Option<Input>, Failure> {
    let Some(password) = password else { return Ok(Some(Input::default())) };
    if password.is_empty() {
        return Ok(Some(Input::wrong("", visitor.lang.step_up().missing())));
    }
    let (asked, lasting) = (visitor.clone(), web.site.step_up);
    let given = web.work(visitor, move |app| {
        let session = asked.session.as_deref().unwrap_or_default();
        step_up(app, &asked.context(app), (session, &password), &act, lasting)
    });
    match given.await {
        Ok(_) => Ok(None),
        Err(failure) => match failure.error() {
            Error::Refused(sentences) => Ok(Some(Input::wrong("", sentences.join(" ")))),
            Error::Missing { .. }
            | Error::Forbidden(_)
            | Error::NotSignedIn
            | Error::Stale { .. }
            | Error::Usage(_)
            | Error::TooLarge(_)
            | Error::Store(_)
            | Error::Internal(_) => Err(failure),
        },
    }
}

/// The page that asks.
pub(crate) struct Asking {
    /// What somebody is about to do; none where that is not known any more.
    pub act: Option<(Action, Right)>,
    /// Where the page is sent to.
    pub address: String,
    /// Where they came from.
    pub back: String,
    /// What is sent on.
    pub carried: Carried,
}

impl Asking {
    /// The page, with what is wrong with the password that was typed. 422, as for every form that comes back.
    pub async fn page(self, web: &Web, visitor: &Visitor, password: Input) -> Response {
        let seconds = web.site.step_up.as_seconds();
        let asking = web.answer(visitor, move |desk| {
            let lang = desk.lang();
            let mut shell = desk.shell(Room::Me, Vec::new())?;
            shell.here.clone_from(&self.back);
            let say = lang.step_up();
            let counts = if seconds % 60 == 0 {
                say.counts_minutes(seconds / 60)
            } else {
                say.counts_seconds(seconds)
            };
            let act = self.act.map(|(action, right)| policy::act(lang, action, right));
            let Self { address, back, carried, .. } = self;
            let page = StepUpPage { shell, act, address, back, carried, counts, password };
            Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
        });
        asking.await.into_response()
    }
}
