//! `GET /audit`, and verifying all of the trail.

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use dacheng_app::trail::{self, Filter, Part, Reach};
use dacheng_app::{Error, Result};
use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_text::{Count, trail as words};
use jiff::civil::Date;
use serde::Deserialize;

use super::{AuditFilter, AuditPage, exports, view};
use crate::components::{Choice, Empty, Export, Input, Link, Note, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::Room;

/// Entries on one page.
const PAGE: i64 = 50;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    who: String,
    kind: String,
    object: String,
    from: String,
    to: String,
    before: Option<i64>,
}

impl Asked {
    /// The filter of a form.
    pub(super) fn of(form: &Posted) -> Self {
        let value = |name| form.value(name).to_owned();
        let (who, kind, object) = (value("who"), value("kind"), value("object"));
        Self { who, kind, object, from: value("from"), to: value("to"), before: None }
    }

    /// What was filled in, without the place in the list.
    fn filled(&self) -> Vec<(&'static str, String)> {
        let fields = [
            ("who", &self.who),
            ("kind", &self.kind),
            ("object", &self.object),
            ("from", &self.from),
            ("to", &self.to),
        ];
        let fields = fields.into_iter().filter(|(_, value)| !value.is_empty());
        fields.map(|(name, value)| (name, value.clone())).collect()
    }

    /// The filter; refused where a day cannot be read.
    pub(super) fn filter(&self, desk: &Desk<'_>) -> Result<Filter> {
        let day = |text: &str| -> Result<Option<Date>> {
            let wrong = |_| Error::Usage(desk.lang().settings().choose_day().to_owned());
            if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
        };
        Ok(Filter {
            who: self.who.clone(),
            kind: self.kind.clone(),
            object: self.object.clone(),
            from: day(&self.from)?,
            to: day(&self.to)?,
        })
    }

    /// The query of the filter, without the place in the list.
    fn query(&self) -> String {
        let fields = self.filled().into_iter();
        fields.map(|(name, value)| format!("{name}={}", encoded(&value))).collect::<Vec<_>>().join("&")
    }
}

/// An address with a query; without the question mark where there is none.
fn address(path: &str, query: &str) -> String {
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// `GET /audit`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let filter = asked.filter(desk)?;
        let read = |filter: &Filter| {
            trail::read(desk.app, &desk.context, desk.organisation(), filter, (asked.before, PAGE))
        };
        match read(&filter) {
            Ok(part) => Ok(respond::page(StatusCode::OK, &page(desk, &asked, &part, None)?)),
            // A name that several people have: the form again, with their log-in names.
            Err(Error::Refused(sentences)) => {
                let part = read(&Filter { who: String::new(), ..filter })?;
                let page = page(desk, &asked, &part, Some(sentences.join(" ")))?;
                Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

fn page(desk: &Desk<'_>, asked: &Asked, part: &Part, wrong: Option<String>) -> Result<AuditPage> {
    let (lang, query) = (desk.lang(), asked.query());
    let say = lang.audit();
    let whole = Object::on(Owner::Company, desk.context.today);
    let may_verify = desk.context.may(desk.organisation(), Action::AuditTrail, Right::Verify, &whole).is_ok();
    let older = |leaf: i64| {
        let place = format!("before={leaf}");
        let parts = [query.clone(), place];
        address("/audit", &parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&"))
    };
    let (hint, filter) = match part.reach {
        Reach::Company => (say.hint(), Some(filter(desk, asked, wrong))),
        Reach::Own => (say.own_hint(), None),
    };
    let mut shell = desk.shell(Room::Audit, Vec::new())?;
    shell.export = (!part.entries.is_empty()).then(|| Export::Form {
        action: "/audit/exports",
        csrf: shell.csrf.clone(),
        fields: asked.filled(),
    });
    Ok(AuditPage {
        shell,
        hint: hint.to_owned(),
        chain: chain(desk, part)?,
        may_verify,
        filter,
        rows: part.entries.iter().map(|entry| view::row(desk, part, entry)).collect(),
        empty: empty(desk, &query),
        shown: say.shown(part.entries.len()),
        newest: asked.before.map(|_| address("/audit", &query)),
        older: part.older.map(older),
        exports: exports::own(desk)?,
    })
}

fn filter(desk: &Desk<'_>, asked: &Asked, wrong: Option<String>) -> AuditFilter {
    let lang = desk.lang();
    let all = Choice::new("", lang.audit().all_kinds());
    let kinds = words::KINDS.into_iter().map(|kind| Choice::new(kind, words::kind(lang, kind)));
    AuditFilter {
        who: Input { value: asked.who.clone(), error: wrong },
        kinds: std::iter::once(all).chain(kinds).collect(),
        kind: Input::of(&asked.kind),
        object: Input::of(&asked.object),
        from: Input::of(&asked.from),
        to: Input::of(&asked.to),
    }
}

fn empty(desk: &Desk<'_>, query: &str) -> Empty {
    let say = desk.lang().audit();
    if query.is_empty() {
        return Empty::done(say.nothing_yet());
    }
    Empty::filtered(say.no_entries(), say.no_entries_text(), Link::new(say.clear(), "/audit"))
}

/// Whether the entries of the page are what was recorded, and when all of them were verified.
fn chain(desk: &Desk<'_>, part: &Part) -> Result<Vec<Note>> {
    let say = desk.lang().audit();
    let mut notes = Vec::new();
    if part.damaged.is_empty() {
        let whole = match part.reach {
            Reach::Own => say.own_whole(part.entries.len()),
            Reach::Company => say.page_whole(part.entries.len(), Count::from(part.all)),
        };
        notes.push(Note::new(Tone::Ok, whole));
    } else {
        let numbers: Vec<String> = part.damaged.iter().map(ToString::to_string).collect();
        let numbers = numbers.join(desk.lang().people().comma());
        notes.push(Note::new(Tone::Bad, say.page_damaged(numbers)));
    }
    match part.reach {
        Reach::Own => {}
        Reach::Company => notes.push(verified(desk, part)?),
    }
    Ok(notes)
}

fn verified(desk: &Desk<'_>, part: &Part) -> Result<Note> {
    let say = desk.lang().audit();
    let Some(last) = trail::last_verified(desk.app)? else {
        return Ok(Note::new(Tone::None, say.never_verified()));
    };
    let at = words::instant(&desk.app.zone, last.entry.at);
    let who = words::who(desk.lang(), &part.names, &last.entry.actor);
    Ok(match last.damaged {
        None => Note::new(Tone::Ok, say.verified(at, who)),
        Some(number) => Note::new(Tone::Bad, say.verified_damaged(at, who, number)),
    })
}

/// `POST /audit/verify`.
pub async fn verify(State(web): State<Web>, Extension(visitor): Extension<Visitor>, _: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let say = desk.lang().audit();
        Ok(match trail::verify(desk.app, &desk.context, desk.organisation())? {
            None => respond::done("/audit", Tone::Ok, say.verify_whole()),
            Some(number) => respond::done("/audit", Tone::Bad, &say.verify_damaged(number)),
        })
    })
    .await
}
