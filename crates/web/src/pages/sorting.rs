//! The order of a table as its address asks for it: `sort=fired` is the largest first, `sort=-fired` the smallest.

use std::cmp::Ordering;

use crate::components::{SortHead, SortOrder};

/// The columns that a table can be sorted by.
pub trait Columns: Copy + Eq + 'static {
    /// All of them with their words in an address; the first is the usual one.
    const ALL: &'static [(Self, &'static str)];

    /// What is looked for first in a column.
    fn usual(self) -> SortOrder;
}

/// The order of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sorting<C> {
    /// By which column.
    pub by: C,
    /// Which way round.
    pub order: SortOrder,
}

impl<C: Columns> Sorting<C> {
    /// The order of an address; the usual one where it says nothing or nothing known.
    pub fn of(asked: Option<&str>) -> Self {
        let asked = asked.unwrap_or_default();
        let (code, order) = match asked.strip_prefix('-') {
            Some(code) => (code, SortOrder::Ascending),
            None => (asked, SortOrder::Descending),
        };
        let by = C::ALL.iter().find(|(_, own)| *own == code).map(|(by, _)| *by);
        by.map_or_else(|| Self::by(C::ALL[0].0), |by| Self { by, order })
    }

    /// The usual order of a column.
    pub fn by(by: C) -> Self {
        Self { by, order: by.usual() }
    }

    /// The word of an address.
    pub fn code(self) -> String {
        let sign = if self.order == SortOrder::Ascending { "-" } else { "" };
        let code = C::ALL.iter().find(|(by, _)| *by == self.by).map_or("", |(_, code)| *code);
        format!("{sign}{code}")
    }

    /// What an address says of it: nothing for the usual order.
    pub fn query(self) -> String {
        if self == Self::of(None) { String::new() } else { format!("&sort={}", self.code()) }
    }

    /// The order that the head of a column leads to: the other one where the table is sorted by it already.
    fn towards(self, by: C) -> Self {
        match (self.by == by, self.order) {
            (false, _) => Self::by(by),
            (true, SortOrder::Ascending) => Self { by, order: SortOrder::Descending },
            (true, SortOrder::Descending) => Self { by, order: SortOrder::Ascending },
        }
    }

    /// The head of a column that sorts the page `here` by it.
    pub fn head(self, here: &str, by: C, text: impl Into<String>, class: &'static str) -> SortHead {
        SortHead {
            text: text.into(),
            href: format!("{here}&sort={}", self.towards(by).code()),
            order: (self.by == by).then_some(self.order),
            class,
        }
    }

    /// What stands first; what has no such figure stands last either way.
    pub fn compared<T: Ord>(self, a: Option<T>, b: Option<T>) -> Ordering {
        match (a, b) {
            (Some(a), Some(b)) => self.turned(a.cmp(&b)),
            (Some(_), None) => Ordering::Less,
            (None, Some(_)) => Ordering::Greater,
            (None, None) => Ordering::Equal,
        }
    }

    /// An ordering from the smallest up, the way round that is asked for.
    pub fn turned(self, ordering: Ordering) -> Ordering {
        match self.order {
            SortOrder::Ascending => ordering,
            SortOrder::Descending => ordering.reverse(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    enum By {
        Rate,
        Due,
    }

    impl Columns for By {
        const ALL: &'static [(Self, &'static str)] = &[(Self::Rate, "rate"), (Self::Due, "due")];

        fn usual(self) -> SortOrder {
            match self {
                Self::Rate => SortOrder::Descending,
                Self::Due => SortOrder::Ascending,
            }
        }
    }

    #[test]
    fn an_order_reads_back_its_query_and_a_head_turns_it_round() {
        for (by, code) in By::ALL {
            for asked in [(*code).to_owned(), format!("-{code}")] {
                let order: Sorting<By> = Sorting::of(Some(&asked));
                assert_eq!(order.by, *by);
                assert_eq!(Sorting::of(order.query().strip_prefix("&sort=")), order, "{asked}");
            }
        }
        let usual: Sorting<By> = Sorting::of(Some("nonsense"));
        assert_eq!(usual, Sorting::of(None));
        let head = |order: Sorting<By>, by| order.head("/t?", by, "", "").href;
        assert_eq!(head(usual, By::Rate), "/t?&sort=-rate");
        assert_eq!(head(usual, By::Due), "/t?&sort=-due", "the nearest first");
        assert_eq!(head(Sorting::by(By::Due), By::Due), "/t?&sort=due");
    }

    #[test]
    fn what_has_no_figure_stands_last_either_way() {
        for asked in ["rate", "-rate"] {
            let order: Sorting<By> = Sorting::of(Some(asked));
            assert_eq!(order.compared(Some(1), None), Ordering::Less);
            assert_eq!(order.compared(None, Some(1)), Ordering::Greater);
        }
    }
}
