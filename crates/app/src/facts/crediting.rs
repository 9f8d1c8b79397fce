//! Credits become cells of a delta: by day, by the units above their member, by where their customer belongs.

use dacheng_domain::Fen;
use dacheng_domain::facts::credit::{self, Credit};
use dacheng_domain::facts::row::OrderRow;
use dacheng_domain::facts::value::OrderStatus;
use dacheng_domain::people::{MemberId, Segment};
use dacheng_rollup::{AXES, Axis, Delta, Key};
use jiff::civil::Date;
use smol_str::SmolStr;

use super::bundles::Raw;
use super::days::{month_of, number};
use super::ground::{CustomerPlace, Ground};

/// How many axes a sum keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Those of persisted blocks: no single product, no single customer.
    Block,
    /// All.
    Full,
}

/// Adds what a bundle credits to a delta, or takes it away with `sign` −1.
pub fn add(raw: &Raw, ground: &Ground, detail: Detail, sign: i64, delta: &mut Delta) {
    let credited = raw.credits(ground);
    if credited.credits.is_empty() {
        return;
    }
    let customer = raw.customer();
    let place = customer.and_then(|(code, day)| ground.customers.on(ground.customers.place(code)?, day));
    let mut names = place_names(place, ground, delta);
    if let (Detail::Full, Some((code, _))) = (detail, customer) {
        names[Axis::Customer as usize] = delta.name(code);
    }
    let ordered = raw.order.as_ref().map(|order| order.date);
    for credit in &credited.credits {
        add_credit(credit, ordered, names, ground, detail, sign, delta);
    }
}

/// As [`add`] for persisted blocks, for an order on which nothing hangs and whose parties are known.
pub fn add_plain(order: &OrderRow, parties: Parties, ground: &Ground, delta: &mut Delta) {
    let amount = order.amount.filter(|_| order.status != OrderStatus::Cancelled);
    let plain = credit::Plain { member: parties.member, date: order.date, amount };
    if let Some(credit) = plain.credit() {
        let names = place_names(ground.customers.on(parties.customer, order.date), ground, delta);
        add_credit(&credit, Some(order.date), names, ground, Detail::Block, 1, delta);
    }
}

/// Who bought and who sold, as the ground numbers them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parties {
    /// The customer's place.
    pub customer: u32,
    /// The member's number.
    pub member: u32,
}

/// Names of no cell yet, but for the customer's region and type.
fn place_names(place: Option<&CustomerPlace>, ground: &Ground, delta: &mut Delta) -> [u32; AXES] {
    let mut names = [delta.name(""); AXES];
    if let Some(place) = place {
        names[Axis::Region as usize] = delta.name(ground.text(place.region));
        names[Axis::CustomerType as usize] = delta.name(ground.text(place.kind));
    }
    names
}

fn add_credit(
    credit: &Credit,
    ordered: Option<Date>,
    mut names: [u32; AXES],
    ground: &Ground,
    detail: Detail,
    sign: i64,
    delta: &mut Delta,
) {
    let day = number(credit.date);
    if let Some(product) = credit.product {
        let line = ground.products.on(product, ordered.unwrap_or(credit.date));
        names[Axis::ProductLine as usize] = delta.name(line.map_or("", SmolStr::as_str));
        if detail == Detail::Full {
            names[Axis::Product as usize] = delta.name(ground.products.code(product).unwrap_or_default());
        }
    }
    names[Axis::Member as usize] = delta.name(ground.member_code(credit.member));
    let month = month_of(credit.date);
    let mut add = |path: &str, amount: Fen| {
        names[Axis::Path as usize] = delta.name(path);
        delta.add(credit.measure, month, Key { day, names, kind: credit.kind }, sign * amount.0);
    };
    // A credit rolls up through the paths of the member's seats on that day, in parts where they have several.
    let path = |segment: &Segment| ground.paths.get(segment.path.0 as usize).map_or("", String::as_str);
    match ground.organisation.segments(MemberId(i64::from(credit.member)), credit.date) {
        [] => add("", credit.amount),
        [one] => add(path(one), credit.amount),
        many => {
            let shares: Vec<_> = many.iter().map(|segment| segment.share).collect();
            let parts = dacheng_domain::people::split(credit.amount, &shares);
            many.iter().zip(parts).for_each(|(segment, part)| add(path(segment), part));
        }
    }
}
