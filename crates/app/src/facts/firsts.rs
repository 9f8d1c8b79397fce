//! New customers: which order was a customer's first, whom it credits, and what a change of facts does to that. The credit of a
//! customer stands in the blocks with their code, so that the first order of everybody is known without a look at the orders.

use std::collections::BTreeMap;

use dacheng_domain::Fen;
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::{Bundle, CreditKind, Share};
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::facts::row::OrderRow;
use dacheng_domain::facts::value::OrderStatus;
use dacheng_rollup::{AXES, Axis, Delta, Grain, Key};
use dacheng_store::facts::{View, codes_of_customers};
use dacheng_store::{Read, imports};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use smol_str::SmolStr;

use super::bundles::{Raw, Which, of_orders};
use super::commit::grain_number;
use super::crediting::{main_path, place_names, segments};
use super::days::{date_of, month_of, number};
use super::delta::{Touched, each_bundle};
use super::ground::Ground;
use crate::Result;
use crate::memory::Memory;

/// Orders looked at together.
const PAGE: i64 = 10_000;
/// Every month that blocks are kept of.
const EVER: (i64, i64) = (0, 999_999);

/// An order that may be its customer's first: neither cancelled nor sent back in full, and its owner is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct First {
    /// Its date.
    date: Date,
    /// Its code: of two on a day the earlier.
    order: SmolStr,
    /// Its main owner.
    member: u32,
}

impl First {
    fn is_before(&self, other: &Self) -> bool {
        (self.date, &self.order) < (other.date, &other.order)
    }
}

/// The order of a bundle as somebody's first, and whose.
pub fn first_of<'r>(raw: &'r Raw, bundle: Option<&Bundle>) -> Option<(&'r str, First)> {
    let (order, bundle) = (raw.order.as_ref()?, bundle?);
    let total = match raw.lines.as_slice() {
        [] => order.amount.unwrap_or_default(),
        lines => lines.iter().map(|line| line.amount).sum(),
    };
    let returned: Fen = raw.returns.iter().map(|row| row.amount).sum();
    let sent_back = returned > Fen::ZERO && returned >= total;
    if bundle.cancelled || sent_back {
        return None;
    }
    let member = main_owner(bundle);
    Some((order.customer.as_str(), First { date: order.date, order: order.order.as_str().into(), member }))
}

/// As [`first_of`], for an order on which nothing hangs.
pub fn first_of_plain(order: &OrderRow, member: u32) -> Option<(&str, First)> {
    let counts = order.status == OrderStatus::Normal;
    let first = || First { date: order.date, order: order.order.as_str().into(), member };
    counts.then(|| (order.customer.as_str(), first()))
}

/// Whoever has the largest share; of two the earlier by key.
fn main_owner(bundle: &Bundle) -> u32 {
    let credit = bundle.shares.iter().filter(|share| share.kind == CreditKind::Credit && share.parts > 0);
    let largest = credit.rev().max_by_key(|share: &&Share| share.parts);
    largest.map_or(bundle.member, |share| share.member)
}

/// What a change does to orders that may be somebody's first.
#[derive(Debug, Default)]
pub struct Changes(FxHashMap<SmolStr, Change>);

/// The same for one customer.
#[derive(Debug, Default)]
struct Change {
    /// The earliest day of an order that was one and is none any more, or another.
    gone: Option<Date>,
    /// The earliest that came.
    came: Option<First>,
}

impl Changes {
    /// Notes an order before and after a change.
    pub fn note(&mut self, before: Option<(&str, First)>, after: Option<(&str, First)>) {
        if before == after {
            return;
        }
        if let Some((customer, first)) = before {
            let gone = &mut self.of(customer).gone;
            *gone = Some(gone.map_or(first.date, |known| known.min(first.date)));
        }
        if let Some((customer, first)) = after {
            let came = &mut self.of(customer).came;
            if came.as_ref().is_none_or(|known| first.is_before(known)) {
                *came = Some(first);
            }
        }
    }

    fn of(&mut self, customer: &str) -> &mut Change {
        self.0.entry(customer.into()).or_default()
    }

    /// Adds to the delta what becomes of the customers' credits. `view` has the facts after the change.
    pub fn resolve(
        self,
        tx: &mut Read,
        memory: &Memory,
        view: View,
        ground: &Ground,
        delta: &mut Delta,
    ) -> Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let known = Known::load(tx, memory, Some(&self.0.keys().cloned().collect()))?;
        let mut unclear = FxHashSet::default();
        for (customer, change) in self.0 {
            let now = known.0.get(&customer).map(|cell| cell.date);
            match change.outcome(now, ground.first_order(&customer)) {
                Outcome::Same => {}
                Outcome::Unclear => drop(unclear.insert(customer)),
                Outcome::Becomes(first) => {
                    known.take_away(&customer, delta);
                    add_first(&customer, &first, ground, delta);
                }
            }
        }
        known.look_again(tx, view, ground, &unclear, delta)
    }
}

/// The orders that a change touches, each looked at before and after it.
#[derive(Debug, Default)]
pub struct Touching {
    /// By the order's code: whose first it may have been.
    before: FxHashMap<SmolStr, (SmolStr, First)>,
    changes: Changes,
}

impl Touching {
    /// Looks at an order before.
    pub fn before(&mut self, order: &str, first: Option<(&str, First)>) {
        if let Some((customer, first)) = first {
            self.before.insert(order.into(), (customer.into(), first));
        }
    }

    /// Looks at an order after.
    pub fn after(&mut self, order: &str, first: Option<(&str, First)>) {
        let before = self.before.remove(order);
        self.changes.note(before.as_ref().map(|(customer, first)| (customer.as_str(), first.clone())), first);
    }

    /// What the change does; orders that were not looked at after it are gone.
    pub fn changes(mut self) -> Changes {
        for (customer, first) in std::mem::take(&mut self.before).into_values() {
            self.changes.note(Some((customer.as_str(), first)), None);
        }
        self.changes
    }
}

/// What becomes of a customer's first order.
enum Outcome {
    /// Nothing.
    Same,
    /// Their orders must be looked at.
    Unclear,
    /// It is another one, which is credited.
    Becomes(First),
}

impl Change {
    /// `now` is the day of the first order that is credited. Where none is, there is none, or all come after the first order
    /// that the customer carries.
    fn outcome(self, now: Option<Date>, carried: Option<Date>) -> Outcome {
        if self.gone.is_some_and(|gone| now.is_none_or(|now| gone <= now)) {
            return Outcome::Unclear;
        }
        let Some(came) = self.came else { return Outcome::Same };
        match now {
            Some(now) if came.date == now => Outcome::Unclear,
            Some(now) if came.date > now => Outcome::Same,
            Some(_) | None if is_new(came.date, carried) => Outcome::Becomes(came),
            Some(_) | None => Outcome::Same,
        }
    }
}

/// Whether a customer is new with a first order of a day: they carry none before it.
fn is_new(first: Date, carried: Option<Date>) -> bool {
    carried.is_none_or(|carried| first <= carried)
}

/// Adds the credit of a first order, whole to the largest seat of its main owner.
fn add_first(customer: &str, first: &First, ground: &Ground, delta: &mut Delta) {
    if !is_new(first.date, ground.first_order(customer)) {
        return;
    }
    add_cell(customer, first.date, ground.member_code(first.member), ground, delta);
}

fn add_cell(customer: &str, date: Date, member: &str, ground: &Ground, delta: &mut Delta) {
    let place = ground.customers.place(customer).and_then(|place| ground.customers.on(place, date));
    let mut names = place_names(place, ground, delta);
    names[Axis::Customer as usize] = delta.name(customer);
    names[Axis::Member as usize] = delta.name(member);
    let seats = ground.member(member).map_or(&[][..], |member| segments(ground, member, date));
    names[Axis::Path as usize] = delta.name(main_path(ground, seats));
    let key = Key { day: number(date), names, kind: CreditKind::Credit };
    delta.add(Measure::NewCustomers, month_of(date), key, 1);
}

/// The credits as the blocks have them.
struct Known(BTreeMap<SmolStr, Cell>);

/// A cell with its names.
struct Cell {
    date: Date,
    names: [SmolStr; AXES],
}

impl Known {
    /// Those of some customers, or of all.
    fn load(tx: &mut Read, memory: &Memory, of: Option<&FxHashSet<SmolStr>>) -> Result<Self> {
        let (measure, grain) = (Measure::NewCustomers.number(), grain_number(Grain::Day));
        let found =
            memory.blocks_of_facts(tx, EVER, |place| place.measure == measure && place.grain == grain)?;
        let mut known = BTreeMap::new();
        for (_, block) in &found {
            block.each_cell(|day, names, _| {
                let customer = names[Axis::Customer as usize];
                if of.is_none_or(|of| of.contains(customer)) {
                    known.insert(
                        customer.into(),
                        Cell { date: date_of(day), names: names.map(SmolStr::from) },
                    );
                }
            });
        }
        Ok(Self(known))
    }

    fn take_away(&self, customer: &str, delta: &mut Delta) {
        let Some(cell) = self.0.get(customer) else { return };
        let names = std::array::from_fn(|axis| delta.name(&cell.names[axis]));
        let key = Key { day: number(cell.date), names, kind: CreditKind::Credit };
        delta.add(Measure::NewCustomers, month_of(cell.date), key, -1);
    }

    /// Replaces the credits of customers by what their orders say.
    fn look_again(
        &self,
        tx: &mut Read,
        view: View,
        ground: &Ground,
        customers: &FxHashSet<SmolStr>,
        delta: &mut Delta,
    ) -> Result<()> {
        if customers.is_empty() {
            return Ok(());
        }
        for customer in customers {
            self.take_away(customer, delta);
        }
        let mut firsts = Firsts::default();
        let listed: Vec<&str> = customers.iter().map(SmolStr::as_str).collect();
        let mut after = String::new();
        loop {
            let codes = codes_of_customers(tx, &listed, &after, PAGE)?;
            let Some(last) = codes.last() else { break };
            let page: Vec<&str> = codes.iter().map(String::as_str).collect();
            of_orders(tx, view, Which::Listed(&page))?
                .values()
                .for_each(|raw| firsts.look_at(raw, raw.bundle(ground).as_ref()));
            after.clone_from(last);
        }
        firsts.0.retain(|customer, _| customers.contains(customer));
        firsts.add(ground, delta);
        Ok(())
    }
}

/// The first order of every customer of some orders.
#[derive(Default)]
pub struct Firsts(FxHashMap<SmolStr, First>);

impl Firsts {
    /// Looks at an order.
    pub fn look_at(&mut self, raw: &Raw, bundle: Option<&Bundle>) {
        let Some((customer, first)) = first_of(raw, bundle) else { return };
        match self.0.get_mut(customer) {
            Some(known) if first.is_before(known) => *known = first,
            Some(_) => {}
            None => drop(self.0.insert(customer.into(), first)),
        }
    }

    /// Adds their credits.
    pub fn add(&self, ground: &Ground, delta: &mut Delta) {
        self.0.iter().for_each(|(customer, first)| add_first(customer, first, ground, delta));
    }

    /// Looks at every order of a view. Walks through the whole history.
    pub fn in_view(tx: &mut Read, view: View, ground: &Ground) -> Result<Self> {
        let mut firsts = Self::default();
        each_bundle(tx, Touched::since(None), view, |_, raw| {
            firsts.look_at(raw, raw.bundle(ground).as_ref());
        })?;
        Ok(firsts)
    }
}

/// Adds what a change of the ground does to the credits: seats and regions are looked at for each; the orders only of customers
/// who carry another first order, and all of them where somebody whom orders may name is known on one side only.
pub fn regrounded(
    tx: &mut Read,
    memory: &Memory,
    view: View,
    (before, after): (&Ground, &Ground),
    delta: &mut Delta,
) -> Result<()> {
    let known = Known::load(tx, memory, None)?;
    // Whoever came is named by orders only where they were there before and their import was undone.
    let lost = !after.knows_the_members_of(before);
    let came = !before.knows_the_members_of(after);
    if lost || (came && imports::any_withdrawn(tx, &[Kind::Members.name()])?) {
        known.0.keys().for_each(|customer| known.take_away(customer, delta));
        Firsts::in_view(tx, view, after)?.add(after, delta);
        return Ok(());
    }
    let carried = before.first_orders().chain(after.first_orders());
    let changed: FxHashSet<SmolStr> = carried
        .filter(|customer| before.first_order(customer) != after.first_order(customer))
        .map(SmolStr::from)
        .collect();
    for (customer, cell) in known.0.iter().filter(|(customer, _)| !changed.contains(*customer)) {
        known.take_away(customer, delta);
        add_cell(customer, cell.date, &cell.names[Axis::Member as usize], after, delta);
    }
    known.look_again(tx, view, after, &changed, delta)
}
