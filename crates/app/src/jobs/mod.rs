//! Work beside the requests: put down in the transaction of a change or by the clock, claimed by one process, done once.
//!
//! - [`Kind`] says what there is; each kind is one file with one function.
//! - [`enqueue`] puts a job down; [`run_due`] is one pass that claims and runs what is due.
//! - [`Work`] is what a kind is run with: the time, the progress it notes, whether it has to stop.
//! - [`list`], [`cancel`] and [`retry`] are for whoever keeps the system going.

mod acts;
mod escalation;
mod housekeeping;
mod kind;
mod look;
mod places;
mod run;
mod stop;
mod verification;
mod work;

pub use acts::{cancel, retry};
pub use dacheng_store::jobs::{Job, Line, New, Origin, Place, State};
pub use kind::{Kind, enqueue};
pub use look::{list, may_look, one, standing};
pub use places::Places;
pub use run::{Runner, run_due};
pub use stop::Stop;
pub use work::{Halt, Work};
