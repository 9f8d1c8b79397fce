//! `Idempotency-Key`: a POST of a program that is sent again is answered as before and does nothing again.
//!
//! Files and rows of facts name their import by the same header in their own way (`app::facts::uploads`), because they may be
//! larger than what is held in memory here. Files of documents need no name: the same content hangs on one once. Nor does
//! giving a password, of which nothing is kept, not even within the fingerprint of a request.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use dacheng_app::Context;
use dacheng_app::hash::{hex, sha256};
use dacheng_app::idempotency::{Answer, Claim, Turn, begin, end};
use dacheng_text::trail;

use super::failure::Reader;
use super::{FOR_PROGRAMS, MOST_BYTES, Visitor, Web, rejection};

/// The header that names a request.
const KEY: &str = "idempotency-key";
/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// Characters of a name.
const LONGEST: usize = 200;
/// What is kept of an answer beside its body.
const HEADERS: [HeaderName; 4] =
    [header::CONTENT_TYPE, header::ETAG, header::LOCATION, header::CACHE_CONTROL];

/// Runs a request, once where it names itself.
pub(super) async fn run(web: &Web, visitor: &Visitor, request: Request, next: Next) -> Response {
    let is_act = request.method() == Method::POST && visitor.reader == Reader::Program;
    let path = request.uri().path();
    let own_way = path.starts_with("/api/v1/facts/") || path.ends_with("/files") || path == FOR_PROGRAMS;
    let Some(key) = request.headers().get(KEY).filter(|_| is_act && !own_way && visitor.account.is_some())
    else {
        return next.run(request).await;
    };
    let Some(key) = well_formed(key) else {
        return rejection::refuse(web, visitor, StatusCode::BAD_REQUEST, visitor.lang.failures().key()).await;
    };
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else {
        let said = visitor.lang.failures().too_large();
        return rejection::refuse(web, visitor, StatusCode::PAYLOAD_TOO_LARGE, said).await;
    };
    let fingerprint = fingerprint(&parts.uri.to_string(), &parts.headers, &body);
    let context = visitor.context(&web.app);
    let turn = web.work(visitor, move |app| begin(app, &context, &key, &fingerprint)).await;
    match turn {
        Ok(Turn::First(claim)) => {
            let mut request = Request::from_parts(parts, Body::from(body));
            let mut visitor = visitor.clone();
            visitor.context = visitor.context.map(|own| Context { request: Some(claim.clone()), ..own });
            request.extensions_mut().insert(visitor.clone());
            first(web.clone(), visitor, claim, request, next).await
        }
        Ok(Turn::Again(answer)) => again(answer),
        Ok(Turn::UnderWay) => {
            let said = visitor.lang.failures().key_under_way();
            rejection::refuse(web, visitor, StatusCode::CONFLICT, said).await
        }
        Ok(Turn::TookEffect(effect)) => {
            let say = visitor.lang.failures();
            let act = trail::act(visitor.lang, &effect.act);
            let object = trail::object(visitor.lang, &effect.act, &effect.object);
            let said = say.key_took_effect(effect.leaf, act, object);
            rejection::refuse(web, visitor, StatusCode::CONFLICT, &said).await
        }
        Ok(Turn::Another) => {
            let said = visitor.lang.failures().key_of_another();
            rejection::refuse(web, visitor, StatusCode::UNPROCESSABLE_ENTITY, said).await
        }
        Err(failure) => failure.into_response(),
    }
}

/// Printable, without spaces, not too long.
fn well_formed(key: &HeaderValue) -> Option<String> {
    let key = key.to_str().ok()?;
    let fits = !key.is_empty() && key.len() <= LONGEST && key.bytes().all(|byte| byte.is_ascii_graphic());
    fits.then(|| key.to_owned())
}

/// What is asked: the address, the version that was seen, the body.
fn fingerprint(address: &str, headers: &HeaderMap, body: &Bytes) -> String {
    let seen = headers.get(header::IF_MATCH).map_or(&b""[..], HeaderValue::as_bytes);
    hex(&sha256(&[address.as_bytes(), b"\n", seen, b"\n", body].concat()))
}

/// Acts and keeps the answer, also where the sender has stopped listening meanwhile.
async fn first(web: Web, visitor: Visitor, claim: Claim, request: Request, next: Next) -> Response {
    let acting = async move {
        let (parts, body) = next.run(request).await.into_parts();
        let Ok(body) = to_bytes(body, usize::MAX).await else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let is_fault = parts.status.is_server_error();
        let headers =
            HEADERS.iter().filter_map(|name| Some((name.as_str(), parts.headers.get(name)?.to_str().ok()?)));
        let headers = serde_json::to_string(&headers.collect::<Vec<_>>()).unwrap_or_default();
        let answer = Answer { status: parts.status.as_u16().into(), headers, body: body.to_vec() };
        let kept = web.work(&visitor, move |app| end(app, &claim, (!is_fault).then_some(&answer))).await;
        match kept {
            Ok(()) => Response::from_parts(parts, Body::from(body)),
            Err(failure) => failure.into_response(),
        }
    };
    let span = tracing::Span::current();
    match tokio::spawn(tracing::Instrument::instrument(acting, span)).await {
        Ok(response) => response,
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// What was answered before.
fn again(answer: Answer) -> Response {
    let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let mut response = (status.unwrap_or(StatusCode::OK), Bytes::from(answer.body)).into_response();
    response.headers_mut().remove(header::CONTENT_TYPE);
    let headers: Vec<(String, String)> = serde_json::from_str(&answer.headers).unwrap_or_default();
    for (name, value) in headers {
        if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), HeaderValue::from_str(&value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
