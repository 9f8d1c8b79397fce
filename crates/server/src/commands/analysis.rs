//! `analysis`: three years of a unit or the company.

use clap::Args;
use dacheng_app::figures::history::{
    Efficiency, EfficiencyYear, History, HistoryAsk, Skill, SpanCell, history,
};
use dacheng_app::figures::{read_owner, read_period};
use dacheng_app::metrics::read as read_metric;
use dacheng_app::{Result, company};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::{Change, Unit};
use dacheng_rollup::Owner;

use crate::output::{self, Format, Sheet, TOTAL};
use crate::settings::Settings;

/// Three fiscal years side by side, seasonality, parts, concentration and team.
#[derive(Debug, Args)]
pub struct Analysis {
    /// revenue or collections
    #[arg(long, default_value = "revenue")]
    metric: String,
    /// The last of the three fiscal years; the one that the data reach into where absent
    #[arg(long)]
    year: Option<String>,
    /// unit:CODE; the whole company where absent
    #[arg(long, value_name = "CODE")]
    owner: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Analysis {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let ask = {
            let mut tx = app.store.read()?;
            let (company, _) = company::current(&mut tx)?;
            let ground = app.memory.ground(&mut tx)?;
            let start = company.fiscal_start;
            let year = self.year.as_deref().map(|text| read_period(text, start)).transpose()?;
            HistoryAsk {
                metric: read_metric(&app, &mut tx, &self.metric)?,
                year: year.map(|period| Year::of(period.first_day(), start)),
                owner: self
                    .owner
                    .as_deref()
                    .map_or(Ok(Owner::Company), |owner| read_owner(&ground, owner))?,
            }
        };
        let found = history(&app, &self.settings.operator(&app), &ask)?;
        match self.format {
            Format::Json => output::json(&found.json()),
            Format::Table => sheet(&found).table(),
            Format::Csv => sheet(&found).csv(),
        }
    }
}

/// Years, quarters and months, the parts of the last year, customers, efficiency and skills: `section,item,year,amount,before,rate,share`.
fn sheet(found: &History) -> Sheet {
    let header = ["section", "item", "year", "amount", "before", "rate", "share"].map(str::to_owned).to_vec();
    let mut rows = Vec::new();
    for row in &found.spans {
        for (cell, year) in row.cells.iter().zip(found.years) {
            rows.extend(span(found, &row.code(), year, cell));
        }
    }
    let last = found.years[found.years.len() - 1].to_string();
    let text = |amount: i64| found.amount(amount);
    for parts in &found.parts {
        let named = parts.rows.iter().map(|part| (part.name.clone().unwrap_or_default(), part));
        for (name, part) in named.chain([(TOTAL.to_owned(), &parts.whole)]) {
            rows.push(vec![
                parts.by.code().to_owned(),
                name,
                last.clone(),
                text(part.now),
                part.before.map_or_else(String::new, text),
                rate(part.change.as_ref()),
                part.share.map_or_else(String::new, |share| share.to_string()),
            ]);
        }
    }
    for own in &found.customers.years {
        let Some(spread) = own.spread else { continue };
        let top = i64::try_from(spread.of_top).unwrap_or(i64::MAX);
        rows.push(vec![
            "customers".to_owned(),
            format!("top {}/{}", spread.top, spread.customers),
            own.year.to_string(),
            text(top),
            String::new(),
            String::new(),
            spread.top_share().to_string(),
        ]);
    }
    rows.extend(found.efficiency.iter().flat_map(efficiency));
    rows.extend(found.skills.iter().map(|own| skill(own, &last)));
    Sheet { header, rows }
}

fn efficiency(own: &Efficiency) -> Vec<Vec<String>> {
    let unit = own.metric.definition().unit;
    let text = |figure: Option<Ratio>| figure.map_or_else(String::new, |figure| unit.written(figure));
    let row = |year: &EfficiencyYear| {
        let step = year.moved.and_then(|moved| moved.step);
        vec![
            "efficiency".to_owned(),
            own.metric.code().to_owned(),
            year.year.to_string(),
            text(year.actual),
            text(year.moved.and_then(|moved| moved.base)),
            step.map_or_else(String::new, |step| step.size().to_string()),
            String::new(),
        ]
    };
    own.years.iter().map(row).collect()
}

/// Scores in points; no rate, as points are compared.
fn skill(own: &Skill, year: &str) -> Vec<String> {
    let points = |hundredths: Ratio| Unit::Score.written(hundredths);
    vec![
        "skill".to_owned(),
        own.name.clone(),
        year.to_owned(),
        points(own.mean),
        own.before.map_or_else(String::new, points),
        String::new(),
        String::new(),
    ]
}

fn span(found: &History, code: &str, year: Year, cell: &SpanCell) -> Option<Vec<String>> {
    let change = cell.year_on_year.change();
    Some(vec![
        "period".to_owned(),
        code.to_owned(),
        year.to_string(),
        found.amount(cell.amount?),
        change.and_then(|change| change.base).map_or_else(String::new, |base| found.amount(base)),
        rate(change),
        String::new(),
    ])
}

fn rate(change: Option<&Change>) -> String {
    change.and_then(|change| change.rate).map_or_else(String::new, |rate| rate.to_string())
}
