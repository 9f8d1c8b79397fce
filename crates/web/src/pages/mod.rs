//! The pages, by room: each a display-ready struct beside its template.

//pub mod alerts;
//pub mod audit;
//pub mod closes;
pub mod dashboard;
//pub mod error;
//pub mod explain;
//pub mod imports;
pub mod inbox;
//pub mod me;
pub mod plans;
pub mod session;
//pub mod settings;
pub mod targets;
