//! Credits become cells of a delta: by day, by the units above their member, by where their customer belongs.

use dacheng_domain::Fen;
use dacheng_domain::facts::Measure;
use dacheng_domain::facts::activity::{Activity as _, Own};
use dacheng_domain::facts::credit::CreditKind;
use dacheng_domain::facts::credit::{self, Bundle, Credit, Source};
use dacheng_domain::facts::row::{OpportunityRow, OrderRow};
use dacheng_domain::facts::silence::Silence;
use dacheng_domain::facts::value::{Code, OrderStatus};
use dacheng_domain::people::{MemberId, Segment};
use dacheng_rollup::{AXES, Axis, Delta, Key, PATH_SEPARATOR};
use dacheng_store::targets::OwnerKind;
use jiff::civil::Date;

use super::alone::Alone;
use super::bundles::Raw;
use super::counting::{Counting, Sold};
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

/// Adds what a bundle credits to a delta, or takes it away with `sign` −1. Answers it as the rules see it. Who is new follows
/// from all orders of a customer: that is in [`super::firsts`].
pub fn add(raw: &Raw, ground: &Ground, detail: Detail, sign: i64, delta: &mut Delta) -> Option<Bundle> {
    let credited = raw.credits(ground);
    let bundle = credited.bundle?;
    let customer = raw.customer();
    let place = customer.and_then(|(code, day)| ground.customers.on(ground.customers.place(code)?, day));
    let mut names = place_names(place, ground, delta);
    let code = customer.map_or("", |(code, _)| code);
    if detail == Detail::Full {
        names[Axis::Customer as usize] = delta.name(code);
    }
    let ordered = raw.order.as_ref().map(|order| order.date);
    for credit in &credited.credits {
        add_credit(credit, ordered, names, ground, detail, sign, delta);
        if credit.measure == Measure::Revenue && is_new(credit.product, ordered, ground) {
            let credit = Credit { measure: Measure::NewProductRevenue, ..*credit };
            add_credit(&credit, ordered, names, ground, detail, sign, delta);
        }
    }
    if raw.order.is_some() && !bundle.cancelled {
        Counting { ground, detail, sign }.add(&Sold { bundle: &bundle, customer: code }, names, delta);
    }
    Some(bundle)
}

/// Whether a product was new when it was ordered.
pub fn is_new(product: Option<u32>, ordered: Option<Date>, ground: &Ground) -> bool {
    let new_since = |product, day| ground.products.on(product, day)?.new_since;
    product
        .zip(ordered)
        .is_some_and(|(product, day)| new_since(product, day).is_some_and(|since| since <= day))
}

/// As [`add`] for persisted blocks, for an order on which nothing hangs and whose parties are known.
pub fn add_plain(order: &OrderRow, parties: Parties, ground: &Ground, delta: &mut Delta) {
    if order.status == OrderStatus::Cancelled {
        return;
    }
    let [seat] = segments(ground, parties.member, order.date) else {
        let raw = Raw { order: Some(order.clone()), ..Raw::default() };
        add(&raw, ground, Detail::Block, 1, delta);
        return;
    };
    let mut names = place_names(ground.customers.on(parties.customer, order.date), ground, delta);
    names[Axis::Member as usize] = delta.name(ground.member_code(parties.member));
    names[Axis::Path as usize] = delta.name(path(ground, seat));
    let (day, month) = (number(order.date), month_of(order.date));
    let plain = credit::Plain { member: parties.member, date: order.date, amount: order.amount };
    let key = Key { day, names, kind: CreditKind::Credit };
    if let Some(credit) = plain.credit() {
        delta.add(credit.measure, month, key, credit.amount.0);
    }
    delta.add(Measure::Orders, month, key, 1);
    names[Axis::Customer as usize] = delta.name(order.customer.as_str());
    delta.add(Measure::Buyers, month, Key { names, ..key }, 1);
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
pub(super) fn place_names(place: Option<&CustomerPlace>, ground: &Ground, delta: &mut Delta) -> [u32; AXES] {
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
        names[Axis::ProductLine as usize] = delta.name(line.map_or("", |place| place.line.as_str()));
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
    // Money rolls up through the paths of the member's seats on that day, in parts where they have several.
    match segments(ground, credit.member, credit.date) {
        [] => add("", credit.amount),
        [one] => add(path(ground, one), credit.amount),
        many if credit.measure.is_money() => {
            let shares: Vec<_> = many.iter().map(|segment| segment.share).collect();
            let parts = dacheng_domain::people::split(credit.amount, &shares);
            many.iter().zip(parts).for_each(|(segment, part)| add(path(ground, segment), part));
        }
        many => add(main_path(ground, many), credit.amount),
    }
}

/// The seats of a member on a day through which their results roll up.
pub(super) fn segments(ground: &Ground, member: u32, on: Date) -> &[Segment] {
    ground.organisation.segments(MemberId(i64::from(member)), on)
}

pub(super) fn path<'g>(ground: &'g Ground, segment: &Segment) -> &'g str {
    ground.paths.get(segment.path.0 as usize).map_or("", String::as_str)
}

/// The path of the largest seat, the earlier of two: what is counted goes whole through one.
pub(super) fn main_path<'g>(ground: &'g Ground, segments: &[Segment]) -> &'g str {
    let largest = segments.iter().rev().max_by_key(|segment| segment.share.parts());
    largest.map_or("", |segment| path(ground, segment))
}

/// The path of units that somebody, or a unit, stands in on a day; of a member with several seats that of the largest.
pub fn path_on(ground: &Ground, kind: OwnerKind, code: &str, day: Date) -> Option<String> {
    let organisation = &ground.organisation;
    match kind {
        OwnerKind::Member => {
            let member = organisation.member_of_code(code)?.id;
            let segments = organisation.segments(member, day);
            (!segments.is_empty()).then(|| main_path(ground, segments).to_owned())
        }
        OwnerKind::Unit => {
            let unit = organisation.unit_of_code(code)?.id;
            let path = organisation.nearest_unit_path(unit, day)?;
            let codes = path.iter().filter_map(|unit| organisation.unit(*unit));
            let codes: Vec<&str> = codes.map(|unit| unit.code.as_str()).collect();
            Some(codes.join(&PATH_SEPARATOR.to_string()))
        }
    }
}

/// Adds what a fact that stands alone credits, times `sign`. Where its member is not known it credits nobody.
pub fn add_own<F: Alone>(fact: &F, ground: &Ground, detail: Detail, sign: i64, delta: &mut Delta) {
    add_credits(fact, &fact.credits(&ground.silence), ground, detail, sign, delta);
}

/// Adds some credits of a fact that stands alone, times `sign`.
fn add_credits<F: Alone>(
    fact: &F,
    credits: &[Own],
    ground: &Ground,
    detail: Detail,
    sign: i64,
    delta: &mut Delta,
) {
    let Some(member) = ground.member(fact.member().as_str()) else { return };
    for own in credits {
        let customer = fact.customer().map(Code::as_str);
        let place = customer.and_then(|code| ground.customers.on(ground.customers.place(code)?, own.date));
        let mut names = place_names(place, ground, delta);
        if let (Detail::Full, Some(code)) = (detail, customer) {
            names[Axis::Customer as usize] = delta.name(code);
        }
        let credit = Credit {
            source: Source::Order,
            measure: own.measure,
            kind: CreditKind::Credit,
            member,
            product: None,
            date: own.date,
            amount: Fen(own.amount),
        };
        add_credit(&credit, None, names, ground, detail, sign, delta);
    }
}

/// Adds what an opportunity credits under another rule of silence, less what it does under that of the ground.
pub fn add_resettled(fact: &OpportunityRow, ground: &Ground, silence: &Silence, delta: &mut Delta) {
    let (before, after) = (fact.credits(&ground.silence), fact.credits(silence));
    if before != after {
        add_credits(fact, &before, ground, Detail::Block, -1, delta);
        add_credits(fact, &after, ground, Detail::Block, 1, delta);
    }
}
