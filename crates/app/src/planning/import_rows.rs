//! Rows of a file of targets: reading them, and turning years and quarters into months. What they must sum to is
//! checked in [`super::import`].

use std::collections::BTreeMap;

use dacheng_domain::allocation::Exact;
use dacheng_domain::calendar::{Calendar, FiscalStart, Month, Period};
use dacheng_domain::metrics::own::Catalogue;
use dacheng_domain::metrics::{Metric, RollUp};
use dacheng_domain::planning::Marks;
use dacheng_text::Lang;

use super::amounts::read_amount;
use super::months::divide;
use crate::Result;
use crate::allocation::Owner;
use crate::facts::ground::Ground;
use crate::facts::problems::{RowProblem, unreadable};

/// A row as the file has it (`interface.md`, kind `targets`).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TargetRow {
    /// Its number, as a spreadsheet counts.
    pub row: u64,
    /// The plan's code.
    pub plan: String,
    /// The metric's code.
    pub metric: String,
    /// `unit:CODE`, `member:CODE`, or a code found in only one of both.
    pub owner: String,
    /// The product line; blank for all.
    pub product_line: String,
    /// The customer type; blank for all.
    pub customer_type: String,
    /// A year, a quarter or a month.
    pub period: String,
    /// 保底; blank leaves it as it is.
    pub floor: String,
    /// 目标
    pub target: String,
    /// 挑战; blank leaves it as it is.
    pub stretch: String,
}

/// A row that can be read.
pub(super) struct Stated {
    pub row: u64,
    pub plan: String,
    pub metric: Metric,
    pub owner: Owner,
    pub part: Part,
    pub period: Period,
    pub marks: Marks,
}

/// Product line and customer type, both empty for the whole.
pub(super) type Part = (String, String);

/// Reads a row, or says what is wrong with its cells.
pub(super) fn read(
    row: &TargetRow,
    (ground, catalogue): (&Ground, &Catalogue),
    start: FiscalStart,
    lang: Lang,
) -> std::result::Result<Stated, Vec<RowProblem>> {
    let say = lang.plans_import();
    let mut problems = Vec::new();
    let mut note = |column: &str, value: &str, reason: String| {
        problems.push(RowProblem {
            row: Some(row.row),
            column: Some(column.to_owned()),
            value: value.to_owned(),
            reason,
        });
    };
    let plan = row.plan.trim();
    if plan.is_empty() {
        note("plan", "", lang.problems().missing("plan"));
    }
    let metric: Option<Metric> = catalogue.read(row.metric.trim()).ok();
    if metric.is_none() {
        note("metric", &row.metric, say.metric(&row.metric));
    }
    let owner =
        owner(row.owner.trim(), ground, lang).map_err(|reason| note("owner", &row.owner, reason)).ok();
    let period = Period::parse(row.period.trim(), start).ok().filter(|period| match period {
        Period::Year(_) | Period::Quarter(_) | Period::Month(_) => true,
        Period::Week(_) | Period::Day(_) => false,
    });
    if period.is_none() {
        note("period", &row.period, say.period().to_owned());
    }
    let mut mark = |column: &str, text: &str| match metric.map(|metric| read_amount(metric, text)) {
        None => None,
        Some(Ok(Some(negative))) if negative < 0 => {
            note(column, text, lang.problems().negative().to_owned());
            None
        }
        Some(Ok(found)) => found,
        Some(Err(wrong)) => {
            note(column, text, unreadable(wrong, lang));
            None
        }
    };
    let (floor, target, stretch) =
        (mark("floor", &row.floor), mark("target", &row.target), mark("stretch", &row.stretch));
    if row.target.trim().is_empty() {
        note("target", "", lang.problems().missing("target"));
    }
    let part = (row.product_line.trim().to_owned(), row.customer_type.trim().to_owned());
    match (metric, owner, period, target) {
        (Some(metric), Some(owner), Some(period), Some(target)) if problems.is_empty() => {
            let marks = Marks { floor, target, stretch };
            Ok(Stated { row: row.row, plan: plan.to_owned(), metric, owner, part, period, marks })
        }
        _ => Err(problems),
    }
}

fn owner(text: &str, ground: &Ground, lang: Lang) -> std::result::Result<Owner, String> {
    let say = lang.plans_import();
    let is_unit = |code: &str| ground.organisation.unit_of_code(code).is_some();
    let is_member = |code: &str| ground.organisation.member_of_code(code).is_some();
    if let Some(code) = text.strip_prefix("unit:").filter(|code| is_unit(code)) {
        return Ok(Owner::unit(code));
    }
    if let Some(code) = text.strip_prefix("member:").filter(|code| is_member(code)) {
        return Ok(Owner::member(code));
    }
    match (is_unit(text), is_member(text)) {
        (true, false) => Ok(Owner::unit(text)),
        (false, true) => Ok(Owner::member(text)),
        (true, true) => Err(say.owner_both(text)),
        (false, false) => Err(say.owner(text)),
    }
}

/// The months that rows of one owner and part come to.
pub(super) struct Filled {
    pub months: [Option<Marks>; 12],
    /// The months that were stated as part of a quarter or year: they may be moved within it.
    pub is_loose: [bool; 12],
    /// The quarters and years as stated: places, target and row.
    pub blocks: Vec<(Vec<usize>, i64, Period)>,
    /// Floor and stretch of a year whose months are all stated by themselves.
    pub year: Option<Marks>,
}

/// A quarter or year that is not the sum of its months: its row, and the sum.
pub(super) type Disagreement = (u64, Period, i128);

/// Turns rows of one owner and part into months: months as stated, then quarters, then the year, each less what is
/// stated within it, by working days. A ratio or score holds in every month of its period.
pub(super) fn fill(
    rows: &[&Stated],
    months: &[Month; 12],
    calendar: &Calendar,
    lang: Lang,
) -> Result<std::result::Result<Filled, Vec<Disagreement>>> {
    let mut filled = Filled { months: [None; 12], is_loose: [false; 12], blocks: Vec::new(), year: None };
    let mut wrong = Vec::new();
    let mut by_length: BTreeMap<usize, Vec<(&Stated, Vec<usize>)>> = BTreeMap::new();
    for stated in rows {
        let own: Vec<Month> = stated.period.months().collect();
        let places: Vec<usize> = (0..12).filter(|place| own.contains(&months[*place])).collect();
        by_length.entry(places.len()).or_default().push((stated, places));
    }
    for (stated, places) in by_length.into_values().flatten() {
        let adds_up = stated.metric.definition().roll_up == RollUp::Sum;
        let open: Vec<usize> =
            places.iter().copied().filter(|place| filled.months[*place].is_none()).collect();
        if places.len() == 1 || !adds_up {
            for place in open {
                filled.months[place] = Some(stated.marks);
            }
            continue;
        }
        let there = |pick: fn(&Marks) -> i64| -> i128 {
            places
                .iter()
                .filter_map(|place| filled.months[*place])
                .map(|marks| i128::from(pick(&marks)))
                .sum()
        };
        let rest = i128::from(stated.marks.target) - there(|marks| marks.target);
        if rest < 0 || open.is_empty() && rest != 0 {
            wrong.push((stated.row, stated.period, there(|marks| marks.target)));
            continue;
        }
        let weights: Vec<Exact> = open
            .iter()
            .map(|place| {
                u64::from(calendar.working_days(months[*place].first_day(), months[*place].last_day())).into()
            })
            .collect();
        if !open.is_empty() {
            let rest = i64::try_from(rest).unwrap_or(i64::MAX);
            let targets = divide(lang, rest, 1, weights.clone(), |_| (0, None))?;
            let beside = |year: Option<i64>, there: i128| -> Result<Option<Vec<i64>>> {
                let Some(year) = year else { return Ok(None) };
                let rest = i64::try_from((i128::from(year) - there).max(0)).unwrap_or(i64::MAX);
                let is_below = year <= stated.marks.target;
                let sum: i64 = targets.iter().sum();
                let rest = if is_below { rest.min(sum) } else { rest.max(sum) };
                let bounds =
                    |place: usize| if is_below { (0, Some(targets[place])) } else { (targets[place], None) };
                divide(lang, rest, 1, weights.clone(), bounds).map(Some)
            };
            let floors = beside(stated.marks.floor, there(|marks| marks.floor.unwrap_or(0)))?;
            let stretches = beside(stated.marks.stretch, there(|marks| marks.stretch.unwrap_or(0)))?;
            for (at, place) in open.into_iter().enumerate() {
                filled.is_loose[place] = true;
                filled.months[place] = Some(Marks {
                    floor: floors.as_ref().map(|floors| floors[at]),
                    target: targets[at],
                    stretch: stretches.as_ref().map(|stretches| stretches[at]),
                });
            }
        }
        if places.len() == 12 && !filled.is_loose.contains(&true) {
            filled.year = Some(stated.marks);
        }
        filled.blocks.push((places, stated.marks.target, stated.period));
    }
    Ok(if wrong.is_empty() { Ok(filled) } else { Err(wrong) })
}
