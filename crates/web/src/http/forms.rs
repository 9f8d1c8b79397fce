//! Posted forms: the values by name, only where the form's token is the session's.

use std::collections::HashMap;

use axum::extract::multipart::Multipart;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use axum::response::Response;
use axum::{Form, RequestExt};
use dacheng_app::Error;

use super::files::{Parts, Sent, Token};
use super::{Visitor, Web, rejection};

/// The values of a form, by name.
#[derive(Debug, Default)]
pub struct Posted(HashMap<String, String>);

/// A form that may carry files; without any it is sent as every other form.
#[derive(Debug, Default)]
pub struct Attaching {
    /// Its values.
    pub posted: Posted,
    /// Files as they were named, and what became of them; nothing where no byte came.
    pub files: Vec<(String, Option<Sent>)>,
}

impl FromRequest<Web> for Attaching {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        if !kind.is_some_and(|kind| kind.starts_with("multipart/form-data")) {
            let posted = Posted::from_request(request, web).await?;
            return Ok(Self { posted, files: Vec::new() });
        }
        let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
        let read = match Multipart::from_request(request, web).await {
            Ok(form) => Parts::read(web, &visitor, Token::Needed, web.site.files.bytes, form).await,
            Err(_) => Err(Error::Usage(visitor.lang.uploads().form_broken().to_owned())),
        };
        match read {
            Ok(parts) => Ok(Self { posted: Posted(parts.values), files: parts.files }),
            Err(error) => {
                // The rest of what is sent is not read.
                let mut refused = web.refuse(&visitor, error).await;
                refused.headers_mut().insert(header::CONNECTION, header::HeaderValue::from_static("close"));
                Err(refused)
            }
        }
    }
}

impl Posted {
    /// A value, empty where it was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.0.get(name).map_or("", |value| value.trim())
    }

    /// A value as typed, for passwords.
    pub fn exact(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.value(name).parse().ok()
    }
}

impl FromRequest<Web> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let visitor = request.extensions().get::<Visitor>().cloned().unwrap_or_default();
        let form: Result<Form<HashMap<String, String>>, _> = request.extract().await;
        let Form(values) = match form {
            Ok(form) => form,
            Err(wrong) => {
                return Err(rejection::refuse(web, &visitor, wrong.status(), &wrong.body_text()).await);
            }
        };
        let token = values.get("csrf").map_or("", String::as_str);
        if !same(token, &visitor.csrf) {
            let forged = Error::Usage(visitor.lang.failures().forged().to_owned());
            return Err(web.refuse(&visitor, forged).await);
        }
        Ok(Self(values))
    }
}

/// Whether two tokens are the same, in a time that does not tell where they differ. An empty one never is.
pub(super) fn same(one: &str, other: &str) -> bool {
    let differing = one.bytes().zip(other.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    !one.is_empty() && one.len() == other.len() && differing == 0
}
