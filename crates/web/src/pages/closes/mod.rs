//! Closing months: the list of months, and one month with its control totals and open matters.

mod acts;
pub mod document;
mod export;
mod history;
mod list;
mod month;
mod standing;
mod view;

use dacheng_domain::access::{Action, Right};

pub use list::{ClosesPage, MonthRow};
pub use month::{CloseAct, ClosePage, ControlTotal, OpenMatter, PreviewList, ProposeForm, SourceInputs};

use crate::http::{Need, Routes};

/// Where the pages of this room are, and what each needs.
pub fn routes(routes: Routes) -> Routes {
    let close = |right| Need::Right(Action::MonthClose, right);
    routes
        .get("/closes", close(Right::Read), list::show)
        .files(["/closes.xlsx", "/closes.csv"], close(Right::Read), export::file)
        .get("/closes/{month}", close(Right::Read), acts::show)
        .get("/closes/{month}/sheet.pdf", close(Right::Read), document::sheet)
        .post("/closes/{month}/propose", close(Right::Propose), acts::propose)
        .post("/closes/{month}/return", close(Right::Close), acts::send_back)
        .post("/closes/{month}/close", close(Right::Close), acts::close)
        .post("/closes/{month}/reopen", close(Right::Reopen), acts::reopen)
}
