//! How it is printed: a sheet of plain data becomes a PDF. Knows no business word; who may print what, and which words stand
//! on the sheet, is said in the crates above.
//!
//! ```
//! use dacheng_paper::{Block, Form, Printed, Sheet, print};
//! use dacheng_text::Lang;
//!
//! let sheet = Sheet {
//!     lang: Lang::Zh,
//!     form: Form::Upright,
//!     company: "华辰智控".to_owned(),
//!     number: "GJ-2026-0118".to_owned(),
//!     version: 3,
//!     title: "改进计划".to_owned(),
//!     about: String::new(),
//!     blocks: vec![Block::Paragraph("原因：#import 只是文字".to_owned())],
//!     seal: None,
//! };
//! let by = "陆文博".to_owned();
//! let printed = Printed { at: "2026-11-23T08:02:00Z".parse()?, offset: jiff::tz::Offset::constant(8), by };
//! let pdf = print(&sheet, &printed)?;
//! assert!(pdf.starts_with(b"%PDF-"));
//! assert_eq!(pdf, print(&sheet, &printed)?);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod code;
mod fonts;
mod layout;
mod plain;
mod print;
mod sheet;
mod world;

pub use code::Code;
pub use print::{Unprintable, print};
pub use sheet::{Block, Column, Form, Holds, Moment, Printed, Row, Seal, Sheet, Signature, Table};
