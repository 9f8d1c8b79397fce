//! Choosing a period or a part of the organisation: links, so that address and back button hold the choice.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_text::Lang;

use super::{AsOfPicker, Icon, Link};

/// One entry of a picker.
#[derive(Debug, Clone)]
pub struct PickerEntry {
    /// Its name.
    pub text: String,
    /// The page with this choice.
    pub href: String,
    /// Whether it is the present choice.
    pub current: bool,
    /// How far down the tree it stands, from 0.
    pub depth: usize,
}

/// 本月 / 本季 / 本年, and a step back or forward within the kind.
#[derive(Debug, Clone)]
pub struct PeriodPicker {
    /// The kinds.
    pub kinds: Vec<PickerEntry>,
    /// The period shown: 2026年11月.
    pub period: String,
    /// The period before, where there is one.
    pub earlier: Option<Link>,
    /// The period after, where there is one.
    pub later: Option<Link>,
    /// As of when.
    pub as_of: AsOfPicker,
}

impl PeriodPicker {
    /// The picker in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownPeriods<'a> {
        ShownPeriods { picker: self, lang }
    }
}

/// A period picker ready to stand in a page head.
#[derive(Template)]
#[template(path = "components/periods.html")]
pub struct ShownPeriods<'a> {
    picker: &'a PeriodPicker,
    lang: &'a Lang,
}

impl HtmlSafe for ShownPeriods<'_> {}

/// The metrics a page can be about: side by side where they are few, else in a menu.
#[derive(Debug, Clone)]
pub struct MetricPicker {
    /// The present metric.
    pub current: String,
    /// Every metric that facts speak of.
    pub entries: Vec<PickerEntry>,
}

impl MetricPicker {
    /// The picker in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownMetrics<'a> {
        ShownMetrics { picker: self, lang }
    }
}

/// A metric picker ready to stand in a page head.
#[derive(Template)]
#[template(path = "components/metrics.html")]
pub struct ShownMetrics<'a> {
    picker: &'a MetricPicker,
    lang: &'a Lang,
}

impl HtmlSafe for ShownMetrics<'_> {}

/// The units whose figures the viewer may choose.
#[derive(Debug, Clone)]
pub struct ScopePicker {
    /// The present unit.
    pub current: String,
    /// The units in tree order.
    pub units: Vec<PickerEntry>,
}

impl ScopePicker {
    /// The picker in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownScopes<'a> {
        ShownScopes { picker: self, lang }
    }
}

/// A scope picker ready to stand in a page head.
#[derive(Template)]
#[template(path = "components/scopes.html")]
pub struct ShownScopes<'a> {
    picker: &'a ScopePicker,
    lang: &'a Lang,
}

impl HtmlSafe for ShownScopes<'_> {}
