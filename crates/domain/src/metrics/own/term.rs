//! What the numerator and the denominator of an own metric add up: a measure with a filter, or what was entered.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::interned::Own;
use crate::facts::Measure;
use crate::metrics::Unit;

/// Which facts of a measure count. What names nothing takes all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Of products of these lines on the order date.
    pub product_lines: BTreeSet<String>,
    /// Of customers of these regions on the date.
    pub regions: BTreeSet<String>,
    /// Of customers of these types on the date.
    pub customer_types: BTreeSet<String>,
}

impl Filter {
    /// Whether it takes every fact.
    pub fn is_all(&self) -> bool {
        self.product_lines.is_empty() && self.regions.is_empty() && self.customer_types.is_empty()
    }

    /// Whether a fact with these names counts.
    ///
    /// ```
    /// use dacheng_domain::metrics::own::Filter;
    /// let east = Filter { regions: ["华东".to_owned()].into(), ..Filter::default() };
    /// assert!(east.takes("软件", "华东", "大客户") && !east.takes("软件", "华南", "大客户"));
    /// assert!(!east.takes("软件", "", ""));
    /// ```
    pub fn takes(&self, line: &str, region: &str, customer_type: &str) -> bool {
        let names = |wanted: &BTreeSet<String>, name: &str| wanted.is_empty() || wanted.contains(name);
        names(&self.product_lines, line)
            && names(&self.regions, region)
            && names(&self.customer_types, customer_type)
    }

    /// Whether facts of a measure carry everything it names.
    pub fn fits(&self, measure: Measure) -> bool {
        let by_line = self.product_lines.is_empty() || has_lines(measure);
        let by_customer =
            (self.regions.is_empty() && self.customer_types.is_empty()) || has_customers(measure);
        by_line && by_customer
    }
}

/// Whether facts of a measure know the product line they are about, and add up over lines.
const fn has_lines(measure: Measure) -> bool {
    matches!(measure, Measure::Revenue | Measure::NewProductRevenue)
}

/// Whether facts of a measure know the customer they are about.
const fn has_customers(measure: Measure) -> bool {
    !matches!(measure, Measure::CoursesDue | Measure::CoursesDone)
}

/// The measures that an own sum may add up, all in money.
pub const fn sums() -> [Measure; 4] {
    [Measure::Revenue, Measure::Collections, Measure::Receivables, Measure::NewProductRevenue]
}

/// The measures that an own count may count.
pub const fn counts() -> [Measure; 11] {
    [
        Measure::Orders,
        Measure::NewCustomers,
        Measure::Visits,
        Measure::Won,
        Measure::Lost,
        Measure::Complaints,
        Measure::SatisfactionAnswers,
        Measure::Promoters,
        Measure::Detractors,
        Measure::CoursesDue,
        Measure::CoursesDone,
    ]
}

/// Which side of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The sum, or the numerator.
    Over,
    /// The denominator.
    Under,
}

/// What one side of an own metric adds up in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    /// Facts of a measure.
    Facts {
        /// Which.
        measure: Measure,
        /// Of which facts.
        filter: &'static Filter,
    },
    /// The values that were entered for a metric.
    Entered(Own),
    /// How many values were entered for it.
    Entries(Own),
}

impl Term {
    /// What an amount of it is held in.
    pub fn unit(self) -> Unit {
        match self {
            Self::Facts { measure, .. } if measure.is_money() => Unit::Money,
            Self::Facts { .. } | Self::Entries(_) => Unit::Count,
            Self::Entered(own) => own.unit(),
        }
    }
}
