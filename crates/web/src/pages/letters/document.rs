//! `GET /letters/{number}/letter.pdf`: the text that was signed on paper, with its signatures (`forms.md`, 2).

use axum::Extension;
use axum::extract::{Path, Query, State};
use dacheng_app::allocation::letters::{VersionView, letter};
use dacheng_paper::{Block, Form, Seal, Signature};

use super::one::Asked;
use super::paper::{code, signatures};
use crate::http::{Desk, Reply, Visitor, Web, encoded};
use crate::printing::Document;

/// `GET /letters/{number}/letter.pdf?v=`.
pub async fn letter_pdf(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let view = letter(desk.app, &desk.context, &number, asked.v)?;
        desk.print(document(desk, &view.shown))
    })
    .await
}

/// A version on paper.
pub fn document(desk: &Desk<'_>, view: &VersionView) -> Document {
    let own = &view.content;
    let signature =
        |(role, name, detail): (String, String, String)| Signature { role, name, details: vec![detail] };
    let mut blocks = own.blocks.clone();
    blocks.push(Block::Signatures(signatures(desk, view).into_iter().map(signature).collect()));
    Document {
        form: Form::Upright,
        number: own.number.clone(),
        version: own.version,
        title: own.title.clone(),
        about: format!("{} · {}", own.member.name, own.member.unit),
        blocks,
        seal: Some(seal(desk, view)),
    }
}

/// The digest that was signed; whoever scans the paper is led to the page that checks it.
fn seal(desk: &Desk<'_>, view: &VersionView) -> Seal {
    let (digest, number) = (&view.head.digest, &view.content.number);
    let byte = |at: usize| digest.get(at * 2..at * 2 + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let code = code(digest).replace(' ', "");
    let link = format!("{}/verify?no={}&code={code}", desk.app.outbound.site, encoded(number));
    Seal {
        digest: std::array::from_fn(|at| byte(at).unwrap_or(0)),
        covers: view.content.lang().responsibility().check_where().to_owned(),
        link,
    }
}
