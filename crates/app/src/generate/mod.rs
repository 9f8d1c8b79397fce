//! A giant company that never was, as files to import: for load tests and benchmarks. The company of
//! the demonstration is [`crate::demo`].
//!
//! The same size and seed make the same files, byte for byte, on every machine: integers only, one generator of
//! random numbers, no clock. Only the people and the catalogue are held; orders are written as they are made.

mod activities;
mod catalogue;
mod company;
pub(crate) mod names;
mod sales;
mod season;
pub(crate) mod table;

use std::path::Path;

use jiff::civil::{Date, date};

use crate::{Error, Result};
use catalogue::Catalogue;
use company::Company;

/// How large the company is, and when it sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// People, with their leaders and those who left; at least 1.
    pub members: u32,
    /// Orders.
    pub orders: u32,
    /// Another seed is another company.
    pub seed: u64,
    /// The first day something is sold.
    pub first: Date,
    /// The last day something is sold.
    pub last: Date,
}

impl Size {
    /// The days of facts unless somebody says otherwise: three years to the day of the demo company.
    pub const DAYS: (Date, Date) = (date(2023, 11, 24), date(2026, 11, 23));
}

/// The rows of each file, in the order in which the files can be imported.
pub type Written = Vec<(&'static str, u64)>;

/// Writes `out/KIND.csv` for every kind (`interface.md`, header names), creating the folder where it is missing.
/// Refused where there is no member, no day, or the folder cannot be written.
///
/// ```no_run
/// use dacheng_app::generate::{Size, generate};
/// let (first, last) = Size::DAYS;
/// generate("target/giant".as_ref(), Size { members: 1_000, orders: 1_000_000, seed: 1, first, last })?;
/// # Ok::<(), dacheng_app::Error>(())
/// ```
pub fn generate(out: &Path, size: Size) -> Result<Written> {
    if size.members == 0 {
        return Err(Error::Usage("a company has at least one member".to_owned()));
    }
    if size.last < size.first {
        return Err(Error::Usage(format!("{} is before {}", size.last, size.first)));
    }
    let write = || -> std::io::Result<Written> {
        std::fs::create_dir_all(out)?;
        let mut random = fastrand::Rng::with_seed(size.seed);
        let company = Company::made(&mut random, size);
        let catalogue = Catalogue::made(&mut random, size, &company);
        let mut written = company.write(out)?;
        written.extend(catalogue.write(&mut random, out, size, &company)?);
        written.extend(sales::write(&mut random, out, size, &company, &catalogue)?);
        written.extend(activities::write(out, size, &company, &catalogue)?);
        Ok(written)
    };
    write().map_err(|wrong| Error::Usage(format!("{}: {wrong}", out.display())))
}

/// One of `0..count`, the low ones more often: few sell much, many sell little.
fn skewed(random: &mut fastrand::Rng, count: usize) -> usize {
    random.usize(..count).min(random.usize(..count))
}

/// Whether something happens that does so `percent` times in a hundred.
fn happens(random: &mut fastrand::Rng, percent: u32) -> bool {
    random.u32(..100) < percent
}
