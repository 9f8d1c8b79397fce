//! What is to be divided, among whom, under which constraints. How it is divided lives beside.

use super::Exact;
use super::proportion::Bounds;
use crate::Fen;

/// What is to be divided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The parent's amount.
    pub total: Fen,
    /// The children are given `total × buffer` together, half away from zero to the fen; 1 for no buffer.
    pub buffer: Exact,
    /// The rounding unit.
    pub unit: Unit,
    /// Who receives, in the order in which ties are decided.
    pub children: Vec<Child>,
}

/// Someone or something that receives a share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Child {
    /// In proportion to what; 0 receives its minimum only.
    pub weight: Exact,
    /// At least this, raised to whole units; zero for none.
    pub minimum: Fen,
    /// At most this, lowered to whole units.
    pub maximum: Option<Fen>,
    /// Exactly this, as given; the weight is then not looked at.
    pub lock: Option<Fen>,
}

/// The rounding unit: shares are whole multiples of it. Above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unit(u64);

impl Unit {
    /// One fen: nothing is left over.
    pub const FEN: Self = Self(1);

    /// The unit, or `None` where it is not above zero.
    pub fn new(amount: Fen) -> Option<Self> {
        u64::try_from(amount.0).ok().filter(|&fen| fen > 0).map(Self)
    }

    /// In fen.
    pub(super) fn fen(self) -> u64 {
        self.0
    }
}

impl Request {
    /// What the children are given together; `None` where `i64` fen cannot hold it.
    pub(super) fn with_buffer(&self) -> Option<Fen> {
        self.buffer.of(self.total)
    }
}

impl Child {
    /// A child with a weight and nothing else.
    pub fn weighing(weight: impl Into<Exact>) -> Self {
        Self { weight: weight.into(), minimum: Fen::ZERO, maximum: None, lock: None }
    }

    /// The raised minimum and the lowered maximum in units; without a maximum, more than there can be.
    /// The amounts are not negative.
    pub(super) fn bounds(&self, unit: Unit) -> Bounds {
        Bounds {
            least: self.minimum.0.unsigned_abs().div_ceil(unit.0),
            most: self.maximum.map_or(u64::MAX, |maximum| maximum.0.unsigned_abs() / unit.0),
        }
    }

    /// Whether an amount on top of a value stays within the maximum as given.
    pub(super) fn has_room(&self, value: Fen, amount: Fen) -> bool {
        self.maximum.is_none_or(|maximum| amount <= maximum - value)
    }
}
