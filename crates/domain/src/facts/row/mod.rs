//! A complete fact of each kind, typed. What a file says about a fact may be less: that is a [`super::entry::Entry`].

mod master;
mod organisation;
mod sales;
mod values;

pub use master::{CustomerRow, ProductRow};
pub use organisation::{EmploymentRow, MemberRow, UnitRow};
pub use sales::{OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReturnRow};

use super::kind::Kind;
use super::value::{Fields, Value};
use values::Values;

/// A fact with everything that its kind must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// A unit.
    Unit(UnitRow),
    /// A person.
    Member(MemberRow),
    /// A product.
    Product(ProductRow),
    /// A customer.
    Customer(CustomerRow),
    /// A sale.
    Order(OrderRow),
    /// A line of a sale.
    OrderLine(OrderLineRow),
    /// A share in the credit of a sale.
    OrderShare(OrderShareRow),
    /// Something that came back.
    Return(ReturnRow),
    /// Money received.
    Payment(PaymentRow),
    /// A seat somebody had.
    Employment(EmploymentRow),
}

impl Row {
    /// The kind of fact.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Unit(_) => Kind::Units,
            Self::Member(_) => Kind::Members,
            Self::Product(_) => Kind::Products,
            Self::Customer(_) => Kind::Customers,
            Self::Order(_) => Kind::Orders,
            Self::OrderLine(_) => Kind::OrderLines,
            Self::OrderShare(_) => Kind::OrderShares,
            Self::Return(_) => Kind::Returns,
            Self::Payment(_) => Kind::Payments,
            Self::Employment(_) => Kind::Employments,
        }
    }

    /// Types the values of a kind, given in the order of [`Kind::fields`]; `None` where one is missing that must
    /// be there.
    pub(super) fn from_values(kind: Kind, values: Fields) -> Option<Self> {
        let mut values = Values::new(values);
        match kind {
            Kind::Units => UnitRow::from_values(&mut values).map(Self::Unit),
            Kind::Members => MemberRow::from_values(&mut values).map(Self::Member),
            Kind::Products => ProductRow::from_values(&mut values).map(Self::Product),
            Kind::Customers => CustomerRow::from_values(&mut values).map(Self::Customer),
            Kind::Orders => OrderRow::from_values(&mut values).map(Self::Order),
            Kind::OrderLines => OrderLineRow::from_values(&mut values).map(Self::OrderLine),
            Kind::OrderShares => OrderShareRow::from_values(&mut values).map(Self::OrderShare),
            Kind::Returns => ReturnRow::from_values(&mut values).map(Self::Return),
            Kind::Payments => PaymentRow::from_values(&mut values).map(Self::Payment),
            Kind::Employments => EmploymentRow::from_values(&mut values).map(Self::Employment),
        }
    }

    /// The values again, in the order of [`Kind::fields`].
    pub(super) fn into_values(self) -> Vec<Option<Value>> {
        match self {
            Self::Unit(row) => row.into_values(),
            Self::Member(row) => row.into_values(),
            Self::Product(row) => row.into_values(),
            Self::Customer(row) => row.into_values(),
            Self::Order(row) => row.into_values(),
            Self::OrderLine(row) => row.into_values(),
            Self::OrderShare(row) => row.into_values(),
            Self::Return(row) => row.into_values(),
            Self::Payment(row) => row.into_values(),
            Self::Employment(row) => row.into_values(),
        }
    }
}

impl From<UnitRow> for Row {
    fn from(row: UnitRow) -> Self {
        Self::Unit(row)
    }
}

impl From<MemberRow> for Row {
    fn from(row: MemberRow) -> Self {
        Self::Member(row)
    }
}

impl From<ProductRow> for Row {
    fn from(row: ProductRow) -> Self {
        Self::Product(row)
    }
}

impl From<CustomerRow> for Row {
    fn from(row: CustomerRow) -> Self {
        Self::Customer(row)
    }
}

impl From<OrderRow> for Row {
    fn from(row: OrderRow) -> Self {
        Self::Order(row)
    }
}

impl From<OrderLineRow> for Row {
    fn from(row: OrderLineRow) -> Self {
        Self::OrderLine(row)
    }
}

impl From<OrderShareRow> for Row {
    fn from(row: OrderShareRow) -> Self {
        Self::OrderShare(row)
    }
}

impl From<ReturnRow> for Row {
    fn from(row: ReturnRow) -> Self {
        Self::Return(row)
    }
}

impl From<PaymentRow> for Row {
    fn from(row: PaymentRow) -> Self {
        Self::Payment(row)
    }
}

impl From<EmploymentRow> for Row {
    fn from(row: EmploymentRow) -> Self {
        Self::Employment(row)
    }
}
