//! Scenarios: plans of one year side by side. A plan is copied, compared with others, takes a branch of another, and one
//! comes into force while the others are archived ([`super::life`]). The rules are `domain::planning::scenario`'s.

mod around;
mod capacity;
mod compare;
mod copied;
mod copy;
mod copying;
mod gone;
mod json;
mod merge;
mod merge_work;
mod presence;
mod rows;

pub(super) use around::others;
pub use around::{Around, PayForm, around, assume};
pub use compare::{Compare, Compared, Comparison, Opened as OpenBranches, compare};
pub use copied::{Became, Copied, NotTaken, Why};
pub use copy::{CopyPlan, CopyPreview, MetricCopied, copy, copy_preview};
pub use merge::{Merge, MergePreview, MergeRow, Merged, Part, merge, merge_preview};
pub use rows::{CompareCell, CompareRow, Twig};

pub(super) use around::archived;
