//! The order of the ledger as its address asks for it: red first where it asks for nothing.

use dacheng_app::tracking::alerts::AlertRow;
use dacheng_domain::calendar::Deadline;
use dacheng_text::Lang;

use crate::components::{SortHead, SortOrder};
use crate::pages::sorting::{Columns, Sorting};

/// By which column the ledger is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
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

impl Columns for By {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Level, "level"),
        (Self::Owner, "owner"),
        (Self::Evidence, "attainment"),
        (Self::Fired, "fired"),
        (Self::Due, "due"),
    ];

    /// Red, the newest, the lowest attainment, the nearest deadline.
    fn usual(self) -> SortOrder {
        match self {
            Self::Level | Self::Fired => SortOrder::Descending,
            Self::Owner | Self::Evidence | Self::Due => SortOrder::Ascending,
        }
    }
}

/// The order of the ledger.
pub type Order = Sorting<By>;

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

impl Sorting<By> {
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

    /// The order in words.
    pub fn said(self, lang: Lang) -> String {
        let say = lang.alerts();
        let column = match self.by {
            By::Level => say.level(),
            By::Owner => say.owner(),
            By::Evidence => lang.figures().attainment(),
            By::Fired => say.fired(),
            By::Due => say.due(),
        };
        match self.order {
            SortOrder::Descending => lang.targets().sorted_down(column),
            SortOrder::Ascending => lang.targets().sorted_up(column),
        }
    }

    /// The heads of the page `here`.
    pub fn heads(self, lang: Lang, here: &str) -> LedgerSorts {
        let say = lang.alerts();
        let head = |by: By, text: &str, class: &'static str| self.head(here, by, text, class);
        LedgerSorts {
            level: head(By::Level, say.level(), ""),
            owner: head(By::Owner, say.owner(), ""),
            evidence: head(By::Evidence, say.evidence(), "wide-only"),
            fired: head(By::Fired, say.fired(), "wide-only"),
            due: head(By::Due, say.due(), ""),
        }
    }
}

/// The day something is due; none while nothing is, or its calendar is missing.
fn due(row: &AlertRow) -> Option<jiff::civil::Date> {
    row.plan.as_ref().and_then(|plan| plan.deadline).and_then(Deadline::date)
}
