//! A unit's grid: its own months, those of its children, differences, last year and locks, as one snapshot.

use dacheng_domain::Ratio;
use dacheng_domain::allocation::{Unbalanced, YearCells, cumulative_rate};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::{Marks, State};
use dacheng_store::Read;
use dacheng_store::locks::YEAR;
use dacheng_store::targets::OwnerKind;

use super::history::history;
use super::owner::Owner;
use super::sheet::{Months, Sheet};
use crate::planning::{Opened, allow, open};
use crate::{App, Context, Error, Result};

/// A unit's grid. Amounts are in the metric's smallest unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    /// The plan's code.
    pub plan: String,
    /// Where the plan stands.
    pub state: State,
    /// The metric.
    pub metric: Metric,
    /// The unit.
    pub unit: Owner,
    /// Its name.
    pub name: String,
    /// The twelve months of the fiscal year.
    pub months: [Month; 12],
    /// The unit's own row; `None` where it has no target.
    pub parent: Option<Line>,
    /// How it is broken down; `None` where it is not.
    pub method: Option<String>,
    /// The version of the breakdown, 0 where there is none.
    pub version: i64,
    /// The children in their order; without the members for whoever reads aggregates only.
    pub children: Vec<GridRow>,
    /// 预留 by month.
    pub reserve: Months,
    /// 超额分配 by month.
    pub buffer: Months,
    /// What nobody declared, by month. Always none: the sum rule holds at every read.
    pub differences: [Option<Unbalanced>; 12],
    /// What the unit achieved in each month of the year before; `None` where that is not known for the metric.
    pub last_year: Option<Months>,
    /// What is given out of each unit's year from the highest that the reader sees down to this one, all levels
    /// multiplied: 105 % at three levels is 115.8 %. `None` where nothing is declared on any of them.
    pub cumulative: Option<Ratio>,
}

/// A row of twelve months with its sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The marks of each month; `None` in months without a target.
    pub months: [Option<Marks>; 12],
    /// The targets as sums: year, quarters, months.
    pub sums: YearCells,
}

/// A child's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridRow {
    /// Who.
    pub owner: Owner,
    /// Their name.
    pub name: String,
    /// Their cells.
    pub line: Line,
    /// What they achieved in each month of the year before.
    pub last_year: Option<Months>,
    /// The locks on the row.
    pub locks: Vec<GridLock>,
}

/// A lock, as the grid shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GridLock {
    /// Which month; `None` for the year.
    pub month: Option<Month>,
    /// Who locked it.
    pub actor: String,
    /// Why.
    pub reason: String,
}

impl Line {
    pub(crate) fn new(cell: impl Fn(usize) -> Option<Marks>) -> Self {
        let months: [Option<Marks>; 12] = std::array::from_fn(cell);
        let targets: Months = std::array::from_fn(|place| months[place].map_or(0, |marks| marks.target));
        let quarter = |number: usize| targets[number * 3..][..3].iter().sum();
        let sums =
            YearCells { year: targets.iter().sum(), quarters: std::array::from_fn(quarter), months: targets };
        Self { months, sums }
    }
}

/// Reads a unit's grid: one snapshot, however many children there are.
pub fn grid(app: &App, context: &Context, plan: &str, metric: Metric, unit: &str) -> Result<Grid> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    let ground = &opened.ground;
    if ground.organisation.unit_of_code(unit).is_none() {
        return Err(Error::missing("unit", unit));
    }
    let view = allow::read(context, &opened, unit)?;
    let own = Owner::unit(unit);
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, metric, opened.year)?;
    sheet.load(&mut tx, [unit])?;
    sheet.load_owners(&mut tx, [&own])?;
    let before = std::array::from_fn(|place| sheet.months[place].same_last_year());
    let last_year = history(app, &mut tx, &opened.company, metric, &before)?;
    let cumulative = cumulative(&mut tx, context, &opened, &mut sheet, unit)?;
    let line = |owner: &Owner| Line::new(|place| sheet.marks(owner, place));
    let family = sheet.family(unit).cloned();
    let children = family.as_ref().map_or(&[][..], |family| &family.children);
    let shown = children.iter().filter(|kin| kin.owner.kind == OwnerKind::Unit || view.shows_persons());
    let rows = shown.map(|kin| GridRow {
        name: kin.owner.name(ground).to_owned(),
        line: Line::new(|place| sheet.marks(&kin.owner, place).filter(|_| kin.months >> place & 1 == 1)),
        last_year: last_year.as_ref().map(|history| history.months(&kin.owner)),
        locks: locks(&sheet, &kin.owner),
        owner: kin.owner.clone(),
    });
    Ok(Grid {
        plan: opened.plan.code.clone(),
        state: opened.state,
        metric,
        name: own.name(ground).to_owned(),
        months: sheet.months,
        parent: sheet.has_cells(&own).then(|| line(&own)),
        method: family.as_ref().map(|family| family.method.clone()),
        version: sheet.version(unit),
        children: rows.collect(),
        reserve: family.as_ref().map_or([0; 12], |family| family.reserve),
        buffer: family.as_ref().map_or([0; 12], |family| family.buffer),
        differences: std::array::from_fn(|place| sheet.difference(unit, place)),
        last_year: last_year.as_ref().map(|history| history.months(&own)),
        unit: own,
        cumulative,
    })
}

/// What the levels above a unit and its own breakdown give out together. Levels that the reader may not see are
/// left out.
fn cumulative(
    tx: &mut Read,
    context: &Context,
    opened: &Opened,
    sheet: &mut Sheet,
    unit: &str,
) -> Result<Option<Ratio>> {
    let organisation = &opened.ground.organisation;
    let found = organisation.unit_of_code(unit);
    let path = found.and_then(|unit| organisation.nearest_unit_path(unit.id, opened.year.last_day()));
    let codes = path.unwrap_or_default().iter().filter_map(|unit| organisation.unit(*unit));
    let codes: Vec<&str> = codes
        .map(|unit| unit.code.as_str())
        .filter(|code| allow::read(context, opened, code).is_ok())
        .collect();
    sheet.load(tx, codes.iter().copied())?;
    let owners: Vec<Owner> = codes.iter().map(|code| Owner::unit(*code)).collect();
    sheet.load_owners(tx, &owners)?;
    let mut rates = Vec::new();
    let mut is_declared = false;
    for (code, owner) in codes.iter().zip(&owners) {
        let Some(family) = sheet.family(code) else { continue };
        let sum = |months: &Months| months.iter().map(|month| i128::from(*month)).sum::<i128>();
        let parent: i128 = (0..12).map(|place| i128::from(sheet.amount(owner, place))).sum();
        let net = sum(&family.buffer) - sum(&family.reserve);
        is_declared |= net != 0;
        rates.extend(i64::try_from(parent).ok().and_then(|own| Ratio::new(parent + net, own)));
    }
    Ok(if is_declared { cumulative_rate(rates) } else { None })
}

fn locks(sheet: &Sheet, owner: &Owner) -> Vec<GridLock> {
    let mut found: Vec<GridLock> = sheet
        .locks
        .iter()
        .filter(|((own, _), _)| own == owner)
        .map(|((_, month), lock)| GridLock {
            month: (*month != YEAR).then(|| sheet.place(*month)).flatten().map(|place| sheet.months[place]),
            actor: lock.actor.clone(),
            reason: lock.reason.clone(),
        })
        .collect();
    found.sort_by_key(|lock| lock.month);
    found
}

impl Grid {
    /// The codes of the sub-units among the children, to go on reading.
    pub fn units_below(&self) -> impl Iterator<Item = &str> {
        let units = self.children.iter().filter(|row| row.owner.kind == OwnerKind::Unit);
        units.map(|row| row.owner.code.as_str())
    }
}
