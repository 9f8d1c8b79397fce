//! What an order counts besides its money: once at every level, whatever its shares, seats and lines; and that its customer
//! bought. Both are cells that plain sums read right (decision 13).

use std::collections::BTreeMap;

use dacheng_domain::facts::Measure;
use dacheng_domain::facts::credit::{Bundle, CreditKind};
use dacheng_rollup::{AXES, Axis, COMMON, Delta, Key, Part, once};

use super::crediting::{Detail, main_path, path, segments};
use super::days::{month_of, number};
use super::ground::Ground;

/// An order that counts.
pub struct Sold<'s> {
    /// The order with its lines and shares.
    pub bundle: &'s Bundle,
    /// Who bought.
    pub customer: &'s str,
}

/// How orders are counted.
pub struct Counting<'c> {
    /// What they refer to.
    pub ground: &'c Ground,
    /// How many axes a sum keeps.
    pub detail: Detail,
    /// 1, or −1 to take it away.
    pub sign: i64,
}

/// What a cell says about products: line, product, how much.
type Column<'g> = (&'g str, &'g str, i64);

impl Counting<'_> {
    /// Adds the cells of an order; `names` has its customer's region and type.
    pub fn add(&self, sold: &Sold<'_>, names: [u32; AXES], delta: &mut Delta) {
        let (day, month) = (number(sold.bundle.date), month_of(sold.bundle.date));
        let columns = self.columns(sold.bundle);
        let customer = delta.name(sold.customer);
        for (part, kind) in self.parts(sold.bundle) {
            let mut names = names;
            let member = part.member.map_or(COMMON, |member| self.ground.member_code(member));
            names[Axis::Member as usize] = delta.name(member);
            names[Axis::Path as usize] = delta.name(part.path);
            if part.member.is_some() && part.count > 0 {
                let mut names = names;
                names[Axis::Customer as usize] = customer;
                delta.add(Measure::Buyers, month, Key { day, names, kind }, self.sign);
            }
            for &(line, product, count) in &columns {
                names[Axis::ProductLine as usize] = delta.name(line);
                names[Axis::Product as usize] = delta.name(product);
                delta.add(Measure::Orders, month, Key { day, names, kind }, self.sign * part.count * count);
            }
        }
    }

    /// For whom it counts: once for whoever shares it and every unit they sit in; for whoever has an overlay only, beside.
    fn parts(&self, bundle: &Bundle) -> Vec<(Part<'_>, CreditKind)> {
        let of_kind = |kind| bundle.shares.iter().filter(move |share| share.kind == kind && share.parts > 0);
        let mut owners: Vec<u32> = of_kind(CreditKind::Credit).map(|share| share.member).collect();
        if owners.is_empty() {
            owners.push(bundle.member);
        }
        let seats = |member: u32| segments(self.ground, member, bundle.date);
        let mut sits: Vec<(u32, &str)> = Vec::with_capacity(owners.len());
        for &owner in &owners {
            match seats(owner) {
                [] => sits.push((owner, "")),
                seats => sits.extend(seats.iter().map(|seat| (owner, path(self.ground, seat)))),
            }
        }
        let mut parts: Vec<_> = once(&sits).into_iter().map(|part| (part, CreditKind::Credit)).collect();
        for member in of_kind(CreditKind::Overlay).map(|share| share.member) {
            if !owners.contains(&member) {
                let path = main_path(self.ground, seats(member));
                parts.push((Part { member: Some(member), path, count: 1 }, CreditKind::Overlay));
            }
        }
        parts
    }

    /// Once for every product line it has, and once in all; the same for products within a line, where they are kept.
    fn columns(&self, bundle: &Bundle) -> Vec<Column<'_>> {
        if bundle.lines.is_empty() {
            return vec![("", "", 1)];
        }
        let products = &self.ground.products;
        let mut lines = BTreeMap::<&str, Vec<&str>>::new();
        for &(product, _) in &bundle.lines {
            let line = products.on(product, bundle.date).map_or("", |place| place.line.as_str());
            let held = lines.entry(line).or_default();
            let code = match self.detail {
                Detail::Block => "",
                Detail::Full => products.code(product).unwrap_or_default(),
            };
            if !held.contains(&code) {
                held.push(code);
            }
        }
        let common = match self.detail {
            Detail::Block => "",
            Detail::Full => COMMON,
        };
        let mut columns = Vec::with_capacity(lines.len() + 1);
        for (line, products) in &lines {
            columns.extend(products.iter().map(|product| (*line, *product, 1)));
            columns.push((*line, common, 1 - count(products.len())));
        }
        columns.push((COMMON, common, 1 - count(lines.len())));
        columns.retain(|(.., count)| *count != 0);
        columns
    }
}

fn count(things: usize) -> i64 {
    i64::try_from(things).unwrap_or(i64::MAX)
}
