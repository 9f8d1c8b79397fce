//! `jobs` and `jobs run`: what runs beside the requests, and one pass of it for a machine's own scheduler.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use dacheng_app::Result;
use dacheng_app::jobs::{Line, Origin, Place, Runner, State, Stop, list, run_due};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::serve::places;
use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// What runs beside the requests.
#[derive(Debug, Args)]
pub struct Jobs {
    #[command(subcommand)]
    act: Option<Act>,
    /// How the list is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// How many, the newest first
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: u16,
    /// Only those that are waiting, running, done, failed or cancelled
    #[arg(long, value_name = "STATE", value_parser = state_of)]
    state: Option<State>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Act {
    /// Run what is due, then end: for a machine's own scheduler beside or instead of a server
    Run {
        /// Where files wait that are being imported or exported, as for `serve`
        #[arg(long, env = "DACHENG_UPLOADS", value_name = "DIR")]
        uploads: Option<PathBuf>,
        #[command(flatten)]
        settings: Settings,
    },
}

fn state_of(word: &str) -> std::result::Result<State, String> {
    State::of(word).map_err(|wrong| wrong.to_string())
}

impl Jobs {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        match self.act {
            None => self.listed(),
            Some(Act::Run { uploads, settings }) => {
                let app = settings.existing()?;
                let places = places(&settings.database, uploads.as_deref(), &app)?;
                let ran = run_due(&app, &Runner::new(&app, places, Stop::default())?)?;
                output::line(&format!("{ran} jobs ran"))
            }
        }
    }

    fn listed(&self) -> Result<()> {
        let app = self.settings.existing()?;
        let ground = app.memory.ground(&mut app.store.read()?)?;
        let context = self.settings.operator(&app);
        let part = (Place::NEWEST, i64::from(self.limit));
        let lines = list(&app, &context, &ground.organisation, self.state, part)?;
        match self.format {
            Format::Json => output::json(&Value::Array(lines.iter().map(line_json).collect())),
            Format::Table => sheet(&lines).table(),
            Format::Csv => sheet(&lines).csv(),
        }
    }
}

fn origin(line: &Line) -> &'static str {
    match line.origin {
        Origin::Import => "import",
        Origin::Job => "job",
    }
}

fn instant(at: i64) -> String {
    Timestamp::from_millisecond(at).map_or_else(|_| String::new(), |at| at.to_string())
}

fn line_json(line: &Line) -> Value {
    let outcome = line.outcome.as_deref().and_then(|text| serde_json::from_str::<Value>(text).ok());
    json!({
        "origin": origin(line), "id": line.id, "kind": line.kind, "occasion": line.key, "state": line.state.word(),
        "run_at": instant(line.run_at), "attempts": line.attempts, "done": line.done, "total": line.total,
        "outcome": outcome, "error": line.error, "by": line.actor, "created_at": instant(line.created_at),
        "started_at": line.started_at.map(instant), "ended_at": line.ended_at.map(instant),
    })
}

fn sheet(lines: &[Line]) -> Sheet {
    let header = ["origin", "id", "kind", "occasion", "state", "attempts", "by", "created_at", "error"];
    let texts = |line: &Line| {
        vec![
            origin(line).to_owned(),
            line.id.to_string(),
            line.kind.clone(),
            line.key.clone(),
            line.state.word().to_owned(),
            line.attempts.to_string(),
            line.actor.clone(),
            instant(line.created_at),
            line.error.clone().unwrap_or_default(),
        ]
    };
    Sheet { header: header.map(str::to_owned).to_vec(), rows: lines.iter().map(texts).collect() }
}
