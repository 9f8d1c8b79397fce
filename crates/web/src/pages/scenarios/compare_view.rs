//! From a comparison to its page. No figure is computed here.

use dacheng_app::figures::forecast::outlooks;
use dacheng_app::planning::scenarios::{CompareCell, CompareRow, Compared, Comparison, Twig};
use dacheng_app::planning::{self, Power, Powers};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Period;
use dacheng_domain::planning::State;
use dacheng_domain::planning::scenario::Settlement;
use dacheng_rollup::Owner as Figured;
use dacheng_text::rate::{self, Blank};
use dacheng_text::{Lang, metric, number};

use super::asked::Asked;
use super::{Head, PayForm, SideBySide, SideCell, SideRow};
use crate::charts::Amounts;
use crate::components::{Badged as _, Branch, Column, Figure, Input, Link, Value};
use crate::http::{Desk, encoded};
use crate::pages::forecast::said;
use crate::pages::plans::amount::Amount;
use crate::pages::plans::proposal_form::written;
use crate::pages::plans::rounds::address;

/// Steps that a row is drawn further in, at most.
const DEEPEST: usize = 5;

/// The comparison as the page shows it.
pub(super) fn side(desk: &Desk<'_>, asked: &Asked, found: &Comparison) -> Result<SideBySide> {
    let amount = Amount { lang: desk.lang(), metric: found.metric };
    let root = found.rows.first();
    let at = root.map(|row| row.owner.code.as_str()).unwrap_or_default();
    let powers: Vec<Powers> = found
        .plans
        .iter()
        .map(|own| planning::powers(desk.app, &desk.context, &own.plan.code, at))
        .collect::<Result<_>>()?;
    let amounts: Vec<i64> =
        found.rows.iter().flat_map(|row| row.cells.iter().filter_map(|cell| cell.amount)).collect();
    let column = match amount.column(amounts) {
        Amounts::Money(column) => Column::Money(column),
        Amounts::Count(unit) | Amounts::Hundredths(unit) => Column::Count(unit),
    };
    let view = View { desk, asked, found, amount, powers, column };
    Ok(SideBySide {
        heads: (0..found.plans.len()).map(|place| view.head(place, root)).collect(),
        column: view.column.clone(),
        rows: found.rows.iter().map(|row| view.row(row)).collect(),
        notes: view.notes(),
        proof: proof(desk, found)?,
    })
}

/// How often the band of the whole held, and what that rests on: as on the page of forecasts.
fn proof(desk: &Desk<'_>, found: &Comparison) -> Result<Vec<(String, String)>> {
    let Some(root) = found.rows.first() else { return Ok(Vec::new()) };
    let unit = desk.organisation().unit_of_code(&root.owner.code);
    let is_top = unit.is_some_and(|unit| desk.organisation().is_unit_at_top(unit.id, day(found)));
    let owner = if is_top { Figured::Company } else { Figured::Unit(root.owner.code.clone()) };
    match outlooks(desk.app, &desk.context, &owner, (found.metric, Period::Year(found.year))) {
        Ok(found) => Ok(said::proof(desk.lang(), &found)),
        Err(Error::Missing { .. } | Error::Forbidden(_)) => Ok(Vec::new()),
        Err(other) => Err(other),
    }
}

fn day(found: &Comparison) -> dacheng_domain::people::Span {
    dacheng_domain::people::Span::day(found.year.last_day())
}

struct View<'v> {
    desk: &'v Desk<'v>,
    asked: &'v Asked,
    found: &'v Comparison,
    amount: Amount,
    powers: Vec<Powers>,
    column: Column,
}

impl View<'_> {
    fn lang(&self) -> Lang {
        self.desk.lang()
    }

    fn head(&self, place: usize, root: Option<&CompareRow>) -> Head {
        let (lang, own) = (self.lang(), &self.found.plans[place]);
        let may_go_on = match own.plan.state {
            State::Draft => self.powers[place].may(Power::Set),
            State::Review => self.powers[place].may(Power::Approve),
            State::InForce | State::Archived => false,
        };
        Head {
            plan: Link::new(&own.plan.name, address(&own.plan.code)),
            state: own.plan.state.badge(&lang),
            facts: root.map_or_else(Vec::new, |row| self.facts(&row.cells[place])),
            choose: may_go_on.then(|| format!("{}#way", address(&own.plan.code))),
            pay: self.pay(place, own),
        }
    }

    fn facts(&self, cell: &CompareCell) -> Vec<(String, String)> {
        let (lang, say) = (self.lang(), self.lang().scenarios());
        let none = || "—".to_owned();
        let amount = |own: Option<i64>| own.map_or_else(none, |own| self.amount.said(own));
        vec![
            (lang.figures().target().to_owned(), amount(cell.amount)),
            (
                lang.forecast().chance().to_owned(),
                cell.chance.map_or_else(none, |own| said::chance(lang, own)),
            ),
            (say.load().to_owned(), cell.load.map_or_else(none, rate::percent)),
            (say.pay_at_target().to_owned(), amount(cell.pay)),
            (say.pay_expected().to_owned(), amount(cell.pay_expected)),
        ]
    }

    fn pay(&self, place: usize, own: &Compared) -> Option<PayForm> {
        let is_open = own.plan.state != State::Archived && self.powers[place].may(Power::Set);
        let rate = |pick: fn(&dacheng_domain::planning::scenario::PayAssumption) -> i64| {
            Input::of(own.pay.as_ref().map_or_else(String::new, |pay| written(pick(pay))))
        };
        is_open.then(|| PayForm {
            action: format!("{}/pay", address(&own.plan.code)),
            rate_id: format!("rate-{place}"),
            beyond_id: format!("beyond-{place}"),
            version: own.around.to_string(),
            back: format!("/plans/compare?{}", self.query()),
            rate: rate(|pay| pay.rate()),
            beyond: rate(|pay| pay.beyond()),
        })
    }

    /// This page's query.
    fn query(&self) -> String {
        self.asked.query(self.found.metric, Some(&self.found.open))
    }

    fn row(&self, row: &CompareRow) -> SideRow {
        let capacity = row.capacity.map(|own| self.amount.figure(own));
        SideRow {
            depth: row.depth.min(DEEPEST),
            name: row.name.clone(),
            branch: self.branch(row),
            capacity: capacity.unwrap_or_else(|| Figure::plain(Value::Blank(Blank::NoHistory))),
            cells: row.cells.iter().map(|cell| self.cell(cell)).collect(),
            merge: self.merge(row),
        }
    }

    fn branch(&self, row: &CompareRow) -> Branch {
        let mut open = self.found.open.clone();
        let here = |open| format!("/plans/compare?{}", self.asked.query(self.found.metric, Some(open)));
        match row.twig {
            Twig::Leaf => Branch::Leaf,
            Twig::Open => {
                open.remove(&row.owner.code);
                Branch::Open { fold: here(&open) }
            }
            Twig::Folded => {
                open.insert(row.owner.code.clone());
                Branch::Folded { open: here(&open) }
            }
        }
    }

    fn cell(&self, cell: &CompareCell) -> SideCell {
        let (lang, say) = (self.lang(), self.lang().scenarios());
        let chance = cell.chance.map(|own| say.chance_said(said::chance(lang, own)));
        let load = cell.load.map(|own| say.load_said(rate::percent(own)));
        let pay = cell.pay_expected.or(cell.pay).map(|own| say.pay_said(self.amount.said(own)));
        SideCell {
            amount: cell
                .amount
                .map_or_else(|| Figure::plain(Value::Blank(Blank::NoTarget)), |own| self.amount.figure(own)),
            apart: cell.apart.map(|apart| {
                let amount = match &self.column {
                    Column::Money(unit) => unit.signed(lang, Fen(apart.amount)),
                    Column::Count(_) | Column::Rate | Column::Decimal(_) => {
                        number::signed(apart.amount.into(), 0)
                    }
                };
                match apart.rate {
                    Some(rate) => say.apart(amount, signed(rate)),
                    None => amount,
                }
            }),
            said: [together(chance, load), pay].into_iter().flatten().collect(),
        }
    }

    /// Where the branch of a row is merged, if somebody may: into a draft, from another plan that has it.
    fn merge(&self, row: &CompareRow) -> Option<String> {
        let plans = &self.found.plans;
        let is_open = |place: &usize| {
            plans[*place].plan.state == State::Draft && self.powers[*place].may(Power::BreakDown)
        };
        let into = (0..plans.len()).find(is_open)?;
        let from = (0..plans.len()).find(|place| *place != into && row.cells[*place].amount.is_some())?;
        let settle =
            if self.powers[into].may(Power::Set) { Settlement::Parents } else { Settlement::Siblings };
        Some(format!(
            "/plans/merge?from={}&into={}&owner={}&metric={}&settle={}",
            encoded(&plans[from].plan.code),
            encoded(&plans[into].plan.code),
            encoded(&row.owner.to_string()),
            self.found.metric.code(),
            settle.word()
        ))
    }

    fn notes(&self) -> Vec<String> {
        let say = self.lang().scenarios();
        let first = &self.found.plans[0].plan.name;
        let name = metric::name(self.lang(), self.found.metric);
        let load = match self.found.each {
            Some(each) => say.how_load(self.amount.said(each)),
            None => say.how_load_none().to_owned(),
        };
        vec![say.how_apart(first), say.how_chance(name), load, say.how_pay().to_owned()]
    }
}

/// Two short sayings on one line.
fn together(one: Option<String>, other: Option<String>) -> Option<String> {
    match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one} · {other}")),
        (one, other) => one.or(other),
    }
}

/// A rate with its sign.
fn signed(rate: dacheng_domain::Ratio) -> String {
    let said = rate::percent(rate);
    if rate.num() > 0 { format!("+{said}") } else { said }
}
