//! `objectives` and `rubrics`: what targets are for, and what a named person scores, for scripts.

use clap::{Args, Subcommand};
use dacheng_app::metrics::read as read_metric;
use dacheng_app::planning::objectives::{
    self, Said, Serving, Target, change, coverage, create, link, unlink,
};
use dacheng_app::planning::rubrics::{self, NewRubric, RubricView};
use dacheng_app::planning::written;
use dacheng_app::{App, Context, Error, Result};
use dacheng_domain::planning::rubric::{LEVELS, Score};
use serde_json::{Value, json};

use crate::output;
use crate::settings::Settings;

/// Rubrics that are read at once.
const PART: usize = 500;

/// Strategic objectives and the targets that serve them.
#[derive(Debug, Args)]
pub struct Objectives {
    #[command(subcommand)]
    act: Option<Act>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// All of them with the targets that serve each, and the targets that serve none, as JSON
    List,
    /// Add one
    Add(What),
    /// Change what is said of one; its code stays
    Change(What),
    /// Say that a target serves one
    Link(Which),
    /// Take that back
    Unlink(Which),
}

#[derive(Debug, Args)]
struct What {
    /// Its code
    code: String,
    /// Its name
    #[arg(long)]
    name: String,
    /// What it means
    #[arg(long, default_value = "")]
    description: String,
    /// The fiscal year
    #[arg(long)]
    year: i16,
    /// The member who answers for it
    #[arg(long, value_name = "CODE")]
    owner: String,
}

#[derive(Debug, Args)]
struct Which {
    /// The code of the objective
    code: String,
    /// The plan's code
    #[arg(long)]
    plan: String,
    /// The metric
    #[arg(long)]
    metric: String,
    /// The unit; the company where absent
    #[arg(long, value_name = "CODE", default_value = "")]
    unit: String,
}

impl Objectives {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let seen = |code: &str| Ok::<i64, Error>(objectives::one(&app, &context, code)?.objective.version);
        match self.act.unwrap_or(Act::List) {
            Act::List => list(&app, &context),
            Act::Add(what) => {
                let made = create(&app, &context, &what.said())?;
                output::line(&format!("{} is kept", made.code))
            }
            Act::Change(what) => {
                let changed = change(&app, &context, &what.said(), seen(&what.code)?)?;
                output::line(&format!("{} is changed", changed.code))
            }
            Act::Link(which) => {
                link(&app, &context, &which.code, &which.target(&app)?, seen(&which.code)?)?;
                output::line(&format!("{} is served by it", which.code))
            }
            Act::Unlink(which) => {
                unlink(&app, &context, &which.code, &which.target(&app)?, seen(&which.code)?)?;
                output::line(&format!("{} is no longer served by it", which.code))
            }
        }
    }
}

impl What {
    fn said(&self) -> Said {
        Said {
            code: self.code.clone(),
            name: self.name.clone(),
            description: self.description.clone(),
            year: self.year,
            owner: self.owner.clone(),
        }
    }
}

impl Which {
    fn target(&self, app: &App) -> Result<Target> {
        let metric = read_metric(app, &mut app.store.read()?, &self.metric)?;
        Ok(Target { plan: self.plan.clone(), metric, unit: self.unit.clone() })
    }
}

fn list(app: &App, context: &Context) -> Result<()> {
    let found = coverage(app, context)?;
    let one = |own: &objectives::Served| {
        json!({
            "code": own.objective.code, "name": own.objective.name, "description": own.objective.description,
            "year": own.objective.year, "owner": own.objective.owner, "version": own.objective.version,
            "targets": own.targets.iter().map(target).collect::<Vec<_>>(),
        })
    };
    output::json(&json!({
        "objectives": found.objectives.iter().map(one).collect::<Vec<_>>(),
        "uncovered": found.uncovered.iter().map(target).collect::<Vec<_>>(),
    }))
}

fn target(own: &Serving) -> Value {
    json!({
        "plan": own.plan, "metric": own.metric.code(), "unit": own.unit,
        "amount": own.amount.map(|amount| written(own.metric, amount)),
    })
}

/// Qualitative targets, which a named person scores in the application.
#[derive(Debug, Args)]
pub struct Rubrics {
    #[command(subcommand)]
    act: Option<RubricAct>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum RubricAct {
    /// All of them with their scores, as JSON
    List,
    /// Set one
    Set(New),
}

#[derive(Debug, Args)]
struct New {
    /// What is asked for
    name: String,
    /// Who carries it
    #[arg(long, value_name = "unit:CODE")]
    owner: String,
    /// The member who scores it
    #[arg(long, value_name = "CODE")]
    rater: String,
    /// The first month
    #[arg(long, value_name = "YYYY-MM")]
    from: String,
    /// The last month
    #[arg(long, value_name = "YYYY-MM")]
    to: String,
    /// The score to be reached, 1 to 5
    #[arg(long)]
    target: i64,
    /// What each level means, the lowest first; five times
    #[arg(long = "level", value_name = "TEXT", required = true)]
    levels: Vec<String>,
}

impl Rubrics {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        match self.act.unwrap_or(RubricAct::List) {
            RubricAct::List => output::json(&json!({ "rubrics": every(&app, &context)? })),
            RubricAct::Set(new) => {
                let id = rubrics::set(&app, &context, &new.read()?)?;
                output::line(&format!("{id} is set"))
            }
        }
    }
}

fn every(app: &App, context: &Context) -> Result<Vec<Value>> {
    let (mut below, mut all) = (None, Vec::new());
    loop {
        let part = rubrics::list(app, context, below, PART)?;
        all.extend(part.rubrics.iter().map(RubricView::json));
        below = part.older;
        if below.is_none() {
            return Ok(all);
        }
    }
}

impl New {
    fn read(&self) -> Result<NewRubric> {
        let month = |text: &str| text.parse().map_err(|_| Error::Usage(format!("not a month: {text}")));
        let levels: [String; LEVELS] = self
            .levels
            .clone()
            .try_into()
            .map_err(|_| Error::Usage(format!("--level is given {LEVELS} times")))?;
        Ok(NewRubric {
            name: self.name.clone(),
            owner: self.owner.parse()?,
            rater: self.rater.clone(),
            months: (month(&self.from)?, month(&self.to)?),
            target: Score::try_from(self.target).map_err(|wrong| Error::Usage(wrong.to_string()))?,
            levels,
        })
    }
}
