//! What is true: the pure rules of the product. No async, SQL, HTTP, clock or randomness lives here.
//!
//! The five rooms are the steps of the goal cycle: [`planning`], [`allocation`], [`tracking`],
//! [`adjustment`] and [`review`]. Below them lies the ground: [`money`], [`calendar`], [`people`],
//! [`facts`] and [`metrics`]; [`jobs`] is work beside the requests, [`notification`] what people are told, [`files`] what
//! may hang on a document. Every word is defined in `docs/words.md`.

pub mod access;
pub mod adjustment;
pub mod allocation;
pub mod calendar;
pub mod expression;
pub mod facts;
pub mod files;
pub mod jobs;
pub mod metrics;
pub mod money;
pub mod notification;
pub mod number;
pub mod people;
pub mod planning;
pub mod ratio;
pub mod review;
pub mod search;
pub mod tracking;

pub use money::Fen;
pub use ratio::Ratio;
