//! The site as people and programs meet it, in process, on both engines, with the small company of
//! `dacheng_app::testing::company`. One file a room.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

mod access;
mod analysis;
mod audit;
mod delegation;
mod documents;
mod errors;
mod exports;
mod figures;
mod files;
mod idempotency;
mod imports;
mod jobs;
mod letters;
mod lists;
mod me;
mod notifications;
mod objectives;
mod offers;
mod operation;
mod owner_targets;
mod people;
mod plans;
mod relations;
mod scenarios;
mod search;
mod settings;
mod smart;
mod statements;
mod step_up;
mod support;
mod targets;
mod tracking;
