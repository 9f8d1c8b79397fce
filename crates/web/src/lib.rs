//! What they see: pages as display-ready structs beside their templates, components, charts and the browser's files.
//!
//! A page is a struct that holds domain values (money in fen, exact ratios, dates) and a [`shell::Shell`]; its
//! template says them in the shell's language. Nothing here decides, loads or saves.
//!
//! A component takes the language by reference, because templates hand every argument over by reference.

#![allow(
    clippy::trivially_copy_pass_by_ref,
    clippy::ref_option,
    clippy::unused_self,
    reason = "templates call methods, and askama hands arguments over by reference"
)]

pub mod api;
pub mod assets;
pub mod charts;
pub mod components;
pub mod exports;
#[cfg(feature = "gallery")]
pub mod gallery;
pub mod headers;
pub mod http;
pub mod pages;
pub mod printing;
pub mod respond;
#[cfg(any(test, feature = "gallery"))]
pub mod samples;
pub mod shell;
