//! Values handed out one by one, each as the type its place asks for.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::Fen;
use crate::calendar::Month;
use crate::facts::credit::CreditKind;
use crate::facts::kind::MOST_FIELDS;
use crate::facts::state::{LeaveKind, Outcome};
use crate::facts::value::{Code, Fields, OrderStatus, Value};
use crate::metrics::Metric;
use crate::people::{Position, Share};

/// The values of a row in the order of its kind's fields. A question moves on to the next value.
pub(super) struct Values(std::array::IntoIter<Option<Value>, MOST_FIELDS>);

impl Values {
    pub(super) fn new(values: Fields) -> Self {
        Self(values.into_iter())
    }

    fn next(&mut self) -> Option<Value> {
        self.0.next().flatten()
    }

    pub(super) fn code(&mut self) -> Option<Code> {
        let Value::Code(code) = self.next()? else { return None };
        Some(code)
    }

    pub(super) fn text(&mut self) -> Option<String> {
        let Value::Text(text) = self.next()? else { return None };
        Some(text.into())
    }

    pub(super) fn date(&mut self) -> Option<Date> {
        let Value::Date(date) = self.next()? else { return None };
        Some(date)
    }

    pub(super) fn money(&mut self) -> Option<Fen> {
        let Value::Money(amount) = self.next()? else { return None };
        Some(amount)
    }

    pub(super) fn quantity(&mut self) -> Option<Decimal> {
        let Value::Quantity(quantity) = self.next()? else { return None };
        Some(quantity)
    }

    pub(super) fn share(&mut self) -> Option<Share> {
        let Value::Share(share) = self.next()? else { return None };
        Some(share)
    }

    pub(super) fn order_status(&mut self) -> Option<OrderStatus> {
        let Value::OrderStatus(status) = self.next()? else { return None };
        Some(status)
    }

    pub(super) fn credit_kind(&mut self) -> Option<CreditKind> {
        let Value::CreditKind(kind) = self.next()? else { return None };
        Some(kind)
    }

    pub(super) fn position(&mut self) -> Option<Position> {
        let Value::Position(position) = self.next()? else { return None };
        Some(position)
    }

    /// In hundredths.
    pub(super) fn points(&mut self) -> Option<i64> {
        let Value::Points(points) = self.next()? else { return None };
        Some(points)
    }

    pub(super) fn month(&mut self) -> Option<Month> {
        let Value::Month(month) = self.next()? else { return None };
        Some(month)
    }

    pub(super) fn metric(&mut self) -> Option<Metric> {
        let Value::Metric(metric) = self.next()? else { return None };
        Some(metric)
    }

    pub(super) fn outcome(&mut self) -> Option<Outcome> {
        let Value::Outcome(outcome) = self.next()? else { return None };
        Some(outcome)
    }

    pub(super) fn leave_kind(&mut self) -> Option<LeaveKind> {
        let Value::LeaveKind(kind) = self.next()? else { return None };
        Some(kind)
    }
}
