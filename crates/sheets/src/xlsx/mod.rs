//! XLSX in and out. Reading is entered through [`crate::open`].
//!
//! A workbook is parsed in a child process, because a parser of hostile input may need any amount of
//! memory or time, and then only the child ends. The child gets the opened file as its standard input and
//! no environment, limits itself, and sends rows over its standard output.

mod cells;
mod child;
mod formats;
mod inspect;
mod reader;
mod values;
mod wire;
mod writer;

pub use child::child_main;
pub use formats::{Digits, Patterns};
pub(crate) use reader::Reader;
pub use writer::{Heading, Writer};
