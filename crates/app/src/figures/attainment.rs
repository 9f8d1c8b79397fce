//! Attainment: actual, target and their ratio by any dimension (`interface.md`, `attainment`).

use dacheng_domain::calendar::FiscalStart;
use dacheng_domain::metrics::{AttainmentSettings, attainment};
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use dacheng_store::Read;
use jiff::civil::Date;
use serde_json::{Map, Value};

use super::actuals::actuals;
use super::ask::{Ask, Dimension};
use super::sight::{Sight, Sights};
use super::targets::{Targets, targets};
use crate::company::{self, Company};
use crate::facts::ground::Ground;
use crate::{App, Context, Error, Result};

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// What was achieved; `None` where nothing can be said.
    pub actual: Option<Fen>,
    /// What was to be achieved.
    pub target: Option<Fen>,
    /// Their ratio.
    pub attainment: Option<Ratio>,
}

impl Figure {
    /// The figure of an actual and a target of a metric.
    pub fn of(ask: &Ask, actual: i64, target: Option<i64>) -> Self {
        let direction = ask.metric.definition().direction;
        let ratio = target.and_then(|target| {
            attainment(Ratio::whole(actual), target, direction, &AttainmentSettings::default())
        });
        Self { actual: Some(Fen(actual)), target: target.map(Fen), attainment: ratio }
    }
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
    let (company, _) = company::current(&mut tx)?;
    let ground = app.memory.ground(&mut tx)?;
    let on = ask.period.last_day().min(context.today).max(ask.period.first_day());
    let sight = Sights::of(context, &ground.organisation, on)?.owner(&ask.owner)?;
    let fine = [Dimension::Member, Dimension::Customer];
    if sight == Sight::Aggregates && ask.by.iter().any(|dimension| fine.contains(dimension)) {
        return Err(Error::Forbidden(context.lang.explanations().aggregates_only().to_owned()));
    }
    table_in(app, &mut tx, &company, &ground, ask)
}

/// Answers a question in a transaction.
pub fn table_in(app: &App, tx: &mut Read, company: &Company, ground: &Ground, ask: Ask) -> Result<Table> {
    let start = company.fiscal_start;
    let sums = actuals(app, tx, &ask, start)?;
    let root = root(ground, ask.period.last_day());
    let targets = targets(tx, ask.metric.code(), ask.period, start, root)?;
    let calendar = company.calendar();
    let mut keys: Vec<Vec<String>> = sums.rows.keys().cloned().collect();
    keys.extend(keys_with_targets(&ask, &targets, ground, start));
    keys.sort();
    keys.dedup();
    let rows = keys
        .into_iter()
        .map(|key| {
            let actual = sums.rows.get(&key).copied().unwrap_or(0);
            let figure = Figure::of(&ask, actual, targets.of_row(&ask, &key, start, &calendar));
            (key, figure)
        })
        .collect();
    let total = Figure::of(&ask, sums.total, targets.over(&ask.owner, ask.period, &calendar));
    Ok(Table { ask, rows, total })
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
    /// As JSON (`interface.md`): one key a dimension, money in yuan, `null` for what does not exist.
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
        let text = |value: Option<String>| value.map_or(Value::Null, Value::from);
        row.insert("actual".to_owned(), text(self.actual.map(|fen| fen.to_string())));
        row.insert("target".to_owned(), text(self.target.map(|fen| fen.to_string())));
        row.insert("attainment".to_owned(), text(self.attainment.map(|ratio| ratio.to_string())));
    }
}
