//! Bringing facts in: upload, check, confirm, result with undo. Each step has its own address.

mod acts;
mod check;
pub(crate) mod columns;
mod downloads;
mod export;
mod form;
mod list;
mod upload;
mod view;

pub use check::{BadRow, Counts, ImportPage, ImportStage, Undo};
pub use list::{ImportRow, ImportsPage};
pub use upload::UploadPage;

use dacheng_app::facts::subject::Subject;
use dacheng_domain::access::{Action, Right};
use dacheng_text::{Lang, kind};

use crate::components::Steps;
use crate::http::files::MOST_SENT;
use crate::http::{Need, Routes};

/// The steps of an import, `current` from 0.
fn steps(lang: Lang, current: usize) -> Steps {
    let say = lang.imports();
    let names = [say.step_upload(), say.step_check(), say.step_result()];
    Steps { names: names.map(str::to_owned).to_vec(), current }
}

/// What a file is about, in a word: 订单.
fn subject_name(lang: Lang, subject: Subject) -> &'static str {
    match subject {
        Subject::Facts(facts) => kind::name(lang, facts),
        Subject::Calendar => lang.kinds().calendar(),
        Subject::MarketNotes => lang.kinds().market_notes(),
    }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let read = Need::Right(Action::Facts, Right::Read);
    let create = Need::Right(Action::Facts, Right::Create);
    routes
        .get("/imports", read, acts::show_list)
        .get("/imports/new", create, form::show)
        .upload("/imports", create, MOST_SENT, form::receive)
        .get("/imports/templates/{file}", create, downloads::template)
        .get("/imports/{id}", read, acts::show)
        .files(["/imports.xlsx", "/imports.csv"], read, export::list)
        .files(["/imports/{id}/bad.xlsx", "/imports/{id}/bad.csv"], read, export::bad_rows)
        .post("/imports/{id}/confirm", create, acts::confirm)
        .post("/imports/{id}/cancel", create, acts::cancel)
        .post("/imports/{id}/undo", create, acts::undo)
}
