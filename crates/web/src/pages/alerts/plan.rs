//! An improvement plan: its form, and the plan as it stands (`forms.md` 8).

use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::countdown::Countdown;

use crate::components::{Choice, Conflict, ErrorSummary, Input};

/// The plan of a case.
#[derive(Debug, Clone)]
pub struct ImprovementPlan {
    /// Where it stands.
    pub state: PlanState,
    /// What is due next.
    pub deadline: Option<Countdown>,
    /// To be written, or to be read.
    pub view: PlanView,
    /// Where it is as a document, once it was handed in.
    pub document: Option<String>,
}

/// A plan as the viewer meets it.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "one per page, never stored in numbers")]
pub enum PlanView {
    /// The viewer writes it.
    Form(PlanForm),
    /// The viewer reads it.
    Written {
        /// 原因分析
        cause: String,
        /// 改进目标
        goal: String,
        /// 步骤
        steps: Vec<Step>,
        /// 所需支持
        support: String,
        /// 完成期限: 2026年11月
        recovered_by: String,
    },
    /// Nobody has written it yet, and the viewer is not the one to do so.
    Missing,
}

/// `POST /alerts/{id}/plan` as `multipart/form-data` or plain, with `cause`, `goal`, `step-N-text`, `step-N-who`, `step-N-from`, `step-N-to` (N from
/// 1; blank steps are left out), `support`, `last-month`, `act` = `add` (one more step), `submit`, or one of
/// [`crate::components::FileList`], `version`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct PlanForm {
    /// The version seen.
    pub version: String,
    /// 原因分析
    pub cause: Input,
    /// 改进目标
    pub goal: Input,
    /// 步骤, at least one; blank ones at the end are for more.
    pub steps: Vec<StepForm>,
    /// 所需支持
    pub support: Input,
    /// 完成期限: the month whose close shows whether it recovered.
    pub last_month: Input,
    /// The months to choose from.
    pub months: Vec<Choice>,
    /// What is wrong with the steps as a whole: a measure without owner and date.
    pub steps_error: Option<String>,
    /// What is wrong with the plan as a whole.
    pub refused: Vec<String>,
    /// Why the checker returned it.
    pub returned: Option<String>,
    /// Somebody else saved first.
    pub conflict: Option<Conflict>,
}

/// One step being written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepForm {
    /// 内容
    pub text: Input,
    /// 责任人
    pub who: Input,
    /// 开始日
    pub from: Input,
    /// 完成日
    pub to: Input,
}

/// One step being read.
#[derive(Debug, Clone)]
pub struct Step {
    /// 内容
    pub text: String,
    /// 责任人
    pub who: String,
    /// 起止日: 11-05 至 11-20
    pub dates: String,
    /// 进度, 0 to 100.
    pub progress: u8,
}

/// `POST {path}/progress` or `{path}/update` with `note`, `done-N` (N from 1, in per cent), `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct FollowForm {
    /// Where it is posted.
    pub action: String,
    /// What it is for.
    pub title: String,
    /// What to write.
    pub hint: String,
    /// The label of the note.
    pub label: String,
    /// The note.
    pub note: Input,
    /// How far each step is, where the viewer says so: its label and its per cent.
    pub steps: Vec<(String, Input)>,
    /// The word of its button.
    pub act: String,
    /// The version seen.
    pub version: String,
}

impl PlanForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let mut summary = ErrorSummary::of([("cause", &self.cause), ("goal", &self.goal)]);
        for (place, step) in self.steps.iter().enumerate() {
            for (part, input) in
                [("text", &step.text), ("who", &step.who), ("from", &step.from), ("to", &step.to)]
            {
                let error = input.error.iter().map(|error| (Some(StepForm::id(&place, part)), error.clone()));
                summary.errors.extend(error);
            }
        }
        let steps = self.steps_error.iter().map(|error| (Some("steps".to_owned()), error.clone()));
        summary.errors.extend(steps);
        let rest = ErrorSummary::of([("support", &self.support), ("last-month", &self.last_month)]);
        summary.errors.extend(rest.errors);
        summary.errors.extend(self.refused.iter().map(|error| (None, error.clone())));
        summary
    }
}

impl StepForm {
    /// The name and id of a part of a step, counted from 0.
    pub(super) fn id(place: &usize, part: &str) -> String {
        format!("step-{}-{part}", place + 1)
    }
}

impl FollowForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        let mut summary = ErrorSummary::of([("note", &self.note)]);
        for (place, (_, input)) in self.steps.iter().enumerate() {
            let error = input.error.iter().map(|error| (Some(Self::id(&place)), error.clone()));
            summary.errors.extend(error);
        }
        summary
    }

    /// The name and id of the progress of a step, counted from 0.
    pub(super) fn id(place: &usize) -> String {
        format!("done-{}", place + 1)
    }
}
