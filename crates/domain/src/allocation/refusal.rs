//! Why an amount cannot be divided: which constraints, and by how much. The sentences live in `text`.

use super::{Child, Request};
use crate::Fen;

/// Why nothing was divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The amount to be divided is below zero.
    NegativeTotal(Fen),
    /// A minimum, maximum or lock is below zero.
    Negative(Conflict),
    /// The amounts add up to more than `i64` fen can hold.
    TooLarge,
    /// The constraints leave no answer.
    Infeasible(Infeasible),
}

/// Which constraints leave no answer, and by how much (`domain.md` §4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Infeasible {
    /// What kind of contradiction it is.
    pub cause: Cause,
    /// What was to be divided, with the buffer.
    pub total: Fen,
    /// The sum of the locks.
    pub locks: Fen,
    /// The sum, over the children without a lock, of the raised minima ([`Side::Over`]) or of the lowered
    /// maxima ([`Side::Under`]).
    pub bounds: Fen,
    /// By how much it fails, above zero.
    pub short: Fen,
    /// The constraints that cannot be kept together, as given.
    pub conflicts: Vec<Conflict>,
}

/// The kinds of contradiction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Children whose own constraints contradict each other: no whole unit between minimum and maximum, or a
    /// lock outside of them.
    OwnBounds,
    /// The locks alone exceed the total.
    LocksExceed,
    /// The minima exceed what the locks leave.
    MinimumsExceed,
    /// The maxima do not reach what the locks leave.
    MaximumsFallShort,
    /// Every child is locked, or there is none, and the total is not reached.
    LocksFallShort,
}

/// On which side of the total the constraints stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// They ask for more than there is.
    Over,
    /// They admit less than there is.
    Under,
}

/// A constraint that cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    /// The place of the child in the request.
    pub child: usize,
    /// Which of its constraints.
    pub constraint: Constraint,
    /// Its value as given.
    pub value: Fen,
}

/// What a child can be held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constraint {
    /// At least.
    Minimum,
    /// At most.
    Maximum,
    /// Exactly.
    Lock,
}

impl Cause {
    /// On which side of the total the constraints stand. A child's own bounds ask for too much.
    pub fn side(self) -> Side {
        match self {
            Self::OwnBounds | Self::LocksExceed | Self::MinimumsExceed => Side::Over,
            Self::MaximumsFallShort | Self::LocksFallShort => Side::Under,
        }
    }

    /// The constraint of a child that takes part in the contradiction, if any.
    fn constraint_of(self, child: &Child) -> Option<(Constraint, Fen)> {
        let (constraint, value) = match (self, child.lock) {
            (Self::LocksExceed | Self::LocksFallShort, Some(lock)) => (Constraint::Lock, lock),
            (Self::LocksExceed | Self::MinimumsExceed, None) => (Constraint::Minimum, child.minimum),
            (Self::MaximumsFallShort, None) => (Constraint::Maximum, child.maximum?),
            (Self::OwnBounds | Self::MinimumsExceed | Self::MaximumsFallShort, Some(_))
            | (Self::OwnBounds | Self::LocksFallShort, None) => return None,
        };
        let asks_for_something = self.side() == Side::Under || value > Fen::ZERO;
        asks_for_something.then_some((constraint, value))
    }
}

impl Refusal {
    /// The first amount below zero, if any.
    pub(super) fn of_negative(request: &Request) -> Option<Self> {
        if request.total < Fen::ZERO {
            return Some(Self::NegativeTotal(request.total));
        }
        request.children.iter().enumerate().find_map(|(place, child)| {
            let given = [
                (Constraint::Minimum, Some(child.minimum)),
                (Constraint::Maximum, child.maximum),
                (Constraint::Lock, child.lock),
            ];
            let (constraint, value) = given
                .into_iter()
                .find_map(|(constraint, value)| Some((constraint, value.filter(|&v| v < Fen::ZERO)?)))?;
            Some(Self::Negative(Conflict { child: place, constraint, value }))
        })
    }

    /// Children whose own constraints contradict each other, if any. `total` is with the buffer.
    pub(super) fn of_own_bounds(request: &Request, total: Fen, locks: i128) -> Option<Self> {
        let mut short = 0;
        let mut conflicts = Vec::new();
        for (place, child) in request.children.iter().enumerate() {
            let Some((gap, pair)) = own_gap(child, request) else { continue };
            short += gap;
            conflicts.extend(pair.map(|(constraint, value)| Conflict { child: place, constraint, value }));
        }
        (!conflicts.is_empty())
            .then(|| Self::infeasible(Cause::OwnBounds, [total.0.into(), locks, 0, short], conflicts))
    }

    /// The constraints against the total. `bounds` is the sum of raised minima or lowered maxima in fen.
    pub(super) fn of_total(request: &Request, total: Fen, locks: i128, cause: Cause, bounds: i128) -> Self {
        let short = (i128::from(total.0) - locks - bounds).abs();
        let conflicts = request.children.iter().enumerate().filter_map(|(place, child)| {
            let (constraint, value) = cause.constraint_of(child)?;
            Some(Conflict { child: place, constraint, value })
        });
        Self::infeasible(cause, [total.0.into(), locks, bounds, short], conflicts.collect())
    }

    fn infeasible(cause: Cause, amounts: [i128; 4], conflicts: Vec<Conflict>) -> Self {
        match amounts.map(i64::try_from) {
            [Ok(total), Ok(locks), Ok(bounds), Ok(short)] => Self::Infeasible(Infeasible {
                cause,
                total: Fen(total),
                locks: Fen(locks),
                bounds: Fen(bounds),
                short: Fen(short),
                conflicts,
            }),
            _ => Self::TooLarge,
        }
    }
}

/// By how much two constraints of one child contradict each other, in fen, and which.
fn own_gap(child: &Child, request: &Request) -> Option<(i128, [(Constraint, Fen); 2])> {
    let minimum = (Constraint::Minimum, child.minimum);
    let maximum = child.maximum.map(|maximum| (Constraint::Maximum, maximum));
    let gap = |above: Fen, below: Fen| i128::from(above.0) - i128::from(below.0);
    match child.lock {
        Some(lock) if lock < child.minimum => {
            Some((gap(child.minimum, lock), [minimum, (Constraint::Lock, lock)]))
        }
        Some(lock) => {
            let maximum = maximum.filter(|&(_, maximum)| lock > maximum)?;
            Some((gap(lock, maximum.1), [maximum, (Constraint::Lock, lock)]))
        }
        None => {
            let bounds = child.bounds(request.unit);
            let units = bounds.least.checked_sub(bounds.most).filter(|&units| units > 0)?;
            Some((i128::from(units) * i128::from(request.unit.fen()), [minimum, maximum?]))
        }
    }
}
