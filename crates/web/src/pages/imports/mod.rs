//! Bringing facts in: upload, check, confirm, result with undo. Each step has its own address.

mod check;
mod list;
mod upload;

pub use check::{BadRow, Counts, ImportPage, ImportStage, Undo};
pub use list::{ImportRow, ImportsPage};
pub use upload::UploadPage;

use dacheng_text::Lang;

use crate::components::Steps;

/// The steps of an import, `current` from 0.
fn steps(lang: Lang, current: usize) -> Steps {
    let say = lang.imports();
    let names = [say.step_upload(), say.step_check(), say.step_result()];
    Steps { names: names.map(str::to_owned).to_vec(), current }
}

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: crate::http::Routes) -> crate::http::Routes {
    routes
}
