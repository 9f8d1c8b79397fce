//! Why a metric has no figure where it has none (—): a page, an export and a program say the same.

use dacheng_domain::metrics::Measured;
use jiff::civil::Date;

/// Why there is no figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Nothing to divide by.
    NoDenominator,
    /// It needs twelve months of orders before it, and these begin too late: from that day on it is known.
    HistoryBegins(Date),
    /// It is about whole months.
    NotWholeMonths,
    /// A named person rates it, and nobody has.
    Rated,
}

impl Missing {
    /// Why nothing can be made of what was measured; `None` where something can.
    pub const fn of(found: Measured) -> Option<Self> {
        match found {
            Measured::Ratio { under, .. } if under <= 0 => Some(Self::NoDenominator),
            Measured::Rated(own) if own.rated == 0 => Some(Self::Rated),
            Measured::Ratio { .. } | Measured::Sum(_) | Measured::Rated(_) => None,
        }
    }

    /// The word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoDenominator => "no_denominator",
            Self::HistoryBegins(_) => "history_begins",
            Self::NotWholeMonths => "not_whole_months",
            Self::Rated => "rated",
        }
    }
}
