//! `GET /imports/new`, `POST /imports`: a file comes in. What is wrong with it at first sight is told on the form.

use axum::Extension;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use dacheng_app::facts::source::read_mapping;
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::uploads::{Confirmation, MOST_BYTES, New, mapping_of, mappings, receive as take_in};
use dacheng_app::{Error, Result};
use dacheng_domain::facts::kind::Kind;
use dacheng_text::date;
use serde::Deserialize;

use super::{UploadPage, columns, subject_name};
use crate::components::{Choice, Input, Link, PickerEntry};
use crate::http::files::{MOST_MAPPING, Parts, Sent, Token};
use crate::http::{Desk, Reply, Visitor, Web, said_bytes};
use crate::respond;
use crate::shell::Room;

/// Which kind is chosen.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Asked {
    kind: Option<String>,
}

/// `GET /imports/new?kind=orders`.
pub async fn show(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let subject = chosen(desk, asked.kind.as_deref())?;
        Ok(respond::page(StatusCode::OK, &page(desk, subject, Filled::default())?))
    })
    .await
}

/// The kind that was asked for, where it may be brought in; without one, the first that may.
fn chosen(desk: &Desk<'_>, asked: Option<&str>) -> Result<Subject> {
    if let Some(asked) = asked {
        let subject: Subject = asked.parse().map_err(|_| Error::missing("kind", asked))?;
        return subject.allow(&desk.context, desk.organisation()).map(|()| subject);
    }
    let first = Subject::allowed(&desk.context, desk.organisation()).into_iter().next();
    // Whoever may bring in nothing is told whom to ask.
    first.map_or_else(
        || Subject::Facts(Kind::Orders).allow(&desk.context, desk.organisation()).map(|()| Subject::Calendar),
        Ok,
    )
}

/// What is kept of a form that comes back, and what is wrong with it.
#[derive(Default)]
struct Filled {
    kind: Input,
    file: Input,
    saved_mapping: Input,
    mapping: Input,
}

impl Filled {
    fn is_wrong(&self) -> bool {
        [&self.kind, &self.file, &self.saved_mapping, &self.mapping].iter().any(|input| input.error.is_some())
    }
}

fn page(desk: &Desk<'_>, subject: Subject, filled: Filled) -> Result<UploadPage> {
    let (lang, say) = (desk.lang(), desk.lang().imports());
    let kinds = Subject::allowed(&desk.context, desk.organisation()).into_iter().map(|own| PickerEntry {
        text: subject_name(lang, own).to_owned(),
        href: format!("/imports/new?kind={}", own.name()),
        current: own == subject,
        depth: 0,
    });
    let zone = &desk.app.zone;
    let now = zone.to_datetime(desk.context.now);
    let saved = mappings(desk.app, &desk.context, subject)?.into_iter().map(|(import, file, at)| {
        Choice::new(import.to_string(), format!("{file} · {}", date::moment(lang, zone.to_datetime(at), now)))
    });
    Ok(UploadPage {
        shell: desk.shell(Room::Imports, vec![Link::new(lang.shell().imports(), "/imports")])?,
        kinds: kinds.collect(),
        kind: Input { value: subject.name().to_owned(), ..filled.kind },
        columns: columns::table(lang, subject),
        template: Link::new(
            say.template(subject_name(lang, subject)),
            format!("/imports/templates/{}.xlsx", subject.name()),
        ),
        mappings: std::iter::once(Choice::new("", say.no_mapping())).chain(saved).collect(),
        saved_mapping: filled.saved_mapping,
        file: filled.file,
        mapping: filled.mapping,
        takes_mapping: matches!(subject, Subject::Facts(_)),
        limits: say.limits(said_bytes(MOST_BYTES)),
    })
}

/// `POST /imports`.
pub async fn receive(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    form: std::result::Result<Multipart, MultipartRejection>,
) -> Reply {
    let Ok(form) = form else {
        return Ok(web.refuse(&visitor, Error::Usage(visitor.lang.uploads().form_broken().to_owned())).await);
    };
    let parts = Parts::read(&web, &visitor, Token::Needed, MOST_BYTES, form).await;
    let closes = matches!(parts, Err(Error::Refused(_)));
    let answer = web.answer(&visitor, move |desk| match parts {
        Ok(parts) => decide(desk, parts),
        Err(Error::Refused(sentences)) => {
            // More than is read to its end: what the form held is not known.
            let file = Input::wrong("", sentences.join(" "));
            again(desk, chosen(desk, None)?, Filled { file, ..Filled::default() })
        }
        Err(other) => Err(other),
    });
    let mut answer = answer.await?;
    if closes {
        answer.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
    }
    Ok(answer)
}

fn again(desk: &Desk<'_>, subject: Subject, filled: Filled) -> Result<Response> {
    Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, subject, filled)?))
}

fn decide(desk: &Desk<'_>, mut parts: Parts) -> Result<Response> {
    let say = desk.lang().uploads();
    let Ok(subject) = parts.value("kind").parse::<Subject>() else {
        let kind = Input::wrong("", say.kind_unknown());
        return again(desk, chosen(desk, None)?, Filled { kind, ..Filled::default() });
    };
    subject.allow(&desk.context, desk.organisation())?;
    let mut filled = Filled { saved_mapping: Input::of(parts.value("saved_mapping")), ..Filled::default() };
    let mapping = mapping(desk, subject, &mut parts, &mut filled)?;
    let (name, file) = match parts.take_file() {
        Some((name, Sent::Whole(file))) => (name, Some(file)),
        Some((name, Sent::TooLarge)) => {
            filled.file = Input::wrong("", say.file_too_large(said_bytes(MOST_BYTES)));
            (name, None)
        }
        None => {
            filled.file = Input::wrong("", say.file_missing());
            (String::new(), None)
        }
    };
    let (Some(file), false) = (file, filled.is_wrong()) else {
        return again(desk, subject, filled);
    };
    let name = if name.is_empty() { format!("{}.csv", subject.name()) } else { name };
    let new = New {
        subject,
        name: &name,
        file,
        mapping: mapping.as_deref(),
        confirmation: Confirmation::ByAPerson,
        request: None,
    };
    match take_in(desk.app, &desk.context, &desk.web.site.uploads, new) {
        Ok(begun) => {
            let to = format!("/imports/{}", begun.import());
            Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
        }
        Err(Error::Refused(sentences)) => {
            filled.file = Input::wrong("", sentences.join(" "));
            again(desk, subject, filled)
        }
        Err(other) => Err(other),
    }
}

/// The text of the mapping that was sent, else of the one that was chosen.
fn mapping(
    desk: &Desk<'_>,
    subject: Subject,
    parts: &mut Parts,
    filled: &mut Filled,
) -> Result<Option<String>> {
    let say = desk.lang().uploads();
    match parts.mapping.take() {
        Some(Sent::TooLarge) => {
            filled.mapping = Input::wrong("", say.mapping_too_large(said_bytes(MOST_MAPPING as u64)));
            return Ok(None);
        }
        Some(Sent::Whole(bytes)) => {
            let Ok(text) = String::from_utf8(bytes) else {
                filled.mapping = Input::wrong("", say.mapping_no_text());
                return Ok(None);
            };
            if let Err(wrong) = read_mapping(Some(&text), desk.lang()) {
                filled.mapping = Input::wrong("", wrong.to_string());
            }
            return Ok(Some(text));
        }
        None => {}
    }
    let saved = parts.value("saved_mapping");
    if saved.is_empty() {
        return Ok(None);
    }
    let found = saved
        .parse()
        .map_err(|_| Error::refused(say.no_such_mapping()))
        .and_then(|import| mapping_of(desk.app, &desk.context, subject, import));
    match found {
        Ok(text) => Ok(Some(text)),
        Err(Error::Refused(_) | Error::Missing { .. }) => {
            filled.saved_mapping = Input::wrong("", say.no_such_mapping());
            Ok(None)
        }
        Err(other) => Err(other),
    }
}
