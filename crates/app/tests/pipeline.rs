//! Coverage of the small company against the opportunities it was given, reckoned here once more from the rows.

#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use dacheng_app::figures::pipeline::{Pipeline, Rows, pipeline};
use dacheng_app::testing::company::make;
use dacheng_app::testing::{load, on_both, operator};
use dacheng_app::{App, Result};
use dacheng_domain::calendar::{Month, Period};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::tracking::pipeline::{Coverage, Left};
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;

const HEADER: &str = "opportunity,member,opened,stage,amount,expected,closed,outcome,active,probability\n";

/// Whose, of which amount in yuan, how likely; all expected in December, when nothing is booked yet.
const OPEN: [(&str, &str, i64, i64); 5] = [
    ("A", "s1", 120_000, 50),
    ("B", "s1", 40_000, 25),
    ("C", "s2", 90_000, 10),
    ("D", "s3", 1_000_000, 80),
    ("E", "s5", 33_333, 33),
];

fn december(app: &App, owner: &Owner, rows: Rows) -> Result<Pipeline> {
    let month: Month = "2026-12".parse().unwrap();
    pipeline(app, &operator(app), owner, (Period::Month(month), rows))
}

fn bring(app: &App) {
    let line = |(code, member, amount, chance): (&str, &str, i64, i64)| {
        format!("{code},{member},2026-10-12,报价,{amount},2026-12-15,,open,2026-11-16,{chance}\n")
    };
    let rows: String = OPEN.into_iter().map(line).collect();
    load(app, Kind::Opportunities, &format!("{HEADER}{rows}"));
}

/// Σ amount × chance of some members, in fen, each rounded half up.
fn worth(members: &[&str]) -> i64 {
    let own = OPEN.iter().filter(|(_, member, ..)| members.contains(member));
    own.map(|(_, _, amount, chance)| (amount * 100 * chance + 50) / 100).sum()
}

#[test]
fn every_level_counts_an_opportunity_once() {
    on_both(|app| {
        make(app);
        bring(app);
        let whole = december(app, &Owner::Company, Rows::Below).unwrap();
        assert_eq!(whole.whole.weighted, worth(&["s1", "s2", "s3", "s5"]));
        let sum: i64 = whole.below.iter().map(|(_, own)| own.weighted).sum();
        assert_eq!(sum, whole.whole.weighted);
        let members = december(app, &Owner::Company, Rows::Members).unwrap();
        assert_eq!(members.below.iter().map(|(_, own)| own.weighted).sum::<i64>(), whole.whole.weighted);
        for (unit, people) in [("E1", &["s1", "s2"][..]), ("EAST", &["s1", "s2", "s3"]), ("S1", &["s5"])] {
            let own = december(app, &Owner::Unit(unit.into()), Rows::Members).unwrap();
            assert_eq!(own.whole.weighted, worth(people), "{unit}");
            assert_eq!(own.opportunities.len(), own.whole.count);
        }
        // A target of 100 000 yuan and nothing booked: 70 000 ÷ 100 000.
        let s1 = december(app, &Owner::Member("s1".into()), Rows::Below).unwrap().whole;
        assert_eq!(s1.coverage, Coverage::Times { gap: 10_000_000, ratio: Ratio::new(7, 10).unwrap() });
        assert!(s1.is_short);
        let s3 = december(app, &Owner::Member("s3".into()), Rows::Below).unwrap().whole;
        assert!(!s3.is_short && s3.coverage.ratio() == Some(Ratio::whole(8)));
        // The worst covered first; nobody is listed without a target or an opportunity.
        let ratios: Vec<Ratio> = members.below.iter().filter_map(|(_, own)| own.coverage.ratio()).collect();
        assert_eq!(ratios.len(), 6);
        assert!(ratios.is_sorted());
        let other = december(app, &Owner::Company, Rows::Below).unwrap();
        assert_eq!(other.whole, whole.whole, "what is held in memory says the same");
    });
}

#[test]
fn a_change_of_the_facts_is_seen_at_once_and_what_does_not_count_is_named() {
    on_both(|app| {
        make(app);
        bring(app);
        let own = || december(app, &Owner::Member("s1".into()), Rows::Below).unwrap();
        assert_eq!(own().whole.count, 2);
        load(
            app,
            Kind::Opportunities,
            &format!(
                "{HEADER}A,s1,2026-10-12,报价,120000,2026-12-15,2026-11-20,won,2026-11-20,\n\
                 B,s1,2026-10-12,报价,40000,2027-01-15,,open,2026-11-16,25\n\
                 F,s1,2026-07-01,报价,40000,2026-12-15,,open,2026-08-24,25\n\
                 G,s1,2026-11-01,报价,,2026-12-15,,open,2026-11-16,25\n\
                 H,s1,2026-11-01,报价,50000,2026-12-15,,open,2026-11-16,\n"
            ),
        );
        let found = own();
        assert_eq!((found.whole.count, found.whole.weighted), (0, 0));
        let left: Vec<(String, Left)> = found
            .opportunities
            .iter()
            .map(|own| (own.row.opportunity.to_string(), own.counted.unwrap_err()))
            .collect();
        let named = |code: &str| left.iter().find(|(own, _)| own == code).map(|(_, why)| *why);
        assert_eq!(named("A"), None, "it is decided");
        assert_eq!(named("B"), Some(Left::After));
        assert_eq!(named("F"), Some(Left::Silent));
        assert_eq!(named("G"), Some(Left::NoAmount));
        assert_eq!(named("H"), Some(Left::NoWeight), "too few decided ones say anything");
        assert_eq!(found.whole.target.map(Fen), Some(Fen(10_000_000)));
    });
}
