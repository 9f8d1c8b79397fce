//! A headline figure with attainment, time progress and gap: attainment is never shown alone (`ux.md` §3.2).

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::{Lang, rate};

use super::{Badge, Figure};
use crate::charts::Bullet;

/// A card of the dashboard.
#[derive(Debug, Clone)]
pub struct KpiCard {
    /// What is measured when: 本月销售额.
    pub label: String,
    /// Actual to date.
    pub actual: Figure,
    /// Actual ÷ target, where there is a target.
    pub attainment: Option<Ratio>,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// The state in words, often with the pace gap.
    pub state: Badge,
    /// Target, gap, year on year.
    pub notes: Vec<KpiNote>,
    /// The card of the period that the page is about.
    pub current: bool,
}

/// A small figure below the bar.
#[derive(Debug, Clone)]
pub struct KpiNote {
    /// Its name: 目标.
    pub label: String,
    /// The figure with its unit.
    pub value: String,
}

impl KpiCard {
    /// The card in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownKpi<'a> {
        ShownKpi { card: self, lang }
    }
}

/// A card ready to stand in a page.
#[derive(Template)]
#[template(path = "components/kpi.html")]
pub struct ShownKpi<'a> {
    card: &'a KpiCard,
    lang: &'a Lang,
}

impl HtmlSafe for ShownKpi<'_> {}

impl ShownKpi<'_> {
    fn attainment(&self) -> Option<String> {
        self.card.attainment.map(rate::percent)
    }
}
