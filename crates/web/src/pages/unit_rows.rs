//! The table of those below a unit, on the dashboard and on the unit's page, sorted as the address asks.

use std::cmp::Ordering;

use dacheng_app::figures::{Branch, Look, Performance};
use dacheng_domain::Ratio;
use dacheng_rollup::Owner;
use dacheng_text::{Lang, money};

use super::standing::{
    bullet, change, change_label, explain, gap_to_pace, is_over, money_of, page_below, shortfall, standing,
};
use crate::charts::Bullet;
use crate::components::{Column, Figure, Link, SortHead, SortOrder, Tone, UnitRow, UnitSorts, UnitTable};

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

impl By {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Target, "target"),
        (Self::Actual, "actual"),
        (Self::Attainment, "attainment"),
        (Self::Shortfall, "shortfall"),
        (Self::Gap, "gap"),
        (Self::Change, "change"),
    ];

    fn code(self) -> &'static str {
        Self::ALL.iter().find(|(by, _)| *by == self).map_or("", |(_, code)| code)
    }
}

/// The order of the table: `sort=attainment` is the largest first, `sort=-attainment` the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    by: By,
    order: SortOrder,
}

impl Order {
    /// The order of an address; attainment, largest first, where it says nothing or nothing known.
    pub fn of(asked: Option<&str>) -> Self {
        let asked = asked.unwrap_or_default();
        let (code, order) = match asked.strip_prefix('-') {
            Some(code) => (code, SortOrder::Ascending),
            None => (asked, SortOrder::Descending),
        };
        let by = By::ALL.into_iter().find(|(_, own)| *own == code).map(|(by, _)| by);
        by.map_or(Self { by: By::Attainment, order: SortOrder::Descending }, |by| Self { by, order })
    }

    /// The largest of a column first.
    pub const fn by(by: By) -> Self {
        Self { by, order: SortOrder::Descending }
    }

    /// The word of an address.
    pub fn code(self) -> String {
        let sign = if self.order == SortOrder::Ascending { "-" } else { "" };
        format!("{sign}{}", self.by.code())
    }

    /// What an address says of it: nothing for the usual order.
    pub fn query(self) -> String {
        if self == Self::of(None) { String::new() } else { format!("&sort={}", self.code()) }
    }

    /// The order that the head of a column leads to: the other one where the table is sorted by it already.
    fn towards(self, by: By) -> Self {
        let turned = self.by == by && self.order == SortOrder::Descending;
        Self { by, order: if turned { SortOrder::Ascending } else { SortOrder::Descending } }
    }

    /// The rows in order.
    pub fn sorted(self, branches: &[Branch]) -> Vec<&Branch> {
        let mut rows: Vec<&Branch> = branches.iter().collect();
        rows.sort_by(|a, b| {
            let order = self.compare(&a.performance, &b.performance);
            order.then_with(|| a.named.code.cmp(&b.named.code))
        });
        rows
    }

    /// Who stands first; whoever has no such figure stands last either way.
    pub fn compare(self, a: &Performance, b: &Performance) -> Ordering {
        let key = |performance: &Performance| -> Option<Ratio> {
            let Performance { figure, year_on_year, .. } = performance;
            match self.by {
                By::Target => figure.target.map(|fen| Ratio::whole(fen.0)),
                By::Actual => figure.actual.map(|fen| Ratio::whole(fen.0)),
                By::Attainment => figure.attainment,
                By::Shortfall => shortfall(figure).map(|fen| Ratio::whole(fen.0)),
                By::Gap => gap_to_pace(performance),
                By::Change => year_on_year.change.and_then(|change| change.rate),
            }
        };
        match (key(a), key(b)) {
            (Some(a), Some(b)) if self.order == SortOrder::Ascending => a.cmp(&b),
            (Some(a), Some(b)) => b.cmp(&a),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    /// The head of a column that sorts the page `here` by it.
    pub fn head(self, here: &str, by: By, text: String, class: &'static str) -> SortHead {
        SortHead {
            text,
            href: format!("{here}&sort={}", self.towards(by).code()),
            order: (self.by == by).then_some(self.order),
            class,
        }
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
        let amounts = rows.iter().map(|branch| &branch.performance.figure);
        let amounts: Vec<_> = amounts.filter_map(|figure| figure.target.or(figure.actual)).collect();
        UnitTable {
            title: say.units().to_owned(),
            level: say.level().to_owned(),
            order: self.said(lang),
            pace: (!is_over(&self.whole.time)).then_some(self.whole.time.share),
            column: Column::Money(money::Column::fitting(amounts)),
            sorts: self.sorts(lang),
            rows: rows.into_iter().map(|branch| self.row(branch)).collect(),
            total: self.total(lang),
        }
    }

    fn row(&self, branch: &Branch) -> UnitRow {
        let owner = &branch.named.owner;
        let link = Link::new(&branch.named.name, page_below(self.unit, owner, self.look));
        let leader = branch.named.leader.clone().unwrap_or_default();
        self.cells(link, leader, owner, &branch.performance, bullet(&branch.named.name, &branch.performance))
    }

    fn total(&self, lang: Lang) -> UnitRow {
        let name = lang.overview().total();
        let bullet = Bullet { tone: Tone::Info, ..bullet(name, self.whole) };
        self.cells(Link::new(name, ""), String::new(), self.owner, self.whole, bullet)
    }

    fn cells(
        &self,
        unit: Link,
        leader: String,
        owner: &Owner,
        performance: &Performance,
        bullet: Bullet,
    ) -> UnitRow {
        let href = explain(self.look, owner);
        UnitRow {
            unit,
            leader,
            target: money_of(performance.figure.target, href.clone()),
            actual: money_of(performance.figure.actual, href.clone()),
            attainment: Figure::rate(performance.figure.attainment, href),
            bullet,
            pace_gap: gap_to_pace(performance),
            change: change(&performance.year_on_year),
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

    fn said(&self, lang: Lang) -> String {
        let column = self.heads(lang).into_iter().find(|(by, ..)| *by == self.order.by);
        let column = column.map(|(_, text, _)| text).unwrap_or_default();
        match self.order.order {
            SortOrder::Descending => lang.targets().sorted_down(column),
            SortOrder::Ascending => lang.targets().sorted_up(column),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_reads_back_its_query_and_a_head_turns_it_round() {
        for (by, code) in By::ALL {
            for asked in [code.to_owned(), format!("-{code}")] {
                let order = Order::of(Some(&asked));
                assert_eq!(order.by, by);
                let query = order.query();
                assert_eq!(Order::of(query.strip_prefix("&sort=")), order, "{asked}");
            }
        }
        let usual = Order::of(Some("nonsense"));
        assert_eq!(usual, Order::of(None));
        assert_eq!(usual.towards(By::Attainment).query(), "&sort=-attainment");
        assert_eq!(usual.towards(By::Actual).query(), "&sort=actual");
    }
}
