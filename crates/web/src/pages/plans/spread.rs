//! Breaking a target down by a method: the form, and what it would give before anything is saved.

use dacheng_text::Lang;

use crate::charts::Amounts;
use crate::components::{Choice, ErrorSummary, Input, Note};

/// `POST /plans/{id}/spread` with `at` (the parent), `method`, `weights`, `unit`, `buffer`, `act` = `preview` or
/// `save`, `version`, `csrf`. A preview is the same page with [`SpreadOutcome`]; 422 keeps what was typed.
#[derive(Debug, Clone)]
pub struct SpreadForm {
    /// The methods to choose from.
    pub methods: Vec<Choice>,
    /// The chosen method.
    pub method: Input,
    /// Own weights, `王敏刚 5` a line, in the order of the children.
    pub weights: Input,
    /// The rounding unit in yuan.
    pub unit: Input,
    /// The buffer: 1.05 spreads 105 %.
    pub buffer: Input,
    /// What came of it.
    pub outcome: Option<SpreadOutcome>,
}

/// What the method gives.
#[derive(Debug, Clone)]
pub enum SpreadOutcome {
    /// It works: before and after, and who carries the odd remainder.
    Preview {
        /// One row per child.
        rows: Vec<SpreadRow>,
        /// The unit.
        amounts: Amounts,
        /// Who carries an odd remainder, and how much, in a sentence.
        remainder: Option<String>,
    },
    /// It cannot be done within the bounds: which, and by how much. Nothing changed.
    Infeasible(Note),
}

/// One child before and after.
#[derive(Debug, Clone)]
pub struct SpreadRow {
    /// Its name.
    pub name: String,
    /// Its weight in words: 去年 18.4%.
    pub weight: String,
    /// Its target now.
    pub before: Option<i64>,
    /// Its target after saving.
    pub after: i64,
    /// Lock, minimum or maximum that bound it.
    pub bound: String,
}

impl SpreadForm {
    /// Everything that is wrong with the form.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of([
            ("method", &self.method),
            ("weights", &self.weights),
            ("unit", &self.unit),
            ("buffer", &self.buffer),
        ])
    }
}

impl SpreadRow {
    pub(super) fn said_before(&self, lang: &Lang, amounts: &Amounts) -> String {
        self.before.map_or_else(|| "—".to_owned(), |before| amounts.number(*lang, before))
    }

    pub(super) fn said_change(&self, lang: &Lang, amounts: &Amounts) -> String {
        amounts.signed(*lang, self.after.saturating_sub(self.before.unwrap_or_default()))
    }
}
