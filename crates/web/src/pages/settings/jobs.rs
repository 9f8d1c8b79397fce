//! What runs beside the requests, for whoever keeps the system going.

use askama::Template;
use dacheng_app::jobs::State;
use dacheng_text::Lang;

use crate::components::{Badge, Empty, Note, PickerEntry, Tone};
use crate::shell::Shell;

/// `GET /settings/jobs?state=&older=`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/jobs.html")]
pub struct JobsPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Whether something failed.
    pub note: Note,
    /// The states, each with its list.
    pub filters: Vec<PickerEntry>,
    /// The newest first.
    pub rows: Vec<JobRow>,
    /// What stands in the place of the rows where there are none.
    pub empty: Empty,
    /// How many the page shows.
    pub shown: String,
    /// The first page, where this is a later one.
    pub newest: Option<String>,
    /// The page with older ones.
    pub older: Option<String>,
}

/// One job or import.
#[derive(Debug, Clone)]
pub struct JobRow {
    /// What it does.
    pub what: String,
    /// On which occasion; empty where that says nothing.
    pub occasion: String,
    /// Where it stands.
    pub state: Badge,
    /// What came of it, how far it is, or why it failed.
    pub said: String,
    /// Who put it down.
    pub by: String,
    /// When.
    pub created: String,
    /// How long it took; empty before it ended.
    pub took: String,
    /// What can be done with it: the address to post to, and the word.
    pub act: Option<(String, String)>,
}

/// The badge of a state.
pub(crate) fn job_state(lang: Lang, state: State) -> Badge {
    let say = lang.jobs();
    match state {
        State::Waiting => Badge::new(Tone::None, say.state_waiting()),
        State::Running => Badge::new(Tone::Info, say.state_running()),
        State::Done => Badge::new(Tone::Ok, say.state_done()),
        State::Failed => Badge::new(Tone::Bad, say.state_failed()),
        State::Cancelled => Badge::new(Tone::None, say.state_cancelled()),
    }
}
