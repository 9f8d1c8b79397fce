//! The site in process: sign in as somebody of the small company, ask, post forms and JSON, upload files.
#![allow(dead_code, reason = "each room uses its part")]

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use dacheng_app::allocation::letters;
use dacheng_app::facts::uploads::Uploads;
use dacheng_app::jobs::{Places, Runner, Stop, run_due};
use dacheng_app::outbox::Outbound;
use dacheng_app::people::access::of_session;
use dacheng_app::people::sign_in::{Browser, sign_in};
use dacheng_app::people::tokens;
use dacheng_app::testing::company::{self, PASSWORD};
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{Actor, App, Clock};
use dacheng_domain::access::step_up::Lasting;
use dacheng_domain::access::{Action, Right};
use dacheng_domain::files::Limits;
use dacheng_sheets::ChildCommand;
use dacheng_text::Lang;
use dacheng_web::http::{FixedDate, PlainHttp, Running, Site as Served, Web, encoded, router};
use jiff::civil::Date;
use serde_json::Value;
use tokio::runtime::Runtime;
use tower::ServiceExt;

/// Tells the folders of uploads apart.
static SITES: AtomicU64 = AtomicU64::new(0);

/// The site over a database of the small company.
pub struct Site {
    pub app: App,
    pub web: Web,
    runtime: Runtime,
    router: Router,
}

/// Somebody who asks: signed in, or not.
pub struct Guest<'s> {
    site: &'s Site,
    session: String,
    csrf: String,
    language: &'static str,
}

/// What the site answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// The media type.
    pub kind: String,
    /// Where it leads.
    pub location: Option<String>,
    /// What a page shows once after it, escaped.
    pub flash: Option<String>,
    pub bytes: Vec<u8>,
    pub text: String,
    pub headers: header::HeaderMap,
}

/// Runs `body` on both engines with the small company.
pub fn on_site(body: impl Fn(&Site)) {
    on_both(|app| {
        company::make(app);
        letters_of_a_team(app);
        body(&Site::of(app));
    });
}

/// Runs `body` on both engines with an empty database.
pub fn on_empty_site(body: impl Fn(&Site)) {
    on_both(|app| body(&Site::of(app)));
}

impl Site {
    fn of(app: &App) -> Self {
        let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
        let number = SITES.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("dacheng-site-{}-{number}", std::process::id()));
        let places = Places::beside(&folder.display().to_string());
        let uploads = Arc::new(Uploads::new(places.uploads.clone(), workbooks.clone()).unwrap());
        let (plain_http, fixed_date) = (PlainHttp::Allowed, FixedDate::Shown);
        let (running, files) = (Running::default(), Limits::default());
        let step_up = Lasting::default();
        let served = Served { plain_http, fixed_date, workbooks, places, uploads, files, step_up, running };
        let web = Web { app: app.clone(), site: Arc::new(served) };
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        Self { app: app.clone(), router: router(&web), web, runtime: runtime.unwrap() }
    }

    /// One pass of whoever runs jobs; answers how many ran.
    pub fn run_jobs(&self) -> usize {
        let places = self.web.site.places.clone();
        let runner = Runner::new(&self.app, places, Stop::default()).unwrap();
        run_due(&self.app, &runner).unwrap()
    }

    /// The same company on another day.
    pub fn on(&self, day: Date) -> Self {
        self.with_clock(Clock::at_noon(day, &self.app.zone).unwrap())
    }

    /// The same company at another time.
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self::of(&App { clock, ..self.app.clone() })
    }

    /// The same company in a program that may reach other hosts.
    pub fn reaching(&self, outbound: Outbound) -> Self {
        Self::of(&App { outbound: Arc::new(outbound), ..self.app.clone() })
    }

    /// Somebody who has not signed in.
    pub fn stranger(&self) -> Guest<'_> {
        Guest { site: self, session: String::new(), csrf: String::new(), language: "zh-CN" }
    }

    /// Signs somebody in by their log-in name.
    #[track_caller]
    pub fn sign_in(&self, login: &str) -> Guest<'_> {
        let address = IpAddr::V4(Ipv4Addr::LOCALHOST);
        let browser = Browser { address, name: "test", device: None, session: None };
        let ground = self.app.memory.ground(&mut self.app.store.read().unwrap()).unwrap();
        let visitor = self.app.context(Actor::Visitor, Lang::Zh);
        let begun = sign_in(&self.app, &visitor, &ground.organisation, (login, PASSWORD), &browser);
        let begun = begun.unwrap_or_else(|error| panic!("{login}: {error}"));
        Guest { site: self, session: begun.session, csrf: begun.csrf, language: "zh-CN" }
    }
}

impl Guest<'_> {
    /// The same person, reading English.
    pub fn in_english(mut self) -> Self {
        self.language = "en";
        self
    }

    /// The same session at another time of the same company.
    pub fn at<'t>(&self, site: &'t Site) -> Guest<'t> {
        let (session, csrf) = (self.session.clone(), self.csrf.clone());
        Guest { site, session, csrf, language: self.language }
    }

    /// This session with the token of another's forms.
    pub fn with_token_of(mut self, other: &Guest<'_>) -> Self {
        self.csrf.clone_from(&other.csrf);
        self
    }

    /// Makes a token of this person with a part of their rights; answers its secret.
    pub fn token(&self, rights: &[(Action, Right)]) -> String {
        let app = &self.site.app;
        let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
        let signed = of_session(app, &self.session, &ground.organisation).unwrap().unwrap();
        let context = signed.caller.context(app);
        let new = tokens::New { name: "test", rights, until: context.today };
        tokens::create(app, &context, &ground.organisation, &new).unwrap().1
    }

    /// The same browser with the token of a form that was shown to somebody who is not signed in.
    pub fn with_form(mut self, page: &Answer) -> Self {
        self.csrf = page.hidden("csrf");
        self
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask(self.request(Method::GET, path).body(Body::empty()).unwrap())
    }

    /// Posts a form; its token is added. Values may repeat.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pair = |(name, value): &(&str, &str)| format!("{}={}", encoded(name), encoded(value));
        let token = ("csrf", self.csrf.as_str());
        let fields = fields.iter().chain([&token]).map(pair);
        let body = fields.collect::<Vec<_>>().join("&");
        let request = self.request(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request.body(Body::from(body)).unwrap())
    }

    /// Posts a form with files: name, file name and content of each; its token is added.
    pub fn upload(&self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let mut body = Vec::new();
        let token = ("csrf", self.csrf.as_str());
        for (name, value) in fields.iter().chain([&token]) {
            let head = format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend([head.as_bytes(), value.as_bytes(), b"\r\n"].concat());
        }
        for (name, file, content) in files {
            let head = format!(
                "--edge\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend([head.as_bytes(), content, b"\r\n"].concat());
        }
        body.extend(b"--edge--\r\n");
        let request = self.request(Method::POST, path);
        let request = request.header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge");
        self.ask(request.body(Body::from(body)).unwrap())
    }

    /// Sends JSON, as a program does.
    pub fn json(&self, method: Method, path: &str, body: &Value, headers: &[(&str, &str)]) -> Answer {
        let mut request = self.request(method, path).header(header::CONTENT_TYPE, "application/json");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request.body(Body::from(body.to_string())).unwrap())
    }

    pub fn request(&self, method: Method, path: &str) -> axum::http::request::Builder {
        let form = if self.csrf.is_empty() { String::new() } else { format!("; form={}", self.csrf) };
        let cookies = format!("session={}; lang={}{form}", self.session, self.language);
        Request::builder().method(method).uri(path).header(header::COOKIE, cookies)
    }

    pub fn ask(&self, request: Request<Body>) -> Answer {
        self.site.runtime.block_on(async {
            let response = self.site.router.clone().oneshot(request).await.unwrap();
            let (parts, body) = response.into_parts();
            let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
            let named = |name: header::HeaderName| {
                parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
            };
            let cookies = parts.headers.get_all(header::SET_COOKIE).into_iter();
            let flash = cookies.filter_map(|value| value.to_str().ok()?.strip_prefix("flash="));
            Answer {
                status: parts.status.as_u16(),
                kind: named(header::CONTENT_TYPE).unwrap_or_default(),
                location: named(header::LOCATION),
                flash: flash.map(|value| value.split(';').next().unwrap_or_default().to_owned()).next(),
                text: String::from_utf8_lossy(&bytes).into_owned(),
                bytes,
                headers: parts.headers.clone(),
            }
        })
    }
}

impl Answer {
    #[track_caller]
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|wrong| panic!("{wrong}: {}", self.text))
    }

    /// The value of a hidden field, as the version of a form.
    #[track_caller]
    pub fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let rest = self.text.split(&start).nth(1).unwrap_or_else(|| panic!("no field {name}: {}", self.text));
        rest.split('"').next().unwrap().to_owned()
    }
}

/// Letters for the team of `s1` and `s2`: that of `s1` waits for their signature, the others are drafts.
fn letters_of_a_team(app: &App) {
    let make = || {
        let context = operator(app);
        letters::generate(app, &context, "2026", "E1", Lang::Zh)?;
        letters::issue(app, &context, "2026", "E1", Some("s1"))
    };
    let issued = make().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(issued.letters, ["ZR-2026-0001"]);
}
