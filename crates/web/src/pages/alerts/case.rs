//! The case of an alert: evidence, rule, plan, check, and its way so far.

use askama::Template;
use dacheng_domain::tracking::alert::Level;

use super::{FollowForm, ImprovementPlan, PlanView, StepForm};
use crate::components::{
    Badge, Badged as _, ErrorSummary, Field, Figure, FileList, Icon, Input, Note, PageBar, Sentence, Timeline,
};
use crate::shell::Shell;

/// `GET /alerts/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/alerts/case.html")]
pub struct CasePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// Its own address.
    pub path: String,
    /// `东北大区 · 佟海洋 · 销售额`.
    pub title: String,
    /// Its number, when it fired, by which version of which rule.
    pub about: String,
    /// What is wrong, in one sentence.
    pub conclusion: Sentence,
    /// Its light.
    pub level: Level,
    /// The rule in a plain sentence.
    pub rule: String,
    /// What stands out: an overdue plan, a coaching plan, the end of the alert.
    pub notes: Vec<Note>,
    /// The months the rule looked at.
    pub evidence: Vec<EvidenceRow>,
    /// The improvement plan.
    pub plan: ImprovementPlan,
    /// The check, where the viewer is the checker and a plan waits.
    pub check: Option<Check>,
    /// The version seen, where the viewer may begin an accepted plan: `POST /alerts/{id}/start`.
    pub start: Option<String>,
    /// The form to follow the plan, where the viewer does.
    pub follow: Option<FollowForm>,
    /// The evidence on the plan.
    pub files: FileList,
    /// From firing to recovery.
    pub history: Timeline,
}

/// A month the rule looked at.
#[derive(Debug, Clone)]
pub struct EvidenceRow {
    /// 2026年10月
    pub month: String,
    /// The target; with leave, the alert target beside it.
    pub target: Figure,
    /// The actual as booked at close.
    pub actual: Figure,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// The threshold it fell below: 70%.
    pub threshold: String,
    /// What the rule made of it.
    pub verdict: Badge,
}

/// `POST /alerts/{id}/check` with `note`, `act` = `accept` or `return`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct Check {
    /// The version seen.
    pub version: String,
    /// The checker's words; needed to return a plan.
    pub note: Input,
}

impl CasePage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        let mut summary = match &self.plan.view {
            PlanView::Form(form) => form.errors(),
            PlanView::Written { .. } | PlanView::Missing => ErrorSummary::default(),
        };
        let note =
            self.check.iter().filter_map(|check| Some((Some("note".to_owned()), check.note.error.clone()?)));
        summary.errors.extend(note);
        let file = self.files.error().map(|error| (Some("file".to_owned()), error.clone()));
        summary.errors.extend(file);
        summary.errors.extend(self.follow.iter().flat_map(|follow| follow.errors().errors));
        summary
    }

    /// Whether the files stand apart: while the plan is written they are part of its form, so that nothing typed is lost.
    fn files_apart(&self) -> bool {
        !matches!(self.plan.view, PlanView::Form(_)) && self.files.is_shown()
    }

    /// The bar of a phone, while the plan is being written.
    fn bar(&self) -> Option<PageBar> {
        let PlanView::Form(_) = &self.plan.view else { return None };
        let state = self.plan.deadline.map(|deadline| deadline.said(self.shell.lang)).into_iter().collect();
        let act = self.shell.lang.alerts().submit_plan().to_owned();
        Some(PageBar { state, form: "plan", act, value: Some(("act", "submit")), reason: None })
    }
}
