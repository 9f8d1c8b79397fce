//! `forecast`.

use clap::Args;
use dacheng_app::figures::forecast::{Outlook, Outlooks, outlooks};
use dacheng_app::figures::{read_owner, read_period};
use dacheng_app::metrics::read as read_metric;
use dacheng_app::{Error, Result, company};
use dacheng_domain::Fen;
use dacheng_domain::number::{self, CellUnit};
use dacheng_rollup::Owner;

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// What a period comes to: P10, P50, P90 and the chance of the target or of any amount.
#[derive(Debug, Args)]
pub struct Forecast {
    /// revenue or collections
    #[arg(long)]
    metric: String,
    /// 2026, 2026-Q4, 2026-11
    #[arg(long)]
    period: String,
    /// member:CODE or unit:CODE; the whole company where absent
    #[arg(long, value_name = "CODE")]
    owner: Option<String>,
    /// An amount in yuan whose chance is told: 5000000, 500万
    #[arg(long, value_name = "AMOUNT")]
    attain: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Forecast {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let metric = read_metric(&app, &mut app.store.read()?, &self.metric)?;
        let attain = self.attain()?;
        let (period, owner) = {
            let mut tx = app.store.read()?;
            let (company, _) = company::current(&mut tx)?;
            let ground = app.memory.ground(&mut tx)?;
            let owner =
                self.owner.as_deref().map_or(Ok(Owner::Company), |owner| read_owner(&ground, owner))?;
            (read_period(&self.period, company.fiscal_start)?, owner)
        };
        let found = outlooks(&app, &self.settings.operator(&app), &owner, (metric, period))?;
        match self.format {
            Format::Json => output::json(&found.json(attain)),
            Format::Table => sheet(&found, attain).table(),
            Format::Csv => sheet(&found, attain).csv(),
        }
    }

    fn attain(&self) -> Result<Option<i64>> {
        let Some(text) = self.attain.as_deref() else { return Ok(None) };
        let wrong = || Error::Usage(format!("--attain: not an amount in yuan: {text}"));
        let found = number::money(text, CellUnit::Yuan).map_err(|_| wrong())?;
        found.map(|fen| Some(fen.0)).ok_or_else(wrong)
    }
}

/// The owner, then everybody below.
fn sheet(found: &Outlooks, attain: Option<i64>) -> Sheet {
    let header =
        ["owner", "booked", "p10", "p50", "p90", "target", "probability", "attain_probability", "state"];
    let rows = [&found.whole].into_iter().chain(found.below.iter().map(|(_, outlook)| outlook));
    Sheet { header: header.map(str::to_owned).to_vec(), rows: rows.map(|row| cells(row, attain)).collect() }
}

fn cells(outlook: &Outlook, attain: Option<i64>) -> Vec<String> {
    let owner = match &outlook.owner {
        Owner::Company => "company".to_owned(),
        Owner::Unit(code) => format!("unit:{code}"),
        Owner::Member(code) => format!("member:{code}"),
    };
    let money = |minor: Option<i64>| minor.map_or_else(String::new, |minor| Fen(minor).to_string());
    let chance = |chance: Option<dacheng_forecast::Chance>| {
        let parts = chance.map(dacheng_forecast::Chance::ten_thousandths);
        parts.map_or_else(String::new, |parts| format!("{}.{:04}", parts / 10_000, parts % 10_000))
    };
    let band = outlook.band();
    vec![
        owner,
        money(Some(outlook.booked)),
        money(band.map(|band| band.p10)),
        money(band.map(|band| band.p50)),
        money(band.map(|band| band.p90)),
        money(outlook.target),
        chance(outlook.chance()),
        chance(attain.and_then(|amount| outlook.reaches(amount))),
        outlook.told.word().to_owned(),
    ]
}
