//! A form that came back: what was typed, and what became of it.

use crate::components::{Conflict, Input};
use crate::http::Posted;

use super::SpreadOutcome;

/// The forms of a plan's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The company's total.
    Total,
    /// Breaking down by a method.
    Spread,
    /// Breaking everything below down.
    Below,
    /// The months of children.
    Cells,
    /// Locking.
    Locks,
    /// Submit, return, put in force, archive: by the word of its address.
    Act(&'static str),
}

impl Form {
    /// The id of the form on the page.
    pub fn anchor(self) -> &'static str {
        match self {
            Self::Total => "total",
            Self::Spread => "spread",
            Self::Below => "below",
            Self::Cells => "cells",
            Self::Locks => "locks",
            Self::Act(_) => "way",
        }
    }
}

/// A form that was sent and comes back.
pub(super) struct Attempt<'f> {
    pub form: Form,
    pub posted: &'f Posted,
    /// What is wrong with single fields, by name.
    pub fields: Vec<(String, String)>,
    /// What is wrong with the whole.
    pub problems: Vec<String>,
    pub conflict: Option<Conflict>,
    pub outcome: Option<SpreadOutcome>,
}

impl<'f> Attempt<'f> {
    pub fn new(form: Form, posted: &'f Posted) -> Self {
        let (fields, problems) = (Vec::new(), Vec::new());
        Self { form, posted, fields, problems, conflict: None, outcome: None }
    }

    /// What was typed into a field, with what is wrong with it.
    pub fn input(&self, name: &str) -> Input {
        let error = self.fields.iter().find(|(field, _)| field == name).map(|(_, error)| error.clone());
        Input { value: self.posted.value(name).to_owned(), error }
    }
}

/// What a field of a form shows: what was typed where that form comes back, else what is stored.
pub(super) fn input(
    attempt: Option<&Attempt<'_>>,
    form: Form,
    name: &str,
    stored: impl FnOnce() -> String,
) -> Input {
    match attempt.filter(|attempt| attempt.form == form) {
        Some(attempt) => attempt.input(name),
        None => Input::of(stored()),
    }
}
