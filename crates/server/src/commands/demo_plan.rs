//! The plan of the demo company: brought in as a file of targets, with a reserve declared, put in force.

use dacheng_app::allocation::{CellEdit, Difference, EditCells, Edited, Owner, edit_cells};
use dacheng_app::demo::{Edit, YEAR, reserve, targets};
use dacheng_app::facts::import::Effect;
use dacheng_app::planning::import_targets;
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;

use super::plan::{in_force, make};

/// Sets the targets of the year and puts them in force.
pub fn set(app: &App, context: &Context) -> Result<()> {
    make(app, context, YEAR)?;
    let imported = import_targets(app, context, &targets(), "targets.csv", Effect::Write)?;
    if let Some(problem) = imported.problems.first() {
        return Err(Error::Internal(format!("targets: {problem:?}")));
    }
    declare_reserve(app, context)?;
    in_force(app, context, YEAR, Some("总监与大区经理承担所辖单位的合计，支持岗位不承担销售指标"))
}

/// 华南组 carries 150 in the third quarter: its leader 50, three specialists 30 each, and a reserve of 10.
fn declare_reserve(app: &App, context: &Context) -> Result<()> {
    let request = EditCells {
        plan: YEAR.to_string(),
        metric: Metric::Revenue,
        edits: reserve().into_iter().map(edit).collect::<Result<_>>()?,
        difference: Difference::Declare,
    };
    match edit_cells(app, context, &request)? {
        Edited::Saved { .. } => Ok(()),
        Edited::Conflicts(found) => Err(Error::Internal(format!("the reserve: {found:?}"))),
    }
}

fn edit(Edit { member, month, old, new }: Edit) -> Result<CellEdit> {
    let month = Month::new(YEAR, month).ok_or_else(|| Error::Internal("month".to_owned()))?;
    Ok(CellEdit { owner: Owner::member(member), month, old, new })
}
