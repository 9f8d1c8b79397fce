//! Attainment: actual, target and their ratio by any dimension (`interface.md`, `attainment`).

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Period};
use dacheng_domain::metrics::own::Side;
use dacheng_domain::metrics::{
    AttainmentSettings, Held, Measured, Metric, Recipe, Unit, attainment, missing,
};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::answer::measured;
use super::ask::{Ask, Dimension};
use super::missing::Missing;
use super::sight::{Sight, Sights};
use super::standpoint::Standpoint;
use super::targets::{Targets, targets};
use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result};

/// One figure. Amounts are in minor units of its metric (`Unit::per_whole`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Of which metric.
    pub metric: Metric,
    /// What the facts come to; a ratio by numerator and denominator.
    pub measured: Measured,
    /// What was achieved, exactly; `None` (—) where nothing can be said.
    pub actual: Option<Ratio>,
    /// Why nothing can be said.
    pub missing: Option<Missing>,
    /// What was to be achieved.
    pub target: Option<i64>,
    /// How far: actual ÷ target, or its mirror image where lower is better.
    pub attainment: Option<Ratio>,
}

impl Figure {
    /// The figure of what was measured and a target; `missing` says why nothing can be made of it.
    pub fn of(
        metric: Metric,
        measured: Measured,
        missing: Option<Missing>,
        target: Option<i64>,
        settings: &AttainmentSettings,
    ) -> Self {
        let missing = missing.or_else(|| Missing::of(measured));
        let actual = measured.figure().filter(|_| missing.is_none());
        let direction = metric.definition().direction;
        if let Measured::Rated(own) = measured {
            let target = target.or_else(|| own.target());
            return Self { metric, measured, actual, missing, target, attainment: own.attainment() };
        }
        let reached =
            actual.zip(target).and_then(|(actual, target)| attainment(actual, target, direction, settings));
        Self { metric, measured, actual, missing, target, attainment: reached }
    }

    /// What was achieved, in whole minor units: half away from zero where it has a fraction.
    pub fn rounded(&self) -> Option<i64> {
        self.actual.map(rounded)
    }

    /// The NPS beside the referral rate, in hundredths of a point; `None` without an answer, and for other metrics.
    pub fn nps(&self) -> Option<Ratio> {
        self.actual.filter(|_| self.metric.has_net()).and_then(|_| self.measured.net())
    }

    /// The NPS as programs read it, where the metric has one: points with four decimals, `null` without an answer.
    pub fn nps_written(&self) -> Option<Value> {
        let written = || self.nps().map(|nps| Unit::Score.written(nps));
        self.metric.has_net().then(|| Value::from(written()))
    }

    /// 缺口: what is missing to the target, or too much where lower is better; `None` without a target or an actual.
    pub fn shortfall(&self) -> Option<Ratio> {
        let actual = self.actual.or_else(|| self.measured.figure().filter(|_| self.missing.is_none()))?;
        missing(actual, self.target?, self.metric.definition().direction)
    }

    /// Whether there is neither a fact nor a target.
    pub fn is_blank(&self) -> bool {
        self.measured.is_nothing() && self.target.is_none()
    }
}

/// A figure in whole minor units, half away from zero.
pub fn rounded(figure: Ratio) -> i64 {
    let whole = figure.scaled(1);
    i64::try_from(whole).unwrap_or(if whole < 0 { i64::MIN } else { i64::MAX })
}

/// The answer to a question of attainment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The question.
    pub ask: Ask,
    /// The names of the groups and their figure, in order.
    pub rows: Vec<(Vec<String>, Figure)>,
    /// The figure over everything asked.
    pub total: Figure,
}

/// Answers a question, in a transaction of its own, as far as the asker sees the owner's figures: whoever reads
/// aggregates only is refused a question by persons or customers.
pub fn table(app: &App, context: &Context, ask: Ask) -> Result<Table> {
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, ask.as_of)?;
    let on = ask.period.last_day().min(context.today).max(ask.period.first_day());
    let sight = Sights::of(context, point.organisation(), on)?.owner(&ask.owner)?;
    let fine = [Dimension::Member, Dimension::Customer];
    if sight == Sight::Aggregates && ask.by.iter().any(|dimension| fine.contains(dimension)) {
        return Err(Error::Forbidden(context.lang.explanations().aggregates_only().to_owned()));
    }
    table_in(app, &mut tx, &point, ask)
}

/// Answers a question in a transaction.
pub(super) fn table_in(app: &App, tx: &mut Read, point: &Standpoint, ask: Ask) -> Result<Table> {
    let (start, ground) = (point.start, &point.ground);
    let answer = measured(app, tx, point, &ask)?;
    let root = root(ground, ask.period.last_day());
    let targets = targets(tx, ask.metric, ask.period, start, root)?;
    let calendar = &point.calendar;
    let mut keys: Vec<Vec<String>> = answer.rows.keys().cloned().collect();
    keys.extend(keys_with_targets(&ask, &targets, ground, start));
    keys.sort();
    keys.dedup();
    let rows = keys.into_iter().map(|key| {
        let (found, missing) = answer.of_row(&ask, &key, start);
        let target = targets.of_row(&ask, &key, start, calendar);
        let period = period_of_row(&ask, &key, start);
        let figure = point.figure((ask.metric, period), found, missing, target);
        (key, figure)
    });
    let rows = rows.collect();
    let target = targets.over(&ask.owner, ask.period, calendar);
    let total = point.figure((ask.metric, ask.period), answer.total, answer.missing, target);
    Ok(Table { ask, rows, total })
}

/// The period of a group: its own where it is grouped by time.
fn period_of_row(ask: &Ask, key: &[String], start: FiscalStart) -> Period {
    let time =
        ask.by.iter().zip(key).find(|(dimension, _)| {
            matches!(dimension, Dimension::Month | Dimension::Quarter | Dimension::Week)
        });
    time.and_then(|(_, name)| Period::parse(name, start).ok()).unwrap_or(ask.period)
}

/// The code of the only unit at the top on a day, where there is just one.
pub fn root(ground: &Ground, on: Date) -> Option<String> {
    let mut tops = ground.organisation.top(on);
    let first = tops.next().filter(|_| tops.next().is_none())?;
    ground.organisation.unit(first).map(|unit| unit.code.to_string())
}

/// Rows that have a target but no fact: whoever sold nothing is listed with 0.
fn keys_with_targets(ask: &Ask, targets: &Targets, ground: &Ground, start: FiscalStart) -> Vec<Vec<String>> {
    use dacheng_store::targets::OwnerKind;
    let only_owner_and_time = ask.by.iter().all(|dimension| {
        matches!(dimension, Dimension::Unit | Dimension::Member | Dimension::Month | Dimension::Quarter)
    });
    if !only_owner_and_time || ask.by.contains(&Dimension::Unit) && ask.by.contains(&Dimension::Member) {
        return Vec::new();
    }
    let mut keys = vec![Vec::new()];
    for dimension in &ask.by {
        let names: Vec<String> = match dimension {
            Dimension::Unit => owners(targets, OwnerKind::Unit, &ask.owner, ground, ask),
            Dimension::Member => owners(targets, OwnerKind::Member, &ask.owner, ground, ask),
            Dimension::Month => ask.period.months().map(|month| month.to_string()).collect(),
            Dimension::Quarter => {
                let quarter = |month: dacheng_domain::calendar::Month| {
                    dacheng_domain::calendar::Quarter::of(month.first_day(), start).to_string()
                };
                let mut quarters: Vec<String> = ask.period.months().map(quarter).collect();
                quarters.dedup();
                quarters
            }
            Dimension::Week
            | Dimension::Product
            | Dimension::ProductLine
            | Dimension::Region
            | Dimension::CustomerType
            | Dimension::Customer => Vec::new(),
        };
        keys = keys
            .into_iter()
            .flat_map(|key: Vec<String>| {
                names.iter().map(move |name| [key.as_slice(), std::slice::from_ref(name)].concat())
            })
            .collect();
    }
    let calendar = dacheng_domain::calendar::Calendar::shipped();
    keys.retain(|key| !key.is_empty() && targets.of_row(ask, key, start, &calendar).is_some());
    keys
}

/// The codes of a kind that have a target and belong to the asked owner on the last day of the period.
fn owners(
    targets: &Targets,
    kind: dacheng_store::targets::OwnerKind,
    owner: &Owner,
    ground: &Ground,
    ask: &Ask,
) -> Vec<String> {
    use dacheng_store::targets::OwnerKind;
    let day = ask.period.last_day();
    let organisation = &ground.organisation;
    let below = |code: &str, unit: &str| {
        let Some(unit) = organisation.unit_of_code(unit) else { return false };
        match kind {
            OwnerKind::Unit => organisation
                .unit_of_code(code)
                .and_then(|own| organisation.nearest_unit_path(own.id, day))
                .is_some_and(|path| path.contains(&unit.id)),
            OwnerKind::Member => organisation.member_of_code(code).is_some_and(|member| {
                let segments = organisation.segments(member.id, day).iter();
                segments
                    .flat_map(|segment| organisation.paths().units(segment.path))
                    .any(|own| *own == unit.id)
            }),
        }
    };
    targets
        .owners()
        .filter(|(own, _)| *own == kind)
        .map(|(_, code)| code)
        .filter(|code| match owner {
            Owner::Company => true,
            Owner::Unit(unit) => below(code, unit),
            Owner::Member(member) => kind == OwnerKind::Member && member == code,
        })
        .map(str::to_owned)
        .collect()
}

impl Table {
    /// As JSON (`interface.md`): one key a dimension, figures in the unit of the metric, `null` for what does
    /// not exist, and then why (`missing`).
    pub fn json(&self, as_of: &str) -> Value {
        let rows = self.rows.iter().map(|(key, figure)| {
            let mut row = Map::new();
            for (dimension, name) in self.ask.by.iter().zip(key) {
                let name = if name.is_empty() { Value::Null } else { Value::from(name.as_str()) };
                row.insert(dimension.name().to_owned(), name);
            }
            figure.put(&mut row);
            Value::Object(row)
        });
        let mut total = Map::new();
        self.total.put(&mut total);
        serde_json::json!({
            "metric": self.ask.metric.code(),
            "period": self.ask.period.to_string(),
            "as_of": as_of,
            "rows": rows.collect::<Vec<_>>(),
            "total": total,
        })
    }
}

impl Figure {
    fn put(&self, row: &mut Map<String, Value>) {
        let [actual, target, attainment] = self.written().map(|text| text.map_or(Value::Null, Value::from));
        row.insert("actual".to_owned(), actual);
        row.insert("target".to_owned(), target);
        row.insert("attainment".to_owned(), attainment);
        if let Some(nps) = self.nps_written() {
            row.insert("nps".to_owned(), nps);
        }
        if let Some(missing) = self.missing {
            row.insert("missing".to_owned(), Value::from(missing.code()));
        }
    }

    /// Numerator and denominator as programs read them; `None` for a sum.
    pub fn parts_written(&self) -> Option<(String, String)> {
        match self.measured {
            Measured::Sum(_) | Measured::Rated(_) => None,
            Measured::Ratio { over, under, .. } => Some(self.sides_written(over, under)),
        }
    }

    /// Amounts of numerator and denominator as programs read them: yuan, points or pieces; average heads with four
    /// decimals.
    pub(super) fn sides_written(&self, over: i64, under: i64) -> (String, String) {
        let pieces = |amount: i64| amount.to_string();
        match (self.metric.recipe(), self.measured) {
            (Recipe::Sum(measure), _) => (Held::of(measure).written(over), pieces(under)),
            (Recipe::Ratio { over: measure, under: below, .. }, _) => {
                let held = below.first().map_or(Held::Pieces, |measure| Held::of(*measure));
                (Held::of(measure).written(over), held.written(under))
            }
            (Recipe::PerHead, Measured::Ratio { scale, .. }) => {
                let heads = Ratio::new(under, scale).map_or_else(String::new, |heads| heads.to_string());
                (Held::Money.written(over), heads)
            }
            (Recipe::Own(own), _) => {
                let held = |side| Held::of_own(own, side);
                (held(Side::Over).written(over), held(Side::Under).written(under))
            }
            (Recipe::PerHead | Recipe::Repurchase | Recipe::Retention | Recipe::Rated, _) => {
                (pieces(over), pieces(under))
            }
        }
    }

    /// Actual, target and attainment as programs read them (`interface.md`).
    pub fn written(&self) -> [Option<String>; 3] {
        let unit = self.metric.definition().unit;
        [
            self.actual.map(|actual| unit.written(actual)),
            self.target.map(|target| unit.written(Ratio::whole(target))),
            self.attainment.map(|attainment| attainment.to_string()),
        ]
    }
}
