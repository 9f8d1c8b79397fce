//! The calendar: bringing in the official days of a year.

pub mod import;
