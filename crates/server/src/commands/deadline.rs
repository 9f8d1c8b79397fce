//! `deadline`: on the calendar years that ship, or on those of a database that is named.

use clap::Args;
use dacheng_app::{Error, Result, company};
use dacheng_domain::calendar::Calendar;
use dacheng_store::Store;
use jiff::civil::Date;

use crate::output;

/// The last day of a number of working days.
#[derive(Debug, Args)]
pub struct Deadline {
    /// The day from which is counted; it does not count itself
    #[arg(long, value_name = "DATE")]
    from: Date,
    /// How many working days
    #[arg(long, value_name = "N")]
    working_days: u32,
    /// A database whose company calendar counts
    #[arg(long, value_name = "URL")]
    database: Option<String>,
}

impl Deadline {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let calendar = match &self.database {
            None => Calendar::shipped(),
            Some(address) => company::current(&mut Store::open_existing(address)?.read()?)?.0.calendar(),
        };
        let day = calendar
            .deadline(self.from, self.working_days)
            .map_err(|wrong| Error::refused(wrong.to_string()))?;
        output::line(&day.to_string())
    }
}
