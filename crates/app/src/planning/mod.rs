//! Step 1: plans, their life, the company's total, and who carries nothing. Breaking down is in [`crate::allocation`].

pub(crate) mod allow;
mod amounts;
mod coverage;
mod file;
mod form;
mod import;
mod import_metric;
mod import_parts;
mod import_rows;
mod import_tree;
mod life;
mod listing;
pub mod market;
mod months;
pub mod objectives;
mod open;
mod overview;
mod owner_targets;
mod plan;
mod proposal;
mod proposal_json;
mod round;
pub mod rubrics;
pub mod scenarios;
pub mod smart;
mod total;
mod tree;
mod way;
pub mod weights;
mod workbook;

pub use amounts::{read_amount, written};
pub use coverage::{Coverage, CoverageGap, coverage};
pub use file::{TargetsFile, import_targets_file};
pub use form::Column as FormColumn;
pub use import::{Imported, TargetRow, import_targets};
pub use life::{PutInForce, archive, put_in_force, restore, send_back, submit};
pub use listing::{More, TargetCell, TargetsAsked, TargetsPart, targets};
pub use months::ByMonth;
pub use overview::{Overview, overview};
pub use owner_targets::{
    MeanCheck, OwnerRow, OwnerTargets, SetOwnerTargets, Weighed, owner_targets, set_owner_targets,
};
pub(crate) use plan::listed;
pub use plan::{NewPlan, PlanView, by_code, create, list, metrics};
pub use proposal::{Base, Proposed, Typed, keep_proposal, proposal, take_proposal};
pub use round::{Power, Powers, Round, RoundFigures, may_create, powers, rounds};
pub use total::{SetTotal, Total, TotalSet, set_total};
pub use tree::{TreeRow, tree};
pub use way::{Step, StepAct, way};
pub use workbook::{PlanSheet, export};

use open::opened;
pub(crate) use open::{Opened, additive, basis_text, open, open_draft, open_to_write, state_of, state_word};
