//! What a page restates as read is read back as the same.

#![expect(clippy::unwrap_used, reason = "a failing test may stop anywhere")]

use dacheng_domain::calendar::{FiscalStart, Month, Year};
use dacheng_domain::metrics::{Direction, Metric, RollUp, TargetForm, Unit};
use dacheng_domain::planning::smart::{Bound, Figure, Frame, Stated, When, read};
use dacheng_text::{Lang, smart};
use jiff::civil::date;

fn whens() -> Vec<Option<When>> {
    let month = |number| Month::new(2026, number).unwrap();
    let span = |first, last| Some(When::Span { first: month(first), last: month(last) });
    vec![
        None,
        span(1, 12),
        span(7, 9),
        span(1, 6),
        span(7, 12),
        span(9, 9),
        span(2, 5),
        Some(When::By(date(2026, 9, 30))),
        Some(When::By(date(2026, 12, 15))),
    ]
}

#[test]
fn what_is_restated_is_read_back() {
    let fiscal = FiscalStart::JANUARY;
    let frame = Frame { year: Year::new(2026, fiscal).unwrap(), today: date(2026, 11, 23), fiscal };
    let mut seen = 0;
    for metric in Metric::ALL {
        let definition = metric.definition();
        let amounts: &[i64] = match definition.unit {
            Unit::Money => &[1, 12_345, 1_000_000, 512_550_000, 500_000_000, 99_999_999_999],
            Unit::Count => &[1, 20, 1_200],
            Unit::Percent => &[1, 3_000, 9_999],
            Unit::Score => &[100, 450],
            Unit::Days => &[4_500, 4_550],
        };
        let bound = match definition.direction {
            Direction::Higher => Bound::AtLeast,
            Direction::Lower => Bound::AtMost,
        };
        for (&minor, when) in
            amounts.iter().flat_map(|minor| whens().into_iter().map(move |when| (minor, when)))
        {
            for (form, bound) in [
                (TargetForm::Total(minor), None),
                (TargetForm::Total(minor), Some(bound)),
                (TargetForm::MonthlyAverage(minor), None),
            ] {
                if matches!(form, TargetForm::MonthlyAverage(_)) && definition.roll_up != RollUp::Sum {
                    continue;
                }
                let figure = Ok(Figure::Amount(form));
                let stated = Stated { metric: Some(metric), figure, bound, when, scopes: Vec::new() };
                for lang in [Lang::Zh, Lang::En] {
                    let sentence = smart::target(lang, &stated, fiscal);
                    assert_eq!(
                        read(&sentence, &frame, &[]).targets,
                        std::slice::from_ref(&stated),
                        "{sentence}"
                    );
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 1_000, "{seen}");
}
