//! The table of those below a unit, on the dashboard and on the unit's page, sorted as the address asks.

use std::cmp::Ordering;

use dacheng_app::figures::{Branch, Look, Performance};
use dacheng_domain::Ratio;
use dacheng_domain::metrics::Step;
use dacheng_rollup::Owner;
use dacheng_text::Lang;

use super::measures;
use super::sorting::{Columns, Sorting};
use super::standing::{bullet, change, change_label, explain, gap_to_pace, pace, page_below, standing};
use crate::charts::Bullet;
use crate::components::{Figure, Link, SortOrder, Tone, UnitRow, UnitSorts, UnitTable};

/// By which column the table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// 目标
    Target,
    /// 实际
    Actual,
    /// 完成率
    Attainment,
    /// 缺口
    Shortfall,
    /// 进度差
    Gap,
    /// 同比
    Change,
}

impl Columns for By {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Attainment, "attainment"),
        (Self::Target, "target"),
        (Self::Actual, "actual"),
        (Self::Shortfall, "shortfall"),
        (Self::Gap, "gap"),
        (Self::Change, "change"),
    ];

    fn usual(self) -> SortOrder {
        SortOrder::Descending
    }
}

/// The order of the table.
pub type Order = Sorting<By>;

impl Sorting<By> {
    /// The rows in order.
    pub fn sorted(self, branches: &[Branch]) -> Vec<&Branch> {
        let mut rows: Vec<&Branch> = branches.iter().collect();
        rows.sort_by(|a, b| {
            let order = self.compare(&a.performance, &b.performance);
            order.then_with(|| a.named.code.cmp(&b.named.code))
        });
        rows
    }

    /// The order in words; `whole` says which days are compared with the year before.
    pub fn said_of(self, lang: Lang, whole: &Performance) -> String {
        let column = match self.by {
            By::Target => lang.figures().target().to_owned(),
            By::Actual => lang.figures().actual().to_owned(),
            By::Attainment => lang.figures().attainment().to_owned(),
            By::Shortfall => lang.figures().shortfall().to_owned(),
            By::Gap => lang.overview().pace_gap().to_owned(),
            By::Change => change_label(lang, &whole.year_on_year),
        };
        match self.order {
            SortOrder::Descending => lang.targets().sorted_down(column),
            SortOrder::Ascending => lang.targets().sorted_up(column),
        }
    }

    /// Who stands first; whoever has no such figure stands last either way.
    pub fn compare(self, a: &Performance, b: &Performance) -> Ordering {
        let key = |performance: &Performance| -> Option<Ratio> {
            let Performance { figure, year_on_year, .. } = performance;
            match self.by {
                By::Target => figure.target.map(Ratio::whole),
                By::Actual => figure.actual,
                By::Attainment => figure.attainment,
                By::Shortfall => figure.shortfall(),
                By::Gap => gap_to_pace(performance),
                By::Change => year_on_year.change.and_then(|change| change.step).map(Step::size),
            }
        };
        self.compared(key(a), key(b))
    }
}

/// Those below a unit, as a page was asked for them.
pub struct Rows<'r> {
    /// Of which metric, over which period, as of when.
    pub look: Look,
    /// Whose total stands below the rows.
    pub owner: &'r Owner,
    /// The code of the unit.
    pub unit: &'r str,
    /// Its figures.
    pub whole: &'r Performance,
    /// Those below it.
    pub branches: &'r [Branch],
    /// How the table is sorted.
    pub order: Order,
    /// The page itself, with everything but the order in its query.
    pub here: String,
}

impl Rows<'_> {
    /// The table.
    pub fn table(&self, lang: Lang) -> UnitTable {
        let say = lang.overview();
        let rows = self.order.sorted(self.branches);
        let figures = rows.iter().map(|branch| &branch.performance.figure);
        let column = measures::column(self.look.metric, lang, figures);
        UnitTable {
            title: say.units().to_owned(),
            level: say.level().to_owned(),
            order: self.order.said_of(lang, self.whole),
            pace: pace(self.whole),
            column,
            sorts: self.sorts(lang),
            beside: self.look.metric.has_net().then(|| lang.measures().nps().to_owned()),
            rows: rows.into_iter().map(|branch| self.row(lang, branch)).collect(),
            total: self.total(lang),
        }
    }

    fn row(&self, lang: Lang, branch: &Branch) -> UnitRow {
        let owner = &branch.named.owner;
        let link = Link::new(&branch.named.name, page_below(self.unit, owner, self.look));
        let leader = branch.named.leader.clone().unwrap_or_default();
        let bullet = bullet(&branch.named.name, &branch.performance);
        self.cells(lang, (link, leader), owner, &branch.performance, bullet)
    }

    fn total(&self, lang: Lang) -> UnitRow {
        let name = lang.overview().total();
        let bullet = Bullet { tone: Tone::Info, ..bullet(name, self.whole) };
        self.cells(lang, (Link::new(name, ""), String::new()), self.owner, self.whole, bullet)
    }

    fn cells(
        &self,
        lang: Lang,
        (unit, leader): (Link, String),
        owner: &Owner,
        performance: &Performance,
        bullet: Bullet,
    ) -> UnitRow {
        let href = explain(self.look, owner);
        UnitRow {
            unit,
            leader,
            target: measures::amount_of(lang, self.look.metric, performance.figure.target, href.clone()),
            actual: measures::actual_of(lang, &performance.figure, href.clone()),
            beside: measures::nps_of(&performance.figure, href.clone()),
            attainment: Figure::rate(performance.figure.attainment, href),
            bullet,
            pace_gap: gap_to_pace(performance),
            change: change(lang, performance),
            standing: standing(performance),
        }
    }

    fn heads(&self, lang: Lang) -> [(By, String, &'static str); 5] {
        let named = lang.figures();
        [
            (By::Target, named.target().to_owned(), "n"),
            (By::Actual, named.actual().to_owned(), "n"),
            (By::Attainment, named.attainment().to_owned(), "n"),
            (By::Gap, lang.overview().pace_gap().to_owned(), "n wide-only"),
            (By::Change, change_label(lang, &self.whole.year_on_year), "n wide-only"),
        ]
    }

    fn sorts(&self, lang: Lang) -> UnitSorts {
        let head =
            |(by, text, class): (By, String, &'static str)| self.order.head(&self.here, by, text, class);
        let [target, actual, attainment, pace_gap, change] = self.heads(lang).map(head);
        UnitSorts { target, actual, attainment, pace_gap, change }
    }
}
