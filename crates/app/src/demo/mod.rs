//! The demo company 华辰智控 (`domain.md` §9): 60 salespeople in four regions and twelve teams, three years of orders,
//! the plan of 2026. Who there is and what each carries is written down; what they sold follows from that and from
//! [`form`], so that every figure a page shows is computed by the rules, and is the same on every machine.

mod activities;
mod files;
mod form;
mod market;
mod orders;
mod payments;
mod people;
mod staff;
mod stages;
mod targets;

use std::path::Path;

use jiff::civil::{Date, date};

use crate::{Error, Result};

pub use files::{Totals, kinds_of_stages};
pub use people::hired_later;
pub use stages::{BEGUN, Stage, stages};
pub use targets::{Edit, reserve, targets};

/// The company's name.
pub const NAME: &str = "华辰智控";
/// The year whose plan is in force.
pub const YEAR: i16 = 2026;
/// The day the company lives on.
pub const TODAY: Date = date(2026, 11, 23);
/// The first day something is sold.
const FIRST: Date = date(2024, 1, 1);
/// The last day of which facts are known.
const LAST: Date = date(2026, 11, 20);

/// Writes `out/KIND.csv` for everything that is there from the beginning and `out/FOLDER/KIND.csv` for the sales of each
/// stage, and answers what the months come to. Refused where it cannot be written.
pub fn write(out: &Path) -> Result<Totals> {
    let write = || -> std::io::Result<Totals> {
        std::fs::create_dir_all(out)?;
        let seats = people::seats();
        staff::write(out)?;
        market::write(out, &seats)?;
        orders::write(out, &seats, &stages())
    };
    write().map_err(|wrong| Error::Usage(format!("{}: {wrong}", out.display())))
}
