//! Step 2: breaking a target down. The rules are in `domain::allocation`, the plan's life is in [`crate::planning`].
//!
//! A unit's target is divided among the sub-units and members below it ([`apply`]), edited cell by cell
//! ([`edit_cells`]) and read as a grid ([`grid`]). At every commit the children of every unit sum to it, less what
//! is declared as reserve, plus what is declared as buffer (`domain.md` §3).

mod below;
mod break_down;
mod cells;
mod children;
mod division;
mod grid;
mod heirs;
mod history;
mod leaving;
pub mod letters;
mod locks;
mod owner;
mod parts;
mod portion;
mod preview;
mod proposal;
mod request;
mod say;
mod sentence;
mod settle;
mod sheet;
mod weights;
mod whole;

pub use below::{Below, Broken, break_down_below};
pub use break_down::{apply, preview as propose};
pub use cells::{CellConflict, CellEdit, Difference, EditCells, Edited, edit_cells};
pub use grid::{Grid, GridLock, GridRow, Line, grid};
pub use heirs::{Heir, heirs};
pub use locks::{LockCells, lock_cells, unlock_cells};
pub use owner::Owner;
pub use portion::read_portion;
pub use preview::{Malformed, Preview, Refused, Share, Solved, Unreadable, preview};
pub use request::{Bounds, BreakDown, Declaration, Proposal, ProposedChild, Split};
pub use sheet::Months;
pub use weights::Method;

pub(crate) use break_down::assert_whole;
pub(crate) use cells::declare;
pub(crate) use children::{candidates, last_day_in, without_claimed};
pub(crate) use history::{History, history, of_company};
pub(crate) use leaving::drop_kin;
pub(crate) use parts::divided;
pub(crate) use say::{Words, listed, month_name};
pub(crate) use settle::{Queue, depth, settle};
pub(crate) use sheet::{
    Family, Kin, MonthSet, Saved, Sheet, TOP, WHOLE_YEAR, month_number, months_of, places,
};
