//! A plan's sheet to be exported: every unit and member below a unit with months, quarters and checks (`forms.md`, 1).

use std::collections::HashSet;

use dacheng_domain::metrics::Metric;
use dacheng_domain::people::UnitId;
use dacheng_store::targets::OwnerKind;
use dacheng_text::{Lang, metric};

use super::amounts::written;
use super::form::Column;
use super::{Opened, allow, open};
use crate::allocation::{History, Line, Owner, Sheet, history};
use crate::exports::{self, Value};
use crate::{App, Context, Error, Result};

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
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    let view = allow::read(context, &opened, unit)?;
    let organisation = &opened.ground.organisation;
    let top = organisation.unit_of_code(unit).ok_or_else(|| Error::missing("unit", unit))?;
    let day = opened.year.last_day();
    let below: HashSet<UnitId> = organisation.subtree(top.id, day).into_iter().collect();
    let walk = organisation.depth_first(day).into_iter().filter(|found| below.contains(&found.unit));
    let units: Vec<&str> =
        walk.filter_map(|found| Some(organisation.unit(found.unit)?.code.as_str())).collect();
    let mut sheet = Sheet::open(&mut tx, opened.plan.id, of, opened.year)?;
    sheet.load(&mut tx, units.iter().copied())?;
    let owners: Vec<Owner> = units.iter().map(|unit| Owner::unit(*unit)).collect();
    sheet.load_owners(&mut tx, &owners)?;
    let before = std::array::from_fn(|place| sheet.months[place].same_last_year());
    let last_year = history(app, &mut tx, &opened.company, of, &before)?;
    let rows = Rows {
        lang: context.lang,
        opened: &opened,
        sheet: &sheet,
        last_year: last_year.as_ref(),
        columns: Column::all(opened.year.first_month().number()),
    };
    Ok(PlanSheet { columns: rows.headings(), rows: rows.all(&units, view.shows_persons().into()) })
}

struct Rows<'r> {
    lang: Lang,
    opened: &'r Opened,
    sheet: &'r Sheet,
    last_year: Option<&'r History>,
    columns: Vec<Column>,
}

impl Rows<'_> {
    fn headings(&self) -> Vec<exports::Column> {
        let heading = |column: &Column| exports::Column {
            name: column.name(self.lang),
            holds: column.holds(),
            width: column.width(),
        };
        self.columns.iter().map(heading).collect()
    }

    fn all(&self, units: &[&str], persons: Persons) -> Vec<Vec<Value>> {
        let mut rows = Vec::new();
        for unit in units {
            let own = Owner::unit(*unit);
            if !self.sheet.has_cells(&own) {
                continue;
            }
            rows.push(self.row(&own));
            let children = self.sheet.family(unit).map_or(&[][..], |family| &family.children);
            let members = children.iter().filter(|kin| kin.owner.kind == OwnerKind::Member);
            rows.extend(members.filter(|_| persons == Persons::Shown).map(|member| self.row(&member.owner)));
        }
        rows
    }

    fn row(&self, owner: &Owner) -> Vec<Value> {
        let line = Line::new(|place| self.sheet.marks(owner, place));
        self.columns.iter().map(|column| self.value(*column, owner, &line)).collect()
    }

    fn value(&self, column: Column, owner: &Owner, line: &Line) -> Value {
        let (say, sums) = (self.lang.plans_sheet(), &line.sums);
        let of = self.sheet.metric;
        let family = match owner.kind {
            OwnerKind::Unit => self.sheet.family(&owner.code),
            OwnerKind::Member => None,
        };
        let given = family.map(|family| {
            (0..12)
                .flat_map(|place| family.of_month(place).map(move |child| (child, place)))
                .map(|(child, place)| self.sheet.amount(child, place))
                .sum::<i64>()
        });
        let amount = |amount: i64| Value::Number(written(of, amount));
        let marks = |pick: fn(&dacheng_domain::planning::Marks) -> Option<i64>| {
            let sum = line.months.iter().flatten().map(pick).try_fold(0_i64, |sum, own| Some(sum + own?));
            sum.map_or(Value::Blank, amount)
        };
        match column {
            Column::Year => Value::Text(self.opened.year.name().to_string()),
            Column::Plan => Value::Text(self.opened.plan.code.clone()),
            Column::Metric => Value::Text(metric::name(self.lang, of).to_owned()),
            Column::Level => Value::Text(match owner.kind {
                OwnerKind::Unit => say.unit().to_owned(),
                OwnerKind::Member => say.member().to_owned(),
            }),
            Column::Code => Value::Text(owner.to_string()),
            Column::Owner => Value::Text(owner.name(&self.opened.ground).to_owned()),
            Column::Method => family.map_or(Value::Blank, |_| Value::Text(say.by_units().to_owned())),
            Column::Responsible => self.responsible(owner),
            Column::LastYear => self.last_year.map_or(Value::Blank, |history| amount(history.total(owner))),
            Column::Floor => marks(|marks| marks.floor),
            Column::Target | Column::Total => amount(sums.year),
            Column::Stretch => marks(|marks| marks.stretch),
            Column::Month(month) => {
                let place = self.sheet.months.iter().position(|own| own.number() == month);
                let marks = place.and_then(|place| line.months[place]);
                marks.map_or(Value::Blank, |marks| amount(marks.target))
            }
            Column::Quarter(quarter) => {
                let sum =
                    usize::try_from(quarter - 1).ok().and_then(|place| sums.quarters.get(place).copied());
                sum.map_or(Value::Blank, amount)
            }
            Column::Given => given.map_or(Value::Blank, amount),
            Column::Open => given.map_or(Value::Blank, |given| amount(sums.year - given)),
            Column::Due => Value::Day(self.opened.year.last_day()),
            Column::Version => Value::Text(self.opened.plan.version.to_string()),
            Column::Note => Value::Blank,
        }
    }

    fn responsible(&self, owner: &Owner) -> Value {
        let organisation = &self.opened.ground.organisation;
        let member = match owner.kind {
            OwnerKind::Member => organisation.member_of_code(&owner.code),
            OwnerKind::Unit => organisation.unit_of_code(&owner.code).and_then(|unit| {
                organisation.member(organisation.leader(unit.id, self.opened.year.last_day())?)
            }),
        };
        member.map_or(Value::Blank, |member| Value::Text(member.name.clone()))
    }
}

/// Whether rows of persons are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Persons {
    Shown,
    Hidden,
}

impl From<bool> for Persons {
    fn from(shown: bool) -> Self {
        if shown { Self::Shown } else { Self::Hidden }
    }
}
