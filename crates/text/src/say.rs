//! The texts themselves, generated from `texts/*.toml`, and what may be put into them.

#![allow(
    clippy::empty_docs,
    clippy::pedantic,
    clippy::new_ret_no_self,
    clippy::useless_format,
    reason = "generated code"
)]

use std::fmt::{self, Display};

use crate::Lang;
use crate::number::grouped;

/// How many of something: English says "1 day" and "2 days".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count(i128);

impl Count {
    fn is_one(self) -> bool {
        self.0 == 1
    }
}

impl Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&grouped(self.0, 0))
    }
}

impl From<usize> for Count {
    fn from(count: usize) -> Self {
        Self(count as i128)
    }
}

impl From<u32> for Count {
    fn from(count: u32) -> Self {
        Self(count.into())
    }
}

impl From<u64> for Count {
    fn from(count: u64) -> Self {
        Self(count.into())
    }
}

impl From<i32> for Count {
    fn from(count: i32) -> Self {
        Self(count.into())
    }
}

impl From<i64> for Count {
    fn from(count: i64) -> Self {
        Self(count.into())
    }
}

/// Templates hand values over by reference.
impl<T: Copy + Into<Count>> From<&T> for Count {
    fn from(count: &T) -> Self {
        (*count).into()
    }
}

include!(concat!(env!("OUT_DIR"), "/say.rs"));
