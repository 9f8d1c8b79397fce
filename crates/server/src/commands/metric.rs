//! `metric`: the company's own metrics and the values that are entered by hand, for scripts.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use dacheng_app::figures::settled;
use dacheng_app::metrics::{self, ValuesFile};
use dacheng_app::planning::written;
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::own::{OwnSpec, OwnVersion};
use dacheng_domain::metrics::{Metric as Builtin, MetricVersion, Window};
use serde_json::json;

use crate::output;
use crate::program::workbooks;
use crate::settings::Settings;

/// The company's own metrics.
#[derive(Debug, Args)]
pub struct Metric {
    #[command(subcommand)]
    act: Act,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// All of them with their versions, as JSON
    List,
    /// Define one: a JSON file as `list` writes it
    Define {
        /// The file
        file: PathBuf,
    },
    /// Change one from a month on: a JSON file of a version as `list` writes it
    Change {
        /// Its code
        code: String,
        /// The file
        file: PathBuf,
    },
    /// Retire one from a month on; its history stays
    Retire {
        /// Its code
        code: String,
        /// The first month in which it is no longer offered
        #[arg(long, value_name = "YYYY-MM")]
        from: String,
    },
    /// What was settled about the built-in metrics, by versions from a month on, as JSON
    Settings,
    /// Settle something about a built-in ratio from a month on; what is left out stays as it is
    Settle {
        /// Its code
        code: String,
        /// The first month it holds for
        #[arg(long, value_name = "YYYY-MM")]
        from: String,
        /// Months over which it is judged; 0 is the period itself
        #[arg(long, value_name = "MONTHS")]
        window: Option<u8>,
        /// The most an attainment can reach where lower is better, in per cent
        #[arg(long, value_name = "PERCENT")]
        lower_at_most: Option<u8>,
        /// Days without news after which an open opportunity counts as lost, of `conversion_rate`: for those last heard of in that
        /// month or later
        #[arg(long, value_name = "DAYS")]
        silent_days: Option<u16>,
    },
    /// The values of a month that are entered by hand, as JSON
    Values {
        /// Its code
        code: String,
        /// The month
        #[arg(long, value_name = "YYYY-MM")]
        month: String,
    },
    /// Enter values: CSV or XLSX with owner, month, value and note
    Enter {
        /// Its code
        code: String,
        /// The file
        file: PathBuf,
    },
}

impl Metric {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.create()?;
        let context = self.settings.operator(&app);
        let (specs, seen) = metrics::specs(&mut app.store.read()?)?;
        match self.act {
            Act::List => output::json(&json!(specs)),
            Act::Define { file } => {
                let spec: OwnSpec =
                    serde_json::from_str(&read(&file)?).map_err(|wrong| unreadable(&file, &wrong))?;
                metrics::define(&app, &context, &spec, seen)?;
                output::line(&format!("{} is defined", spec.code))
            }
            Act::Change { code, file } => {
                let version: OwnVersion =
                    serde_json::from_str(&read(&file)?).map_err(|wrong| unreadable(&file, &wrong))?;
                metrics::change(&app, &context, &code, &version, seen)?;
                output::line(&format!("{code} changes from {}", version.valid_from))
            }
            Act::Retire { code, from } => {
                metrics::retire(&app, &context, &code, month(&from)?, seen)?;
                output::line(&format!("{code} is retired from {from}"))
            }
            Act::Settings => settings(&app),
            Act::Settle { code, from, window, lower_at_most, silent_days } => {
                let (all, seen) = settled::current(&mut app.store.read()?)?;
                let metric: Builtin = code.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?;
                let now = all.at(metric, month(&from)?);
                let version = MetricVersion {
                    valid_from: month(&from)?,
                    window: window.map_or(now.window, |months| Some(Window::of_months(months))),
                    lower_at_most: lower_at_most.map_or(now.lower_at_most, |own| Ratio::percent(own.into())),
                    silent_days: silent_days.or(now.silent_days),
                    ..now
                };
                settled::settle(&app, &context, version, seen)?;
                output::line(&format!("{code} is settled from {from}"))
            }
            Act::Values { code, month: text } => values(&app, &context, &code, month(&text)?),
            Act::Enter { code, file } => enter(&app, &context, &code, &file),
        }
    }
}

fn settings(app: &App) -> Result<()> {
    let (all, version) = settled::current(&mut app.store.read()?)?;
    let one = |own: &MetricVersion| {
        json!({
            "metric": own.metric.code(), "number": own.version, "from": own.valid_from,
            "window_months": own.window.map(Window::months), "lower_at_most": own.lower_at_most.to_string(),
            "silent_days": own.silent_days,
        })
    };
    let versions: Vec<_> = all.versions().iter().map(one).collect();
    output::json(&json!({ "versions": versions, "version": version }))
}

fn values(app: &App, context: &Context, code: &str, month: Month) -> Result<()> {
    let sheet = metrics::sheet(app, context, code, month)?;
    let of = dacheng_domain::metrics::Metric::Own(sheet.metric);
    let value = |row: &metrics::SheetRow| {
        json!({
            "owner": row.owner.to_string(), "name": row.name, "value": row.amount.map(|own| written(of, own)),
            "note": row.note, "version": row.version,
        })
    };
    let values: Vec<_> = sheet.rows.iter().map(value).collect();
    output::json(&json!({ "metric": code, "month": month, "values": values }))
}

fn enter(app: &App, context: &Context, code: &str, file: &Path) -> Result<()> {
    let workbooks = workbooks()?;
    let name = file.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let brought =
        metrics::import(app, context, code, &ValuesFile { path: file, name: &name, workbooks: &workbooks })?;
    if !brought.problems.is_empty() {
        return Err(super::import::refusal(file, &brought.problems, context.lang));
    }
    output::line(&format!("{}: {} read, {} values changed", file.display(), brought.rows, brought.changed))
}

fn read(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|wrong| unreadable(file, &wrong))
}

fn unreadable(file: &Path, wrong: &dyn std::fmt::Display) -> Error {
    Error::Usage(format!("{}: {wrong}", file.display()))
}

fn month(text: &str) -> Result<Month> {
    text.parse().map_err(|_| Error::Usage(format!("not a month: {text}")))
}
