//! A complete fact of each kind, typed. What a file says about a fact may be less: that is a [`super::entry::Entry`].

mod activities;
mod master;
mod organisation;
mod sales;
mod values;

pub use activities::{
    ComplaintRow, LeaveRow, OpportunityRow, ScoreRow, SummaryRow, SurveyRow, TrainingRow, VisitRow,
};
pub use master::{CustomerRow, ProductRow};
pub use organisation::{EmploymentRow, MemberRow, UnitRow};
pub use sales::{OrderLineRow, OrderRow, OrderShareRow, PaymentRow, ReceivableRow, ReturnRow};

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
    /// Money that is due.
    Receivable(ReceivableRow),
    /// Money received.
    Payment(PaymentRow),
    /// A seat somebody had.
    Employment(EmploymentRow),
    /// A chance to sell.
    Opportunity(OpportunityRow),
    /// A visit.
    Visit(VisitRow),
    /// A customer's answers.
    Survey(SurveyRow),
    /// A complaint.
    Complaint(ComplaintRow),
    /// Days somebody was away.
    Leave(LeaveRow),
    /// A course somebody is to take.
    Training(TrainingRow),
    /// A score.
    Score(ScoreRow),
    /// A month's total from before.
    Summary(SummaryRow),
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
            Self::Receivable(_) => Kind::Receivables,
            Self::Payment(_) => Kind::Payments,
            Self::Employment(_) => Kind::Employments,
            Self::Opportunity(_) => Kind::Opportunities,
            Self::Visit(_) => Kind::Visits,
            Self::Survey(_) => Kind::Surveys,
            Self::Complaint(_) => Kind::Complaints,
            Self::Leave(_) => Kind::Leaves,
            Self::Training(_) => Kind::Trainings,
            Self::Score(_) => Kind::Scores,
            Self::Summary(_) => Kind::Summaries,
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
            Kind::Receivables => ReceivableRow::from_values(&mut values).map(Self::Receivable),
            Kind::Payments => PaymentRow::from_values(&mut values).map(Self::Payment),
            Kind::Employments => EmploymentRow::from_values(&mut values).map(Self::Employment),
            Kind::Opportunities => OpportunityRow::from_values(&mut values).map(Self::Opportunity),
            Kind::Visits => VisitRow::from_values(&mut values).map(Self::Visit),
            Kind::Surveys => SurveyRow::from_values(&mut values).map(Self::Survey),
            Kind::Complaints => ComplaintRow::from_values(&mut values).map(Self::Complaint),
            Kind::Leaves => LeaveRow::from_values(&mut values).map(Self::Leave),
            Kind::Trainings => TrainingRow::from_values(&mut values).map(Self::Training),
            Kind::Scores => ScoreRow::from_values(&mut values).map(Self::Score),
            Kind::Summaries => SummaryRow::from_values(&mut values).map(Self::Summary),
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
            Self::Receivable(row) => row.into_values(),
            Self::Payment(row) => row.into_values(),
            Self::Employment(row) => row.into_values(),
            Self::Opportunity(row) => row.into_values(),
            Self::Visit(row) => row.into_values(),
            Self::Survey(row) => row.into_values(),
            Self::Complaint(row) => row.into_values(),
            Self::Leave(row) => row.into_values(),
            Self::Training(row) => row.into_values(),
            Self::Score(row) => row.into_values(),
            Self::Summary(row) => row.into_values(),
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

impl From<ReceivableRow> for Row {
    fn from(row: ReceivableRow) -> Self {
        Self::Receivable(row)
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

impl From<OpportunityRow> for Row {
    fn from(row: OpportunityRow) -> Self {
        Self::Opportunity(row)
    }
}

impl From<VisitRow> for Row {
    fn from(row: VisitRow) -> Self {
        Self::Visit(row)
    }
}

impl From<SurveyRow> for Row {
    fn from(row: SurveyRow) -> Self {
        Self::Survey(row)
    }
}

impl From<ComplaintRow> for Row {
    fn from(row: ComplaintRow) -> Self {
        Self::Complaint(row)
    }
}

impl From<LeaveRow> for Row {
    fn from(row: LeaveRow) -> Self {
        Self::Leave(row)
    }
}

impl From<TrainingRow> for Row {
    fn from(row: TrainingRow) -> Self {
        Self::Training(row)
    }
}

impl From<ScoreRow> for Row {
    fn from(row: ScoreRow) -> Self {
        Self::Score(row)
    }
}

impl From<SummaryRow> for Row {
    fn from(row: SummaryRow) -> Self {
        Self::Summary(row)
    }
}
