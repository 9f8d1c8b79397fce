//! `plan copy`, `plan compare`, `plan merge`, `plan restore`: scenarios of a year for scripts.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, ValueEnum};
use dacheng_app::allocation::Owner;
use dacheng_app::planning::scenarios::{
    Compare as Asked, Comparison, CopyPlan, Merge as MergeAsked, Merged, OpenBranches, compare, copy,
    copy_preview, merge, merge_preview,
};
use dacheng_app::planning::{by_code, restore, written};
use dacheng_app::{Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::metrics::Metric;
use dacheng_domain::number::{self, CellUnit};
use dacheng_domain::planning::scenario::{Growth, Leavers, Locks, Settlement};

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// Copy a plan: another scenario of its year, or a whole year carried forward
#[derive(Debug, Args)]
pub struct Copy {
    /// The code of the plan that is copied
    #[arg(long)]
    plan: String,
    /// The fiscal year of the copy
    #[arg(long)]
    year: i16,
    /// Its code; the year, or the year with a free letter where absent
    #[arg(long)]
    code: Option<String>,
    /// Its name
    #[arg(long, default_value = "")]
    name: String,
    /// Growth in per cent by metric: revenue=8
    #[arg(long, value_name = "METRIC=PERCENT", value_delimiter = ',')]
    growth: Vec<String>,
    /// What becomes of the part of who is no longer there: reserve, siblings
    #[arg(long, default_value = "reserve")]
    leavers: Leavers,
    /// Whether locks come along: kept, left
    #[arg(long, default_value = "left")]
    locks: Locks,
    /// Say what it comes to and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Compare two to four plans of a year node by node
#[derive(Debug, Args)]
pub struct Compare {
    /// The codes of the plans; the first is what the others are compared with
    #[arg(long, value_delimiter = ',', required = true, value_name = "CODE,CODE")]
    plans: Vec<String>,
    /// revenue or collections
    #[arg(long, default_value = "revenue")]
    metric: String,
    /// How far down: the highest units, units by code, or everybody
    #[arg(long, value_enum, default_value_t = Depth::First)]
    depth: Depth,
    /// The codes of units whose children are listed
    #[arg(long, value_delimiter = ',', value_name = "CODE[,CODE]")]
    open: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

/// How far down a comparison goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Depth {
    /// What stands directly below the highest.
    First,
    /// Everybody.
    All,
}

/// Take a node with everybody below from one plan into a draft of the same year
#[derive(Debug, Args)]
pub struct Merge {
    /// The plan it is taken from
    #[arg(long)]
    from: String,
    /// The draft it is taken into
    #[arg(long)]
    into: String,
    /// revenue or collections
    #[arg(long, default_value = "revenue")]
    metric: String,
    /// unit:CODE or member:CODE
    #[arg(long)]
    owner: Owner,
    /// Who takes the difference: parents, siblings, declared
    #[arg(long, default_value = "parents")]
    settle: Settlement,
    /// Say what it changes and write nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    settings: Settings,
}

/// Make a scenario that was archived without being chosen a draft again
#[derive(Debug, Args)]
pub struct Restore {
    /// The plan's code
    #[arg(long)]
    plan: String,
    #[command(flatten)]
    settings: Settings,
}

fn metric(text: &str) -> Result<Metric> {
    text.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))
}

fn growth(texts: &[String]) -> Result<BTreeMap<Metric, Growth>> {
    let one = |text: &String| {
        let wrong = || Error::Usage(format!("--growth: {text} (METRIC=PERCENT)"));
        let (code, rate) = text.split_once('=').ok_or_else(wrong)?;
        let rate = number::money(rate.trim_end_matches('%'), CellUnit::Yuan).ok().flatten();
        let rate = rate.and_then(|hundredths| Growth::new(hundredths.0)).ok_or_else(wrong)?;
        Ok((metric(code)?, rate))
    };
    texts.iter().map(one).collect()
}

impl Copy {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let request = CopyPlan {
            growth: growth(&self.growth)?,
            plan: self.plan,
            year: self.year,
            code: self.code,
            name: self.name,
            leavers: self.leavers,
            locks: self.locks,
        };
        let found = if self.dry_run {
            copy_preview(&app, &context, &request)?
        } else {
            copy(&app, &context, &request)?.1
        };
        output::json(&found.json())
    }
}

impl Compare {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let open: BTreeSet<String> = self.open.into_iter().collect();
        let open = match self.depth {
            Depth::All => OpenBranches::All,
            Depth::First if open.is_empty() => OpenBranches::First,
            Depth::First => OpenBranches::These(open),
        };
        let asked = Asked { plans: self.plans, metric: metric(&self.metric)?, open };
        let found = compare(&app, &self.settings.operator(&app), &asked)?;
        match self.format {
            Format::Json => output::json(&found.json()),
            Format::Table => sheet(&found).table(),
            Format::Csv => sheet(&found).csv(),
        }
    }
}

/// A row a node and plan.
fn sheet(found: &Comparison) -> Sheet {
    let header = [
        "owner",
        "name",
        "plan",
        "target",
        "difference",
        "difference_rate",
        "probability",
        "capacity",
        "capacity_load",
        "pay_at_target",
        "pay_expected",
    ];
    let amount = |minor: Option<i64>| minor.map_or_else(String::new, |minor| written(found.metric, minor));
    let rate = |rate: Option<Ratio>| {
        rate.map_or_else(String::new, |rate| {
            let parts = rate.scaled(10_000);
            let sign = if parts < 0 { "-" } else { "" };
            format!("{sign}{}.{:04}", parts.abs() / 10_000, parts.abs() % 10_000)
        })
    };
    let rows = found.rows.iter().flat_map(|row| {
        row.cells.iter().zip(&found.plans).map(move |(cell, own)| {
            let chance = cell.chance.and_then(|own| Ratio::new(own.ten_thousandths(), 10_000_u16));
            vec![
                row.owner.to_string(),
                row.name.clone(),
                own.plan.code.clone(),
                amount(cell.amount),
                amount(cell.apart.map(|apart| apart.amount)),
                rate(cell.apart.and_then(|apart| apart.rate)),
                rate(chance),
                amount(row.capacity),
                rate(cell.load),
                amount(cell.pay),
                amount(cell.pay_expected),
            ]
        })
    });
    Sheet { header: header.map(str::to_owned).to_vec(), rows: rows.collect() }
}

impl Merge {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let (context, metric) = (self.settings.operator(&app), metric(&self.metric)?);
        let (from, into, owner, settle) = (self.from, self.into, self.owner, self.settle);
        let asked = MergeAsked { from, into, metric, owner, settle };
        let found = merge_preview(&app, &context, &asked)?;
        if self.dry_run {
            return output::json(&found.json(metric));
        }
        match merge(&app, &context, &asked, &found.token)? {
            Merged::Done(done) => output::json(&done.json(metric)),
            Merged::Changed(_) => Err(Error::Stale { seen: found.into.version, found: found.into.version }),
        }
    }
}

impl Restore {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let seen = by_code(&app, &context, &self.plan)?.version;
        restore(&app, &context, &self.plan, seen).map(drop)
    }
}
