//! `coverage`.

use clap::Args;
use dacheng_app::figures::pipeline::{Covered, Rows, pipeline};
use dacheng_app::figures::{read_owner, read_period};
use dacheng_app::{Result, company};
use dacheng_domain::Fen;
use dacheng_rollup::Owner;
use dacheng_text::number;

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// How far weighted open opportunities cover what a period lacks.
#[derive(Debug, Args)]
pub struct Coverage {
    /// 2026, 2026-Q4, 2026-11
    #[arg(long)]
    period: String,
    /// member:CODE or unit:CODE; the whole company where absent
    #[arg(long, value_name = "CODE")]
    owner: Option<String>,
    /// Everybody who sells instead of those directly below
    #[arg(long)]
    members: bool,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Coverage {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let (period, owner) = {
            let mut tx = app.store.read()?;
            let (company, _) = company::current(&mut tx)?;
            let ground = app.memory.ground(&mut tx)?;
            let owner = self.owner.as_deref();
            let owner = owner.map_or(Ok(Owner::Company), |owner| read_owner(&ground, owner))?;
            (read_period(&self.period, company.fiscal_start)?, owner)
        };
        let rows = if self.members { Rows::Members } else { Rows::Below };
        let found = pipeline(&app, &self.settings.operator(&app), &owner, (period, rows))?;
        let listed = [&found.whole].into_iter().chain(found.below.iter().map(|(_, own)| own));
        let sheet = || Sheet {
            header: ["owner", "target", "booked", "gap", "weighted", "opportunities", "coverage", "red"]
                .map(str::to_owned)
                .to_vec(),
            rows: listed.clone().map(cells).collect(),
        };
        match self.format {
            Format::Json => output::json(&found.json()),
            Format::Table => sheet().table(),
            Format::Csv => sheet().csv(),
        }
    }
}

fn cells(own: &Covered) -> Vec<String> {
    let owner = match &own.owner {
        Owner::Company => "company".to_owned(),
        Owner::Unit(code) => format!("unit:{code}"),
        Owner::Member(code) => format!("member:{code}"),
    };
    let money = |minor: Option<i64>| minor.map_or_else(String::new, |minor| Fen(minor).to_string());
    let ratio = own.coverage.ratio();
    vec![
        owner,
        money(own.target),
        money(Some(own.booked)),
        money(own.coverage.gap()),
        money(Some(own.weighted)),
        own.count.to_string(),
        ratio.map_or_else(String::new, |ratio| number::quotient(ratio.num(), ratio.den(), 2)),
        own.is_short.to_string(),
    ]
}
