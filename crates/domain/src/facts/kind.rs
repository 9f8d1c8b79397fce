//! The kinds of file that can be imported, and the fields of each as data. The names are those of `interface.md`.

use std::fmt;
use std::str::FromStr;

/// A kind of fact or master data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The organisation's units.
    Units,
    /// Its people.
    Members,
    /// What is sold.
    Products,
    /// Who buys.
    Customers,
    /// Sales.
    Orders,
    /// The lines of a sale.
    OrderLines,
    /// Who shares the credit of a sale.
    OrderShares,
    /// What came back of a sale.
    Returns,
    /// Money that is due.
    Receivables,
    /// Money received.
    Payments,
    /// Who sat where, and when.
    Employments,
    /// Chances to sell.
    Opportunities,
    /// Visits to customers.
    Visits,
    /// What customers answered.
    Surveys,
    /// What customers complained about.
    Complaints,
    /// When people were away.
    Leaves,
    /// Courses people are to take.
    Trainings,
    /// Scores that people gave each other.
    Scores,
    /// What months came to before facts were kept.
    Summaries,
}

/// One field of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// Its name in a header without a mapping, and in `[fields]` of a mapping.
    pub name: &'static str,
    /// What its absence means.
    pub need: Need,
    /// What its cells hold.
    pub content: Content,
}

/// What a field is for, and what its absence means. A blank cell never erases: it leaves what was (`trust.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Part of the external key.
    Key,
    /// Part of the external key; where it is absent, the field of this name stands in for it.
    KeyOr(&'static str),
    /// Part of the external key; has a usual value where it is absent.
    KeyOrUsual,
    /// The file must have it, and a new fact cannot be without it.
    Required,
    /// May be absent.
    Optional,
    /// May be absent and then has its usual value: a normal order, a full share.
    Usual,
    /// Says when the change takes effect: no part of the content, never inherited.
    Effective,
}

/// What the cells of a field hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// A code: 1 to 64 characters, its zeros stay.
    Code,
    /// Free text of one line, at most 200 characters.
    Text,
    /// A day.
    Date,
    /// An amount in yuan, either sign.
    Money,
    /// An amount in yuan, not below 0.
    MoneyFromZero,
    /// An exact number.
    Quantity,
    /// Above 0, at most 100 %.
    Share,
    /// Whether an order is cancelled.
    OrderStatus,
    /// Whether a share rolls up.
    CreditKind,
    /// A position in the company.
    Position,
    /// Points from 0 to `most`.
    Points {
        /// The most, in whole points.
        most: u8,
        /// How fine they are.
        step: PointStep,
    },
    /// A month.
    Month,
    /// A metric that summaries sum up.
    SummaryMetric,
    /// How an opportunity stands.
    Outcome,
    /// Why somebody is away.
    LeaveKind,
}

/// How fine points are given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointStep {
    /// Only whole ones.
    Whole,
    /// With two decimals.
    Hundredth,
}

const fn field(name: &'static str, need: Need, content: Content) -> Field {
    Field { name, need, content }
}

const EFFECTIVE: Field = field("from", Need::Effective, Content::Date);

const UNITS: [Field; 5] = [
    field("unit", Need::Key, Content::Code),
    field("name", Need::Required, Content::Text),
    field("parent", Need::Optional, Content::Code),
    field("leader", Need::Optional, Content::Code),
    EFFECTIVE,
];

const MEMBERS: [Field; 7] = [
    field("member", Need::Key, Content::Code),
    field("name", Need::Required, Content::Text),
    field("unit", Need::Optional, Content::Code),
    field("position", Need::Optional, Content::Position),
    field("hired", Need::Optional, Content::Date),
    field("left", Need::Optional, Content::Date),
    EFFECTIVE,
];

const PRODUCTS: [Field; 5] = [
    field("product", Need::Key, Content::Code),
    field("name", Need::Required, Content::Text),
    field("line", Need::Optional, Content::Text),
    field("new_since", Need::Optional, Content::Date),
    EFFECTIVE,
];

const CUSTOMERS: [Field; 7] = [
    field("customer", Need::Key, Content::Code),
    field("name", Need::Required, Content::Text),
    field("region", Need::Optional, Content::Text),
    field("type", Need::Optional, Content::Text),
    field("owner", Need::Optional, Content::Code),
    field("first_order", Need::Optional, Content::Date),
    EFFECTIVE,
];

const ORDERS: [Field; 6] = [
    field("order", Need::Key, Content::Code),
    field("customer", Need::Required, Content::Code),
    field("member", Need::Required, Content::Code),
    field("date", Need::Required, Content::Date),
    field("amount", Need::Optional, Content::Money),
    field("status", Need::Usual, Content::OrderStatus),
];

const ORDER_LINES: [Field; 5] = [
    field("order", Need::Key, Content::Code),
    field("line", Need::KeyOr("product"), Content::Code),
    field("product", Need::Required, Content::Code),
    field("quantity", Need::Optional, Content::Quantity),
    field("amount", Need::Required, Content::Money),
];

const ORDER_SHARES: [Field; 4] = [
    field("order", Need::Key, Content::Code),
    field("member", Need::Key, Content::Code),
    field("share", Need::Required, Content::Share),
    field("kind", Need::KeyOrUsual, Content::CreditKind),
];

const RETURNS: [Field; 4] = [
    field("return", Need::Key, Content::Code),
    field("order", Need::Required, Content::Code),
    field("date", Need::Required, Content::Date),
    field("amount", Need::Required, Content::MoneyFromZero),
];

const RECEIVABLES: [Field; 4] = [
    field("receivable", Need::Key, Content::Code),
    field("order", Need::Required, Content::Code),
    field("due", Need::Required, Content::Date),
    field("amount", Need::Required, Content::MoneyFromZero),
];

const PAYMENTS: [Field; 6] = [
    field("payment", Need::Key, Content::Code),
    field("order", Need::Optional, Content::Code),
    field("customer", Need::Optional, Content::Code),
    field("member", Need::Optional, Content::Code),
    field("date", Need::Required, Content::Date),
    field("amount", Need::Required, Content::Money),
];

const EMPLOYMENTS: [Field; 6] = [
    field("member", Need::Key, Content::Code),
    field("from", Need::Key, Content::Date),
    field("to", Need::Optional, Content::Date),
    field("unit", Need::Key, Content::Code),
    field("position", Need::Optional, Content::Position),
    field("share", Need::Usual, Content::Share),
];

const OPPORTUNITIES: [Field; 11] = [
    field("opportunity", Need::Key, Content::Code),
    field("customer", Need::Optional, Content::Code),
    field("member", Need::Required, Content::Code),
    field("opened", Need::Required, Content::Date),
    field("stage", Need::Optional, Content::Text),
    field("amount", Need::Optional, Content::MoneyFromZero),
    field("expected", Need::Optional, Content::Date),
    field("closed", Need::Optional, Content::Date),
    field("outcome", Need::Usual, Content::Outcome),
    field("active", Need::Optional, Content::Date),
    field("probability", Need::Optional, Content::Points { most: 100, step: PointStep::Hundredth }),
];

const VISITS: [Field; 6] = [
    field("visit", Need::Key, Content::Code),
    field("customer", Need::Optional, Content::Code),
    field("member", Need::Required, Content::Code),
    field("date", Need::Required, Content::Date),
    field("kind", Need::Optional, Content::Text),
    field("outcome", Need::Optional, Content::Text),
];

const SURVEYS: [Field; 6] = [
    field("survey", Need::Key, Content::Code),
    field("customer", Need::Optional, Content::Code),
    field("member", Need::Required, Content::Code),
    field("date", Need::Required, Content::Date),
    field("satisfaction", Need::Optional, Content::Points { most: 100, step: PointStep::Hundredth }),
    field("recommend", Need::Optional, Content::Points { most: 10, step: PointStep::Whole }),
];

const COMPLAINTS: [Field; 5] = [
    field("complaint", Need::Key, Content::Code),
    field("order", Need::Optional, Content::Code),
    field("customer", Need::Optional, Content::Code),
    field("member", Need::Optional, Content::Code),
    field("date", Need::Required, Content::Date),
];

const LEAVES: [Field; 4] = [
    field("member", Need::Key, Content::Code),
    field("from", Need::Key, Content::Date),
    field("to", Need::Optional, Content::Date),
    field("kind", Need::Required, Content::LeaveKind),
];

const TRAININGS: [Field; 6] = [
    field("course", Need::Key, Content::Code),
    field("member", Need::Key, Content::Code),
    field("assigned", Need::Optional, Content::Date),
    field("due", Need::Required, Content::Date),
    field("completed", Need::Optional, Content::Date),
    field("score", Need::Optional, Content::Points { most: 100, step: PointStep::Hundredth }),
];

const SCORES: [Field; 5] = [
    field("member", Need::Key, Content::Code),
    field("rater", Need::Key, Content::Code),
    field("date", Need::Key, Content::Date),
    field("kind", Need::Key, Content::Code),
    field("score", Need::Required, Content::Points { most: 100, step: PointStep::Hundredth }),
];

const SUMMARIES: [Field; 4] = [
    field("member", Need::Key, Content::Code),
    field("month", Need::Key, Content::Month),
    field("metric", Need::Key, Content::SummaryMetric),
    field("amount", Need::Required, Content::Money),
];

/// The most fields a kind has.
pub(super) const MOST_FIELDS: usize = 11;

const _: () = {
    let mut at = 0;
    while at < Kind::ALL.len() {
        assert!(Kind::ALL[at].fields().len() <= MOST_FIELDS, "a row has room for its fields");
        at += 1;
    }
};

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 19] = [
        Self::Units,
        Self::Members,
        Self::Products,
        Self::Customers,
        Self::Orders,
        Self::OrderLines,
        Self::OrderShares,
        Self::Returns,
        Self::Receivables,
        Self::Payments,
        Self::Employments,
        Self::Opportunities,
        Self::Visits,
        Self::Surveys,
        Self::Complaints,
        Self::Leaves,
        Self::Trainings,
        Self::Scores,
        Self::Summaries,
    ];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Units => "units",
            Self::Members => "members",
            Self::Products => "products",
            Self::Customers => "customers",
            Self::Orders => "orders",
            Self::OrderLines => "order_lines",
            Self::OrderShares => "order_shares",
            Self::Returns => "returns",
            Self::Receivables => "receivables",
            Self::Payments => "payments",
            Self::Employments => "employments",
            Self::Opportunities => "opportunities",
            Self::Visits => "visits",
            Self::Surveys => "surveys",
            Self::Complaints => "complaints",
            Self::Leaves => "leaves",
            Self::Trainings => "trainings",
            Self::Scores => "scores",
            Self::Summaries => "summaries",
        }
    }

    /// Its fields, in the order of the header in `interface.md`.
    pub const fn fields(self) -> &'static [Field] {
        match self {
            Self::Units => &UNITS,
            Self::Members => &MEMBERS,
            Self::Products => &PRODUCTS,
            Self::Customers => &CUSTOMERS,
            Self::Orders => &ORDERS,
            Self::OrderLines => &ORDER_LINES,
            Self::OrderShares => &ORDER_SHARES,
            Self::Returns => &RETURNS,
            Self::Receivables => &RECEIVABLES,
            Self::Payments => &PAYMENTS,
            Self::Employments => &EMPLOYMENTS,
            Self::Opportunities => &OPPORTUNITIES,
            Self::Visits => &VISITS,
            Self::Surveys => &SURVEYS,
            Self::Complaints => &COMPLAINTS,
            Self::Leaves => &LEAVES,
            Self::Trainings => &TRAININGS,
            Self::Scores => &SCORES,
            Self::Summaries => &SUMMARIES,
        }
    }

    /// The field that says on which day a fact happened, or is due; none for what others refer to, and for what happens with
    /// its order.
    pub const fn dated_by(self) -> Option<&'static str> {
        match self {
            Self::Orders
            | Self::Returns
            | Self::Payments
            | Self::Visits
            | Self::Surveys
            | Self::Complaints
            | Self::Scores => Some("date"),
            Self::Receivables | Self::Trainings => Some("due"),
            Self::Opportunities => Some("opened"),
            Self::Leaves => Some("from"),
            Self::Summaries => Some("month"),
            Self::Units
            | Self::Members
            | Self::Products
            | Self::Customers
            | Self::OrderLines
            | Self::OrderShares
            | Self::Employments => None,
        }
    }

    /// The field of a name, and its place.
    pub fn field(self, name: &str) -> Option<(usize, &'static Field)> {
        self.fields().iter().enumerate().find(|(_, field)| field.name == name)
    }
}

impl Need {
    /// Whether it is part of the external key.
    pub const fn is_key(self) -> bool {
        match self {
            Self::Key | Self::KeyOr(_) | Self::KeyOrUsual => true,
            Self::Required | Self::Optional | Self::Usual | Self::Effective => false,
        }
    }

    /// Whether a file must have it.
    pub const fn is_wanted(self) -> bool {
        match self {
            Self::Key | Self::Required => true,
            Self::KeyOr(_) | Self::KeyOrUsual | Self::Optional | Self::Usual | Self::Effective => false,
        }
    }
}

/// A text that names no kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a kind of file: {0:?}")]
pub struct NotAKind(pub String);

impl FromStr for Kind {
    type Err = NotAKind;

    fn from_str(text: &str) -> Result<Self, NotAKind> {
        Self::ALL.into_iter().find(|kind| kind.name() == text).ok_or_else(|| NotAKind(text.to_owned()))
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
