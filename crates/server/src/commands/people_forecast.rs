//! `people-forecast`.

use clap::Args;
use dacheng_app::figures::read_owner;
use dacheng_app::figures::statements::{Asked, Line, statements};
use dacheng_app::{Error, Result};
use dacheng_domain::Fen;
use dacheng_domain::calendar::Week;
use dacheng_domain::metrics::Metric;
use dacheng_domain::tracking::statement::Reach;
use dacheng_rollup::Owner;

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// What people say a period will come to, rolled up beside its target and band.
#[derive(Debug, Args)]
pub struct PeopleForecast {
    /// revenue or collections
    #[arg(long, default_value = "revenue")]
    metric: String,
    /// month or quarter
    #[arg(long, default_value = "month")]
    of: String,
    /// 2026-W48; the running week where absent
    #[arg(long, value_name = "WEEK")]
    week: Option<String>,
    /// member:CODE or unit:CODE; the whole company where absent
    #[arg(long, value_name = "CODE")]
    owner: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl PeopleForecast {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let metric: Metric = self.metric.parse().map_err(|wrong| Error::Usage(format!("{wrong}")))?;
        let wrong = || Error::Usage(format!("--of: month or quarter, not {}", self.of));
        let reach = Reach::of(&self.of).ok_or_else(wrong)?;
        let week = self.week.as_deref().map(str::parse::<Week>).transpose();
        let week = week.map_err(|wrong| Error::Usage(format!("--week: {wrong}")))?;
        let owner = {
            let ground = app.memory.ground(&mut app.store.read()?)?;
            self.owner.as_deref().map_or(Ok(Owner::Company), |owner| read_owner(&ground, owner))?
        };
        let asked = Asked { metric, reach, week: week.unwrap_or_else(|| Week::of(context.today)) };
        let found = statements(&app, &context, &owner, asked)?;
        let lines = || [&found.whole].into_iter().chain(found.below.iter().map(|(_, line)| line));
        match self.format {
            Format::Json => output::json(&found.json()),
            Format::Table => sheet(lines()).table(),
            Format::Csv => sheet(lines()).csv(),
        }
    }
}

fn sheet<'l>(lines: impl Iterator<Item = &'l Line>) -> Sheet {
    let header =
        ["owner", "target", "booked", "commit", "judged", "best", "p50", "asked", "said", "late", "missing"];
    Sheet { header: header.map(str::to_owned).to_vec(), rows: lines.map(cells).collect() }
}

fn cells(line: &Line) -> Vec<String> {
    let owner = match &line.outlook.owner {
        Owner::Company => "company".to_owned(),
        Owner::Unit(code) => format!("unit:{code}"),
        Owner::Member(code) => format!("member:{code}"),
    };
    let money = |minor: Option<i64>| minor.map_or_else(String::new, |minor| Fen(minor).to_string());
    let sums = line.sums;
    let said = |minor: i64| if sums.counted == 0 { String::new() } else { Fen(minor).to_string() };
    vec![
        owner,
        money(line.outlook.target),
        money(Some(line.outlook.booked)),
        said(sums.commit),
        said(sums.judged),
        said(sums.best),
        money(line.outlook.band().map(|band| band.p50)),
        sums.asked.to_string(),
        (sums.on_time + sums.late).to_string(),
        sums.late.to_string(),
        sums.missing.to_string(),
    ]
}
