//! `generate`.

use std::path::PathBuf;

use clap::Args;
use dacheng_app::Result;
use dacheng_app::generate::{Size, generate};
use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::output;

/// A giant company as CSV files, one a kind: for load tests and benchmarks. The same options make the same files.
#[derive(Debug, Args)]
pub struct Generate {
    /// People, with their leaders and those who left
    #[arg(long, value_name = "N")]
    members: u32,
    /// Orders
    #[arg(long, value_name = "M")]
    orders: u32,
    /// Another seed is another company
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The folder for the files; made where it is missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The first day something is sold
    #[arg(long, value_name = "DATE", default_value_t = Size::DAYS.0)]
    first: Date,
    /// The last day something is sold
    #[arg(long, value_name = "DATE", default_value_t = Size::DAYS.1)]
    last: Date,
    /// Writes the rows of each file as JSON
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A line a file.
    Text,
    /// JSON.
    Json,
}

impl Generate {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let Self { members, orders, seed, out, first, last, format } = self;
        let written = generate(&out, Size { members, orders, seed, first, last })?;
        match format {
            Format::Text => written
                .iter()
                .try_for_each(|(kind, rows)| output::line(&format!("{}/{kind}.csv: {rows}", out.display()))),
            Format::Json => {
                let rows: Map<String, Value> =
                    written.iter().map(|(kind, rows)| ((*kind).to_owned(), (*rows).into())).collect();
                output::json(&Value::Object(rows))
            }
        }
    }
}
