//! Giving one's password again: the page that asks, and where it is given that carries nothing on. Who is asked is settled
//! in `http::step_up`.

use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use crate::components::{ErrorSummary, Field, Icon, Input, Tone};
use crate::http::{ALONE, Asking, BACK, PASSWORD, Posted, Reply, Visitor, Web, own_path, wrong_with};
use crate::respond;
use crate::shell::Shell;

/// What the page sends on with the password.
#[derive(Debug, Clone)]
pub enum Carried {
    /// What was being posted, in its order.
    Fields(Vec<(String, String)>),
    /// Nothing: it came with files, or is not known any more.
    Nothing,
}

/// The answer with 422 to an act that asks for the password; it is posted to `address`, the act's own.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/session/step_up.html")]
pub struct StepUpPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// What the person is about to do.
    pub act: Option<String>,
    /// Where the page is sent to.
    pub address: String,
    /// Where they came from; a path of this site.
    pub back: String,
    /// What is sent on.
    pub carried: Carried,
    /// For how long they are not asked again, in a sentence.
    pub counts: String,
    /// The password; its value is never sent back.
    pub password: Input,
}

impl StepUpPage {
    /// What is wrong with the password.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([(PASSWORD, &self.password)])
    }

    fn fields(&self) -> &[(String, String)] {
        match &self.carried {
            Carried::Fields(fields) => fields,
            Carried::Nothing => &[],
        }
    }

    fn is_kept(&self) -> bool {
        matches!(self.carried, Carried::Fields(_))
    }

    fn field(&self) -> Field<'_> {
        let lang = &self.shell.lang;
        let field = Field::password(lang, PASSWORD, lang.step_up().password(), &self.password);
        let field = field.hint(&self.counts).autocomplete("current-password");
        if self.password.error.is_none() { field.focused() } else { field }
    }
}

/// `POST /me/step-up` with `step-up-password`, `step-up-back`, `csrf`: then back to where they came from, to submit once
/// more what could not be carried on.
pub async fn give(State(web): State<Web>, Extension(visitor): Extension<Visitor>, posted: Posted) -> Reply {
    let back = own_path(posted.value(BACK)).to_owned();
    let password = posted.exact(PASSWORD).to_owned();
    Ok(match wrong_with(&web, &visitor, Some(password), back.clone()).await? {
        None => respond::done(&back, Tone::Ok, visitor.lang.step_up().done()),
        Some(typed) => again(&web, &visitor, back, typed).await,
    })
}

async fn again(web: &Web, visitor: &Visitor, back: String, typed: Input) -> Response {
    let asking = Asking { act: None, address: ALONE.to_owned(), back, carried: Carried::Nothing };
    asking.page(web, visitor, typed).await
}
