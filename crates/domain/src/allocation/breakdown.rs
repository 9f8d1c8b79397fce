//! The sum rule: children sum to their parent, or the difference is declared. Dividing lives beside.

use num_bigint::BigUint;

use crate::Ratio;

/// A parent's amount of an additive metric and what its children carry, in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Breakdown {
    /// The amount to be broken down.
    pub parent: i64,
    /// What each child carries.
    pub children: Vec<i64>,
    /// The difference that is meant.
    pub declared: Declared,
}

/// A difference between parent and children that is meant and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Declared {
    /// 预留: kept by the parent, carried by no child.
    pub reserve: u64,
    /// 超额分配: carried by the children on top of the parent's amount.
    pub buffer: u64,
}

/// A difference that nobody declared, in minor units, above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unbalanced {
    /// 未分解: no child carries it.
    Unassigned(i128),
    /// The children carry it on top.
    Exceeded(i128),
}

impl Breakdown {
    /// Checks Σ children + reserve = parent + buffer (`domain.md` §3).
    ///
    /// ```
    /// use dacheng_domain::allocation::{Breakdown, Declared, Unbalanced};
    /// // 华南 150 万 = 经理 50 + 3 专员 × 30, in 万.
    /// let south = Breakdown { parent: 150, children: vec![50, 30, 30, 30], declared: Declared::default() };
    /// assert_eq!(south.check(), Err(Unbalanced::Unassigned(10)));
    /// let declared = Declared { reserve: 10, buffer: 0 };
    /// assert_eq!(Breakdown { declared, ..south }.check(), Ok(()));
    /// ```
    pub fn check(&self) -> Result<(), Unbalanced> {
        let carried: i128 = self.children.iter().map(|&child| i128::from(child)).sum();
        let wanted = i128::from(self.parent) + i128::from(self.declared.buffer);
        match wanted - carried - i128::from(self.declared.reserve) {
            0 => Ok(()),
            rest if rest > 0 => Err(Unbalanced::Unassigned(rest)),
            rest => Err(Unbalanced::Exceeded(-rest)),
        }
    }

    /// The buffer as a rate, 113.3 % for 170 on 150; `None` where the parent has nothing.
    pub fn buffer_rate(&self) -> Option<Ratio> {
        let wanted = i128::from(self.parent) + i128::from(self.declared.buffer);
        (self.parent > 0).then(|| Ratio::new(wanted, self.parent)).flatten()
    }
}

/// The buffer of several levels above each other: 105 % at three levels is 115.8 %. Exact, or where that takes
/// more than 100 binary digits, cut to as many.
pub fn cumulative_rate(levels: impl IntoIterator<Item = Ratio>) -> Option<Ratio> {
    let mut above = BigUint::from(1_u32);
    let mut below = BigUint::from(1_u32);
    for level in levels {
        above *= level.num().unsigned_abs();
        below *= level.den().unsigned_abs();
    }
    let cut = above.bits().max(below.bits()).saturating_sub(100);
    let fit = |number: BigUint| i128::try_from(number >> cut).ok();
    Ratio::new(fit(above)?, fit(below)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAN: i64 = 1_000_000;

    fn south(specialists: usize, reserve: u64, buffer: u64) -> Breakdown {
        let mut children = vec![50 * WAN];
        children.extend(vec![30 * WAN; specialists]);
        Breakdown { parent: 150 * WAN, children, declared: Declared { reserve, buffer } }
    }

    #[test]
    fn the_regions_of_the_quarter_sum_to_it() {
        let children = vec![150 * WAN, 200 * WAN, 150 * WAN];
        let quarter = Breakdown { parent: 500 * WAN, children, declared: Declared::default() };
        assert_eq!(quarter.check(), Ok(()));
        assert_eq!(quarter.buffer_rate(), Some(Ratio::percent(100)));
    }

    #[test]
    fn a_difference_is_declared_or_refused_with_its_amount() {
        let ten = 10 * WAN.unsigned_abs();
        assert_eq!(south(3, ten, 0).check(), Ok(()));
        assert_eq!(south(4, 0, 2 * ten).check(), Ok(()));
        assert_eq!(south(3, 0, 0).check(), Err(Unbalanced::Unassigned(i128::from(10 * WAN))));
        assert_eq!(south(4, 0, 0).check(), Err(Unbalanced::Exceeded(i128::from(20 * WAN))));
        assert_eq!(south(4, ten, 3 * ten).check(), Ok(()), "a reserve of the amount with its buffer");
        let rate = south(4, 0, 2 * ten).buffer_rate().unwrap();
        assert_eq!(rate.tenths_of_percent(), 1133);
    }

    #[test]
    fn buffers_multiply_over_the_levels() {
        let three = cumulative_rate([Ratio::percent(105); 3]).unwrap();
        assert_eq!(three, Ratio::new(1_157_625, 1_000_000).unwrap());
        assert_eq!(three.tenths_of_percent(), 1158);
        assert_eq!(cumulative_rate([]), Some(Ratio::percent(100)));
        let long = Ratio::new(105_000_000_000_001_i64, 100_000_000_000_003_i64).unwrap();
        assert_eq!(cumulative_rate([long; 8]).unwrap().to_string(), "1.4775");
    }

    #[test]
    fn nothing_has_no_rate() {
        let nothing = Breakdown { parent: 0, children: vec![], declared: Declared::default() };
        assert_eq!((nothing.check(), nothing.buffer_rate()), (Ok(()), None));
    }
}
