//! On how few customers an amount rests: the share of the top fifth, and how many bring four fifths.

use crate::Ratio;

/// How an amount is spread over customers. Customers whose sum is not above 0 bought nothing in the end and are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Concentration {
    /// Customers with a sum above 0.
    pub customers: usize,
    /// What they bring together, in minor units.
    pub total: i128,
    /// How many the top 20 % are, rounded up: of 6 customers 2.
    pub top: usize,
    /// What those bring.
    pub of_top: i128,
    /// What the largest of all brings.
    pub of_largest: i128,
    /// How many of the largest it takes to bring 80 % of the total.
    pub behind_most: usize,
}

/// What the spread means. Default bounds, in the order in which they are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Risk {
    /// One customer brings a fifth or more.
    OneCustomer,
    /// The top 20 % bring 80 % or more.
    FewCustomers,
    /// Neither.
    Spread,
}

/// How sums by customer, in minor units, are spread; `None` where nobody bought.
///
/// ```
/// use dacheng_domain::Ratio;
/// use dacheng_domain::planning::history::{Risk, concentration};
/// let found = concentration([600, 100, 100, 100, 100, -50]).unwrap();
/// assert_eq!((found.customers, found.top, found.behind_most), (5, 1, 3));
/// assert_eq!(found.top_share(), Ratio::percent(60));
/// assert_eq!(found.risk(), Risk::OneCustomer);
/// assert_eq!(concentration([0, -5]), None);
/// ```
pub fn concentration(sums: impl IntoIterator<Item = i64>) -> Option<Concentration> {
    let mut sums: Vec<i128> = sums.into_iter().map(i128::from).filter(|sum| *sum > 0).collect();
    sums.sort_unstable_by_key(|sum| std::cmp::Reverse(*sum));
    let of_largest = *sums.first()?;
    let total: i128 = sums.iter().sum();
    let top = sums.len().div_ceil(5);
    let mut behind_most = 0;
    let mut running = 0;
    while running * 5 < total * 4 {
        running += sums.get(behind_most)?;
        behind_most += 1;
    }
    let of_top = sums.iter().take(top).sum();
    Some(Concentration { customers: sums.len(), total, top, of_top, of_largest, behind_most })
}

impl Concentration {
    /// The share of the top 20 % of customers.
    pub fn top_share(&self) -> Ratio {
        share(self.of_top, self.total)
    }

    /// The share of the largest customer.
    pub fn largest_share(&self) -> Ratio {
        share(self.of_largest, self.total)
    }

    /// What it means.
    pub fn risk(&self) -> Risk {
        if self.largest_share() >= Ratio::percent(20) {
            Risk::OneCustomer
        } else if self.top_share() >= Ratio::percent(80) {
            Risk::FewCustomers
        } else {
            Risk::Spread
        }
    }
}

/// The total is above 0: it is a sum of sums above 0.
fn share(part: i128, total: i128) -> Ratio {
    Ratio::new(part, total).unwrap_or(Ratio::whole(0))
}
