//! Evidence on a plan and on the notes of its progress: who may add it, and until when it may be withdrawn. How files
//! are kept is [`crate::files`]'s.

use dacheng_domain::people::Organisation;
use dacheng_domain::tracking::improvement::{PlanState, may_withdraw, takes_evidence};
use dacheng_store::improvement::{self as kept, Plan, Progress};
use dacheng_store::{Read, Write};

use super::steps::{may_write, state_name};
use super::{history, visible};
use crate::files::{Hanging, Subject};
use crate::{Context, Error, Result};

/// A plan as far as its evidence goes, for somebody who may see it.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(super) plan: Plan,
    /// When it was last accepted or returned.
    pub(super) checked_at: Option<i64>,
}

impl Evidence {
    /// The plan, where the asker may know of it.
    pub fn of_plan(tx: &mut Read, context: &Context, organisation: &Organisation, id: i64) -> Result<Self> {
        let plan = visible(tx, context, organisation, id)?;
        let checked_at = history::checked_at(&history::of(tx, id)?);
        Ok(Self { plan, checked_at })
    }

    /// The plan that a note is about.
    pub fn of_note(tx: &mut Read, context: &Context, organisation: &Organisation, note: i64) -> Result<Self> {
        let plan = kept::plan_of_note(tx, note)?.ok_or_else(|| Error::missing("note", note))?;
        Self::of_plan(tx, context, organisation, plan)
    }

    /// Its number, as the audit trail has it.
    pub fn object(&self) -> String {
        self.plan.id.to_string()
    }

    /// Whoever writes the plan adds evidence while it is open.
    pub fn may_attach(&self, context: &Context, organisation: &Organisation) -> Result<()> {
        may_write(context, organisation, &self.plan)?;
        if takes_evidence(self.plan.course.state()) {
            return Ok(());
        }
        Err(Error::refused(context.lang.tracking_plan().ended()))
    }

    /// They withdraw what no check has seen.
    pub fn may_withdraw(
        &self,
        context: &Context,
        organisation: &Organisation,
        attached_at: i64,
    ) -> Result<()> {
        may_write(context, organisation, &self.plan)?;
        let state = self.plan.course.state();
        if may_withdraw(state, attached_at, self.checked_at) {
            return Ok(());
        }
        let say = context.lang.tracking_plan();
        if !takes_evidence(state) {
            return Err(Error::refused(say.not_from_here(state_name(context.lang, state))));
        }
        Err(Error::refused(say.evidence_seen()))
    }

    /// What is being checked has changed: the checker has to look again.
    pub fn changed(&self, tx: &mut Write) -> Result<()> {
        let is_checked = self.plan.course.state() == PlanState::Submitted;
        if is_checked && !kept::save(tx, &self.plan)? {
            return Err(Error::Stale { seen: self.plan.version, found: self.plan.version + 1 });
        }
        Ok(())
    }

    /// Everything that hangs on it and on the notes of its progress, in the order it came.
    pub(super) fn files(
        &self,
        tx: &mut Read,
        context: &Context,
        organisation: &Organisation,
        notes: &[Progress],
    ) -> Result<Vec<Hanging>> {
        let own = Subject::ImprovementPlan(self.plan.id);
        let notes = notes.iter().map(|note| Subject::ImprovementNote(note.number));
        let subjects: Vec<Subject> = std::iter::once(own).chain(notes).collect();
        Hanging::on(tx, &subjects, |at| self.may_withdraw(context, organisation, at).is_ok())
    }
}
