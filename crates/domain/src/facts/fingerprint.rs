//! A short stand-in for a row's content, by which an unchanged row is recognised without loading the old one.

use xxhash_rust::xxh3::xxh3_128;

use super::credit::CreditKind;
use super::kind::Kind;
use super::value::{OrderStatus, Value};

/// The XXH3 hash, 128 bits, of a row's typed content: the same however the file wrote it.
///
/// It is kept in databases, so its bytes never change: [XXH3 is a fixed
/// specification](https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md). Two contents of one fact share a
/// fingerprint by chance once in 2¹²⁸ changes. It is no seal: what must show tampering uses SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint(u128);

impl Fingerprint {
    pub(super) fn of<'v>(kind: Kind, values: impl Iterator<Item = Option<&'v Value>>) -> Self {
        let mut bytes = Vec::with_capacity(128);
        push_text(&mut bytes, kind.name());
        for value in values {
            match value {
                None => bytes.push(0),
                Some(value) => push(&mut bytes, value),
            }
        }
        Self(xxh3_128(&bytes))
    }

    /// Sixteen bytes to keep, the highest first.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }

    /// The fingerprint kept as sixteen bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(u128::from_be_bytes(bytes))
    }
}

/// A tag for the type, then the content; texts with their length first, so that no two rows run together.
fn push(bytes: &mut Vec<u8>, value: &Value) {
    match value {
        Value::Code(code) => {
            bytes.push(1);
            push_text(bytes, code.as_str());
        }
        Value::Text(text) => {
            bytes.push(2);
            push_text(bytes, text);
        }
        Value::Date(date) => {
            bytes.push(3);
            bytes.extend(date.year().to_be_bytes());
            bytes.extend([date.month().unsigned_abs(), date.day().unsigned_abs()]);
        }
        Value::Money(amount) => {
            bytes.push(4);
            bytes.extend(amount.0.to_be_bytes());
        }
        Value::Quantity(quantity) => {
            bytes.push(5);
            bytes.extend(quantity.normalize().serialize());
        }
        Value::Share(share) => {
            bytes.push(6);
            bytes.extend(share.parts().to_be_bytes());
        }
        Value::OrderStatus(status) => {
            let status = match status {
                OrderStatus::Normal => 0,
                OrderStatus::Cancelled => 1,
            };
            bytes.extend([7, status]);
        }
        Value::CreditKind(kind) => {
            let kind = match kind {
                CreditKind::Credit => 0,
                CreditKind::Overlay => 1,
            };
            bytes.extend([8, kind]);
        }
        Value::Position(position) => {
            bytes.push(9);
            push_text(bytes, position.code());
        }
        Value::Points(points) => {
            bytes.push(10);
            bytes.extend(points.to_be_bytes());
        }
        Value::Month(month) => {
            bytes.push(11);
            bytes.extend(month.year().to_be_bytes());
            bytes.push(month.number().unsigned_abs());
        }
        Value::Metric(metric) => {
            bytes.push(12);
            push_text(bytes, metric.code());
        }
        Value::Outcome(outcome) => {
            bytes.push(13);
            push_text(bytes, outcome.code());
        }
        Value::LeaveKind(kind) => {
            bytes.push(14);
            push_text(bytes, kind.code());
        }
    }
}

fn push_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend((text.len() as u64).to_be_bytes());
    bytes.extend(text.as_bytes());
}
