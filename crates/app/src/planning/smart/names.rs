//! The names that a sentence may use: units and people whom the asker sees, product lines and customer types.

use std::collections::BTreeSet;

use dacheng_domain::access::{Action, Object, Owner as Whose, Right, View};
use dacheng_domain::planning::smart::{Named, Scope, ScopeKind};
use jiff::civil::Date;

use crate::facts::ground::Ground;
use crate::{Context, Result};

/// Everything the asker may name. What they may not know is no name.
pub(super) fn names(context: &Context, ground: &Ground, on: Date) -> Result<Vec<Named>> {
    let organisation = &ground.organisation;
    let scope = context.scope(organisation, Action::BreakDown, Right::Read)?;
    let rows = organisation.rows();
    let view = |whose| scope.view(&Object::on(whose, on));
    let units = rows.units.iter().filter(|unit| view(Whose::Unit(unit.id)).is_some());
    let units = units.map(|unit| named(ScopeKind::Unit, unit.code.as_str(), &unit.name));
    let members =
        rows.members.iter().filter(|own| view(Whose::Member(own.id)).is_some_and(View::shows_persons));
    let members = members.map(|own| named(ScopeKind::Member, own.code.as_str(), &own.name));
    let mut found: Vec<Named> = units.chain(members).collect();
    found.extend(short_names(&found));
    found.extend(product_lines(ground, on).iter().map(|line| named(ScopeKind::ProductLine, line, line)));
    found.extend(customer_types(ground, on).iter().map(|own| named(ScopeKind::CustomerType, own, own)));
    Ok(found)
}

/// What follows the name proper of a unit.
const KINDS: [&str; 6] = ["事业部", "分公司", "大区", "团队", "部", "组"];

/// 华东 for 华东大区, where no other unit is called so.
fn short_names(units: &[Named]) -> Vec<Named> {
    let short = |own: &Named| -> Option<Named> {
        let stem = KINDS.iter().find_map(|kind| own.name.strip_suffix(kind))?;
        (own.kind == ScopeKind::Unit).then(|| named(ScopeKind::Unit, &own.code, stem))
    };
    let stems: Vec<Named> = units.iter().filter_map(short).collect();
    let is_only = |own: &&Named| stems.iter().filter(|other| other.name == own.name).count() == 1;
    stems.iter().filter(is_only).cloned().collect()
}

/// The name of a scope that was read with these names.
pub(super) fn name(names: &[Named], scope: &Scope) -> String {
    let found = names.iter().find(|own| own.kind == scope.kind && own.code == scope.code);
    found.map_or_else(|| scope.code.clone(), |own| own.name.clone())
}

fn named(kind: ScopeKind, code: &str, name: &str) -> Named {
    Named { kind, code: code.to_owned(), name: name.to_owned() }
}

fn product_lines(ground: &Ground, on: Date) -> BTreeSet<&str> {
    let lines = (0..).map_while(|place| ground.products.code(place).map(|_| ground.products.on(place, on)));
    lines.flatten().map(|place| place.line.as_str()).filter(|line| !line.is_empty()).collect()
}

fn customer_types(ground: &Ground, on: Date) -> BTreeSet<&str> {
    let places =
        (0..).map_while(|place| ground.customers.code(place).map(|_| ground.customers.on(place, on)));
    let kinds: BTreeSet<u32> = places.flatten().map(|place| place.kind).collect();
    kinds.into_iter().map(|kind| ground.text(kind)).filter(|kind| !kind.is_empty()).collect()
}
