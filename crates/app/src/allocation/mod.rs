//! Step 2: breaking a target down.

mod preview;

pub use preview::{Malformed, Preview, Refused, Share, Solved, Unreadable, preview};
