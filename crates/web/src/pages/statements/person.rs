//! One person's page: the form of this week, a leader's word, what was said before, how good it was.

use askama::Template;

use crate::components::{
    Badge, Choice, Column, Conflict, ErrorSummary, Field, Figure, Icon, Input, Link, MetricPicker,
};
use crate::pages::coverage::OpportunityLine;
use crate::shell::Shell;

/// `GET /forecast/people/{member}?m=revenue`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/statements/person.html")]
pub struct PersonPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// `李喆的销售额预测`.
    pub title: String,
    /// The week, and by when it is due.
    pub about: String,
    /// How this week's stands.
    pub state: Badge,
    /// The metrics.
    pub metrics: MetricPicker,
    /// Month and quarter.
    pub sides: Vec<Side>,
    /// The form of this week, for the person alone.
    pub say: Option<SayForm>,
    /// What leaders may say beside it.
    pub judge: Option<JudgeForm>,
    /// Its own address.
    pub path: String,
    /// Week by week, every version.
    pub weeks: Vec<WeekRow>,
    /// The unit of their amounts.
    pub column: Column,
    /// What leaders said.
    pub judgements: Vec<JudgedRow>,
    /// Complete periods.
    pub past: Vec<PastRow>,
    /// How accuracy is worked out.
    pub accuracy_how: String,
    /// The opportunities of the quarter.
    pub opportunities: Vec<OpportunityLine>,
    /// The unit of their amounts.
    pub of_opportunities: Column,
    /// The coverage of the person.
    pub coverage: Option<Link>,
}

/// The month or the quarter.
#[derive(Debug, Clone)]
pub struct Side {
    /// `2026年11月`.
    pub period: String,
    /// Target, booked, gap, model, commitment, a leader's word: name and figure.
    pub numbers: Vec<(String, Figure)>,
    /// How good the person's word was.
    pub accuracy: String,
}

/// `POST /forecast/people/{member}/state` with the four amounts, `note`, `m`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct SayForm {
    /// The metric's code.
    pub metric: &'static str,
    /// The version of this week.
    pub version: String,
    /// The unit of what is typed.
    pub unit: String,
    /// Commit and best case of the month, then of the quarter.
    pub amounts: [Input; 4],
    /// What is booked and lacking of the month and of the quarter.
    pub beside: [String; 2],
    /// The remark.
    pub note: Input,
    /// What was refused as a whole.
    pub refused: Option<String>,
    /// Somebody was faster.
    pub conflict: Option<Conflict>,
}

/// `POST /forecast/people/{member}/judge` with `of`, `amount`, `reason`, `m`, `version-month`, `version-quarter`, `csrf`.
#[derive(Debug, Clone)]
pub struct JudgeForm {
    /// The metric's code.
    pub metric: &'static str,
    /// The versions of this week, of month and quarter; the one that somebody else has changed comes with the panel.
    pub versions: Vec<(String, String)>,
    /// The unit of what is typed.
    pub unit: String,
    /// Month or quarter.
    pub of: Input,
    /// Both.
    pub reaches: Vec<Choice>,
    /// The amount.
    pub amount: Input,
    /// Why.
    pub reason: Input,
    /// What was refused as a whole.
    pub refused: Option<String>,
    /// Somebody else was faster: of which reach, mine beside theirs.
    pub conflict: Option<(&'static str, Conflict)>,
}

/// A version of a week.
#[derive(Debug, Clone)]
pub struct WeekRow {
    /// `第 48 周`.
    pub week: String,
    /// Counts the versions of the week.
    pub version: i64,
    /// When.
    pub at: String,
    /// Commit and best case of the month, then of the quarter.
    pub amounts: [Figure; 4],
    /// The remark.
    pub note: String,
}

/// What a leader said.
#[derive(Debug, Clone)]
pub struct JudgedRow {
    /// Of which period.
    pub period: String,
    /// What it comes to, or that it was taken back.
    pub amount: Result<Figure, String>,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
}

/// A complete period.
#[derive(Debug, Clone)]
pub struct PastRow {
    /// Which.
    pub period: String,
    /// What was said.
    pub said: Figure,
    /// What came.
    pub came: Figure,
    /// said − came, signed.
    pub difference: String,
}

impl SayForm {
    /// The ids of the four amounts.
    pub const NAMES: [&'static str; 4] = ["month-commit", "month-best", "quarter-commit", "quarter-best"];
}

impl PersonPage {
    /// Everything that is wrong with the forms.
    pub fn errors(&self) -> ErrorSummary {
        if let Some(form) = &self.say {
            let inputs = SayForm::NAMES.into_iter().zip(&form.amounts).chain([("note", &form.note)]);
            return ErrorSummary::of(inputs).and(form.refused.as_ref());
        }
        let Some(form) = &self.judge else { return ErrorSummary::default() };
        ErrorSummary::of([("amount", &form.amount), ("reason", &form.reason)]).and(form.refused.as_ref())
    }
}
