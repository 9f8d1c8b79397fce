//! Posted forms: the values by name, only where the form's token is the session's.

use std::collections::HashMap;

use axum::extract::{FromRequest, Request};
use axum::response::Response;
use axum::{Form, RequestExt};
use dacheng_app::Error;

use super::{Visitor, Web, rejection};

/// The values of a form, by name.
pub struct Posted(HashMap<String, String>);

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
