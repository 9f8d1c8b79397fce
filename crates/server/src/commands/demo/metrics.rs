//! The demo company's own metrics: one of key accounts, a ratio, and one that marketing enters by hand, of which a value is
//! still missing.

use dacheng_app::allocation::{Difference, Owner};
use dacheng_app::demo::YEAR;
use dacheng_app::facts::import::Effect;
use dacheng_app::figures::read_period;
use dacheng_app::metrics::{self, Entry};
use dacheng_app::planning::{
    SetOwnerTargets, TargetRow, import_targets, owner_targets, set_owner_targets, weights,
};
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::{FiscalStart, Month, Period};
use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::{
    CarriedBy, Entering, Facts, Filter, MadeOf, OwnKind, OwnSpec, OwnVersion, Reporter,
};
use dacheng_domain::metrics::{Direction, Metric, Unit, Window};
use jiff::civil::{Date, date};

use super::cast::{MARKETING, OPERATIONS, at, signed_in};

const DEFINED: Date = date(2025, 12, 12);
/// The metric that is entered by hand.
const EVENTS: &str = "channel_events";
/// The month of which one team is still missing, and the team.
const MISSING: (i8, &str) = (10, "T0005");

/// Operations define them.
pub fn define(app: &App) -> Result<()> {
    let now = &at(app, DEFINED, (14, 30));
    let operations = signed_in(now, OPERATIONS)?;
    for (seen, spec) in (0..).zip(specs()?) {
        metrics::define(now, &operations, &spec, seen)?;
    }
    Ok(())
}

fn specs() -> Result<[OwnSpec; 3]> {
    let first = Month::new(YEAR, 1).ok_or_else(|| Error::Internal("month".to_owned()))?;
    let version = |zh: &str, en: &str, word: [&str; 2], made_of: MadeOf, window: Option<Window>| OwnVersion {
        version: 1,
        valid_from: first,
        zh: zh.to_owned(),
        en: en.to_owned(),
        word: word.map(str::to_owned),
        made_of,
        window,
        retired: false,
    };
    let spec = |code: &str, kind: OwnKind, unit: Unit, version: OwnVersion| OwnSpec {
        code: code.to_owned(),
        kind,
        unit,
        direction: Direction::Higher,
        versions: vec![version],
    };
    let filter = Filter { customer_types: ["KA".to_owned()].into(), ..Filter::default() };
    let accounts = MadeOf::Facts(Facts { measure: Measure::Revenue, filter });
    let turned = MadeOf::Ratio { over: "new_customers".to_owned(), under: "visits".to_owned() };
    let entering =
        Entering { carried_by: CarriedBy::Teams, reporter: Reporter::Post(Role::Marketing), due_day: 3 };
    Ok([
        spec(
            "key_account_revenue",
            OwnKind::Sum,
            Unit::Money,
            version("大客户销售额", "Key account revenue", ["", ""], accounts, None),
        ),
        spec(
            "visit_yield",
            OwnKind::Ratio,
            Unit::Percent,
            version(
                "拜访转新客率",
                "New customers per visit",
                ["", ""],
                turned,
                Some(Window::ROLLING_QUARTER),
            ),
        ),
        spec(
            EVENTS,
            OwnKind::EnteredSum,
            Unit::Count,
            version("渠道活动", "Channel events", ["场", "events"], MadeOf::Entered(entering), None),
        ),
    ])
}

/// Marketing enters how many events each team had in a month; in one month a team is forgotten.
pub fn enter(app: &App, month: Month) -> Result<()> {
    let marketing = signed_in(app, MARKETING)?;
    let sheet = metrics::sheet(app, &marketing, EVENTS, month)?;
    let is_there = |code: &str| (month.number(), code) != MISSING;
    let entries =
        (1..).zip(&sheet.rows).filter(|(_, row)| is_there(&row.owner.code)).map(|(place, row)| Entry {
            owner: row.owner.clone(),
            amount: Some((i64::from(month.number()) * 5 + place * 7) % 4 + 1),
            note: None,
            seen: None,
        });
    let entries: Vec<Entry> = entries.collect();
    metrics::enter(app, &marketing, EVENTS, month, &entries).map(drop)
}

/// What the company and its regions are to win of what they decide, in hundredths of a per cent: the company first.
const CONVERSION: [(&str, &str, i64); 5] = [
    ("HQ", "HQ", 6_000),
    ("HQ", "R0001", 6_200),
    ("HQ", "R0002", 6_000),
    ("HQ", "R0003", 6_000),
    ("HQ", "R0004", 5_500),
];
/// What each team is to have of channel events on monthly average.
const EACH: i64 = 3;
/// How much the metrics of the year count together.
const WEIGHTS: [(&str, i64); 4] =
    [("revenue", 50), ("collections", 30), ("conversion_rate", 10), (EVENTS, 10)];

/// Operations set what does not add up owner by owner, the events on monthly average, and how much each metric counts.
pub fn targets(app: &App, operations: &Context) -> Result<()> {
    let plan = YEAR.to_string();
    let start = FiscalStart::JANUARY;
    let year = read_period(&plan, start)?;
    let values = CONVERSION.map(|(_, unit, target)| (Owner::unit(unit), target)).to_vec();
    set(app, operations, (Metric::ConversionRate, "HQ"), (year, values))?;
    let events = metrics::read(app, &mut app.store.read()?, EVENTS)?;
    let ground = app.memory.ground(&mut app.store.read()?)?;
    let regions = CONVERSION.iter().skip(1).map(|(_, region, _)| *region);
    let day = year.last_day();
    let teams = |region: &str| -> Vec<Owner> {
        let unit = ground.organisation.unit_of_code(region).map(|unit| unit.id);
        let below = unit.map(|unit| ground.organisation.children(unit, day).units).unwrap_or_default();
        let codes = below.into_iter().filter_map(|unit| ground.organisation.unit(unit));
        codes.map(|unit| Owner::unit(unit.code.as_str())).collect()
    };
    let regions: Vec<(&str, Vec<Owner>)> = regions.map(|region| (region, teams(region))).collect();
    let rows = regions.iter().flat_map(|(_, teams)| teams).flat_map(|team| {
        year.months().map(|month| TargetRow {
            plan: plan.clone(),
            metric: EVENTS.to_owned(),
            owner: team.to_string(),
            period: month.to_string(),
            target: EACH.to_string(),
            ..TargetRow::default()
        })
    });
    let imported =
        import_targets(app, operations, &rows.collect::<Vec<_>>(), "channel-events.csv", Effect::Write)?;
    if let Some(problem) = imported.problems.first() {
        return Err(Error::Internal(format!("targets: {problem:?}")));
    }
    for (region, teams) in regions {
        let values = teams.into_iter().map(|team| (team, EACH)).collect();
        set(app, operations, (events, region), (year, values))?;
    }
    let mut weights = weights::weights(app, operations, &plan)?;
    for own in &mut weights {
        let weight = WEIGHTS.iter().find(|(code, _)| *code == own.metric.code());
        own.weight = weight.map_or(own.weight, |(_, weight)| *weight);
    }
    weights::set_weights(app, operations, &plan, &weights)
}

fn set(
    app: &App,
    operations: &Context,
    (metric, unit): (Metric, &str),
    (period, values): (Period, Vec<(Owner, i64)>),
) -> Result<()> {
    let plan = YEAR.to_string();
    let seen = owner_targets(app, operations, &plan, metric, unit)?.version;
    let (unit, difference) = (unit.to_owned(), Difference::Refuse);
    let request = SetOwnerTargets { plan, metric, unit, period, values, difference, seen };
    set_owner_targets(app, operations, &request)
}
