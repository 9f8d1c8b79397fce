//! Forecasts of a company: the series behind them against the orders they are made of, what changes them, and how often
//! the band held on months of the demo company that nobody showed it.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic, too")]

use std::collections::BTreeMap;

use dacheng_app::demo;
use dacheng_app::figures::forecast::{Told, outlooks};
use dacheng_app::planning::{NewPlan, Typed, create, keep_proposal, overview, proposal, take_proposal};
use dacheng_app::testing::company::{SPECIALISTS, make, percent};
use dacheng_app::testing::{load, on_both, operator};
use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period, Quarter};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{RecognisedAt, RevenueBasis, Tax};
use dacheng_domain::{Fen, Ratio};
use dacheng_forecast::{Chance, Days, History, Method, Past, Question, Series, Why};
use dacheng_rollup::Owner;

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// What a month of the small company came to, in fen.
fn sold(month: Month) -> i64 {
    let of =
        |member: &&str| if month.year() == 2025 { 90_000 } else { percent(member, month.number()) * 1_000 };
    SPECIALISTS.iter().map(of).sum::<i64>() * 100
}

#[test]
fn a_forecast_rests_on_the_months_as_they_were_booked() {
    on_both(|app| {
        make(app);
        let november = Period::Month(month("2026-11"));
        let ask = |owner, period| outlooks(app, &operator(app), &owner, (Metric::Revenue, period)).unwrap();
        let found = ask(Owner::Company, november);
        let was: Vec<(Month, i64)> =
            found.months.iter().filter_map(|own| Some((own.month, own.actual?))).collect();
        let expected: Vec<(Month, i64)> =
            (0..22).map(|place| month("2025-01").plus(place)).map(|own| (own, sold(own))).collect();
        assert_eq!(was, expected);
        assert_eq!((found.history, found.whole.booked), (22, sold(month("2026-11"))));
        assert_eq!(found.whole.target, Some(60_000_000));
        let Told::Ahead(forecast) = &found.whole.told else { panic!("{:?}", found.whole.told) };
        assert_eq!((forecast.chosen.method, forecast.chosen.why), (Method::Naive, Why::TooShortForModel(8)));
        // What is booked reaches the target already: only returns could undo it.
        assert!(forecast.band.p10 >= found.whole.booked, "{:?}", forecast.band);
        assert_eq!(found.whole.chance().map(Chance::ten_thousandths), Some(9_950));
        let names: Vec<&str> = found.below.iter().map(|(named, _)| named.code.as_str()).collect();
        assert_eq!(names, ["EAST", "SOUTH"]);
        let booked: i64 = found.below.iter().map(|(_, outlook)| outlook.booked).sum();
        assert_eq!(booked, found.whole.booked);
        // A quarter counts its complete months; a period that is over is what it came to.
        let quarter = Quarter::of(jiff::civil::date(2026, 11, 1), FiscalStart::JANUARY);
        let rest = ask(Owner::Unit("EAST".into()), Period::Quarter(quarter));
        let Told::Ahead(forecast) = &rest.whole.told else { panic!("{:?}", rest.whole.told) };
        let east = |number: i8| {
            ["s1", "s2", "s3", "s4"].map(|own| percent(own, number)).iter().sum::<i64>() * 100_000
        };
        assert_eq!((forecast.question.known, forecast.question.months), (east(10), 2));
        assert_eq!(rest.whole.booked, east(10) + east(11));
        let over = ask(Owner::Member("s2".into()), Period::Month(month("2026-10")));
        assert!(matches!(over.whole.told, Told::Over) && over.whole.booked == 7_500_000);
        assert!(matches!(ask(Owner::Company, Period::Month(month("2030-01"))).whole.told, Told::TooFar));
    });
}

#[test]
fn what_comes_later_changes_the_forecast_and_what_is_kept_is_the_same() {
    on_both(|app| {
        make(app);
        let ask = || {
            let period = Period::Month(month("2026-12"));
            outlooks(app, &operator(app), &Owner::Unit("S1".into()), (Metric::Collections, period)).unwrap()
        };
        let (first, again) = (ask(), ask());
        assert_eq!(first.whole.band(), again.whole.band());
        assert_eq!(first.months, again.months);
        load(
            app,
            Kind::Payments,
            "payment,order,customer,member,date,amount\nLATE,,c5,s5,2025-12-20,50000.00\n",
        );
        let later = ask();
        let december = |found: &dacheng_app::figures::forecast::Outlooks| {
            found.months.iter().find(|own| own.month == month("2025-12")).unwrap().actual.unwrap()
        };
        assert_eq!(december(&later) - december(&first), 5_000_000);
        assert!(later.whole.band().unwrap().p50 > first.whole.band().unwrap().p50);
    });
}

#[test]
fn neither_a_week_nor_a_ratio_is_forecast() {
    on_both(|app| {
        make(app);
        let week = Period::parse("2026-W48", FiscalStart::JANUARY).unwrap();
        assert!(outlooks(app, &operator(app), &Owner::Company, (Metric::Revenue, week)).is_err());
        let month = Period::Month(month("2026-11"));
        let ratio = (Metric::ConversionRate, month);
        assert!(
            outlooks(app, &operator(app), &Owner::Company, ratio).is_err(),
            "a ratio has no sum to forecast"
        );
    });
}

#[test]
fn a_proposal_is_worked_out_kept_and_taken() {
    on_both(|app| {
        make(app);
        let context = operator(app);
        let basis = RevenueBasis { recognised_at: RecognisedAt::Signing, tax: Tax::Included };
        let new = NewPlan { year: 2027, code: None, name: String::new(), basis };
        create(app, &context, &new).unwrap();
        let first = proposal(app, &context, "2027", Metric::Revenue).unwrap();
        let base = first.base.clone().unwrap();
        // Ten complete months of 2026; in 2025 they were ten twelfths of the year.
        let achieved: i64 = (1..=10).map(|number| sold(Month::new(2026, number).unwrap())).sum();
        assert_eq!((base.achieved, base.months, base.season), (achieved, 10, Ratio::new(10, 12).unwrap()));
        assert_eq!((base.heads, base.ramping, base.leavers, base.season_years), (6, 0, 0, 1));
        let own = first.proposal.clone().unwrap();
        let year = achieved * 12 / 10;
        // Nobody typed anything: the market grows as the note of 2027 says, and the note is named.
        assert!(first.market_noted && first.typed.market == 850);
        assert_eq!(first.typed.market_source, "行业协会 N1 工控行业规模");
        let grown = year * 1_085 / 1_000;
        assert_eq!(own.target, (grown + 500_000) / 1_000_000 * 1_000_000);
        assert_eq!(first.pipeline, Some((0, 0)), "there are no opportunities");
        assert!(first.chances[0] >= first.chances[1] && first.chances[1] >= first.chances[2]);
        let typed = Typed {
            market: 800,
            market_source: "行业协会 2026-10".into(),
            below: Some(1_000),
            above: Some(2_000),
            hired_in: 1,
            ..Typed::default()
        };
        assert_eq!(keep_proposal(app, &context, "2027", Metric::Revenue, (&typed, 0)).unwrap(), 1);
        assert!(keep_proposal(app, &context, "2027", Metric::Revenue, (&typed, 0)).is_err(), "stale");
        let grown = proposal(app, &context, "2027", Metric::Revenue).unwrap();
        assert_eq!((grown.version, &grown.typed), (1, &typed));
        assert!(
            !grown.market_noted && grown.growth.len() == 1,
            "what was typed stays, the note is still told"
        );
        let totals = grown.proposal.unwrap();
        let exact = Ratio::new(year, 1).unwrap().checked_mul(Ratio::percent(108)).unwrap().scaled(1);
        assert!((i128::from(totals.target) - exact).abs() <= 500_000, "{} {exact}", totals.target);
        assert!(
            take_proposal(app, &context, "2027", Metric::Revenue, 0).is_err(),
            "not the version that was seen"
        );
        let set = take_proposal(app, &context, "2027", Metric::Revenue, 1).unwrap();
        assert_eq!(set.months.iter().map(|marks| marks.target).sum::<i64>(), totals.target);
        assert_eq!(set.months.iter().filter_map(|marks| marks.floor).sum::<i64>(), totals.floor);
        assert_eq!(set.months.iter().filter_map(|marks| marks.stretch).sum::<i64>(), totals.stretch);
        let seen = overview(app, &context, "2027", Metric::Revenue).unwrap();
        assert_eq!(seen.total.unwrap().1.sums.year, totals.target);
    });
}

/// The months of everybody who sold at the demo company from its files, without the program: orders not cancelled less
/// returns, by member, team, region and company.
fn demo_series() -> BTreeMap<String, BTreeMap<Month, i64>> {
    let folder = tempfile::tempdir().unwrap();
    demo::write(folder.path()).unwrap();
    let mut units: BTreeMap<String, String> = BTreeMap::new();
    let rows = |path: &std::path::Path| -> Vec<Vec<String>> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
    };
    let mut parents: BTreeMap<String, String> = BTreeMap::new();
    for row in rows(&folder.path().join("units.csv")) {
        parents.insert(row[0].clone(), row[2].clone());
    }
    for row in rows(&folder.path().join("members.csv")) {
        units.insert(row[0].clone(), row[2].clone());
    }
    let mut found: BTreeMap<String, BTreeMap<Month, i64>> = BTreeMap::new();
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    let mut add = |member: &str, day: &str, amount: i64| {
        let month: Month = day[..7].parse().unwrap();
        let mut names = vec![member.to_owned()];
        let mut unit = units.get(member).cloned();
        while let Some(code) = unit.filter(|code| !code.is_empty()) {
            unit = parents.get(&code).cloned();
            names.push(code);
        }
        for name in names {
            *found.entry(name).or_default().entry(month).or_default() += amount;
        }
    };
    let fen = |text: &str| text.parse::<Fen>().unwrap().0;
    for stage in demo::stages() {
        let folder = folder.path().join(stage.folder());
        for row in rows(&folder.join("orders.csv")) {
            owners.insert(row[0].clone(), row[2].clone());
            if row[5] != "cancelled" {
                add(&row[2], &row[3], fen(&row[4]));
            }
        }
        for row in rows(&folder.join("returns.csv")) {
            let member = owners[&row[1]].clone();
            add(&member, &row[2], -fen(&row[3]));
        }
    }
    found
}

#[test]
fn the_band_holds_on_months_of_the_demo_company_that_nobody_showed_it() {
    let days = Days::new(Calendar::shipped(), 2026);
    let last = month("2026-10");
    let (mut inside, mut all, mut by_model, mut series) = (0, 0, 0, 0);
    for months in demo_series().into_values() {
        let first = *months.keys().next().unwrap();
        let amounts: Vec<i64> = (0..=last.months_since(first))
            .map(|place| months.get(&first.plus(place)).copied().unwrap_or(0))
            .collect();
        if amounts.len() < 30 {
            continue;
        }
        series += 1;
        // The last twelve months, each from the months before it.
        for origin in amounts.len() - 12..amounts.len() {
            let history =
                History { first, amounts: amounts[..origin].to_vec(), inside: None, began_late: false };
            let told = Past::of(Series::new(history, &days)).asked(Question::NEXT).unwrap();
            all += 1;
            inside += u32::from((told.band.p10..=told.band.p90).contains(&amounts[origin]));
            by_model += u32::from(told.chosen.method == Method::Model);
        }
    }
    let share = f64::from(inside) / f64::from(all) * 100.0;
    println!(
        "demo: {series} series, {inside} of {all} held-out months inside ({share:.1} %), {by_model} by the model"
    );
    assert!(series >= 70, "{series}");
    assert!((75.0..=85.0).contains(&share), "{share:.1} %");
}
