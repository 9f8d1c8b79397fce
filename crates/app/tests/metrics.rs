//! Every kind of metric by table and explanation: Σ ÷ Σ at each level against plain counts over the pooled facts,
//! headcount, newcomers, customer sets, the beginning of history.

#![expect(clippy::unwrap_used, reason = "a test stops where something is not there")]

use std::collections::{BTreeMap, BTreeSet};

use dacheng_app::App;
use dacheng_app::allocation::Owner as Carrier;
use dacheng_app::facts::commit::{grained, place};
use dacheng_app::facts::days::{month_of, number};
use dacheng_app::figures::attainment::{Figure, table};
use dacheng_app::figures::explain::{Explanation, Part, explain};
use dacheng_app::figures::{Ask, Dimension, Look, Missing, member, overview, unit};
use dacheng_app::planning::rubrics::{NewRubric, RubricView, set};
use dacheng_app::testing::{load, on_both, operator};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::{Measured, Metric, Step};
use dacheng_domain::people::MemberId;
use dacheng_domain::planning::rubric::Score;
use dacheng_rollup::{AXES, Axis, Block, Delta, Grain, Key, Owner};
use dacheng_store::{blocks, rubrics};
use jiff::civil::{Date, date};

const MEMBERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// HQ › North (teams N1, N2) and South (team S1), two salespeople a team.
fn company(app: &App) {
    let units =
        "unit,name,parent,leader\nHQ,公司,,\nN,华北,HQ,\nS,华南,HQ,\nN1,一组,N,\nN2,二组,N,\nS1,三组,S,\n";
    load(app, Kind::Units, units);
    let member = |(code, unit): (&str, &str)| format!("{code},{code},{unit},specialist,2024-01-01,\n");
    let rows: String = MEMBERS.into_iter().zip(["N1", "N1", "N2", "N2", "S1", "S1"]).map(member).collect();
    load(app, Kind::Members, &format!("member,name,unit,position,hired,left\n{rows}"));
}

fn period(text: &str) -> Period {
    Period::parse(text, FiscalStart::JANUARY).unwrap()
}

fn figures(
    app: &App,
    metric: Metric,
    over: &str,
    by: &[Dimension],
) -> (BTreeMap<Vec<String>, Figure>, Figure) {
    let ask = Ask { metric, period: period(over), by: by.to_vec(), owner: Owner::Company, as_of: None };
    let found = table(app, &operator(app), ask).unwrap();
    (found.rows.into_iter().collect(), found.total)
}

fn explained(app: &App, metric: Metric, over: &str, owner: Owner) -> Explanation {
    let ask = Ask { metric, period: period(over), by: Vec::new(), owner, as_of: None };
    explain(app, &operator(app), ask, Part::All).unwrap()
}

/// A fact of a member on a day.
type Fact = (Measure, &'static str, Date, i64);

/// Credits facts straight into the blocks, as an import does; `customer` names one for each.
fn credit(app: &App, facts: &[Fact], customer: impl Fn(usize) -> String) {
    let ground = app.memory.ground(&mut app.store.read().unwrap()).unwrap();
    for grain in [Grain::Day, Grain::Month] {
        let mut delta = Delta::default();
        for (at, (measure, member, day, amount)) in facts.iter().enumerate() {
            let id = MemberId(i64::from(ground.member(member).unwrap()));
            let path = ground.organisation.segments(id, *day)[0].path;
            let mut names = [delta.name(""); AXES];
            names[Axis::Member as usize] = delta.name(member);
            names[Axis::Path as usize] = delta.name(&ground.paths[path.0 as usize]);
            names[Axis::Customer as usize] = delta.name(&customer(at));
            let key = Key { day: number(*day), names, kind: CreditKind::Credit };
            delta.add(*measure, month_of(*day), key, *amount);
        }
        let mut tx = app.store.write().unwrap();
        for at in delta.touched() {
            let block = delta.applied(at, &Block::default(), |day| grained(day, grain));
            assert!(blocks::replace(&mut tx, place(at.0, at.1, grain), 0, 1, &block.encode()).unwrap());
        }
        tx.commit().unwrap();
    }
}

/// A repeatable number below `most`.
fn noise(seed: usize, most: usize) -> usize {
    (seed.wrapping_mul(2_654_435_761) >> 7) % most
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

fn unit_of(member: &str) -> [&'static str; 3] {
    match member {
        "a" | "b" => ["N1", "N", "HQ"],
        "c" | "d" => ["N2", "N", "HQ"],
        _south => ["S1", "S", "HQ"],
    }
}

#[test]
fn a_ratio_is_the_pooled_count_at_every_level_and_in_every_month() {
    let facts: Vec<Fact> = (0..400)
        .map(|at| {
            // The south wins little and deals much, so that no mean is right by chance.
            let member = MEMBERS[noise(at, 7).min(5)];
            let wins = if unit_of(member)[0] == "S1" { noise(at + 9, 10) == 0 } else { noise(at + 9, 3) > 0 };
            let day = date(2026, i8::try_from(1 + noise(at + 3, 9)).unwrap(), 15);
            (if wins { Measure::Won } else { Measure::Lost }, member, day, 1)
        })
        .collect();
    let plain = |keep: &dyn Fn(&Fact) -> bool| {
        let own: Vec<&Fact> = facts.iter().filter(|fact| keep(fact)).collect();
        let won = own.iter().filter(|fact| fact.0 == Measure::Won).count();
        Ratio::new(i64::try_from(won).unwrap() * 10_000, i64::try_from(own.len()).unwrap())
    };
    on_both(|app| {
        company(app);
        credit(app, &facts, |_| String::new());
        let metric = Metric::ConversionRate;
        let (units, total) = figures(app, metric, "2026", &[Dimension::Unit]);
        assert_eq!(units.len(), 6);
        for (key, figure) in &units {
            let expected = plain(&|fact| unit_of(fact.1).contains(&key[0].as_str()));
            assert_eq!(figure.actual, expected, "{key:?}");
        }
        assert_eq!(total.actual, plain(&|_| true));
        let mean = |codes: [&str; 2]| {
            let of = |code: &str| units[&vec![code.to_owned()]].actual.unwrap();
            of(codes[0]).checked_add(of(codes[1])).unwrap().checked_mul(Ratio::percent(50)).unwrap()
        };
        assert_ne!(total.actual, Some(mean(["N", "S"])));
        let by = [Dimension::Member, Dimension::Month];
        for (key, figure) in figures(app, metric, "2026", &by).0 {
            let expected = plain(&|fact| fact.1 == key[0] && fact.2.strftime("%Y-%m").to_string() == key[1]);
            assert_eq!(figure.actual, expected, "{key:?}");
        }
        let page = unit::unit(app, &operator(app), "N", Look::now(metric, period("2026-08"))).unwrap();
        let of_north = |months: std::ops::RangeInclusive<i8>| {
            plain(&|fact| unit_of(fact.1).contains(&"N") && months.contains(&fact.2.month()))
        };
        assert_eq!(page.performance.figure.actual, of_north(8..=8));
        let window = page.performance.window.unwrap();
        assert_eq!(window.days, (date(2026, 6, 1), date(2026, 8, 31)));
        assert_eq!(window.figure.actual, of_north(6..=8));
        assert!(page.performance.needed.is_none(), "no pace without a sum");
        let north: BTreeMap<_, _> = page
            .branches
            .iter()
            .map(|own| (own.named.code.as_str(), own.performance.figure.actual))
            .collect();
        assert_eq!(north["N1"], plain(&|fact| unit_of(fact.1)[0] == "N1" && fact.2.month() == 8));
    });
}

#[test]
fn the_dashboard_of_a_ratio_shows_months_in_the_place_of_a_running_total() {
    let day = |month| date(2026, month, 10);
    let facts: Vec<Fact> = vec![
        (Measure::Complaints, "a", day(10), 1),
        (Measure::Orders, "a", day(10), 8),
        (Measure::Orders, "b", day(9), 5),
        (Measure::Complaints, "b", date(2025, 10, 10), 1),
        (Measure::Orders, "b", date(2025, 10, 10), 4),
    ];
    on_both(|app| {
        company(app);
        load(app, Kind::Customers, "customer,name\nk,客户\n");
        load(app, Kind::Orders, "order,customer,member,date,amount\n1,k,a,2026-11-20,1000\n");
        credit(app, &facts, |_| String::new());
        let look = Look::now(Metric::ComplaintRate, period("2026-10"));
        let found = overview::overview(app, &operator(app), Owner::Company, look).unwrap();
        assert!(found.running.is_empty());
        let shown: Vec<_> = found.months.iter().map(|month| month.actual).collect();
        assert_eq!(shown[7..11], [None, Some(0), Some(1_250), Some(0)], "nothing, 0 of 5, 1 of 8, 0 of 1");
        // 12.5 % after 25 %: half of it, and 12.5 个百分点 less.
        let change = found.performance.year_on_year.change.unwrap();
        assert_eq!(change.step, Some(Step::Points(Ratio::new(-125, 1_000).unwrap())));
        assert!(found.metrics.contains(&Metric::ComplaintRate) && !found.metrics.contains(&Metric::Visits));
        assert_eq!(found.headlines.len(), 9);
    });
}

#[test]
fn revenue_per_head_divides_by_the_average_of_those_in_post() {
    on_both(|app| {
        company(app);
        // Half of June for g; the leader has no target and does not count, nor does finance.
        load(
            app,
            Kind::Members,
            "member,name,unit,position,hired,left\ng,g,N1,specialist,2026-06-16,\nl,l,N,manager,2024-01-01,\n\
             x,x,N1,finance,2024-01-01,\n",
        );
        load(app, Kind::Customers, "customer,name\nk,客户\n");
        load(
            app,
            Kind::Orders,
            "order,customer,member,date,amount\n1,k,a,2026-06-10,1000\n2,k,c,2026-06-11,350\n3,k,e,2026-06-12,99\n",
        );
        let (units, total) = figures(app, Metric::RevenuePerHead, "2026-06", &[Dimension::Unit]);
        let of = |code: &str| units[&vec![code.to_owned()]].actual;
        // N1: a, b and half of g; N2: c and d; the company 6.5 heads.
        assert_eq!(of("N1"), Ratio::new(100_000 * 2, 5));
        assert_eq!(of("N2"), Some(Ratio::whole(17_500)));
        assert_eq!(of("N"), Ratio::new(135_000 * 2, 9));
        assert_eq!(total.actual, Ratio::new(144_900 * 2, 13));
        let [shown, ..] = total.written();
        assert_eq!(shown.as_deref(), Some("222.92"));
        let found = explained(app, Metric::RevenuePerHead, "2026-06", Owner::Unit("N1".into()));
        let heads: Vec<_> = found.counted.iter().map(|fact| fact.code.as_str()).collect();
        assert_eq!(heads, ["a", "b", "g"]);
        let Measured::Ratio { under, .. } = found.figure.measured else { unreachable!() };
        assert_eq!(found.counted.iter().map(|fact| fact.under).sum::<i64>(), under);
        let wrong = Ask {
            metric: Metric::RevenuePerHead,
            period: period("2026-06"),
            by: vec![Dimension::Region],
            owner: Owner::Company,
            as_of: None,
        };
        assert!(table(app, &operator(app), wrong).is_err());
    });
}

#[test]
fn newcomers_stay_with_the_unit_that_hired_them() {
    on_both(|app| {
        company(app);
        load(
            app,
            Kind::Members,
            "member,name,unit,position,hired,left\nn1,n1,N1,specialist,2026-01-05,\nn2,n2,N1,specialist,2026-01-31,2026-06-30\n\
             n3,n3,S1,specialist,2026-02-01,\n",
        );
        let (units, total) = figures(app, Metric::RetentionRate, "2026-07", &[Dimension::Unit]);
        assert_eq!(units[&vec!["N1".to_owned()]].actual, Some(Ratio::whole(5_000)));
        assert!(!units.contains_key(&vec!["S1".to_owned()]), "its mark falls in August");
        assert_eq!(total.measured, Measured::Ratio { over: 1, under: 2, against: 0, scale: 10_000 });
        let (_, quarter) = figures(app, Metric::RetentionRate, "2026-Q3", &[]);
        assert_eq!(quarter.measured, Measured::Ratio { over: 2, under: 3, against: 0, scale: 10_000 });
        let found = explained(app, Metric::RetentionRate, "2026-07", Owner::Company);
        let listed: Vec<_> = found.counted.iter().map(|fact| (fact.code.as_str(), fact.over)).collect();
        assert_eq!(listed, [("n1", 1), ("n2", 0)]);
        let (_, later) = figures(app, Metric::RetentionRate, "2027-03", &[]);
        assert_eq!((later.actual, later.missing), (None, Some(Missing::NoDenominator)));
    });
}

/// Two teams of one customer: counted once above them.
#[test]
fn repurchase_counts_a_customer_once_per_level() {
    let old = |member, amount| (Measure::Buyers, member, date(2025, 11, 3), amount);
    let now = |member| (Measure::Buyers, member, date(2026, 5, 4), 1);
    let facts: Vec<(Fact, &str)> = vec![
        (old("a", 1), "k1"),
        (old("c", 1), "k1"),
        (old("c", 2), "k2"),
        (old("e", 1), "k3"),
        ((Measure::Buyers, "e", date(2025, 4, 30), 1), "k4"),
        (now("a"), "k1"),
        (now("c"), "k9"),
        (now("a"), "k3"),
    ];
    let (credits, customers): (Vec<Fact>, Vec<&str>) = facts.into_iter().unzip();
    on_both(|app| {
        company(app);
        credit(app, &credits, |at| customers[at].to_owned());
        let (units, total) = figures(app, Metric::RepurchaseRate, "2026-05", &[Dimension::Unit]);
        let of = |code: &str| match units.get(&vec![code.to_owned()]).map(|own| own.measured) {
            Some(Measured::Ratio { over, under, .. }) => (over, under),
            Some(Measured::Sum(_) | Measured::Rated(_)) | None => (0, 0),
        };
        assert_eq!((of("N1"), of("N2"), of("S1")), ((1, 1), (0, 2), (0, 1)));
        assert_eq!((of("N"), of("HQ")), ((1, 2), (2, 3)), "k1 once, k3 bought again elsewhere");
        assert_eq!(total.measured, Measured::Ratio { over: 2, under: 3, against: 0, scale: 10_000 });
        let found = explained(app, Metric::RepurchaseRate, "2026-05", Owner::Company);
        let again: BTreeSet<_> =
            found.counted.iter().filter(|fact| fact.over == 1).map(|fact| fact.code.as_str()).collect();
        assert_eq!((again, found.counted.len()), (["k1", "k3"].into(), 3));
        let (_, week) = figures(app, Metric::RepurchaseRate, "2026-W20", &[]);
        assert_eq!((week.actual, week.missing), (None, Some(Missing::NotWholeMonths)));
    });
}

#[test]
fn new_and_old_customers_are_known_twelve_months_after_the_first_order() {
    on_both(|app| {
        company(app);
        load(app, Kind::Customers, "customer,name\nk,客户\n");
        load(app, Kind::Orders, "order,customer,member,date,amount\n1,k,a,2025-02-10,1000\n");
        for (over, known) in [("2025-03", false), ("2026-02", false), ("2026-03", true)] {
            for metric in [Metric::NewCustomers, Metric::RepurchaseRate] {
                let (_, total) = figures(app, metric, over, &[]);
                let begins = total.missing == Some(Missing::HistoryBegins(date(2026, 3, 1)));
                assert_eq!(begins, !known, "{metric} {over}");
                assert!(total.actual.is_none() || known);
            }
        }
        let found = explained(app, Metric::NewCustomers, "2025-03", Owner::Company);
        assert_eq!((found.figure.actual, found.zero), (None, None));
        load(app, Kind::Customers, "customer,name,first_order\nk,客户,2019-05-01\n");
        assert_eq!(figures(app, Metric::NewCustomers, "2025-03", &[]).1.missing, None);
    });
}

#[test]
fn what_nobody_measured_says_why() {
    on_both(|app| {
        company(app);
        let (_, rated) = figures(app, Metric::Rubric, "2026-05", &[]);
        assert_eq!((rated.actual, rated.missing), (None, Some(Missing::Rated)));
        let (_, none) = figures(app, Metric::Satisfaction, "2026-05", &[Dimension::Unit]);
        assert_eq!((none.actual, none.missing), (None, Some(Missing::NoDenominator)));
        let (_, sum) = figures(app, Metric::Visits, "2026-05", &[]);
        assert_eq!((sum.actual, sum.missing), (Some(Ratio::whole(0)), None));
        for metric in Metric::ALL {
            let found = explained(app, metric, "2026-05", Owner::Unit("N".into()));
            assert!(found.counted.is_empty() || metric == Metric::RevenuePerHead, "{metric}");
        }
    });
}

#[test]
fn nps_is_that_of_the_pooled_answers_at_every_level() {
    on_both(|app| {
        company(app);
        // Answers from 0 to 10, every fifth without one; a score is kept in hundredths.
        let answers: Vec<(&str, Date, Option<usize>)> = (0..180)
            .map(|at| {
                let day = date(2026, 3, 1).saturating_add(jiff::Span::new().days(whole(noise(at, 120))));
                (MEMBERS[noise(at + 7, 5)], day, (!at.is_multiple_of(5)).then(|| noise(at + 31, 11)))
            })
            .collect();
        let row = |(at, (member, day, score)): (usize, &(&str, Date, Option<usize>))| {
            let score = score.map_or_else(String::new, |score| score.to_string());
            format!("s{at},,{member},{day},80,{score}\n")
        };
        let rows: String = answers.iter().enumerate().map(row).collect();
        load(app, Kind::Surveys, &format!("survey,customer,member,date,satisfaction,recommend\n{rows}"));
        let net = |of: &dyn Fn(&str) -> bool, within: &dyn Fn(Date) -> bool| {
            let own = answers.iter().filter(|(member, day, _)| of(member) && within(*day));
            let scores: Vec<usize> = own.filter_map(|(.., score)| *score).collect();
            let number =
                |keep: &dyn Fn(&usize) -> bool| whole(scores.iter().filter(|score| keep(score)).count());
            let (promoters, detractors) = (number(&|score| *score >= 9), number(&|score| *score <= 6));
            Ratio::new(i128::from(promoters - detractors) * 10_000, whole(scores.len()))
        };
        let in_may = |day: Date| (day.year(), day.month()) == (2026, 5);
        let (rows, total) = figures(app, Metric::ReferralRate, "2026-05", &[Dimension::Unit]);
        assert_eq!(total.nps(), net(&|_| true, &in_may));
        for (unit, found) in &rows {
            assert_eq!(
                found.nps(),
                net(&|member| unit_of(member).contains(&unit[0].as_str()), &in_may),
                "{unit:?}"
            );
        }
        let (rows, _) = figures(app, Metric::ReferralRate, "2026-Q2", &[Dimension::Member, Dimension::Month]);
        for (names, found) in &rows {
            let month: dacheng_domain::calendar::Month = names[1].parse().unwrap();
            let within = |day| dacheng_domain::calendar::Month::of(day) == month;
            assert_eq!(found.nps(), net(&|member| member == names[0], &within), "{names:?}");
        }
        // As pages read it.
        let look = Look::now(Metric::ReferralRate, period("2026-05"));
        let page = unit::unit(app, &operator(app), "N", look).unwrap();
        let of_north = net(&|member| unit_of(member).contains(&"N"), &in_may);
        assert_eq!(page.performance.figure.nps(), of_north);
        for branch in &page.branches {
            let own = net(&|member| unit_of(member).contains(&branch.named.code.as_str()), &in_may);
            assert_eq!(branch.performance.figure.nps(), own, "{}", branch.named.code);
        }
        // And as it is explained: what the facts add to it.
        let found = explained(app, Metric::ReferralRate, "2026-05", Owner::Unit("N".into()));
        let sum: i64 = found.counted.iter().filter_map(|fact| fact.net(&found.figure)).sum();
        assert_eq!(Ratio::new(i128::from(sum) * 10_000, whole(found.counted.len())), of_north);
        assert_eq!(figures(app, Metric::ReferralRate, "2027-05", &[]).1.nps(), None, "no answer, no NPS");
        assert_eq!(
            figures(app, Metric::Satisfaction, "2026-05", &[]).1.nps(),
            None,
            "no NPS but of the referral rate"
        );
    });
}

#[test]
fn what_a_named_person_scored_is_shown_beside_its_target_score_and_stays_with_its_owner() {
    on_both(|app| {
        company(app);
        let new = |name: &str, owner, target: usize| NewRubric {
            name: name.to_owned(),
            owner,
            rater: "b".to_owned(),
            months: ("2026-04".parse().unwrap(), "2026-06".parse().unwrap()),
            target: Score::ALL[target - 1],
            levels: ["一", "二", "三", "四", "五"].map(str::to_owned),
        };
        let set = |name, owner, target| set(app, &operator(app), &new(name, owner, target)).unwrap();
        let ids = [
            set("渠道", Carrier::member("a"), 4),
            set("辅导", Carrier::member("a"), 5),
            set("协作", Carrier::unit("N"), 4),
        ];
        let at = operator(app).now.as_millisecond() + 60_000;
        let rate = |id: i64, score: usize| {
            let mut tx = app.store.write().unwrap();
            assert!(rubrics::rate(&mut tx, (id, 1), Score::ALL[score - 1], Some("有进步"), at).unwrap());
            tx.commit().unwrap();
        };
        let of_a = |over: &str| {
            figures(app, Metric::Rubric, over, &[Dimension::Member]).0.remove(&vec!["a".to_owned()])
        };
        let shown = |found: &Figure| (found.actual, found.target, found.attainment, found.missing);
        // Nobody has scored: the target score alone.
        assert_eq!(shown(&of_a("2026-05").unwrap()), (None, Some(450), None, Some(Missing::Rated)));
        rate(ids[0], 3);
        let three = (Some(Ratio::whole(300)), Some(400), Ratio::new(3, 4), None);
        for over in ["2026-04", "2026-05", "2026-Q2", "2026"] {
            assert_eq!(shown(&of_a(over).unwrap()), three, "{over}: score ÷ target score of what is scored");
        }
        assert_eq!(of_a("2026-07"), None, "no month of it");
        rate(ids[1], 5);
        let both = (Some(Ratio::whole(400)), Some(450), Ratio::new(8, 9), None);
        assert_eq!(shown(&of_a("2026-05").unwrap()), both, "Σ ÷ Σ");
        // A unit has its own; what its people carry does not roll up.
        rate(ids[2], 4);
        let (units, whole) = figures(app, Metric::Rubric, "2026-05", &[Dimension::Unit]);
        let own = (Some(Ratio::whole(400)), Some(400), Some(Ratio::whole(1)), None);
        assert_eq!(units.keys().flatten().collect::<Vec<_>>(), ["N"]);
        assert_eq!(shown(&units[&vec!["N".to_owned()]]), own);
        assert_eq!(shown(&whole), (None, None, None, Some(Missing::Rated)));
        // The pages, without a pace.
        let look = Look::now(Metric::Rubric, period("2026-05"));
        let page = unit::unit(app, &operator(app), "N1", look).unwrap();
        let a = page.branches.iter().find(|own| own.named.code == "a").unwrap();
        assert_eq!((shown(&a.performance.figure), a.performance.needed), (both, None));
        let page = member::member(app, &operator(app), ("N1", "a"), look).unwrap();
        let names = |all: &[RubricView]| all.iter().map(|own| own.kept.name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&page.rubrics), ["渠道", "辅导"]);
        assert!(page.offered.contains(&Metric::Rubric));
        // Who scored it, and when; as of before it was scored, nobody had.
        let found = explained(app, Metric::Rubric, "2026-05", Owner::Member("a".into()));
        assert_eq!((shown(&found.figure), names(&found.rubrics)), (both, names(&page.rubrics)));
        assert_eq!(found.rubrics[0].json()["rater"], "b");
        assert_eq!(found.rubrics[0].kept.rated_at, Some(at));
        let ask = |ms| Ask {
            metric: Metric::Rubric,
            period: period("2026-05"),
            by: Vec::new(),
            owner: Owner::Member("a".into()),
            as_of: Some(jiff::Timestamp::from_millisecond(ms).unwrap()),
        };
        let then = explain(app, &operator(app), ask(at - 1), Part::All).unwrap();
        assert_eq!((then.figure.actual, then.rubrics[0].kept.score), (None, None));
        assert_eq!(shown(&explain(app, &operator(app), ask(at), Part::All).unwrap().figure), both);
    });
}
