//! What files hang on, and who may do what with them. The rules are those of the room the document belongs to.

use dacheng_domain::people::Organisation;
use dacheng_store::{Read, Write, improvement};

use crate::tracking::improvement::Evidence;
use crate::{Context, Result};

/// Something that files hang on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An improvement plan, by number.
    ImprovementPlan(i64),
    /// A note of the progress of one, by number.
    ImprovementNote(i64),
}

/// The document of a subject, for somebody who may see it.
pub(super) enum Document {
    /// An improvement plan.
    Improvement(Evidence),
}

impl Subject {
    /// As the database has it: a word, and which one.
    pub(super) const fn key(self) -> (&'static str, i64) {
        match self {
            Self::ImprovementPlan(plan) => ("improvement_plan", plan),
            Self::ImprovementNote(note) => ("improvement_note", note),
        }
    }

    /// What the database names; `None` for what only another version of this program knows.
    pub(super) fn of(word: &str, id: i64) -> Option<Self> {
        [Self::ImprovementPlan(id), Self::ImprovementNote(id)].into_iter().find(|own| own.key().0 == word)
    }

    /// Its document, by the same rule as its page. What the asker may not know of is not there.
    pub(super) fn document(
        self,
        tx: &mut Read,
        context: &Context,
        organisation: &Organisation,
    ) -> Result<Document> {
        match self {
            Self::ImprovementPlan(plan) => Evidence::of_plan(tx, context, organisation, plan),
            Self::ImprovementNote(note) => Evidence::of_note(tx, context, organisation, note),
        }
        .map(Document::Improvement)
    }

    /// Holds the document until the end of the transaction, so that of two who attach at once both are counted.
    pub(super) fn hold(self, tx: &mut Write) -> Result<()> {
        let plan = match self {
            Self::ImprovementPlan(plan) => Some(plan),
            Self::ImprovementNote(note) => improvement::plan_of_note(tx, note)?,
        };
        if let Some(plan) = plan {
            improvement::hold(tx, plan)?;
        }
        Ok(())
    }
}

/// The acts of the audit trail on the files of a document.
pub struct Acts {
    /// A file was attached.
    pub attach: &'static str,
    /// One was withdrawn.
    pub withdraw: &'static str,
    /// Somebody took the content of one.
    pub give_out: &'static str,
}

impl Document {
    /// Whether files may be added.
    pub fn may_attach(&self, context: &Context, organisation: &Organisation) -> Result<()> {
        match self {
            Self::Improvement(evidence) => evidence.may_attach(context, organisation),
        }
    }

    /// Whether a file that came then may be withdrawn.
    pub fn may_withdraw(
        &self,
        context: &Context,
        organisation: &Organisation,
        attached_at: i64,
    ) -> Result<()> {
        match self {
            Self::Improvement(evidence) => evidence.may_withdraw(context, organisation, attached_at),
        }
    }

    /// Its files have changed.
    pub fn changed(&self, tx: &mut Write) -> Result<()> {
        match self {
            Self::Improvement(evidence) => evidence.changed(tx),
        }
    }

    /// What is recorded of its files in the audit trail.
    pub const fn acts(&self) -> Acts {
        match self {
            Self::Improvement(_) => Acts {
                attach: "improvement_plan.attach",
                withdraw: "improvement_plan.withdraw_file",
                give_out: "improvement_plan.give_out_file",
            },
        }
    }

    /// Its name in the audit trail.
    pub fn object(&self) -> String {
        match self {
            Self::Improvement(evidence) => evidence.object(),
        }
    }
}
