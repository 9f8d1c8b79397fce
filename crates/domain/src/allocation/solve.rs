//! One amount divided among children, with locks, bounds and a rounding unit. The proportions live beside.

use super::exact::{Proportions, proportions};
use super::proportion::{Bounds, divide, divide_long};
use super::refusal::Cause;
use super::{Exact, Refusal, Request};
use crate::Fen;

/// The answer: every fen of the amount is with a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// What the children receive, in their order.
    pub values: Vec<Fen>,
    /// The odd part below one unit, and who carries it.
    pub remainder: Option<Remainder>,
}

/// The odd part below one unit. It is contained in the child's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remainder {
    /// The place of the child in the request.
    pub child: usize,
    /// Above zero, below one unit.
    pub amount: Fen,
}

/// Divides `total × buffer` among the children (`domain.md` §4): whole units, within every bound, summing exactly.
///
/// The odd part below one unit, `(total × buffer − Σ locks) mod unit`, goes to the earliest child with a weight
/// that has room for it below its maximum as given; to one of weight 0 only where no other has room.
///
/// ```
/// use dacheng_domain::Fen;
/// use dacheng_domain::allocation::{Child, Exact, Request, Unit, allocate};
/// let request = Request {
///     total: "1000000.00".parse()?,
///     buffer: Exact::from(1),
///     unit: Unit::FEN,
///     children: vec![Child::weighing(1), Child::weighing(1), Child::weighing(1)],
/// };
/// let shares = allocate(&request).unwrap().values;
/// assert_eq!(shares, [Fen(33_333_334), Fen(33_333_333), Fen(33_333_333)]);
/// # Ok::<(), dacheng_domain::money::NotMoney>(())
/// ```
pub fn allocate(request: &Request) -> Result<Allocation, Refusal> {
    if let Some(refusal) = Refusal::of_negative(request) {
        return Err(refusal);
    }
    let total = request.with_buffer().ok_or(Refusal::TooLarge)?;
    let Sorted { mut values, weighed, weightless } = sort(request);
    let locks: i128 = values.iter().map(|lock| i128::from(lock.0)).sum();
    if let Some(refusal) = Refusal::of_own_bounds(request, total, locks) {
        return Err(refusal);
    }
    let unit = request.unit.fen();
    let refuse =
        |cause, bounds| Err(Refusal::of_total(request, total, locks, cause, bounds * i128::from(unit)));

    let left = i128::from(total.0) - locks;
    let least = weighed.least() + weightless.least();
    let left = match u64::try_from(left) {
        Err(_) => return refuse(Cause::LocksExceed, least),
        Ok(_) if least * i128::from(unit) > left => return refuse(Cause::MinimumsExceed, least),
        Ok(left) => left,
    };
    let (units, odd) = (left / unit, Fen((left % unit).cast_signed()));
    let most = weighed.most() + weightless.most();
    let is_all_locked = weighed.places.is_empty() && weightless.places.is_empty();
    let falls_short = if is_all_locked { Cause::LocksFallShort } else { Cause::MaximumsFallShort };
    if most < i128::from(units) {
        return refuse(falls_short, most);
    }

    for (group, units) in split(units, &weighed, &weightless) {
        for (&place, share) in group.places.iter().zip(group.divide(units, request)) {
            values[place] = Fen((share * unit).cast_signed());
        }
    }
    if odd == Fen::ZERO {
        return Ok(Allocation { values, remainder: None });
    }
    let has_room = |&place: &usize| request.children[place].has_room(values[place], odd);
    match weighed.places.into_iter().chain(weightless.places).find(has_room) {
        Some(child) => {
            values[child] += odd;
            Ok(Allocation { values, remainder: Some(Remainder { child, amount: odd }) })
        }
        None => refuse(falls_short, most),
    }
}

/// The children by what decides their share.
struct Sorted {
    /// The locks, and zero for all others.
    values: Vec<Fen>,
    weighed: Group,
    weightless: Group,
}

/// Children without a lock, their places in the request and their bounds in units.
#[derive(Default)]
struct Group {
    places: Vec<usize>,
    bounds: Vec<Bounds>,
}

fn sort(request: &Request) -> Sorted {
    let count = request.children.len();
    let weighed = Group { places: Vec::with_capacity(count), bounds: Vec::with_capacity(count) };
    let mut sorted = Sorted { values: Vec::with_capacity(count), weighed, weightless: Group::default() };
    for (place, child) in request.children.iter().enumerate() {
        sorted.values.push(child.lock.unwrap_or_default());
        if child.lock.is_none() {
            let group = if child.weight.is_zero() { &mut sorted.weightless } else { &mut sorted.weighed };
            group.places.push(place);
            group.bounds.push(child.bounds(request.unit));
        }
    }
    sorted
}

/// How many units each group receives: those without a weight their minima, and what the others cannot take.
fn split<'a>(units: u64, weighed: &'a Group, weightless: &'a Group) -> [(&'a Group, u64); 2] {
    let minima: u64 = weightless.bounds.iter().map(|bound| bound.least).sum();
    let to_weighed = u64::try_from(weighed.most()).map_or(units - minima, |most| most.min(units - minima));
    [(weighed, to_weighed), (weightless, units - to_weighed)]
}

impl Group {
    fn least(&self) -> i128 {
        self.bounds.iter().map(|bound| i128::from(bound.least)).sum()
    }

    fn most(&self) -> i128 {
        self.bounds.iter().map(|bound| i128::from(bound.most)).sum()
    }

    /// The shares of children that all have a weight, or that have none and share evenly.
    fn divide(&self, units: u64, request: &Request) -> Vec<u64> {
        let even = Exact::from(1);
        let weight = |place: usize| Some(&request.children[place].weight).filter(|weight| !weight.is_zero());
        match proportions(self.places.iter().map(|&place| weight(place).unwrap_or(&even))) {
            Proportions::Words(weights) => divide(units, &weights, &self.bounds),
            Proportions::Long(weights) => divide_long(units, &weights, &self.bounds),
        }
    }
}
