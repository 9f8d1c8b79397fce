//! The order of the ledger as its address asks for it: red first where it asks for nothing.

use std::cmp::Ordering;

use dacheng_app::tracking::alerts::AlertRow;
use dacheng_domain::calendar::Deadline;
use dacheng_text::Lang;

use crate::components::{SortHead, SortOrder};

/// By which column the ledger is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// 级别
    Level,
    /// 对象
    Owner,
    /// 依据: the attainment
    Evidence,
    /// 触发日
    Fired,
    /// 期限
    Due,
}

impl By {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Level, "level"),
        (Self::Owner, "owner"),
        (Self::Evidence, "attainment"),
        (Self::Fired, "fired"),
        (Self::Due, "due"),
    ];

    fn code(self) -> &'static str {
        Self::ALL.iter().find(|(by, _)| *by == self).map_or("", |(_, code)| code)
    }

    /// What is looked for first: red, the newest, the lowest attainment, the nearest deadline.
    const fn usual(self) -> SortOrder {
        match self {
            Self::Level | Self::Fired => SortOrder::Descending,
            Self::Owner | Self::Evidence | Self::Due => SortOrder::Ascending,
        }
    }
}

/// The order of the ledger: `sort=fired` is the largest first, `sort=-fired` the smallest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    by: By,
    order: SortOrder,
}

/// The heads of the columns that sort the ledger.
#[derive(Debug, Clone)]
pub struct LedgerSorts {
    /// 级别
    pub level: SortHead,
    /// 对象
    pub owner: SortHead,
    /// 依据
    pub evidence: SortHead,
    /// 触发日
    pub fired: SortHead,
    /// 期限
    pub due: SortHead,
}

impl Order {
    /// The order of an address; red first where it says nothing or nothing known.
    pub fn of(asked: Option<&str>) -> Self {
        let asked = asked.unwrap_or_default();
        let (code, order) = match asked.strip_prefix('-') {
            Some(code) => (code, SortOrder::Ascending),
            None => (asked, SortOrder::Descending),
        };
        let by = By::ALL.into_iter().find(|(_, own)| *own == code).map(|(by, _)| by);
        by.map_or(Self { by: By::Level, order: By::Level.usual() }, |by| Self { by, order })
    }

    /// What an address says of it: nothing for the usual order.
    pub fn query(self) -> String {
        if self == Self::of(None) { String::new() } else { self.said() }
    }

    fn said(self) -> String {
        let sign = if self.order == SortOrder::Ascending { "-" } else { "" };
        format!("&sort={sign}{}", self.by.code())
    }

    /// Sorts rows that are in the order of the ledger, which decides between equals.
    pub fn sort(self, rows: &mut [AlertRow]) {
        rows.sort_by(|a, b| match self.by {
            By::Level => self.turned(a.level.cmp(&b.level)),
            By::Owner => self.turned((&a.place, &a.owner_name).cmp(&(&b.place, &b.owner_name))),
            By::Evidence => self.compared(a.figure.attainment, b.figure.attainment),
            By::Fired => self.turned(a.raised_on.cmp(&b.raised_on)),
            By::Due => self.compared(due(a), due(b)),
        });
    }

    /// What has no such figure stands last either way.
    fn compared<T: Ord>(self, a: Option<T>, b: Option<T>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => self.turned(a.cmp(&b)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    fn turned(self, ordering: Ordering) -> Ordering {
        match self.order {
            SortOrder::Ascending => ordering,
            SortOrder::Descending => ordering.reverse(),
        }
    }

    /// The heads of the page `here`.
    pub fn heads(self, lang: Lang, here: &str) -> LedgerSorts {
        let say = lang.alerts();
        let head = |by: By, text: &str, class: &'static str| SortHead {
            text: text.to_owned(),
            href: format!("{here}{}", self.towards(by).said()),
            order: (self.by == by).then_some(self.order),
            class,
        };
        LedgerSorts {
            level: head(By::Level, say.level(), ""),
            owner: head(By::Owner, say.owner(), ""),
            evidence: head(By::Evidence, say.evidence(), "wide-only"),
            fired: head(By::Fired, say.fired(), "wide-only"),
            due: head(By::Due, say.due(), ""),
        }
    }

    /// The order that the head of a column leads to: the other one where the ledger is sorted by it already.
    fn towards(self, by: By) -> Self {
        if self.by != by {
            return Self { by, order: by.usual() };
        }
        let order = match self.order {
            SortOrder::Ascending => SortOrder::Descending,
            SortOrder::Descending => SortOrder::Ascending,
        };
        Self { by, order }
    }
}

/// The day something is due; none while nothing is, or its calendar is missing.
fn due(row: &AlertRow) -> Option<jiff::civil::Date> {
    row.plan.as_ref().and_then(|plan| plan.deadline).and_then(Deadline::date)
}
