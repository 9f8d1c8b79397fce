//! A company's own metrics: what may be defined, how versions hold by month, what their sides add up.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use dacheng_domain::calendar::Month;
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::{
    CannotDefine, CannotEnter, CarriedBy, Catalogue, Entering, Facts, Filter, MadeOf, Months, Own, OwnKind,
    OwnSpec, OwnSpecs, OwnVersion, Reporter, Side, Term, counts, sums,
};
use dacheng_domain::metrics::{Direction, Measured, Metric, RollUp, Unit, Window};
use proptest::prelude::*;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn version(from: &str, made_of: MadeOf, window: Option<Window>) -> OwnVersion {
    OwnVersion {
        version: 1,
        valid_from: month(from),
        zh: "指标".to_owned(),
        en: "Metric".to_owned(),
        word: [String::new(), String::new()],
        made_of,
        window,
        retired: false,
    }
}

fn facts(measure: Measure, regions: &[&str]) -> MadeOf {
    let regions = regions.iter().map(ToString::to_string).collect();
    MadeOf::Facts(Facts { measure, filter: Filter { regions, ..Filter::default() } })
}

fn entered(due_day: u8) -> MadeOf {
    let reporter = Reporter::Member("k1".to_owned());
    MadeOf::Entered(Entering { carried_by: CarriedBy::Members, reporter, due_day })
}

fn ratio(over: &str, under: &str) -> MadeOf {
    MadeOf::Ratio { over: over.to_owned(), under: under.to_owned() }
}

fn spec(code: &str, kind: OwnKind, unit: Unit, made_of: MadeOf) -> OwnSpec {
    let window = (kind.roll_up() == RollUp::RatioOfSums).then_some(Window::ROLLING_QUARTER);
    OwnSpec {
        code: code.to_owned(),
        kind,
        unit,
        direction: Direction::Higher,
        versions: vec![version("2026-01", made_of, window)],
    }
}

fn defined(all: &[OwnSpec]) -> OwnSpecs {
    let mut specs = OwnSpecs::default();
    for spec in all {
        specs.define(spec.clone()).unwrap();
    }
    specs
}

#[test]
fn each_kind_is_kept_as_it_is_defined_and_read_by_its_code() {
    let all = [
        spec("east", OwnKind::Sum, Unit::Money, facts(Measure::Revenue, &["华东"])),
        spec("trips", OwnKind::Count, Unit::Count, facts(Measure::Visits, &[])),
        spec("events", OwnKind::EnteredSum, Unit::Count, entered(3)),
        spec("health", OwnKind::EnteredMean, Unit::Score, entered(3)),
        spec("share", OwnKind::Ratio, Unit::Percent, ratio("east", "revenue")),
    ];
    let specs = defined(&all);
    let text = serde_json::to_string(&specs).unwrap();
    assert_eq!(serde_json::from_str::<OwnSpecs>(&text).unwrap(), specs);
    let catalogue = Catalogue::of(&specs);
    let codes: Vec<&str> = catalogue.own().map(Own::code).collect();
    assert_eq!(codes, ["east", "trips", "events", "health", "share"]);
    assert_eq!(catalogue.read("revenue"), Ok(Metric::Revenue));
    assert!(catalogue.read("nothing").is_err());
    let share = catalogue.read("share").unwrap();
    assert_eq!(share.definition().roll_up, RollUp::RatioOfSums);
    assert_eq!(catalogue.all().count(), Metric::ALL.len() + all.len());
}

#[test]
fn the_same_definition_is_held_once_however_often_it_is_read() {
    let specs = defined(&[spec("held", OwnKind::Sum, Unit::Money, facts(Measure::Revenue, &["华东"]))]);
    let read = || Catalogue::of(&specs).own().next().unwrap().spec();
    assert!(std::ptr::eq(read(), read()));
}

#[test]
fn what_keeps_no_rule_is_not_defined() {
    let mut specs = defined(&[
        spec("east", OwnKind::Sum, Unit::Money, facts(Measure::Revenue, &["华东"])),
        spec("rate", OwnKind::Ratio, Unit::Percent, ratio("east", "revenue")),
    ]);
    let sum = |code: &str| spec(code, OwnKind::Sum, Unit::Money, facts(Measure::Revenue, &[]));
    for code in ["", "a", "Ab", "1a", "a b", "a-b", "华东", &"a".repeat(33)] {
        assert_eq!(specs.define(sum(code)), Err(CannotDefine::Code), "{code}");
    }
    assert_eq!(specs.define(sum("east")), Err(CannotDefine::Taken));
    assert_eq!(specs.define(sum("revenue")), Err(CannotDefine::Taken));
    let refused = |spec: OwnSpec| OwnSpecs::default().define(spec).unwrap_err();
    let of = |kind, unit, made_of| refused(spec("new", kind, unit, made_of));
    assert_eq!(of(OwnKind::Sum, Unit::Count, facts(Measure::Revenue, &[])), CannotDefine::Unit);
    assert_eq!(of(OwnKind::Sum, Unit::Money, facts(Measure::Visits, &[])), CannotDefine::Filter);
    assert_eq!(of(OwnKind::Count, Unit::Count, facts(Measure::CoursesDone, &["华东"])), CannotDefine::Filter);
    assert_eq!(of(OwnKind::Count, Unit::Count, entered(3)), CannotDefine::Kind);
    assert_eq!(of(OwnKind::EnteredSum, Unit::Count, entered(0)), CannotDefine::Due);
    assert_eq!(of(OwnKind::EnteredSum, Unit::Count, entered(21)), CannotDefine::Due);
    assert_eq!(of(OwnKind::Ratio, Unit::Percent, ratio("visits", "revenue")), CannotDefine::Sides);
    assert_eq!(of(OwnKind::Ratio, Unit::Percent, ratio("satisfaction", "revenue")), CannotDefine::Part);
    let mut long = sum("long");
    long.versions[0].zh = "名".repeat(31);
    assert_eq!(refused(long), CannotDefine::Name);
    let mut windowed = sum("windowed");
    windowed.versions[0].window = Some(Window::Period);
    assert_eq!(refused(windowed), CannotDefine::Window);
    let of_ratio = spec("second", OwnKind::Ratio, Unit::Percent, ratio("rate", "revenue"));
    assert_eq!(specs.define(of_ratio), Err(CannotDefine::Part), "a ratio is made of what adds up");
}

#[test]
fn a_change_holds_from_its_month_and_reaches_no_closed_one() {
    let mut specs = defined(&[spec("east", OwnKind::Sum, Unit::Money, facts(Measure::Revenue, &["华东"]))]);
    let change = |from| version(from, facts(Measure::Revenue, &["华东", "华中"]), None);
    let closed = Some(month("2026-06"));
    assert_eq!(
        specs.change("east", change("2026-06"), closed),
        Err(CannotDefine::ClosedMonth(month("2026-06")))
    );
    assert_eq!(specs.change("east", change("2026-07"), closed), Ok(2));
    assert_eq!(
        specs.change("east", change("2026-07"), closed),
        Err(CannotDefine::BeforeAnother(month("2026-07")))
    );
    assert_eq!(specs.change("west", change("2026-08"), closed), Err(CannotDefine::Unknown));
    let own = Catalogue::of(&specs).own().next().unwrap();
    let takes = |text: &str, region: &str| match own.term(Side::Over, month(text)) {
        Some(Term::Facts { filter, .. }) => filter.takes("", region, ""),
        Some(Term::Entered(_) | Term::Entries(_)) | None => unreachable!(),
    };
    assert!(!takes("2026-06", "华中") && takes("2026-07", "华中"));
    assert!(takes("2020-01", "华东") && !takes("2020-01", "华中"), "the first version holds before it, too");
}

#[test]
fn what_a_ratio_is_made_of_is_not_retired_before_it() {
    let mut specs = defined(&[
        spec("east", OwnKind::Sum, Unit::Money, facts(Measure::Revenue, &["华东"])),
        spec("share", OwnKind::Ratio, Unit::Percent, ratio("east", "revenue")),
    ]);
    let retired = |specs: &OwnSpecs, code: &str, from: &str| OwnVersion {
        valid_from: month(from),
        retired: true,
        ..specs.of_code(code).unwrap().versions[0].clone()
    };
    let east = retired(&specs, "east", "2026-09");
    assert_eq!(specs.change("east", east.clone(), None), Err(CannotDefine::InUse("share".to_owned())));
    let share = retired(&specs, "share", "2026-08");
    specs.change("share", share, None).unwrap();
    specs.change("east", east, None).unwrap();
    let catalogue = Catalogue::of(&specs);
    let offered = |text| catalogue.offered(month(text)).filter(|metric| metric.own().is_some()).count();
    assert_eq!([offered("2026-07"), offered("2026-08"), offered("2026-09")], [2, 1, 0]);
}

#[test]
fn a_ratio_is_in_the_minor_units_of_its_own_unit() {
    // 45 万 of 150 万 are 30 %; 12 new customers of 48 visits 25 %; 150 000.00 of 48 visits 3 125.00 each.
    let scale = |unit, over, under| {
        let specs = defined(&[spec("scaled", OwnKind::Ratio, unit, ratio(over, under))]);
        Catalogue::of(&specs).own().next().unwrap().scale()
    };
    let figure =
        |over, under, scale| Measured::Ratio { over, under, against: 0, scale }.figure().unwrap().scaled(1);
    let money = scale(Unit::Percent, "collections", "revenue");
    assert_eq!(figure(45_000_000, 150_000_000, money), 3_000);
    assert_eq!(figure(12, 48, scale(Unit::Percent, "new_customers", "visits")), 2_500);
    assert_eq!(figure(15_000_000, 48, scale(Unit::Money, "revenue", "visits")), 312_500);
    assert_eq!(figure(12, 48, scale(Unit::Score, "new_customers", "visits")), 25, "0.25, in hundredths");
}

#[test]
fn what_was_entered_stays_once_its_month_was_closed_and_a_gap_can_be_filled() {
    let specs = defined(&[spec("events", OwnKind::EnteredSum, Unit::Count, entered(3))]);
    let own = Catalogue::of(&specs).own().next().unwrap();
    let months = Months { running: month("2026-11"), closed: Some(month("2026-10")) };
    assert_eq!(own.enter(month("2026-10"), months), Ok(()));
    assert_eq!(own.revise(month("2026-10"), months), Err(CannotEnter::Closed(month("2026-10"))));
    assert_eq!(own.revise(month("2026-11"), months), Ok(()));
    assert_eq!(own.enter(month("2026-12"), months), Err(CannotEnter::Ahead));
    assert_eq!(
        own.asked(months).map(|own| own.to_string()).collect::<Vec<_>>(),
        ["2026-08", "2026-09", "2026-10"]
    );
    let early = Months { running: month("2026-02"), closed: None };
    assert_eq!(own.asked(early).map(|own| own.to_string()).collect::<Vec<_>>(), ["2026-01"]);
}

proptest! {
    #[test]
    fn every_offered_measure_can_be_defined_and_is_what_is_added_up(place in 0..15_usize) {
        let (kind, unit, measure) = match place.checked_sub(sums().len()) {
            None => (OwnKind::Sum, Unit::Money, sums()[place]),
            Some(place) => (OwnKind::Count, Unit::Count, counts()[place]),
        };
        let specs = defined(&[spec("any", kind, unit, facts(measure, &[]))]);
        let own = Catalogue::of(&specs).own().next().unwrap();
        prop_assert_eq!(own.measures(Side::Over), vec![measure]);
        prop_assert_eq!(own.measures(Side::Under), vec![]);
        prop_assert!(!Metric::Own(own).sources().is_empty());
    }
}
