//! `GET /letters/template` and its `POST`: what the company writes into every letter.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::allocation::letters::{set_template, template};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::allocation::letter::{Clause, Field as Known, Limit, Signatories, Template};
use dacheng_text::Lang;

use super::edit_form::lines;
use super::{TemplatePage, id};
use crate::components::{Choice, ErrorSummary, Input, Link, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;
use crate::shell::Room;

/// Blank clauses behind those there are.
const MORE: usize = 1;
/// Clauses read from a form at most.
const MOST: usize = 40;

/// `GET /letters/template`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| {
        let (own, version) = template(desk.app, &desk.context, desk.lang())?;
        Ok(respond::page(StatusCode::OK, &page(desk, &own, version)?))
    })
    .await
}

/// `POST /letters/template`.
pub async fn save(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        let (lang, say) = (desk.lang(), desk.lang().responsibility());
        let seen = form.number("version").unwrap_or(0);
        let (own, limit) = read(&form);
        let again = |status, sentence: String, version| -> Result<axum::response::Response> {
            let mut page = page(desk, &own, version)?;
            page.limit = Input::of(form.value("limit"));
            page.wrong = ErrorSummary { errors: vec![(None, sentence)] };
            Ok(respond::page(status, &page))
        };
        if limit.is_err() {
            return again(StatusCode::UNPROCESSABLE_ENTITY, say.amount_bad().to_owned(), seen);
        }
        match set_template(desk.app, &desk.context, &own, seen) {
            Ok(_) => Ok(respond::done("/letters/template", Tone::Ok, say.template_saved())),
            Err(Error::Refused(sentences)) => {
                again(StatusCode::UNPROCESSABLE_ENTITY, sentences.join(" "), seen)
            }
            Err(Error::Stale { found, .. }) => {
                again(StatusCode::CONFLICT, lang.common().conflict_title(say.somebody()), found)
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// The template as it was sent; a limit that is no amount is left out and told.
fn read(form: &Posted) -> (Template, std::result::Result<(), ()>) {
    let clause = |at: usize| {
        let (heading, text) = (form.value(&id("heading", at)), form.value(&id("text", at)));
        let is_there = !heading.is_empty() || !text.is_empty();
        is_there.then(|| Clause { heading: heading.to_owned(), text: text.to_owned() })
    };
    let of_lines = |name: &str| lines(&Input::of(form.value(name)));
    let amount = form.value("limit").replace([',', '，'], "");
    let (mut limits, mut read) = (Vec::new(), Ok(()));
    if !amount.is_empty() {
        match amount.parse::<Fen>() {
            Ok(amount) if amount > Fen::ZERO => limits.push(Limit::OrderAbove(amount)),
            Ok(_) | Err(_) => read = Err(()),
        }
    }
    limits.extend(of_lines("limits").into_iter().map(Limit::Words));
    let template = Template {
        title: form.value("title").to_owned(),
        opening: form.value("opening").to_owned(),
        clauses: (0..MOST).filter_map(clause).collect(),
        rights: of_lines("rights"),
        limits,
        rewards: of_lines("rewards"),
        signatories: match form.value("signatories") {
            "three" => Signatories::Three,
            _ => Signatories::Two,
        },
    };
    (template, read)
}

fn page(desk: &Desk<'_>, own: &Template, version: i64) -> Result<TemplatePage> {
    let (lang, say) = (desk.lang(), desk.lang().responsibility());
    let amount = own.limits.iter().find_map(|limit| match limit {
        Limit::OrderAbove(amount) => Some(amount.to_string()),
        Limit::Words(_) => None,
    });
    let words = own.limits.iter().filter_map(|limit| match limit {
        Limit::OrderAbove(_) => None,
        Limit::Words(words) => Some(words.as_str()),
    });
    let clause = |own: &Clause| (Input::of(&own.heading), Input::of(&own.text));
    let blank = std::iter::repeat_n((Input::default(), Input::default()), MORE);
    let fields = Known::ALL.map(|own| format!("{{{}}}", own.names()[usize::from(lang == Lang::En)]));
    Ok(TemplatePage {
        shell: desk.shell(Room::Letters, vec![Link::new(say.room(), "/letters")])?,
        about: if version == 0 { say.template_shipped().to_owned() } else { say.template_version(version) },
        fields: say.template_hint(fields.join(" ")),
        version: version.to_string(),
        title: Input::of(&own.title),
        opening: Input::of(&own.opening),
        clauses: own.clauses.iter().map(clause).chain(blank).collect(),
        rights: Input::of(own.rights.join("\n")),
        limit: Input::of(amount.unwrap_or_default()),
        limits: Input::of(words.collect::<Vec<_>>().join("\n")),
        rewards: Input::of(own.rewards.join("\n")),
        signatories: Input::of(match own.signatories {
            Signatories::Two => "two",
            Signatories::Three => "three",
        }),
        choices: vec![Choice::new("two", say.sign_two()), Choice::new("three", say.sign_three())],
        wrong: ErrorSummary::default(),
    })
}
