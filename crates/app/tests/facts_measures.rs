//! What facts add up to, measure by measure, against numbers worked out by hand.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::collections::BTreeMap;

use dacheng_app::App;
use dacheng_app::facts::commit::grain_number;
use dacheng_app::facts::undo::undo;
use dacheng_app::facts::verify::differing_blocks;
use dacheng_app::figures::Ask;
use dacheng_app::figures::attainment::table;
use dacheng_app::figures::explain::{Part, explain};
use dacheng_app::figures::settled::settle;
use dacheng_app::testing::{import_text, load, on_both, operator};
use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::{Measured, Metric, MetricSettings, MetricVersion};
use dacheng_rollup::{Axis, By, Grain, Owner, Question};
use jiff::civil::date;

/// Team T1 with a, team T2 with b, both in N; c in S; d with three fifths in T1 and two in S.
fn company(app: &App) {
    load(app, Kind::Units, "unit,name,parent,leader\nall,公司,,\nN,北,all,\nT1,一,N,\nT2,二,N,\nS,南,all,\n");
    load(
        app,
        Kind::Members,
        "member,name,unit,position,hired,left\na,安,T1,specialist,,\nb,白,T2,specialist,,\nc,陈,S,specialist,,\nd,丁,T1,specialist,,\n",
    );
    load(
        app,
        Kind::Employments,
        "member,from,to,unit,position,share\na,2020-01-01,,T1,,\nb,2020-01-01,,T2,,\nc,2020-01-01,,S,,\nd,2020-01-01,,T1,,60%\nd,2020-01-01,,S,,40%\n",
    );
    load(app, Kind::Products, "product,name,line,new_since\np1,甲,A,\np2,乙,B,2026-01-10\np3,丙,A,\n");
    load(
        app,
        Kind::Customers,
        "customer,name,region,type,owner,first_order\nx,客一,东,KA,,\ny,客二,西,SMB,,\nz,客三,西,SMB,,2020-05-01\n",
    );
}

fn asked(app: &App, measure: Measure, grain: Grain, owner: Owner, by: Vec<By<'_>>) -> BTreeMap<String, i128> {
    let (measure, grain) = (measure.number(), grain_number(grain));
    let mut tx = app.store.read().unwrap();
    let found = app
        .memory
        .blocks(&mut tx, (200_001, 209_912), |place| place.measure == measure && place.grain == grain);
    let blocks: Vec<_> = found.unwrap().into_iter().map(|(_, block)| block).collect();
    let answer = Question { owner, days: None, members: None, by }.ask(blocks.iter().map(AsRef::as_ref));
    answer.into_iter().map(|(names, sum)| (names.join("/"), sum)).filter(|(_, sum)| *sum != 0).collect()
}

fn by(app: &App, measure: Measure, by: By<'_>) -> Vec<(String, i128)> {
    asked(app, measure, Grain::Month, Owner::Company, vec![by]).into_iter().collect()
}

fn total(app: &App, measure: Measure) -> i128 {
    asked(app, measure, Grain::Month, Owner::Company, Vec::new()).remove("").unwrap_or(0)
}

fn pairs<const N: usize>(pairs: [(&str, i128); N]) -> Vec<(String, i128)> {
    pairs.into_iter().map(|(name, sum)| (name.to_owned(), sum)).collect()
}

fn is_whole(app: &App) {
    assert_eq!(differing_blocks(&mut app.store.read().unwrap()).unwrap(), []);
}

const ORDERS: &str = "order,customer,member,date,amount,status\n\
    o1,x,a,2026-01-05,,normal\no2,x,d,2026-01-20,50.00,normal\no3,y,c,2026-02-01,10.00,cancelled\no4,y,b,2026-02-03,,\n";
const LINES: &str =
    "order,line,product,quantity,amount\no1,1,p1,1,30.00\no1,2,p2,1,20.00\no1,3,p3,1,5.00\no4,1,p2,1,7.01\n";

#[test]
fn an_order_counts_once_at_every_level_whatever_its_shares_seats_and_lines() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        load(app, Kind::OrderLines, LINES);
        let shares = "order,member,share,kind\no1,a,50%,\no1,b,50%,\no1,c,100%,overlay\n";
        load(app, Kind::OrderShares, shares);
        assert_eq!(total(app, Measure::Orders), 3, "one of four is cancelled");
        assert_eq!(
            by(app, Measure::Orders, By::Unit),
            pairs([("N", 3), ("S", 1), ("T1", 2), ("T2", 2), ("all", 3)])
        );
        let of_members = pairs([("a", 1), ("b", 2), ("c", 1), ("d", 1)]);
        assert_eq!(by(app, Measure::Orders, By::Axis(Axis::Member)), of_members);
        assert_eq!(
            by(app, Measure::Orders, By::Axis(Axis::ProductLine)),
            pairs([("", 1), ("A", 1), ("B", 2)])
        );
        assert_eq!(by(app, Measure::Orders, By::Axis(Axis::Region)), pairs([("东", 2), ("西", 1)]));
        let in_n = asked(
            app,
            Measure::Orders,
            Grain::Day,
            Owner::Unit("N".into()),
            vec![By::Axis(Axis::ProductLine)],
        );
        assert_eq!(in_n.into_iter().collect::<Vec<_>>(), pairs([("", 1), ("A", 1), ("B", 2)]));
        let of_c = asked(app, Measure::Orders, Grain::Month, Owner::Member("c".into()), Vec::new());
        assert_eq!(of_c[""], 1, "an overlay counts for its member");
        is_whole(app);
    });
}

#[test]
fn what_is_new_when_it_is_ordered_is_new_whenever_it_is_said_so() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        load(app, Kind::OrderLines, LINES);
        assert_eq!(by(app, Measure::NewProductRevenue, By::Axis(Axis::Member)), pairs([("b", 701)]));
        load(app, Kind::Products, "product,name,new_since\np2,乙,2026-01-05\n");
        assert_eq!(
            by(app, Measure::NewProductRevenue, By::Axis(Axis::Member)),
            pairs([("a", 2_000), ("b", 701)])
        );
        load(app, Kind::Returns, "return,order,date,amount\nr1,o4,2026-03-01,7.01\n");
        assert_eq!(by(app, Measure::NewProductRevenue, By::Axis(Axis::Member)), pairs([("a", 2_000)]));
        is_whole(app);
    });
}

#[test]
fn what_is_due_and_complained_of_goes_to_whoever_owns_the_order_now() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        load(
            app,
            Kind::Receivables,
            "receivable,order,due,amount\nf1,o2,2026-03-31,50.00\nf2,o3,2026-03-31,10.00\n",
        );
        let complaints = "complaint,order,customer,member,date\nk1,o2,,,2026-02-10\nk2,o3,,b,2026-02-11\nk3,,y,c,2026-02-12\n";
        load(app, Kind::Complaints, complaints);
        let due = by(app, Measure::Receivables, By::Unit);
        assert_eq!(
            due,
            pairs([("N", 3_000), ("S", 2_000), ("T1", 3_000), ("all", 5_000)]),
            "split over the seats"
        );
        let complained = by(app, Measure::Complaints, By::Unit);
        assert_eq!(
            complained,
            pairs([("N", 2), ("S", 1), ("T1", 1), ("T2", 1), ("all", 3)]),
            "whole to the largest"
        );
        assert_eq!(by(app, Measure::Complaints, By::Axis(Axis::Region)), pairs([("东", 1), ("西", 2)]));
        load(app, Kind::Orders, "order,customer,member,date,amount,status\no2,x,c,2026-01-20,50.00,\n");
        assert_eq!(by(app, Measure::Complaints, By::Axis(Axis::Member)), pairs([("b", 1), ("c", 2)]));
        let unknown = import_text(app, Kind::Complaints, "complaint,order,date\nk9,,2026-02-12\n").unwrap();
        assert_eq!(unknown.problems[0].column.as_deref(), Some("member"));
        is_whole(app);
    });
}

#[test]
fn a_customer_is_new_once_by_the_first_order_that_stays() {
    on_both(|app| {
        company(app);
        let new = |app: &App| by(app, Measure::NewCustomers, By::Axis(Axis::Member));
        let months = |app: &App| {
            let month = |day: i32| dacheng_app::facts::days::date_of(day).to_string();
            by(app, Measure::NewCustomers, By::Time(&month))
        };
        load(app, Kind::Orders, ORDERS);
        assert_eq!(new(app), pairs([("a", 1), ("b", 1)]), "y's first was cancelled");
        let shared =
            load(app, Kind::OrderShares, "order,member,share,kind\no1,b,40%,\no1,a,20%,\no1,d,40%,\n");
        assert_eq!(new(app), pairs([("b", 2)]), "the largest share, of two the earlier by key");
        let back = "return,order,date,amount\nr1,o1,2026-04-01,50.00\n";
        load(app, Kind::Orders, "order,customer,member,date,amount\no1,,,,55.00\n");
        let partly = load(app, Kind::Returns, back);
        assert_eq!(new(app), pairs([("b", 2)]), "a part came back");
        load(app, Kind::Returns, &back.replace("50.00", "55.00"));
        assert_eq!(new(app), pairs([("b", 1), ("d", 1)]), "all of it: the next order is the first");
        assert_eq!(months(app), pairs([("2026-01-01", 1), ("2026-02-01", 1)]));
        let earlier = load(app, Kind::Orders, "order,customer,member,date,amount\no0,x,c,2025-12-31,1.00\n");
        assert_eq!(new(app), pairs([("b", 1), ("c", 1)]));
        undo(app, &operator(app), earlier.import.unwrap()).unwrap();
        assert_eq!(new(app), pairs([("b", 1), ("d", 1)]));
        undo(app, &operator(app), shared.import.unwrap()).unwrap();
        undo(app, &operator(app), partly.import.unwrap()).unwrap();
        is_whole(app);
        load(app, Kind::Customers, "customer,name,first_order\nx,客一,2024-01-01\ny,客二,2026-02-03\n");
        assert_eq!(new(app), pairs([("b", 1)]), "x came before the data, y on the day of their first order");
        load(
            app,
            Kind::Orders,
            "order,customer,member,date,amount\no8,z,a,2026-05-01,1.00\no9,z,b,2020-05-01,1.00\n",
        );
        assert_eq!(new(app), pairs([("b", 2)]), "z's first order is the one they carry");
        is_whole(app);
    });
}

#[test]
fn whoever_bought_is_known_by_month_and_customer() {
    on_both(|app| {
        company(app);
        load(app, Kind::Orders, ORDERS);
        let bought = by(app, Measure::Buyers, By::Axis(Axis::Customer));
        assert_eq!(bought.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["x", "y"]);
        assert!(
            asked(app, Measure::Buyers, Grain::Day, Owner::Company, Vec::new()).is_empty(),
            "by month only"
        );
        let in_s = asked(
            app,
            Measure::Buyers,
            Grain::Month,
            Owner::Unit("S".into()),
            vec![By::Axis(Axis::Customer)],
        );
        assert_eq!(in_s.keys().collect::<Vec<_>>(), ["x"], "by the second seat of d");
        is_whole(app);
    });
}

#[test]
fn silence_loses_an_opportunity_and_news_of_it_takes_that_back() {
    on_both(|app| {
        company(app);
        let day = |day: i32| dacheng_app::facts::days::date_of(day).to_string();
        let lost = |app: &App| -> Vec<(String, i128)> {
            asked(app, Measure::Lost, Grain::Day, Owner::Company, vec![By::Time(&day)]).into_iter().collect()
        };
        load(app, Kind::Opportunities, "opportunity,customer,member,opened\np1,x,a,2026-01-01\n");
        assert_eq!(lost(app), pairs([("2026-04-02", 1)]), "the day after 90 days");
        load(app, Kind::Opportunities, "opportunity,member,opened,active\np1,,,2026-03-01\n");
        assert_eq!(lost(app), pairs([("2026-05-31", 1)]));
        load(app, Kind::Opportunities, "opportunity,member,opened,outcome,closed\np1,,,won,2026-03-12\n");
        assert_eq!((lost(app), total(app, Measure::Won), total(app, Measure::WonDays)), (Vec::new(), 1, 70));
        let early =
            import_text(app, Kind::Opportunities, "opportunity,member,opened,closed\np1,,,2025-12-31\n")
                .unwrap();
        assert_eq!(early.problems[0].column.as_deref(), Some("closed"));
        is_whole(app);
    });
}

#[test]
fn a_summary_counts_until_its_month_has_facts_of_the_member() {
    on_both(|app| {
        company(app);
        let summaries = "member,month,metric,amount\na,2026-01,revenue,500.00\nb,2026-01,revenue,70.00\nd,2026-01,revenue,10.00\na,2026-01,visits,12\n";
        let brought = load(app, Kind::Summaries, summaries);
        let of_members = |app: &App| by(app, Measure::Revenue, By::Axis(Axis::Member));
        assert_eq!(of_members(app), pairs([("a", 50_000), ("b", 7_000), ("d", 1_000)]));
        assert_eq!(by(app, Measure::Visits, By::Unit), pairs([("N", 12), ("T1", 12), ("all", 12)]));
        let split = asked(app, Measure::Revenue, Grain::Month, Owner::Unit("S".into()), Vec::new());
        assert_eq!(split[""], 400, "two fifths of d");
        let orders = load(app, Kind::Orders, ORDERS);
        let beside = pairs([("a", 50_000), ("b", 7_000), ("d", 5_000)]);
        assert_eq!(of_members(app), beside, "d sold in January; a's order has no amount yet");
        load(app, Kind::OrderLines, LINES);
        assert_eq!(
            of_members(app),
            pairs([("a", 5_500), ("b", 7_701), ("d", 5_000)]),
            "b sold in February only"
        );
        undo(app, &operator(app), orders.import.unwrap()).unwrap();
        assert_eq!(of_members(app), pairs([("a", 50_000), ("b", 7_000), ("d", 1_000)]));
        undo(app, &operator(app), brought.import.unwrap()).unwrap();
        assert_eq!(of_members(app), []);
        let half =
            import_text(app, Kind::Summaries, "member,month,metric,amount\na,2026-01,visits,1.5\n").unwrap();
        assert_eq!(half.problems[0].column.as_deref(), Some("amount"));
        is_whole(app);
    });
}

#[test]
fn answers_scores_and_courses_add_up_as_they_are_counted() {
    on_both(|app| {
        company(app);
        load(
            app,
            Kind::Surveys,
            "survey,customer,member,date,satisfaction,recommend\ns1,x,a,2026-01-05,80,9\ns2,y,a,2026-01-06,,6\ns3,y,b,2026-01-07,95.5,\n",
        );
        let sums = [
            Measure::Satisfaction,
            Measure::SatisfactionAnswers,
            Measure::RecommendAnswers,
            Measure::Promoters,
            Measure::Detractors,
        ];
        assert_eq!(sums.map(|measure| total(app, measure)), [17_550, 2, 2, 1, 1]);
        load(
            app,
            Kind::Scores,
            "member,rater,date,kind,score\na,b,2026-01-05,collaboration,4.5\na,b,2026-01-05,谈判,80\n",
        );
        assert_eq!((total(app, Measure::PeerScore), total(app, Measure::PeerScores)), (450, 1));
        let wrong = import_text(
            app,
            Kind::Scores,
            "member,rater,date,kind,score\na,nobody,2026-01-05,x,1\na,b,2026-01-06,协作,6\n",
        );
        let columns: Vec<_> =
            wrong.unwrap().problems.into_iter().filter_map(|problem| problem.column).collect();
        assert_eq!(columns, ["score", "rater"], "in the order of their keys");
        load(
            app,
            Kind::Trainings,
            "course,member,due,completed\nt,a,2026-01-31,2026-01-31\nt,b,2026-01-31,2026-02-01\nt,c,2026-01-31,\n",
        );
        assert_eq!((total(app, Measure::CoursesDue), total(app, Measure::CoursesDone)), (3, 1));
        load(app, Kind::Leaves, "member,from,to,kind\na,2026-01-05,2026-01-09,病假\n");
        let turned =
            import_text(app, Kind::Leaves, "member,from,to,kind\na,2026-02-05,2026-02-04,sick\n").unwrap();
        assert_eq!(turned.problems[0].column.as_deref(), Some("to"));
        is_whole(app);
    });
}

/// A repeatable number below `most`.
fn noise(seed: usize, most: usize) -> usize {
    (seed.wrapping_mul(2_654_435_761) >> 7) % most
}

/// Whoever lost an opportunity on which day, by SQL over the facts as they are kept: decided, or silent for `days`.
fn lost_by_sql(app: &App, days: &str) -> BTreeMap<String, i128> {
    let statement = format!(
        "select owner || '/' || cast(lost as text), count(*) from (
             select member as owner, case when outcome = 0 then heard + 1 + {days} else closed end as lost from (
                 select member, outcome, closed,
                     case when coalesce(active, opened) > opened then active else opened end as heard
                 from fact_opportunity where outcome <> 1) known) settled
         group by owner, lost"
    );
    let found = dacheng_store::testing::counted(&mut app.store.read().unwrap(), &statement).unwrap();
    found.into_iter().map(|(name, number)| (name, number.into())).collect()
}

fn settled(app: &App, from: &str, silent_days: Option<u16>, seen: i64) -> dacheng_app::Result<i64> {
    let metric = Metric::ConversionRate;
    let valid_from = from.parse().unwrap();
    let usual = MetricSettings::default().at(metric, valid_from);
    settle(app, &operator(app), MetricVersion { silent_days, ..usual }, seen)
}

#[test]
fn how_long_silence_lasts_is_settled_from_a_month_on_and_changes_nothing_before() {
    on_both(|app| {
        company(app);
        let first = date(2026, 1, 1);
        let after = |days: usize| first.saturating_add(jiff::Span::new().days(i64::try_from(days).unwrap()));
        let row = |at: usize| {
            let opened = noise(at, 180);
            let heard = if at.is_multiple_of(3) {
                after(opened + noise(at + 5, 70)).to_string()
            } else {
                String::new()
            };
            let (outcome, closed) = match at % 5 {
                0 => ("lost", after(opened + noise(at + 9, 60)).to_string()),
                1 => ("won", after(opened + noise(at + 9, 60)).to_string()),
                _open => ("open", String::new()),
            };
            format!("p{at},{},{},{heard},{outcome},{closed}\n", ["a", "b", "c"][at % 7 % 3], after(opened))
        };
        let rows: String = (0..200).map(row).collect();
        load(app, Kind::Opportunities, &format!("opportunity,member,opened,active,outcome,closed\n{rows}"));
        let day = |day: i32| day.to_string();
        let lost = |grain| {
            asked(app, Measure::Lost, grain, Owner::Company, vec![By::Axis(Axis::Member), By::Time(&day)])
        };
        assert_eq!(lost(Grain::Day), lost_by_sql(app, "90"));
        let of = |month| dacheng_app::facts::days::number(date(2026, month, 1));
        assert_eq!(settled(app, "2026-03", Some(60), 0).unwrap(), 1);
        let from_march = format!("(case when heard >= {} then 60 else 90 end)", of(3));
        assert_eq!(lost(Grain::Day), lost_by_sql(app, &from_march));
        is_whole(app);
        // The rate is won ÷ (won + lost) of what SQL says, at the whole and for a member.
        let by_sql = lost_by_sql(app, &from_march);
        for owner in [Owner::Company, Owner::Member("b".into())] {
            let period = Period::parse("2026-05", FiscalStart::JANUARY).unwrap();
            let ask = Ask { metric: Metric::ConversionRate, period, by: Vec::new(), owner, as_of: None };
            let found = table(app, &operator(app), ask.clone()).unwrap().total;
            let in_may = |name: &str| {
                let (who, day) = name.split_once('/').unwrap();
                let day = day.parse::<i32>().unwrap();
                let is_own = ask.owner == Owner::Company || who == "b";
                is_own && (of(5)..of(6)).contains(&day)
            };
            let lost: i128 = by_sql.iter().filter(|(name, _)| in_may(name)).map(|(_, number)| number).sum();
            let Measured::Ratio { over, under, .. } = found.measured else { unreachable!() };
            assert_eq!(i128::from(under - over), lost);
            let shown = explain(app, &operator(app), ask, Part::All).unwrap();
            assert_eq!(shown.counted.iter().map(|fact| fact.under).sum::<i64>(), under, "as it is explained");
        }
        // Longer again for what is heard of from May on; whoever saw an older version settles nothing.
        assert!(settled(app, "2026-05", Some(120), 0).is_err());
        assert_eq!(settled(app, "2026-05", Some(120), 1).unwrap(), 2);
        let from_may =
            format!("(case when heard >= {} then 120 when heard >= {} then 60 else 90 end)", of(5), of(3));
        assert_eq!(lost(Grain::Day), lost_by_sql(app, &from_may));
        is_whole(app);
        // A version that says nothing of silence leaves it as it is.
        settled(app, "2026-06", None, 2).unwrap();
        assert_eq!(lost(Grain::Day), lost_by_sql(app, &from_may));
        assert!(settled(app, "2026-07", Some(6), 3).is_err());
        // News moves it by the rule of the month it came in; undoing everything leaves nothing.
        load(app, Kind::Opportunities, "opportunity,member,opened,active\np2,,,2026-06-20\n");
        let lost_now = lost(Grain::Day);
        assert_eq!(
            lost_now.get(&format!("c/{}", dacheng_app::facts::days::number(date(2026, 6, 20)) + 121)),
            Some(&1)
        );
        is_whole(app);
    });
}
