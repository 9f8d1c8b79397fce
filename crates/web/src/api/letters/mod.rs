//! `/api/v1/letters`: responsibility letters for programs. A token reads, makes and issues; signing is for people.

mod body;

use axum::Extension;
use axum::extract::{Path, Query, State as From};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use dacheng_app::allocation::letters::{self, Said, VersionView, board, change, deliver, letter};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::allocation::letter::State;
use dacheng_domain::calendar::Deadline;
use dacheng_text::Lang;
use serde::Deserialize;
use utoipa::{IntoParams, OpenApi};

use self::body::{
    FaultyLetter, Letter, LetterBranch, LetterDelivery, LetterEntry, LetterPromise, LetterSignature,
    LetterStep, LetterTerms, LetterVersion, LettersIssued, LettersMade, VerifiedLetter, word,
};
use super::listing::{Listing, Paging};
use crate::http::{Body, Desk, Need, Reply, Routes, Seen, Visitor, Web};
use crate::pages::letters::document::document;
use crate::respond;

/// Which letters are asked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// The plan's code.
    pub plan: String,
    /// Only letters in this state: `draft`, `issued`, `returned`, `refused`, `signed`, `countersigned`, `in_force`.
    pub state: Option<String>,
    /// How many entries, 1 to 1000; 100 where absent.
    pub limit: Option<usize>,
    /// `next` of the answer before.
    #[param(value_type = Option<String>)]
    pub cursor: Option<super::listing::Cursor>,
}

/// What is checked.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Code {
    /// The check code as printed, or the digest.
    pub code: String,
}

/// Which version.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Which {
    /// The version; the newest where absent.
    pub version: Option<i64>,
}

/// This room in the description of the API.
#[derive(OpenApi)]
#[openapi(paths(
    list,
    generate,
    issue,
    one,
    terms,
    issue_one,
    sign,
    countersign,
    send_back,
    refuse,
    deliver_one,
    verify,
    pdf
))]
pub struct Doc;

/// The addresses of this room and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::Letters, Right::Read);
    let make = Need::Right(Action::Letters, Right::Issue);
    let own = Need::Right(Action::Letters, Right::Sign);
    let above = Need::Right(Action::Letters, Right::Countersign);
    routes
        .get("/api/v1/letters", read, list)
        .post("/api/v1/letters:generate", make, generate)
        .post("/api/v1/letters:issue", make, issue)
        .get("/api/v1/letters/{number}", read, one)
        .put("/api/v1/letters/{number}/terms", make, terms)
        .post("/api/v1/letters/{number}/issue", make, issue_one)
        .post("/api/v1/letters/{number}/sign", own, sign)
        .post("/api/v1/letters/{number}/countersign", above, countersign)
        .post("/api/v1/letters/{number}/return", read, send_back)
        .post("/api/v1/letters/{number}/refuse", own, refuse)
        .post("/api/v1/letters/{number}/promises/{promise}/deliveries", Need::SignedIn, deliver_one)
        .get("/api/v1/letters/{number}/verification", Need::SignedIn, verify)
        .get("/api/v1/letters/{number}/pdf", read, pdf)
}

/// A letter with its revision as the `ETag`.
fn shown(desk: &Desk<'_>, number: &str, version: Option<i64>) -> Result<Response> {
    let view = letter(desk.app, &desk.context, number, version)?;
    let VersionView { head, content, signatures, .. } = view.shown;
    let body = Letter {
        number: view.number,
        version: head.version,
        state: word(&head.state),
        digest: head.digest,
        revision: head.revision,
        content: serde_json::to_value(&content).map_err(|wrong| Error::Internal(wrong.to_string()))?,
        reason: head.reason,
        due: head.due.and_then(Deadline::date),
        signatures: signatures.into_iter().map(LetterSignature::of).collect(),
        versions: view.versions.into_iter().map(LetterVersion::of).collect(),
        promises: view.promises.into_iter().map(LetterPromise::of).collect(),
    };
    Ok(super::planning::versioned(&body, head.revision))
}

/// The letters of a plan in the caller's scope.
#[utoipa::path(get, path = "/api/v1/letters", tag = "letters", params(Asked), responses((status = 200, body = Listing<LetterEntry>), (status = 404)))]
pub async fn list(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let Asked { plan, state, limit, cursor } = asked;
        let lines = board(desk.app, &desk.context, &plan)?.letters.into_iter().map(LetterEntry::of);
        let lines = lines.filter(|own| state.as_ref().is_none_or(|state| *state == own.state));
        let part = Paging { limit, cursor }.part(lines.collect(), |own: &LetterEntry| own.number.clone())?;
        Ok(respond::json(&part))
    })
    .await
}

/// Makes drafts for a branch, and new ones where targets changed.
#[utoipa::path(post, path = "/api/v1/letters:generate", tag = "letters", request_body = LetterBranch, responses((status = 200, body = LettersMade), (status = 404), (status = 422)))]
pub async fn generate(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(branch): Body<LetterBranch>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let lang: Lang = branch.lang.as_deref().and_then(|lang| lang.parse().ok()).unwrap_or_default();
        let came = letters::generate(desk.app, &desk.context, &branch.plan, &branch.unit, lang)?;
        let letters::Generated { made, renewed, unchanged, waiting, without } = came;
        Ok(respond::json(&LettersMade { made, renewed, unchanged, waiting, without }))
    })
    .await
}

/// Hands out the drafts of a branch that are without fault.
#[utoipa::path(post, path = "/api/v1/letters:issue", tag = "letters", request_body = LetterBranch, responses((status = 200, body = LettersIssued), (status = 404), (status = 422)))]
pub async fn issue(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(branch): Body<LetterBranch>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let came = letters::issue(desk.app, &desk.context, &branch.plan, &branch.unit, None)?;
        Ok(issued(came))
    })
    .await
}

fn issued(came: letters::Issued) -> Response {
    let faulty = came.faulty.into_iter().map(|(name, reason)| FaultyLetter { name, reason }).collect();
    respond::json(&LettersIssued { letters: came.letters, faulty })
}

/// One letter; the revision of the version is also the `ETag`.
#[utoipa::path(get, path = "/api/v1/letters/{number}", tag = "letters", params(("number" = String, Path, description = "The letter's number"), Which), responses((status = 200, body = Letter), (status = 404)))]
pub async fn one(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Query(which): Query<Which>,
) -> Reply {
    web.answer(&visitor, move |desk| shown(desk, &number, which.version)).await
}

/// Writes what a draft agrees, or begins a new version.
#[utoipa::path(put, path = "/api/v1/letters/{number}/terms", tag = "letters", params(("number" = String, Path, description = "The letter's number"), ("If-Match" = Option<String>, Header, description = "The revision seen")), request_body = LetterTerms, responses((status = 200, body = Letter), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn terms(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    seen: Seen,
    Body(body): Body<LetterTerms>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let revision = seen.or(body.revision)?;
        change(desk.app, &desk.context, &number, (body.version, revision), body.terms)?;
        shown(desk, &number, None)
    })
    .await
}

/// Hands out one draft.
#[utoipa::path(post, path = "/api/v1/letters/{number}/issue", tag = "letters", params(("number" = String, Path, description = "The letter's number")), responses((status = 200, body = LettersIssued), (status = 404), (status = 422)))]
pub async fn issue_one(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let own = letter(desk.app, &desk.context, &number, None)?.shown.content;
        Ok(issued(letters::issue(desk.app, &desk.context, &own.plan, "", Some(&own.member.code))?))
    })
    .await
}

/// Signs one's own letter, after giving the password again.
#[utoipa::path(post, path = "/api/v1/letters/{number}/sign", tag = "letters", params(("number" = String, Path, description = "The letter's number")), request_body = LetterStep, responses((status = 200, body = Letter), (status = 403), (status = 404), (status = 422)))]
pub async fn sign(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Body(body): Body<LetterStep>,
) -> Reply {
    web.answer(&visitor, move |desk| step(desk, &number, &body, letters::sign)).await
}

/// Signs as superior or for the company, after giving the password again.
#[utoipa::path(post, path = "/api/v1/letters/{number}/countersign", tag = "letters", params(("number" = String, Path, description = "The letter's number")), request_body = LetterStep, responses((status = 200, body = Letter), (status = 403), (status = 404), (status = 422)))]
pub async fn countersign(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Body(body): Body<LetterStep>,
) -> Reply {
    web.answer(&visitor, move |desk| step(desk, &number, &body, letters::sign)).await
}

/// Sends a letter back to be changed, with a reason.
#[utoipa::path(post, path = "/api/v1/letters/{number}/return", tag = "letters", params(("number" = String, Path, description = "The letter's number")), request_body = LetterStep, responses((status = 200, body = Letter), (status = 403), (status = 404), (status = 422)))]
pub async fn send_back(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Body(body): Body<LetterStep>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        step(desk, &number, &body, |app, context, number, said| {
            letters::send_back(app, context, number, said, &body.reason)
        })
    })
    .await
}

/// Refuses to sign, with a reason.
#[utoipa::path(post, path = "/api/v1/letters/{number}/refuse", tag = "letters", params(("number" = String, Path, description = "The letter's number")), request_body = LetterStep, responses((status = 200, body = Letter), (status = 403), (status = 404), (status = 422)))]
pub async fn refuse(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Body(body): Body<LetterStep>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        step(desk, &number, &body, |app, context, number, said| {
            letters::refuse(app, context, number, said, &body.reason)
        })
    })
    .await
}

fn step(
    desk: &Desk<'_>,
    number: &str,
    body: &LetterStep,
    act: impl FnOnce(&App, &Context, &str, &Said<'_>) -> Result<State>,
) -> Result<Response> {
    let address = desk.visitor.address.to_string();
    let said = Said { version: body.version, digest: &body.digest, address: &address };
    act(desk.app, &desk.context, number, &said)?;
    shown(desk, number, None)
}

/// Notes that something promised came.
#[utoipa::path(post, path = "/api/v1/letters/{number}/promises/{promise}/deliveries", tag = "letters", params(("number" = String, Path, description = "The letter's number"), ("promise" = i64, Path, description = "The promise's number"), ("If-Match" = Option<String>, Header, description = "The revision of the promise seen")), request_body = LetterDelivery, responses((status = 201), (status = 403), (status = 404), (status = 409), (status = 412), (status = 422)))]
pub async fn deliver_one(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path((number, promise)): Path<(String, i64)>,
    seen: Seen,
    Body(body): Body<LetterDelivery>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let revision = seen.or(body.revision)?;
        let came = (body.times, body.day, body.note.as_str());
        deliver(desk.app, &desk.context, (&number, promise), revision, came)?;
        Ok(StatusCode::CREATED.into_response())
    })
    .await
}

/// Whether a version of that number has the text with that check code. It names nobody.
#[utoipa::path(get, path = "/api/v1/letters/{number}/verification", tag = "letters", params(("number" = String, Path, description = "The letter's number"), Code), responses((status = 200, body = VerifiedLetter), (status = 404)))]
pub async fn verify(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Query(code): Query<Code>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let letters::Verified { number, version, state, signed, needed, digest } =
            letters::verify(desk.app, &number, &code.code)?;
        Ok(respond::json(&VerifiedLetter { number, version, state: word(&state), signed, needed, digest }))
    })
    .await
}

/// A letter on paper.
#[utoipa::path(get, path = "/api/v1/letters/{number}/pdf", tag = "letters", params(("number" = String, Path, description = "The letter's number"), Which), responses((status = 200, content_type = "application/pdf"), (status = 404)))]
pub async fn pdf(
    From(web): From<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Query(which): Query<Which>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let view = letter(desk.app, &desk.context, &number, which.version)?;
        desk.print(document(desk, &view.shown))
    })
    .await
}
