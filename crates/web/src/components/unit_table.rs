//! The table of the units below one: target, actual, attainment, pace and state, sortable.

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::Ratio;
use dacheng_text::{Lang, rate};

use super::{Badged as _, Change, Column, Figure, Link, SortHead, Standing};
use crate::charts::Bullet;

/// The units below the scope.
#[derive(Debug, Clone)]
pub struct UnitTable {
    /// `各大区达成`.
    pub title: String,
    /// What a unit of this level is called: 大区.
    pub level: String,
    /// How the table is sorted, in words: 按完成率排序.
    pub order: String,
    /// Time progress, for the key of the bars; none when the period is over.
    pub pace: Option<Ratio>,
    /// The unit of the amounts.
    pub column: Column,
    /// The heads of 目标, 实际, 完成率, 进度差, 同比 as links that sort.
    pub sorts: UnitSorts,
    /// The head of what stands beside the actual of its metric: NPS.
    pub beside: Option<String>,
    /// One row per unit.
    pub rows: Vec<UnitRow>,
    /// The whole scope.
    pub total: UnitRow,
}

/// The heads that sort the table of units.
#[derive(Debug, Clone)]
pub struct UnitSorts {
    /// 目标
    pub target: SortHead,
    /// 实际
    pub actual: SortHead,
    /// 完成率
    pub attainment: SortHead,
    /// 进度差
    pub pace_gap: SortHead,
    /// 同比
    pub change: SortHead,
}

/// One unit.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// Its name and page.
    pub unit: Link,
    /// Who leads it.
    pub leader: String,
    /// The target of the period.
    pub target: Figure,
    /// The actual to date.
    pub actual: Figure,
    /// What stands beside it, where there is a head for it.
    pub beside: Option<Figure>,
    /// Actual ÷ target.
    pub attainment: Figure,
    /// Attainment against time progress.
    pub bullet: Bullet,
    /// Attainment − time progress; none without either.
    pub pace_gap: Option<Ratio>,
    /// Year on year.
    pub change: Change,
    /// How it stands.
    pub standing: Standing,
}

impl UnitRow {
    fn gap(&self) -> String {
        self.pace_gap.map_or_else(|| "—".to_owned(), rate::points_number)
    }
}

impl UnitTable {
    /// The table in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownUnits<'a> {
        ShownUnits { table: self, lang }
    }
}

/// A table of units ready to stand in a page.
#[derive(Template)]
#[template(path = "components/unit_table.html")]
pub struct ShownUnits<'a> {
    table: &'a UnitTable,
    lang: &'a Lang,
}

impl HtmlSafe for ShownUnits<'_> {}

impl ShownUnits<'_> {
    fn pace_key(&self) -> Option<String> {
        self.table.pace.map(|pace| self.lang.dashboard().key_pace(rate::percent(pace)))
    }
}
