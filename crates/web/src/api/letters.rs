//! `/api/v1/letters`: responsibility letters for programs. A token reads, makes and issues; signing is for people.

use axum::Extension;
use axum::extract::{Path, Query, State as From};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use dacheng_app::allocation::letters::{
    self, LetterLine, PromiseView, Said, VersionView, board, change, deliver, letter,
};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::access::{Action, Right};
use dacheng_domain::allocation::letter::{State, Terms};
use dacheng_text::Lang;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, OpenApi, ToSchema};

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

/// A letter in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterEntry {
    /// Its number on paper.
    pub number: String,
    /// The member's code.
    pub member: String,
    /// The member's name.
    pub name: String,
    /// The member's unit, by name.
    pub unit: String,
    /// Its newest version.
    pub version: i64,
    /// Where that stands.
    pub state: String,
    /// By when the next signature is due.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
}

/// A letter in one of its versions.
#[derive(Debug, Serialize, ToSchema)]
pub struct Letter {
    /// Its number on paper.
    pub number: String,
    /// The version.
    pub version: i64,
    /// Where it stands.
    pub state: String,
    /// SHA-256 of the text that is signed; a signature names it.
    pub digest: String,
    /// What a change of a draft has to name.
    pub revision: i64,
    /// The exact text that is signed, as JSON.
    #[schema(value_type = Object)]
    pub content: serde_json::Value,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    /// By when the next signature is due.
    #[schema(value_type = Option<String>, format = Date)]
    pub due: Option<Date>,
    /// Who signed, in order.
    pub signatures: Vec<LetterSignature>,
    /// Every version with its state.
    pub versions: Vec<LetterVersion>,
    /// What was promised in the version in force.
    pub promises: Vec<LetterPromise>,
}

/// A version of a letter.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterVersion {
    /// From 1.
    pub version: i64,
    /// Where it stands.
    pub state: String,
    /// SHA-256 of its text.
    pub digest: String,
}

/// A signature.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterSignature {
    /// `member`, `superior` or `representative`.
    pub party: String,
    /// The name then.
    pub name: String,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// How they showed who they are.
    pub method: String,
    /// SHA-256 of the text they saw.
    pub digest: String,
}

/// Something promised.
#[derive(Debug, Serialize, ToSchema)]
pub struct LetterPromise {
    /// Its number in the letter.
    pub number: u32,
    /// What.
    pub what: String,
    /// How often.
    pub times: u32,
    /// How often it came.
    pub delivered: u32,
    /// `open`, `overdue` or `kept`.
    pub standing: String,
    /// Until when.
    #[schema(value_type = String, format = Date)]
    pub due: Date,
    /// What a note has to name.
    pub revision: i64,
}

/// For whom letters are made or issued.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterBranch {
    /// The plan's code.
    #[schema(example = "2026")]
    pub plan: String,
    /// The code of the unit whose branch it is.
    pub unit: String,
    /// `zh-CN` or `en`: the language new letters are written in.
    pub lang: Option<String>,
}

/// What making letters came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LettersMade {
    /// New letters.
    pub made: usize,
    /// New versions, and drafts written anew.
    pub renewed: usize,
    /// Letters that say what is so.
    pub unchanged: usize,
    /// Whose letters wait for signatures while their targets changed.
    pub waiting: Vec<String>,
    /// Who sells and carries nothing.
    pub without: Vec<String>,
}

/// What issuing letters came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct LettersIssued {
    /// The numbers of those handed out.
    pub letters: Vec<String>,
    /// Drafts that stay.
    pub faulty: Vec<FaultyLetter>,
}

/// A draft that was not handed out.
#[derive(Debug, Serialize, ToSchema)]
pub struct FaultyLetter {
    /// Whose.
    pub name: String,
    /// What is wrong.
    pub reason: String,
}

/// What a letter agrees.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterTerms {
    /// The version seen.
    pub version: i64,
    /// Items, promises, rights, limits and rewards, as `content.terms` has them.
    #[schema(value_type = Object)]
    pub terms: Terms,
    /// The revision seen, where `If-Match` does not say it.
    pub revision: Option<i64>,
}

/// A step on a letter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterStep {
    /// The version that was read.
    pub version: i64,
    /// The digest of its text.
    pub digest: String,
    /// Why, for sending back and refusing.
    #[serde(default)]
    pub reason: String,
}

/// Something promised that came.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LetterDelivery {
    /// How often.
    pub times: u32,
    /// On which day.
    #[schema(value_type = String, format = Date)]
    pub day: Date,
    /// What it was.
    #[serde(default)]
    pub note: String,
    /// The revision of the promise seen, where `If-Match` does not say it.
    pub revision: Option<i64>,
}

/// A version that a check code fits.
#[derive(Debug, Serialize, ToSchema)]
pub struct VerifiedLetter {
    /// The letter's number.
    pub number: String,
    /// The version.
    pub version: i64,
    /// Where it stands now.
    pub state: String,
    /// How many have signed it.
    pub signed: usize,
    /// How many have to.
    pub needed: usize,
    /// SHA-256 of its text.
    pub digest: String,
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

/// The word of an enum.
fn word(value: &impl Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    word.and_then(|word| word.as_str().map(str::to_owned)).unwrap_or_default()
}

fn moment(milliseconds: i64) -> String {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

impl LetterEntry {
    fn of(own: LetterLine) -> Self {
        Self {
            number: own.number,
            member: own.member,
            name: own.name,
            unit: own.unit,
            version: own.version,
            state: word(&own.state),
            due: own.due.and_then(dacheng_domain::calendar::Deadline::date),
        }
    }
}

impl LetterPromise {
    fn of(own: PromiseView) -> Self {
        Self {
            number: own.promise.number,
            what: own.promise.what,
            times: own.promise.times,
            delivered: own.delivered,
            standing: word(&own.standing),
            due: own.promise.due,
            revision: own.revision,
        }
    }
}

/// A letter with its revision as the `ETag`.
fn shown(desk: &Desk<'_>, number: &str, version: Option<i64>) -> Result<Response> {
    let view = letter(desk.app, &desk.context, number, version)?;
    let VersionView { head, content, signatures, .. } = view.shown;
    let signature = |own: letters::Signature| LetterSignature {
        party: word(&own.party),
        name: own.name,
        at: moment(own.at),
        method: own.method,
        digest: own.digest,
    };
    let line = |own: letters::Head| LetterVersion {
        version: own.version,
        state: word(&own.state),
        digest: own.digest,
    };
    let body = Letter {
        number: view.number,
        version: head.version,
        state: word(&head.state),
        digest: head.digest,
        revision: head.revision,
        content: serde_json::to_value(&content).map_err(|wrong| Error::Internal(wrong.to_string()))?,
        reason: head.reason,
        due: head.due.and_then(dacheng_domain::calendar::Deadline::date),
        signatures: signatures.into_iter().map(signature).collect(),
        versions: view.versions.into_iter().map(line).collect(),
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
