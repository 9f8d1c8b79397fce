//! The ledger of alerts as a workbook: the columns of the paper form (`forms.md` 7) in their order.

use dacheng_app::tracking::alerts::{AlertRow, State};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Deadline;
use dacheng_domain::metrics::Unit;
use dacheng_text::{Lang, date, metric};

use super::said;
use crate::components::states::{improvement_name, level_name};
use crate::http::Desk;
use crate::workbook::{Entry, Export};

/// The ledger with the filter it was asked for.
pub fn ledger(desk: &Desk<'_>, rows: &[AlertRow], filter: &str) -> Export {
    let (lang, say) = (desk.lang(), desk.lang().alerts());
    let at = date::stamp(desk.app.zone.to_datetime(desk.context.now));
    Export {
        name: say.file(desk.context.today),
        sheet: say.sheet().to_owned(),
        columns: columns(lang),
        rows: rows.iter().map(|own| row(lang, own)).collect(),
        notes: vec![say.note_filter(filter), say.note_as_of(at), say.note_unit().to_owned()],
    }
}

fn columns(lang: Lang) -> Vec<(String, u8)> {
    let (say, figures) = (lang.alerts(), lang.figures());
    let columns = [
        (say.column_number(), 14),
        (say.level(), 8),
        (say.owner(), 26),
        (lang.targets().metric(), 10),
        (say.column_period(), 12),
        (figures.target(), 16),
        (figures.actual(), 16),
        (figures.attainment(), 10),
        (say.threshold(), 8),
        (say.column_rule(), 44),
        (say.fired(), 12),
        (say.column_due(), 14),
        (say.responsible(), 12),
        (say.column_state(), 14),
        (say.column_ended(), 30),
    ];
    columns.map(|(name, width)| (name.to_owned(), width)).to_vec()
}

fn row(lang: Lang, row: &AlertRow) -> Vec<Entry> {
    let plan = row.plan.as_ref();
    let amount = |amount: i64| match row.metric.definition().unit {
        Unit::Money | Unit::Percent | Unit::Score | Unit::Days => Entry::money(Fen(amount)),
        Unit::Count => Entry::Number(amount.to_string()),
    };
    vec![
        Entry::text(said::number(lang, row)),
        Entry::text(level_name(lang, row.level)),
        Entry::text(said::owner(row)),
        Entry::text(metric::name(lang, row.metric)),
        Entry::text(row.figure.period.to_string()),
        amount(row.figure.target),
        amount(row.figure.actual),
        Entry::percent(row.figure.attainment),
        Entry::percent(Some(row.threshold())),
        Entry::text(lang.alerts().rule_and_version(said::rule(lang, row), row.rule_version)),
        Entry::Day(row.raised_on),
        Entry::day(plan.and_then(|plan| plan.deadline).and_then(Deadline::date)),
        Entry::text(plan.and_then(|plan| plan.responsible.clone()).unwrap_or_default()),
        Entry::text(plan.map_or("", |plan| improvement_name(lang, plan.state))),
        Entry::text(ended(lang, row)),
    ]
}

/// The day it ceased to be open, and why.
fn ended(lang: Lang, row: &AlertRow) -> String {
    let say = lang.alerts();
    let why = match row.state {
        State::Open => return String::new(),
        State::Closed => match &row.plan {
            Some(plan) => improvement_name(lang, plan.state),
            None => say.ended_closed(),
        },
        State::Replaced => say.ended_replaced(),
        State::Withdrawn => say.ended_withdrawn(),
    };
    match row.ended_on {
        Some(day) => say.ended_on(day, why),
        None => why.to_owned(),
    }
}
