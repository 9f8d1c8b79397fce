//! A plan's sheet to be exported: every unit and member below a unit with months, quarters and checks (`forms.md`, 1).

use dacheng_domain::metrics::Metric;
use dacheng_store::targets::OwnerKind;
use dacheng_text::{Lang, metric};

use super::amounts::written;
use super::form::Column;
use super::tree::{Tree, TreeRow};
use crate::exports::{self, Value};
use crate::{App, Context, Result};

/// The columns and rows of a sheet. Its columns bear the names by which they are found when it is brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanSheet {
    /// The columns.
    pub columns: Vec<exports::Column>,
    /// A row for each unit and each member below it.
    pub rows: Vec<Vec<Value>>,
}

/// The sheet of a plan's metric from a unit down, as the asker may see it: persons only to those who see them.
pub fn export(app: &App, context: &Context, plan: &str, of: Metric, unit: &str) -> Result<PlanSheet> {
    let tree = Tree::open(app, context, plan, of, unit)?;
    let columns = Column::all(tree.opened.year.first_month().number());
    let cells = Cells { lang: context.lang, of, tree: &tree };
    let row = |row: &TreeRow| columns.iter().map(|column| cells.value(*column, row)).collect();
    Ok(PlanSheet {
        rows: tree.rows.iter().map(row).collect(),
        columns: columns.iter().map(|column| heading(context.lang, *column)).collect(),
    })
}

fn heading(lang: Lang, column: Column) -> exports::Column {
    exports::Column { name: column.name(lang), holds: column.holds(), width: column.width() }
}

struct Cells<'c> {
    lang: Lang,
    of: Metric,
    tree: &'c Tree,
}

impl Cells<'_> {
    fn value(&self, column: Column, row: &TreeRow) -> Value {
        let (say, opened, sums) = (self.lang.plans_sheet(), &self.tree.opened, &row.line.sums);
        let amount = |amount: i64| Value::Number(written(self.of, amount));
        let maybe = |found: Option<i64>| found.map_or(Value::Blank, amount);
        match column {
            Column::Year => Value::Text(opened.year.name().to_string()),
            Column::Plan => Value::Text(opened.plan.code.clone()),
            Column::Metric => Value::Text(metric::name(self.lang, self.of).to_owned()),
            Column::Level => Value::Text(match row.owner.kind {
                OwnerKind::Unit => say.unit().to_owned(),
                OwnerKind::Member => say.member().to_owned(),
            }),
            Column::Code => Value::Text(row.owner.to_string()),
            Column::Owner => Value::Text(row.name.clone()),
            Column::Method => row.given.map_or(Value::Blank, |_| Value::Text(say.by_units().to_owned())),
            Column::Responsible => row.responsible.clone().map_or(Value::Blank, Value::Text),
            Column::LastYear => maybe(row.last_year),
            Column::Floor => maybe(row.year(|marks| marks.floor)),
            Column::Target | Column::Total => amount(sums.year),
            Column::Stretch => maybe(row.year(|marks| marks.stretch)),
            Column::Month(month) => {
                let place = self.tree.months.iter().position(|own| own.number() == month);
                maybe(place.and_then(|place| row.line.months[place]).map(|marks| marks.target))
            }
            Column::Quarter(quarter) => {
                let place = usize::try_from(quarter - 1).ok();
                maybe(place.and_then(|place| sums.quarters.get(place).copied()))
            }
            Column::Given => maybe(row.given),
            Column::Open => maybe(row.open()),
            Column::Due => Value::Day(opened.year.last_day()),
            Column::Version => Value::Text(opened.plan.version.to_string()),
            Column::Note => Value::Blank,
        }
    }
}
