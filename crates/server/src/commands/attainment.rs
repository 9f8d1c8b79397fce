//! `attainment`.

use clap::Args;
use dacheng_app::figures::attainment::{Figure, Table, table};
use dacheng_app::figures::{Ask, Dimension, read_as_of, read_owner, read_period};
use dacheng_app::metrics::read as read_metric;
use dacheng_app::{App, Error, Result, company};
use dacheng_rollup::Owner;

use crate::output::{self, Format, Sheet, TOTAL};
use crate::settings::Settings;

/// Actual, target and attainment by any dimension.
#[derive(Debug, Args)]
pub struct Attainment {
    #[command(flatten)]
    question: Question,
    /// unit, member, product, `product_line`, region, `customer_type`, customer, month, quarter, week
    #[arg(long, value_delimiter = ',', value_name = "DIM[,DIM]")]
    by: Vec<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

/// Which figure is asked for.
#[derive(Debug, Args)]
pub struct Question {
    /// revenue, collections, `new_customers`, `conversion_rate`…: any code of the metrics
    #[arg(long)]
    metric: String,
    /// 2026, 2026-Q3, 2026-08, 2026-W31
    #[arg(long)]
    period: String,
    /// member:CODE or unit:CODE; the whole company where absent
    #[arg(long, value_name = "CODE")]
    owner: Option<String>,
    /// What was known at the end of a date or at an instant (RFC 3339)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

impl Question {
    /// The question in the program's terms.
    pub fn ask(&self, app: &App, by: &[String]) -> Result<Ask> {
        let mut tx = app.store.read()?;
        let metric = read_metric(app, &mut tx, &self.metric)?;
        let (company, _) = company::current(&mut tx)?;
        let ground = app.memory.ground(&mut tx)?;
        let owner = self.owner.as_deref().map_or(Ok(Owner::Company), |owner| read_owner(&ground, owner))?;
        let by: Vec<Dimension> = by.iter().map(|name| name.parse()).collect::<Result<_>>()?;
        if by.len() > dacheng_rollup::MOST {
            return Err(Error::Usage(format!("at most {} dimensions", dacheng_rollup::MOST)));
        }
        Ok(Ask {
            metric,
            period: read_period(&self.period, company.fiscal_start)?,
            by,
            owner,
            as_of: self.as_of.as_deref().map(|text| read_as_of(app, text)).transpose()?,
        })
    }

    /// What the answer says about its moment.
    pub fn as_of(&self, app: &App) -> String {
        self.as_of.clone().unwrap_or_else(|| app.clock.now().to_string())
    }
}

impl Attainment {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let ask = self.question.ask(&app, &self.by)?;
        let answer = table(&app, &self.settings.operator(&app), ask)?;
        match self.format {
            Format::Json => output::json(&answer.json(&self.question.as_of(&app))),
            Format::Table => sheet(&answer).table(),
            Format::Csv => sheet(&answer).csv(),
        }
    }
}

fn sheet(answer: &Table) -> Sheet {
    let dimensions = answer.ask.by.iter().map(ToString::to_string);
    let figures = ["actual", "target", "attainment"].map(str::to_owned);
    let row = |(key, figure): &(Vec<String>, Figure)| [key.as_slice(), &texts(figure)].concat();
    let mut rows: Vec<Vec<String>> = answer.rows.iter().map(row).collect();
    let mut total = vec![String::new(); answer.ask.by.len()];
    if let Some(first) = total.first_mut() {
        TOTAL.clone_into(first);
    }
    rows.push([total.as_slice(), &texts(&answer.total)].concat());
    Sheet { header: dimensions.chain(figures).collect(), rows }
}

fn texts(figure: &Figure) -> [String; 3] {
    figure.written().map(Option::unwrap_or_default)
}
