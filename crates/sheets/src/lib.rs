//! Rows: CSV and XLSX in and out, hostile files held off. No business word, no SQL and no sentence in
//! another language than English lives here.
//!
//! Reading: [`open`] tells the kind of a file by its content and gives a [`Sheet`]: the header, then one
//! [`Record`] after the other, in constant memory for CSV. What cannot be read exactly is refused with the
//! file, sheet, row and column ([`Refusal`]); nothing is guessed. XLSX is parsed in a child process that
//! limits itself first ([`xlsx::child_main`]).
//!
//! Writing: [`csv::Writer`] and [`xlsx::Writer`] take typed [`Cell`]s row by row in constant memory, so that a text never
//! becomes a formula and a number stays a number.

mod cell;
pub mod csv;
mod kind;
pub mod limits;
mod options;
mod record;
mod refusal;
mod sheet;
pub mod xlsx;

pub use cell::{Cell, Number, WriteError};
pub use options::{ChildCommand, Delimiter, Encoding, ReadOptions, UnknownName};
pub use record::Record;
pub use refusal::{Column, Kind, Place, Reason, Refusal};
pub use sheet::{OtherSheet, Progress, Sheet, Visibility, open};
