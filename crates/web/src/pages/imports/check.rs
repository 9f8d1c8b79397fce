//! One import on its way: checking, refused, to be confirmed, writing, done, undone.

use askama::Template;
use dacheng_text::Lang;

use crate::components::{Badged as _, Icon, ImportState, Note, Pager, Progress, Steps, Tone};
use crate::shell::Shell;

/// `GET /imports/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/imports/check.html")]
pub struct ImportPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// The file's name.
    pub file: String,
    /// Kind, size, SHA-256, encoding, by whom, when.
    pub about: String,
    /// Where it stands.
    pub state: ImportState,
    /// Columns of the file that are not used, in a sentence.
    pub ignored: Option<String>,
    /// Whether the viewer may stop it: `POST {path}/cancel` with `csrf`.
    pub may_stop: bool,
    /// What there is to see at this stage.
    pub stage: ImportStage,
}

/// What there is to see.
#[derive(Debug, Clone)]
pub enum ImportStage {
    /// Something runs; the page asks again.
    Running(Progress),
    /// Rows could not be taken, and nothing was written.
    Refused {
        /// What is wrong, in a sentence.
        note: Note,
        /// What was read.
        counts: Counts,
        /// The rows, the first 50 of them.
        bad: Vec<BadRow>,
        /// Leafing through.
        pager: Option<Pager>,
    },
    /// Everything can be taken; the viewer decides. `POST {path}/confirm` with `csrf`.
    Checked {
        /// What will happen.
        counts: Counts,
        /// Sums to compare with the source: 金额合计 12,345.60 元.
        sums: Vec<(String, String)>,
        /// What the button does, in full: 导入 12,345 行订单.
        act: String,
        /// Why the viewer cannot press it.
        reason: Option<String>,
    },
    /// It was taken.
    Done {
        /// The result, in a sentence.
        note: Note,
        /// What happened.
        counts: Counts,
        /// Sums to compare with the source.
        sums: Vec<(String, String)>,
        /// Whether and until when it can be undone.
        undo: Undo,
    },
    /// It was stopped or left; nothing was written.
    Ended(Note),
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// Rows of the file.
    pub read: u64,
    /// New facts.
    pub new: u64,
    /// Changed facts.
    pub changed: u64,
    /// Facts that were there already.
    pub unchanged: u64,
    /// Rows that the mapping leaves out.
    pub skipped: u64,
    /// Rows that could not be taken.
    pub bad: u64,
}

/// A row that could not be taken.
#[derive(Debug, Clone)]
pub struct BadRow {
    /// The file, where there are several.
    pub file: String,
    /// The sheet; empty for CSV.
    pub sheet: String,
    /// Its number in the file, or that it is about the whole file.
    pub row: String,
    /// The column as the file names it.
    pub column: String,
    /// What stands there.
    pub value: String,
    /// What is wrong, in a sentence.
    pub reason: String,
}

/// `POST {path}/undo` with `csrf`.
#[derive(Debug, Clone)]
pub enum Undo {
    /// It can be undone.
    Possible {
        /// Until when: 11-24 15:04 前可撤销.
        until: String,
        /// What stays as it was closed, where a month of it is.
        closed: Option<String>,
    },
    /// It cannot, and why: its day is over.
    Impossible(String),
    /// There is nothing to undo any more.
    Over,
}

impl ImportPage {
    fn steps(&self, lang: &Lang) -> Steps {
        let current = match &self.stage {
            ImportStage::Running(_) | ImportStage::Refused { .. } | ImportStage::Checked { .. } => 1,
            ImportStage::Done { .. } | ImportStage::Ended(_) => 2,
        };
        super::steps(*lang, current)
    }
}
