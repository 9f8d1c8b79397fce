//! Responsibility letters (责任书): made from targets, issued, signed, returned, kept in versions. The rules are in
//! `domain::allocation::letter`.
//!
//! - [`template`] is what the company writes into every letter; [`content`] is the exact text of one, [`shown`] the blocks page and
//!   paper show it in, [`agreed`] what it begins with: a member's targets.
//! - [`generate`] makes drafts, [`change`] edits one, [`issue`] hands them out, [`steps`] signs, returns and refuses.
//! - [`look`] answers pages and programs, [`promises`] notes what came of support, [`verify`] checks a printed letter.

mod agreed;
mod allow;
mod change;
mod content;
mod generate;
mod issue;
mod look;
mod promises;
mod say;
mod shown;
mod steps;
mod template;
mod verify;

pub use dacheng_store::letters::{Head, Signature};

pub(crate) use allow::may_countersign;
pub use change::change;
pub use content::{Content, Person};
pub use generate::{Generated, generate};
pub use issue::{Issued, issue};
pub use look::{Board, LetterLine, LetterView, LineChange, VersionView, board, difference_to, letter};
pub(crate) use promises::promisers;
pub use promises::{DEPARTMENTS, Owed, PromiseView, deliver, owed};
pub use say::state as state_name;
pub use steps::{Said, refuse, send_back, sign};
pub use template::{set_template, template};
pub use verify::{Verified, verify};
