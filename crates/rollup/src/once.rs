//! Something that several people have together, once at every level: a sum of cells is one for each of them, one for every
//! unit that any of them sits in, and one for the company. Corrections below 0 stand where they meet.

use std::collections::{BTreeMap, BTreeSet};

use crate::PATH_SEPARATOR;

/// A cell of something that counts once per level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Part<'p> {
    /// Whose; `None` for a correction that is nobody's ([`crate::COMMON`]).
    pub member: Option<u32>,
    /// Units from the leaf to the root.
    pub path: &'p str,
    /// How much: 1, or a correction.
    pub count: i64,
}

/// What counts below a unit: a unit, or somebody who sits in it.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Below<'p> {
    Unit(&'p str),
    Member(u32),
}

/// The cells of one thing that is had by members who sit at these paths; a member may have several seats.
pub fn once<'p>(seats: &[(u32, &'p str)]) -> Vec<Part<'p>> {
    let seats: BTreeSet<(u32, &str)> = seats.iter().copied().collect();
    let mut parts: Vec<Part<'_>> =
        seats.iter().map(|&(member, path)| Part { member: Some(member), path, count: 1 }).collect();
    if parts.len() == 1 {
        return parts;
    }
    let mut correct = |member, path, count: i64| {
        if count != 0 {
            parts.push(Part { member, path, count });
        }
    };
    for (path, below) in self::below(&seats) {
        correct(None, path, 1 - number(below.len()));
    }
    for member in seats.iter().map(|(member, _)| *member).collect::<BTreeSet<_>>() {
        let own = seats.iter().copied().filter(|(who, _)| *who == member).collect();
        for (path, below) in self::below(&own) {
            let more = number(below.len()) - 1;
            correct(Some(member), path, -more);
            correct(None, path, more);
        }
    }
    parts
}

/// What counts below each unit that any seat lies in, and below the company, whose path is empty.
fn below<'p>(seats: &BTreeSet<(u32, &'p str)>) -> BTreeMap<&'p str, BTreeSet<Below<'p>>> {
    let mut found = BTreeMap::<&str, BTreeSet<Below<'_>>>::new();
    for &(member, path) in seats {
        found.entry(path).or_default().insert(Below::Member(member));
        let mut unit = path;
        while !unit.is_empty() {
            let above = above(unit);
            found.entry(above).or_default().insert(Below::Unit(unit));
            unit = above;
        }
    }
    found
}

/// The path of the unit above.
fn above(path: &str) -> &str {
    path.split_once(PATH_SEPARATOR).map_or("", |(_, above)| above)
}

fn number(things: usize) -> i64 {
    i64::try_from(things).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use dacheng_domain::facts::Measure;
    use dacheng_domain::facts::credit::CreditKind;
    use proptest::prelude::*;

    use super::*;
    use crate::{AXES, Axis, Block, By, COMMON, Delta, Key, Owner, Question};

    const AT: (Measure, i32) = (Measure::Orders, 0);
    /// Two roots, a branch of two depths, and nobody's place.
    const PATHS: [&str; 7] = ["", "a", "t1\u{1f}a", "t2\u{1f}a", "u\u{1f}t2\u{1f}a", "t3\u{1f}b", "b"];

    /// A block of things, each had by members at paths.
    fn block(things: &[Vec<(u32, usize)>]) -> Block {
        let mut delta = Delta::default();
        for seats in things {
            let seats: Vec<(u32, &str)> = seats.iter().map(|&(member, path)| (member, PATHS[path])).collect();
            for part in once(&seats) {
                let mut names = [delta.name(""); AXES];
                let member = part.member.map_or_else(|| COMMON.to_owned(), |member| format!("m{member}"));
                names[Axis::Member as usize] = delta.name(&member);
                names[Axis::Path as usize] = delta.name(part.path);
                delta.add(AT.0, AT.1, Key { day: 0, names, kind: CreditKind::Credit }, part.count);
            }
        }
        delta.touched();
        delta.applied(AT, &Block::default(), |day| day)
    }

    fn ask(block: &Block, owner: Owner, by: Vec<By<'_>>) -> BTreeMap<String, i128> {
        let answer = Question { owner, days: None, members: None, by }.ask([block]);
        let named = answer.into_iter().map(|(names, sum)| (names.join("/"), sum));
        named.filter(|(_, sum)| *sum != 0).collect()
    }

    fn units(path: usize) -> impl Iterator<Item = &'static str> {
        PATHS[path].split(PATH_SEPARATOR).filter(|unit| !unit.is_empty())
    }

    proptest! {
        #[test]
        fn every_level_counts_a_thing_once(
            things in prop::collection::vec(prop::collection::vec((0..3_u32, 0..7_usize), 1..5), 0..6)
        ) {
            let block = block(&things);
            let (mut by_unit, mut by_member, mut by_both) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
            for seats in &things {
                let had: BTreeSet<&str> = seats.iter().flat_map(|&(_, path)| units(path)).collect();
                let who: BTreeSet<u32> = seats.iter().map(|&(member, _)| member).collect();
                let in_a: BTreeSet<u32> = seats
                    .iter()
                    .filter(|&&(_, path)| units(path).any(|unit| unit == "a"))
                    .map(|&(member, _)| member)
                    .collect();
                for unit in had {
                    *by_unit.entry(unit.to_owned()).or_default() += 1_i128;
                }
                for who in who {
                    *by_member.entry(format!("m{who}")).or_default() += 1_i128;
                }
                for who in in_a {
                    *by_both.entry(format!("m{who}")).or_default() += 1_i128;
                }
            }
            let mut found = ask(&block, Owner::Company, vec![By::Unit]);
            found.remove("");
            prop_assert_eq!(found, by_unit);
            prop_assert_eq!(&ask(&block, Owner::Company, vec![By::Axis(Axis::Member)]), &by_member);
            let all = i128::try_from(things.len()).unwrap();
            prop_assert_eq!(ask(&block, Owner::Company, Vec::new()).remove("").unwrap_or(0), all);
            let within = ask(&block, Owner::Unit("a".into()), vec![By::Axis(Axis::Member)]);
            prop_assert_eq!(within, by_both);
            for (who, count) in by_member {
                prop_assert_eq!(ask(&block, Owner::Member(who), Vec::new()).remove("").unwrap_or(0), count);
            }
        }
    }
}
