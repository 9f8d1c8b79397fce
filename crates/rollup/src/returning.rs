//! How many customers came back: distinct names by group, which do not add up and are counted at each level.

use crate::question::{GroupKey, Groups};
use crate::{Axis, Block, By, MOST, Question};

/// Customers of one group, each counted once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Returning {
    /// Those who bought in the months before.
    pub former: i64,
    /// Those of them who bought in the window as well.
    pub both: i64,
}

impl Question<'_> {
    /// Counts customers by group over blocks that know them ([`Axis::Customer`]): those with a sum above 0 in the blocks of
    /// the months before, and those of them with one in the window as well. Sorted by the groups' keys; without groups one
    /// answer, also where there is nobody. Whole blocks count: the question has no days.
    pub fn returning<'b>(
        &self,
        before: impl IntoIterator<Item = &'b Block>,
        window: impl IntoIterator<Item = &'b Block>,
    ) -> Vec<(Vec<String>, Returning)> {
        let depth = self.by.len().min(MOST);
        let by: Vec<By<'_>> = self.by[..depth].iter().copied().chain([By::Axis(Axis::Customer)]).collect();
        let mut groups = Groups::default();
        before.into_iter().for_each(|block| self.add(block, &by, &mut groups));
        let former = std::mem::take(&mut groups.sums);
        window.into_iter().for_each(|block| self.add(block, &by, &mut groups));
        let mut counts = rustc_hash::FxHashMap::<GroupKey, Returning>::default();
        if depth == 0 {
            counts.insert(GroupKey::default(), Returning::default());
        }
        for (key, _) in former.into_iter().filter(|(_, sum)| *sum > 0) {
            let mut group = key;
            group[depth] = 0;
            let count = counts.entry(group).or_default();
            count.former += 1;
            count.both += i64::from(groups.sums.get(&key).is_some_and(|sum| *sum > 0));
        }
        let mut answer: Vec<(Vec<String>, Returning)> =
            counts.into_iter().map(|(key, count)| (groups.names(&key[..depth]), count)).collect();
        answer.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        answer
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use dacheng_domain::facts::Measure;
    use dacheng_domain::facts::credit::CreditKind;
    use proptest::prelude::*;

    use super::*;
    use crate::{AXES, Delta, Key, Owner};

    const AT: (Measure, i32) = (Measure::Buyers, 0);

    /// Somebody bought: customer, member, team, region, overlay, how often (below 0 takes it back).
    type Bought = (u8, u8, u8, u8, bool, i64);

    fn block(bought: &[Bought]) -> Block {
        let mut delta = Delta::default();
        for &(customer, member, team, region, overlay, count) in bought {
            let mut names = [delta.name(""); AXES];
            names[Axis::Customer as usize] = delta.name(&format!("c{customer}"));
            names[Axis::Member as usize] = delta.name(&format!("m{member}"));
            names[Axis::Path as usize] = delta.name(&format!("t{team}\u{1f}r{}\u{1f}all", team % 2));
            names[Axis::Region as usize] = delta.name(&format!("place {region}"));
            let kind = if overlay { CreditKind::Overlay } else { CreditKind::Credit };
            delta.add(AT.0, AT.1, Key { day: 0, names, kind }, count);
        }
        delta.touched();
        delta.applied(AT, &Block::default(), |day| day)
    }

    /// The customers of each group, by sets.
    fn sets(
        months: &[Vec<Bought>],
        groups: impl Fn(&Bought) -> Vec<String>,
    ) -> BTreeMap<String, BTreeSet<u8>> {
        let mut sums = BTreeMap::<(String, u8), i64>::new();
        for bought in months.iter().flatten() {
            for group in groups(bought) {
                *sums.entry((group, bought.0)).or_default() += bought.5;
            }
        }
        let mut sets = BTreeMap::<String, BTreeSet<u8>>::new();
        for ((group, customer), _) in sums.into_iter().filter(|(_, sum)| *sum > 0) {
            sets.entry(group).or_default().insert(customer);
        }
        sets
    }

    fn months() -> impl Strategy<Value = Vec<Vec<Bought>>> {
        let bought = (0..6_u8, 0..3_u8, 0..4_u8, 0..2_u8, any::<bool>(), -1..3_i64);
        prop::collection::vec(prop::collection::vec(bought, 0..12), 1..4)
    }

    proptest! {
        #[test]
        fn customers_are_counted_once_per_level_as_sets_count_them(before in months(), window in months()) {
            let blocks = |months: &[Vec<Bought>]| months.iter().map(|month| block(month)).collect::<Vec<_>>();
            let (old, new) = (blocks(&before), blocks(&window));
            let ask = |owner: Owner, by: Vec<By<'_>>| {
                let question = Question { owner, days: None, members: None, by };
                let answer = question.returning(&old, &new).into_iter();
                answer.map(|(names, count)| (names.join("/"), (count.former, count.both))).collect::<BTreeMap<_, _>>()
            };
            let naive = |groups: &dyn Fn(&Bought) -> Vec<String>| -> BTreeMap<String, (i64, i64)> {
                let (old, new) = (sets(&before, groups), sets(&window, groups));
                let count = |set: usize| i64::try_from(set).unwrap();
                old.into_iter()
                    .map(|(group, former)| {
                        let both = new.get(&group).map_or(0, |now| former.intersection(now).count());
                        (group, (count(former.len()), count(both)))
                    })
                    .collect()
            };
            let credit = |names: Vec<String>, bought: &Bought| if bought.4 { Vec::new() } else { names };
            let units = |b: &Bought| vec![format!("t{}", b.2), format!("r{}", b.2 % 2), "all".to_owned()];
            prop_assert_eq!(ask(Owner::Company, vec![By::Unit]), naive(&|b| credit(units(b), b)));
            prop_assert_eq!(ask(Owner::Company, vec![By::Axis(Axis::Member)]), naive(&|b| vec![format!("m{}", b.1)]));
            prop_assert_eq!(
                ask(Owner::Company, vec![By::Axis(Axis::Region)]),
                naive(&|b| credit(vec![format!("place {}", b.3)], b))
            );
            let mut all = naive(&|b| credit(vec![String::new()], b));
            all.entry(String::new()).or_default();
            prop_assert_eq!(ask(Owner::Company, Vec::new()), all);
            let mut in_r0 = naive(&|b| credit(if b.2 % 2 == 0 { vec![String::new()] } else { Vec::new() }, b));
            in_r0.entry(String::new()).or_default();
            prop_assert_eq!(ask(Owner::Unit("r0".into()), Vec::new()), in_r0);
        }
    }
}
