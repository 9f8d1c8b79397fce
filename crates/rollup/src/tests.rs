//! What blocks and questions must hold, against cells added one by one.

use std::collections::BTreeMap;

use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::CreditKind;
use proptest::prelude::*;

use crate::{AXES, Axis, Block, By, Delta, Key, Owner, Question};

const AT: (Measure, i32) = (Measure::Revenue, 0);

/// A cell as a person would write it: day, member, path, line, kind, fen.
type Written = (i32, u8, u8, u8, bool, i64);

fn key(delta: &mut Delta, (day, member, path, line, overlay, _): Written) -> Key {
    let mut names = [delta.name(""); AXES];
    names[Axis::Member as usize] = delta.name(&format!("m{member}"));
    names[Axis::Path as usize] = delta.name(&format!("t{path}\u{1f}r{}\u{1f}all", path % 2));
    names[Axis::ProductLine as usize] = delta.name(&format!("p{line}"));
    let kind = if overlay { CreditKind::Overlay } else { CreditKind::Credit };
    Key { day, names, kind }
}

fn added(block: &Block, cells: &[Written]) -> Block {
    let mut delta = Delta::default();
    for &cell in cells {
        let key = key(&mut delta, cell);
        delta.add(AT.0, AT.1, key, cell.5);
    }
    delta.applied(AT, block, |day| day)
}

fn cells() -> impl Strategy<Value = Vec<Written>> {
    prop::collection::vec((0..5_i32, 0..4_u8, 0..3_u8, 0..2_u8, any::<bool>(), -3..4_i64), 0..40)
}

fn ask(block: &Block, owner: Owner, by: Vec<By<'_>>) -> BTreeMap<Vec<String>, i128> {
    Question { owner, days: None, members: None, by }.ask([block]).into_iter().collect()
}

proptest! {
    #[test]
    fn a_block_does_not_remember_the_order_of_its_changes(first in cells(), second in cells()) {
        let one = added(&added(&Block::default(), &first), &second);
        let other = added(&added(&Block::default(), &second), &first);
        let both: Vec<Written> = first.into_iter().chain(second).collect();
        prop_assert_eq!(one.encode(), other.encode());
        prop_assert_eq!(one.encode(), added(&Block::default(), &both).encode());
    }

    #[test]
    fn bytes_read_back(cells in cells()) {
        let block = added(&Block::default(), &cells);
        prop_assert_eq!(Block::decode(&block.encode()).unwrap(), block);
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_but_never_crash(cells in cells(), at in 0..500_usize, byte: u8) {
        let mut bytes = added(&Block::default(), &cells).encode();
        let length = bytes.len();
        bytes[at % length] = byte;
        let _ = Block::decode(&bytes);
    }

    #[test]
    fn sums_are_those_of_the_written_cells(cells in cells()) {
        let block = added(&Block::default(), &cells);
        let mut by_line_and_day = BTreeMap::<Vec<String>, i128>::new();
        let mut by_unit = BTreeMap::<Vec<String>, i128>::new();
        let mut by_member = BTreeMap::<Vec<String>, i128>::new();
        for &(day, member, path, line, overlay, amount) in &cells {
            *by_member.entry(vec![format!("m{member}")]).or_default() += i128::from(amount);
            if !overlay {
                *by_line_and_day.entry(vec![format!("p{line}"), format!("d{day}")]).or_default() += i128::from(amount);
                for unit in [format!("t{path}"), format!("r{}", path % 2), "all".to_owned()] {
                    *by_unit.entry(vec![unit]).or_default() += i128::from(amount);
                }
            }
        }
        let day = |day: i32| format!("d{day}");
        let without_zeros = |sums: BTreeMap<Vec<String>, i128>| -> BTreeMap<_, _> {
            sums.into_iter().filter(|(_, sum)| *sum != 0).collect()
        };
        let asked = |by| without_zeros(ask(&block, Owner::Company, by));
        prop_assert_eq!(asked(vec![By::Axis(Axis::ProductLine), By::Time(&day)]), without_zeros(by_line_and_day));
        prop_assert_eq!(asked(vec![By::Unit]), without_zeros(by_unit));
        prop_assert_eq!(asked(vec![By::Axis(Axis::Member)]), without_zeros(by_member));
    }
}

#[test]
fn an_owner_narrows_the_cells_and_a_member_has_its_overlays() {
    let cells = [(1, 1, 0, 0, false, 100), (1, 1, 0, 0, true, 7), (2, 2, 1, 0, false, 30)];
    let block = added(&Block::default(), &cells);
    let total = |owner| ask(&block, owner, Vec::new())[&Vec::new()];
    assert_eq!(total(Owner::Company), 130);
    assert_eq!(total(Owner::Unit("r0".into())), 100);
    assert_eq!(total(Owner::Member("m1".into())), 107);
}

#[test]
fn members_asked_for_have_the_sums_that_each_has_alone() {
    let cells =
        [(1, 1, 0, 0, false, 100), (1, 1, 0, 0, true, 7), (2, 2, 1, 0, false, 30), (3, 3, 1, 0, false, 5)];
    let block = added(&Block::default(), &cells);
    let members = ["m1".to_owned(), "m3".to_owned(), "m9".to_owned()].into();
    let by = vec![By::Axis(Axis::Member)];
    let asked = Question { owner: Owner::Company, days: None, members: Some(&members), by }.ask([&block]);
    let alone = |member: &str| {
        let sums = ask(&block, Owner::Member(member.to_owned()), Vec::new());
        sums.get(&Vec::new()).map(|sum| (vec![member.to_owned()], *sum))
    };
    assert_eq!(asked, ["m1", "m3"].into_iter().filter_map(alone).collect::<Vec<_>>());
}

proptest! {
    #[test]
    fn a_summary_counts_for_members_without_a_fact_and_for_nobody_else(
        facts in cells(), opening in cells(), decides in cells()
    ) {
        let (facts, decides) = (added(&Block::default(), &facts), added(&Block::default(), &decides));
        let opening = added(&Block::default(), &opening);
        let by_member = |block: &Block| ask(block, Owner::Company, vec![By::Axis(Axis::Member)]);
        let known = by_member(&decides);
        let mut wanted = by_member(&facts);
        for (member, sum) in by_member(&opening) {
            // A member is known where any cell is theirs, also where those sum to 0.
            if !known.contains_key(&member) {
                *wanted.entry(member).or_default() += sum;
            }
        }
        prop_assert_eq!(by_member(&facts.beside(&opening, &decides)), wanted);
    }
}
