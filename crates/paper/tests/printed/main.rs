//! What is printed, as another program reads it: poppler's `pdftotext` for the text layer, `pdftoppm` for the look.

#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

mod code;
mod hostile;
mod look;
mod reading;
mod same;
mod samples;
mod words;
