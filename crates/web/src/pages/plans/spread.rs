//! Breaking a target down by a method: the form, and what it would give before anything is saved.

use dacheng_text::Lang;

use crate::charts::Amounts;
use crate::components::{Choice, Conflict, ErrorSummary, Input, Note};

/// `POST /plans/{code}/spread` with `at` (the parent), `metric`, `method`, `blend`, `unit`, `reserve`, `buffer`, per
/// child `heir-N`, `number-N`, `min-N`, `max-N`, `takes-N`, and `act` = `preview` or `save`, `version`, `csrf`. A
/// preview is the same page with [`SpreadOutcome`]; 422 keeps what was typed.
#[derive(Debug, Clone)]
pub struct SpreadForm {
    /// The version of the unit's breakdown.
    pub version: String,
    /// The methods to choose from.
    pub methods: Vec<Choice>,
    /// The chosen method.
    pub method: Input,
    /// Last year's part in a blend.
    pub blend: Input,
    /// The rounding unit.
    pub unit: Input,
    /// 预留
    pub reserve: Input,
    /// 超额分配
    pub buffer: Input,
    /// The children.
    pub heirs: Vec<HeirRow>,
    /// The unit of the amounts: 万元.
    pub heading: String,
    /// What came of it.
    pub outcome: Option<SpreadOutcome>,
    /// Whether the numbers and bounds are open.
    pub open: bool,
}

/// A child with its number and bounds.
#[derive(Debug, Clone)]
pub struct HeirRow {
    /// `unit:HD`, `member:1001`.
    pub owner: String,
    /// Its name.
    pub name: String,
    /// For a leader who need not carry a target: whether they do.
    pub takes: Option<bool>,
    /// Factor, capacity or weight.
    pub number: Input,
    /// At least.
    pub minimum: Input,
    /// At most.
    pub maximum: Input,
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
        /// The form again, to be saved as it was previewed: names and values.
        again: Vec<(String, String)>,
        /// Somebody else saved first.
        conflict: Option<Conflict>,
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
        let named = [
            ("method", &self.method),
            ("blend", &self.blend),
            ("unit", &self.unit),
            ("reserve", &self.reserve),
            ("buffer", &self.buffer),
        ];
        let mut summary = ErrorSummary::of(named);
        for (place, row) in self.heirs.iter().enumerate() {
            for (field, input) in [("number", &row.number), ("min", &row.minimum), ("max", &row.maximum)] {
                let error = input
                    .error
                    .iter()
                    .map(|error| (Some(Self::id(field, &place)), format!("{}：{error}", row.name)));
                summary.errors.extend(error);
            }
        }
        summary
    }

    /// The name and id of a child's field.
    pub(super) fn id(field: &str, place: &usize) -> String {
        format!("{field}-{place}")
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
