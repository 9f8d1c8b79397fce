//! An own metric: defined, changed from a month on, retired.

use askama::Template;

use crate::components::{Choice, ErrorSummary, Field, Icon, Input, Link};
use crate::shell::Shell;

/// `GET /settings/metrics/new?kind=`, `GET /settings/metrics/{code}`, and both where something was refused.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/settings/own_metric.html")]
pub struct OwnMetricPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The name of the metric, or that it is a new one.
    pub title: String,
    /// What kind it is.
    pub sub: String,
    /// The other kinds of new metrics, where it is one.
    pub kinds: Vec<(Link, bool)>,
    /// What holds from which month on, the newest first.
    pub versions: Vec<String>,
    /// The form.
    pub form: OwnMetricForm,
    /// `POST` here to retire it, where it is in use.
    pub retire: Option<RetireForm>,
    /// What was refused.
    pub wrong: ErrorSummary,
}

/// `POST /settings/metrics/new` or `/settings/metrics/{code}` with the fields below, `kind`, `version`, `csrf`.
#[derive(Debug, Clone, Default)]
pub struct OwnMetricForm {
    /// Where it is sent.
    pub action: String,
    /// The kind.
    pub kind: String,
    /// What never changes: code, unit, direction, with what may be chosen; only for a new metric.
    pub fixed: Option<FixedFields>,
    /// 中文名
    pub zh: Input,
    /// The English name.
    pub en: Input,
    /// The word for one of what it counts.
    pub word_zh: Input,
    /// The same in English.
    pub word_en: Input,
    /// The first month it holds for.
    pub from: Input,
    /// What it is made of.
    pub made_of: MadeOfFields,
    /// The evaluation window and the choices, for a ratio.
    pub window: Option<(Input, Vec<Choice>)>,
    /// The version of all own metrics.
    pub version: i64,
}

/// What never changes of a metric.
#[derive(Debug, Clone, Default)]
pub struct FixedFields {
    /// Its code.
    pub code: Input,
    /// What it counts in.
    pub unit: Input,
    /// The units to choose from.
    pub units: Vec<Choice>,
    /// Which way is better.
    pub direction: Input,
    /// The directions.
    pub directions: Vec<Choice>,
}

/// The legend of a filter, and name, text and whether it is chosen of each of its ticks.
pub type Filtering = (String, Vec<(String, String, bool)>);

/// What a metric is made of, by its kind.
#[derive(Debug, Clone)]
pub enum MadeOfFields {
    /// A measure and filters.
    Facts {
        /// The measure.
        measure: Input,
        /// The measures to choose from.
        measures: Vec<Choice>,
        /// The filters.
        filters: Vec<Filtering>,
    },
    /// Two metrics.
    Ratio {
        /// What is counted.
        over: Input,
        /// What it is divided by.
        under: Input,
        /// The metrics to choose from.
        metrics: Vec<Choice>,
    },
    /// Who enters it, for whom, by when.
    Entered {
        /// The code of a member.
        member: Input,
        /// Or a post.
        post: Input,
        /// The posts to choose from.
        posts: Vec<Choice>,
        /// For whom.
        carried: Input,
        /// The choices.
        carriers: Vec<Choice>,
        /// By which working day.
        due: Input,
    },
}

impl Default for MadeOfFields {
    fn default() -> Self {
        Self::Facts { measure: Input::default(), measures: Vec::new(), filters: Vec::new() }
    }
}

/// `POST /settings/metrics/{code}/retire` with `retire-from`, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct RetireForm {
    /// Where it is sent.
    pub action: String,
    /// The first month in which it is no longer offered.
    pub from: Input,
    /// The version of all own metrics.
    pub version: i64,
}
