//! A company's own metrics over the small company: sums by hand beside what the figures say, versions by month, values as they were
//! known, targets owner by owner.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use dacheng_app::allocation::{Difference, Owner as Carrier};
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::explain::{Part, Why, explain};
use dacheng_app::figures::{Ask, Dimension, read_period};
use dacheng_app::metrics::{self, Entry};
use dacheng_app::planning::{
    NewPlan, SetOwnerTargets, Weighed, create, owner_targets, set_owner_targets, weights,
};
use dacheng_app::testing::company::make;
use dacheng_app::testing::{on_both, operator};
use dacheng_app::{App, Clock, Error};
use dacheng_domain::calendar::{FiscalStart, Month};
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::{Facts, Filter, MadeOf, OwnKind, OwnSpec, OwnVersion};
use dacheng_domain::metrics::{Direction, Metric, Unit, Window};
use dacheng_domain::planning::{RecognisedAt, RevenueBasis, Tax};
use dacheng_domain::ratio::round_half_away;
use dacheng_rollup::Owner;
use jiff::ToSpan;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn version(from: &str, made_of: MadeOf, window: Option<Window>) -> OwnVersion {
    OwnVersion {
        version: 1,
        valid_from: month(from),
        zh: "自定义".to_owned(),
        en: "Own".to_owned(),
        word: [String::new(), String::new()],
        made_of,
        window,
        retired: false,
    }
}

fn revenue_of(lines: &[&str], regions: &[&str]) -> MadeOf {
    let set = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    let filter = Filter { product_lines: set(lines), regions: set(regions), ..Filter::default() };
    MadeOf::Facts(Facts { measure: Measure::Revenue, filter })
}

fn define(app: &App, code: &str, kind: OwnKind, unit: Unit, made_of: MadeOf) -> Metric {
    let window = (kind == OwnKind::Ratio).then_some(Window::ROLLING_QUARTER);
    let spec = OwnSpec {
        code: code.to_owned(),
        kind,
        unit,
        direction: Direction::Higher,
        versions: vec![version("2026-01", made_of, window)],
    };
    let (_, seen) = metrics::specs(&mut app.store.read().unwrap()).unwrap();
    metrics::define(app, &operator(app), &spec, seen).unwrap();
    metrics::read(app, &mut app.store.read().unwrap(), code).unwrap()
}

fn asked(metric: Metric, period: &str, owner: Owner) -> Ask {
    let period = read_period(period, FiscalStart::JANUARY).unwrap();
    Ask { metric, period, by: Vec::new(), owner, as_of: None }
}

fn actual(app: &App, ask: Ask) -> String {
    let found = table(app, &operator(app), ask).unwrap();
    found.total.written()[0].clone().unwrap_or_else(|| "—".to_owned())
}

fn of(app: &App, metric: Metric, period: &str, owner: Owner) -> String {
    actual(app, asked(metric, period, owner))
}

#[test]
fn a_filtered_sum_is_that_of_its_facts_at_every_level_and_explains_what_it_leaves_out() {
    on_both(|app| {
        make(app);
        // Every order has 20 000.00 of the line 软件; s1 and s2 sell to 江苏: 105 000 and 75 000 in October.
        let software = define(app, "software", OwnKind::Sum, Unit::Money, revenue_of(&["软件"], &[]));
        let jiangsu = define(app, "jiangsu", OwnKind::Sum, Unit::Money, revenue_of(&[], &["江苏"]));
        assert_eq!(of(app, software, "2026-10", Owner::Company), "120000.00");
        assert_eq!(of(app, software, "2026-10", Owner::Unit("EAST".into())), "80000.00");
        assert_eq!(
            of(app, software, "2026-W41", Owner::Member("s1".into())),
            "20000.00",
            "10 October is in it"
        );
        assert_eq!(of(app, jiangsu, "2026-10", Owner::Company), "180000.00");
        assert_eq!(of(app, jiangsu, "2026-10", Owner::Unit("SOUTH".into())), "0.00");
        // The same by the dimension of the built-in metric.
        let by =
            Ask { by: vec![Dimension::ProductLine], ..asked(Metric::Revenue, "2026-10", Owner::Company) };
        let rows = table(app, &operator(app), by).unwrap().rows;
        let line = rows.iter().find(|(key, _)| key == &["软件"]).unwrap();
        assert_eq!(line.1.written()[0].as_deref(), Some("120000.00"));
        let found =
            explain(app, &operator(app), asked(jiangsu, "2026-10", Owner::Unit("EAST".into())), Part::All)
                .unwrap();
        let counted: Vec<_> = found.counted.iter().map(|fact| (fact.code.as_str(), fact.over)).collect();
        assert_eq!(counted, [("202610-s1", 10_500_000), ("202610-s2", 7_500_000)]);
        let left: Vec<_> = found.not_counted.iter().map(|fact| (fact.code.as_str(), fact.reason)).collect();
        assert_eq!(left, [("202610-s3", Why::OutsideFilter), ("202610-s4", Why::OutsideFilter)]);
    });
}

#[test]
fn a_change_reaches_no_closed_month_and_a_period_is_the_sum_of_its_months() {
    on_both(|app| {
        make(app);
        let own = define(app, "mix", OwnKind::Sum, Unit::Money, revenue_of(&["软件"], &[]));
        let change = |from: &str| {
            let (_, seen) = metrics::specs(&mut app.store.read().unwrap()).unwrap();
            metrics::change(app, &operator(app), "mix", &version(from, revenue_of(&[], &[]), None), seen)
        };
        assert!(matches!(change("2026-10"), Err(Error::Refused(_))), "October was closed");
        change("2026-11").unwrap();
        let own = metrics::read(app, &mut app.store.read().unwrap(), own.code()).unwrap();
        let november = of(app, Metric::Revenue, "2026-11", Owner::Company);
        assert_eq!(of(app, own, "2026-10", Owner::Company), "120000.00");
        assert_eq!(of(app, own, "2026-11", Owner::Company), november);
        // 105 + 90 + 100 + 100 + 110 + 95 thousand in November.
        assert_eq!(
            (november.as_str(), of(app, own, "2026-Q4", Owner::Company).as_str()),
            ("600000.00", "720000.00")
        );
    });
}

#[test]
fn a_ratio_is_sum_over_sum_and_never_a_mean() {
    on_both(|app| {
        make(app);
        define(app, "software", OwnKind::Sum, Unit::Money, revenue_of(&["软件"], &[]));
        let parts = MadeOf::Ratio { over: "software".to_owned(), under: "revenue".to_owned() };
        let share = define(app, "software_share", OwnKind::Ratio, Unit::Percent, parts);
        // E2 in October: 40 000 of 100 000 + 60 000; the mean of 20 % and 33.33 % would be 26.67 %.
        assert_eq!(of(app, share, "2026-10", Owner::Unit("E2".into())), "0.2500");
        assert_eq!(of(app, share, "2026-10", Owner::Member("s4".into())), "0.3333");
    });
}

#[test]
fn values_are_entered_once_and_as_of_an_earlier_day_they_were_not_there() {
    on_both(|app| {
        make(app);
        let events = metrics::read(app, &mut app.store.read().unwrap(), "events").unwrap();
        let enter = |app: &App, text: &str, values: &[(&str, i64)]| {
            let entry = |(unit, amount): &(&str, i64)| Entry {
                owner: Carrier::unit(*unit),
                amount: Some(*amount),
                note: None,
                seen: None,
            };
            let entries: Vec<Entry> = values.iter().map(entry).collect();
            metrics::enter(app, &operator(app), "events", month(text), &entries)
        };
        assert_eq!(enter(app, "2026-11", &[("E1", 3), ("E2", 4), ("S1", 5)]).unwrap().changed, 3);
        assert_eq!(enter(app, "2026-11", &[("E1", 3)]).unwrap().changed, 0, "it says so already");
        assert_eq!(of(app, events, "2026-11", Owner::Unit("EAST".into())), "7");
        assert_eq!(of(app, events, "2026-Q4", Owner::Company), "12");
        assert_eq!(of(app, events, "2026-11", Owner::Member("s1".into())), "0", "a team's is no member's");
        let before = Some(app.clock.now().checked_sub(1.hour()).unwrap());
        let then = Ask { as_of: before, ..asked(events, "2026-11", Owner::Company) };
        assert_eq!(actual(app, then), "0");
        // A gap of a closed month can be filled, once.
        assert_eq!(enter(app, "2026-10", &[("E1", 2)]).unwrap().changed, 1);
        assert!(matches!(enter(app, "2026-10", &[("E1", 9)]), Err(Error::Refused(_))));
        assert!(matches!(enter(app, "2026-12", &[("E1", 1)]), Err(Error::Refused(_))), "it lies ahead");
        assert!(matches!(enter(app, "2026-11", &[("EAST", 1)]), Err(Error::Refused(_))), "no team");
        let later = App { clock: Clock::Fixed(app.clock.now() + 2.hours()), ..app.clone() };
        enter(&later, "2026-11", &[("E1", 6)]).unwrap();
        let versions =
            metrics::history(app, &operator(app), "events", &Carrier::unit("E1"), month("2026-11"));
        let amounts: Vec<_> = versions.unwrap().iter().map(|own| (own.version, own.amount)).collect();
        assert_eq!(amounts, [(2, Some(6)), (1, Some(3))]);
        let first =
            Ask { as_of: Some(app.clock.now() + 1.hour()), ..asked(events, "2026-11", Owner::Company) };
        assert_eq!(actual(app, first), "12", "as it was before the correction");
    });
}

#[test]
fn ratios_are_set_owner_by_owner_and_checked_by_the_mean_of_their_denominators() {
    on_both(|app| {
        make(app);
        let context = operator(app);
        let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
        create(app, &context, &NewPlan { year: 2027, code: None, name: String::new(), basis }).unwrap();
        let year = read_period("2027", FiscalStart::JANUARY).unwrap();
        let set = |metric, unit: &str, values: &[(&str, i64)], seen| {
            let values = values.iter().map(|(unit, value)| (Carrier::unit(*unit), *value)).collect();
            let (plan, unit, difference) = ("2027".to_owned(), unit.to_owned(), Difference::Refuse);
            set_owner_targets(
                app,
                &context,
                &SetOwnerTargets { plan, metric, unit, period: year, values, difference, seen },
            )
        };
        let look = |metric, unit: &str| owner_targets(app, &context, "2027", metric, unit).unwrap();
        let rate = Metric::NewProductShare;
        let seen = look(rate, "ALL").version;
        set(rate, "ALL", &[("ALL", 3_000), ("EAST", 2_800), ("SOUTH", 3_400)], seen).unwrap();
        assert!(matches!(set(rate, "ALL", &[("ALL", 1)], seen), Err(Error::Stale { .. })));
        let found = look(rate, "ALL");
        assert_eq!(found.weighed, Weighed::Denominators);
        // By revenue of the last twelve months: EAST carries about two thirds, so the mean is just below 30 %.
        let weights: Vec<i64> = found.rows.iter().skip(1).map(|row| row.weight).collect();
        let (east, south) = (i128::from(weights[0]), i128::from(weights[1]));
        assert!(east > south && south > 0, "{weights:?}");
        let mean = round_half_away(east * 2_800 + south * 3_400, east + south);
        assert_eq!(found.checks.len(), 4);
        assert_eq!((found.checks[0].mean.scaled(1), found.checks[0].own), (mean, 3_000));
        assert_eq!(found.checks[0].reaches, east * 2_800 + south * 3_400 >= 3_000 * (east + south));
        let names: Vec<&str> = found.rows.iter().map(|row| row.owner.code.as_str()).collect();
        assert_eq!(names, ["ALL", "EAST", "SOUTH", "d1", "x1"], "whoever leads may carry one, too");
        assert!(
            weights::weights(app, &context, "2027")
                .unwrap()
                .iter()
                .any(|own| own.metric == rate && own.weight == 1)
        );
    });
}
