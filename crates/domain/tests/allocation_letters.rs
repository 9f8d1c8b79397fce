//! Responsibility letters: the order of signatures, weights, what keeps a letter from being issued, its template.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Fen;
use dacheng_domain::allocation::letter::{
    Accompanied, CannotFill, Fault, Field, Item, Limit, Mark, Measured, Part, Party, Promise, Promiser,
    Signatories, Sold, State, Step, Terms, Weight, Wrong, fill, shared_weights, unaccompanied,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const DAYS: std::ops::RangeInclusive<Date> = date(2026, 1, 1)..=date(2026, 12, 31);

fn weight(text: &str) -> Weight {
    text.parse().unwrap()
}

fn item(name: &str, percent: &str) -> Item {
    let quarters = Some([100, 100, 100, 100]);
    let mark = Measured {
        metric: "revenue".to_owned(),
        unit: String::new(),
        product_line: String::new(),
        floor: Some(300),
        target: 400,
        stretch: None,
        quarters,
        monthly: None,
    };
    Item {
        name: name.to_owned(),
        detail: String::new(),
        mark: Mark::Target(mark),
        weight: weight(percent),
        criterion: String::new(),
        deadline: date(2026, 9, 30),
        assessed_by: String::new(),
    }
}

fn terms(items: Vec<Item>) -> Terms {
    Terms { items, ..Terms::default() }
}

/// `domain.md` §4, written down once more: from, step, to with two and with three signatures.
const WAYS: &[(State, Step, State, State)] = &[
    (State::Draft, Step::Issue, State::Issued, State::Issued),
    (State::Issued, Step::Return, State::Returned, State::Returned),
    (State::Issued, Step::Refuse, State::Refused, State::Refused),
    (State::Issued, Step::Sign, State::Signed, State::Signed),
    (State::Signed, Step::Return, State::Returned, State::Returned),
    (State::Signed, Step::Countersign, State::InForce, State::Countersigned),
    (State::Countersigned, Step::Return, State::Returned, State::Returned),
    (State::Countersigned, Step::Represent, State::InForce, State::InForce),
];

#[test]
fn a_letter_takes_the_steps_of_its_table_and_no_other() {
    for state in State::ALL {
        for step in Step::ALL {
            for signatories in [Signatories::Two, Signatories::Three] {
                let way = WAYS.iter().find(|(from, by, ..)| *from == state && *by == step);
                let expected = match way {
                    Some((.., two, three)) => {
                        Some(if signatories == Signatories::Two { *two } else { *three })
                    }
                    None if step == Step::Supersede && state != State::Superseded => Some(State::Superseded),
                    None => None,
                };
                assert_eq!(
                    state.after(step, signatories).ok(),
                    expected,
                    "{state:?} {step:?} {signatories:?}"
                );
            }
        }
    }
}

#[test]
fn everybody_signs_once_in_order_and_then_it_is_in_force() {
    for signatories in [Signatories::Two, Signatories::Three] {
        let mut state = State::Issued;
        let mut signed = Vec::new();
        while let Some(party) = state.waits_for() {
            signed.push(party);
            state = state.after(Step::of(party), signatories).unwrap();
        }
        assert_eq!(signed, signatories.parties());
        assert_eq!(state, State::InForce);
        assert_eq!(signed.first(), Some(&Party::Member));
    }
}

#[test]
fn weights_are_read_as_people_write_them() {
    for (text, said) in [
        ("50", "50"),
        ("12.5", "12.5"),
        ("12.50 %", "12.5"),
        ("33.33％", "33.33"),
        ("0.01", "0.01"),
        ("100", "100"),
    ] {
        assert_eq!(weight(text).to_string(), said);
    }
    for text in ["", "0", "0.00", "100.01", "1.234", "-5", "五十", "1e2", "１２", ".5", "5."] {
        assert!(text.parse::<Weight>().is_err(), "{text}");
    }
}

#[test]
fn a_letter_is_issued_with_weights_of_exactly_a_hundred() {
    let good = terms(vec![item("销售额", "50"), item("回款额", "30"), item("新客户数", "20")]);
    assert_eq!(good.faults(&DAYS), []);
    let short = terms(vec![item("销售额", "50"), item("回款额", "49.99")]);
    assert_eq!(short.faults(&DAYS), [Fault::Weights(9_999)]);
    assert_eq!(terms(Vec::new()).faults(&DAYS), [Fault::NoItem]);
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    let mut own = terms(vec![item("销售额", "60"), item(" ", "40")]);
    own.items[0].deadline = date(2027, 1, 1);
    let Mark::Target(mark) = &mut own.items[0].mark else { unreachable!() };
    mark.quarters = Some([100, 100, 100, 99]);
    let promise = |number, times, due| Promise {
        number,
        what: "线下推广".to_owned(),
        times,
        unit: "场".to_owned(),
        by: Promiser::Department("marketing".to_owned()),
        due,
    };
    own.promises = vec![
        promise(1, 0, date(2026, 6, 30)),
        promise(2, 3, date(2025, 6, 30)),
        promise(2, 3, date(2026, 6, 30)),
    ];
    own.rights = vec!["报价折扣不低于九折".to_owned(), String::new()];
    own.limits = vec![Limit::OrderAbove(Fen(0)), Limit::Words("字".repeat(401))];
    let line = |part, at, wrong| Fault::Line(part, at, wrong);
    assert_eq!(
        own.faults(&DAYS),
        [
            line(Part::Items, 0, Wrong::Day),
            line(Part::Items, 1, Wrong::Blank),
            line(Part::Promises, 0, Wrong::Number),
            line(Part::Promises, 1, Wrong::Day),
            line(Part::Promises, 2, Wrong::Twice),
            line(Part::Rights, 1, Wrong::Blank),
            line(Part::Limits, 0, Wrong::Number),
            line(Part::Limits, 1, Wrong::TooLong(400)),
        ]
    );
    own.items[0].deadline = date(2026, 12, 31);
    assert_eq!(own.faults(&DAYS)[0], line(Part::Items, 0, Wrong::Quarters));
}

#[test]
fn an_order_above_the_limit_is_listed_unless_a_superior_had_come_along() {
    let sold = |order, customer, day: i8, amount| Sold {
        order,
        customer,
        date: date(2026, 8, day),
        amount: Fen(amount),
    };
    let orders = [
        sold("exactly", "A", 3, 10_000_000),
        sold("accompanied", "A", 5, 10_000_001),
        sold("visited too late", "B", 5, 20_000_000),
        sold("never", "C", 5, 20_000_000),
    ];
    let visit = |customer, day| Accompanied { customer, date: date(2026, 8, day) };
    let listed = unaccompanied(Fen(10_000_000), &orders, &[visit("A", 5), visit("B", 6)]);
    assert_eq!(listed.iter().map(|own| own.order).collect::<Vec<_>>(), ["visited too late", "never"]);
}

#[test]
fn a_template_knows_its_fields_by_both_names_and_names_what_it_does_not_know() {
    let value = |field: Field| format!("<{}>", field.names()[1]);
    for field in Field::ALL {
        for name in field.names() {
            assert_eq!(fill(&format!("a{{ {name} }}b"), value), Ok(format!("a<{}>b", field.names()[1])));
        }
    }
    assert_eq!(fill("", value), Ok(String::new()));
    for alone in ["{责任人", "责任人}", "}{", "{{责任人}"] {
        assert!(fill(alone, value).is_err(), "{alone}");
    }
    assert_eq!(fill("{责任人", value), Err(CannotFill::Brace));
}

proptest! {
    #[test]
    fn shared_weights_sum_to_a_hundred_and_follow_their_parts(parts in prop::collection::vec(0_u32..10_000, 1..20)) {
        let weights = shared_weights(&parts);
        prop_assert_eq!(weights.len(), parts.len());
        prop_assert_eq!(weights.iter().map(|own| own.hundredths()).sum::<u32>(), 10_000);
        for (at, own) in parts.iter().enumerate() {
            for (other, part) in parts.iter().enumerate() {
                prop_assert!(own >= part || weights[at] <= weights[other], "{:?} {:?}", parts, weights);
            }
        }
    }

    #[test]
    fn a_weight_reads_what_it_writes(hundredths in 1_u32..=10_000) {
        let own = Weight::try_from(hundredths).unwrap();
        prop_assert_eq!(own.to_string().parse::<Weight>(), Ok(own));
    }

    #[test]
    fn filling_never_panics_and_keeps_text_without_braces(text in "[^{}]{0,40}", noise in ".{0,40}") {
        prop_assert_eq!(fill(&text, |_| String::new()), Ok(text));
        let _ = fill(&noise, |_| String::new());
    }
}
