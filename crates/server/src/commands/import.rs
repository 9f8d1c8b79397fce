//! `import` and `undo`.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use dacheng_app::calendar::import as days;
use dacheng_app::facts::import::{Effect, Outcome, Request, import};
use dacheng_app::facts::lookups::written_out;
use dacheng_app::facts::problems::{MOST, RowProblem};
use dacheng_app::facts::subject::Subject;
use dacheng_app::facts::undo::undo;
use dacheng_app::planning::market;
use dacheng_app::{App, Context, Error, Result};
use dacheng_store::imports::Counts;
use dacheng_text::Lang;
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};

use crate::output;
use crate::program::workbooks;
use crate::settings::Settings;

/// Import files of one kind: all of it or nothing.
#[derive(Debug, Args)]
pub struct Import {
    /// units, members, employments, products, customers, orders, `order_lines`, `order_shares`, returns, receivables,
    /// payments, opportunities, visits, surveys, complaints, leaves, trainings, scores, summaries, calendar, targets
    kind: String,
    /// CSV or XLSX files; several are imported in order, and all but a calendar are undone if one is refused
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// A mapping file that names the column or expression of each field
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,
    /// Only say what would happen
    #[arg(long)]
    dry_run: bool,
    /// How the outcome is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line a file.
    Text,
    /// JSON.
    Json,
}

impl Import {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        if self.kind == super::import_targets::KIND {
            return self.targets();
        }
        let subject: Subject = self.kind.parse()?;
        if !subject.is_undone() && self.map.is_some() {
            return Err(Error::Usage(format!("{} takes no --map", subject.name())));
        }
        let mapping = self.map.as_deref().map(read_text).transpose()?;
        let app = self.settings.create()?;
        let context = self.settings.operator(&app);
        let mut done: Vec<i64> = Vec::new();
        for file in &self.files {
            let outcome = self.one(&app, &context, subject, file, mapping.as_deref());
            let refused = outcome.as_ref().map_or(true, |outcome| !outcome.problems.is_empty());
            if refused && subject.is_undone() {
                for import in done.iter().rev() {
                    undo(&app, &context, *import)?;
                }
            }
            let outcome = outcome?;
            done.extend(outcome.import);
            self.say(subject, file, &outcome)?;
            if refused {
                return Err(refusal(file, &outcome.problems, context.lang));
            }
        }
        Ok(())
    }

    /// Targets are no facts: they go into plans, one file at a time, as several would not be one change.
    fn targets(&self) -> Result<()> {
        let [file] = self.files.as_slice() else {
            return Err(Error::Usage("targets: one file at a time".to_owned()));
        };
        let mapping = self.map.as_deref().map(read_text).transpose()?;
        let effect = if self.dry_run { Effect::DryRun } else { Effect::Write };
        let app = self.settings.create()?;
        let context = self.settings.operator(&app);
        let imported = super::import_targets::import(&app, &context, file, mapping.as_deref(), effect)?;
        match self.format {
            Format::Json => output::json(&super::import_targets::json(file, &imported))?,
            Format::Text if imported.problems.is_empty() => {
                output::line(&super::import_targets::line(file, &imported, effect))?;
            }
            Format::Text => {}
        }
        if imported.problems.is_empty() {
            Ok(())
        } else {
            Err(refusal(file, &imported.problems, context.lang))
        }
    }

    fn one(
        &self,
        app: &App,
        context: &Context,
        subject: Subject,
        file: &Path,
        mapping: Option<&str>,
    ) -> Result<Outcome> {
        let name = file
            .file_name()
            .map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into_owned());
        let effect = if self.dry_run { Effect::DryRun } else { Effect::Write };
        let workbooks = workbooks()?;
        let kind = match subject {
            Subject::Facts(kind) => kind,
            Subject::Calendar => {
                let days = days::File { path: file, name: &name, workbooks: &workbooks };
                return days::import(app, context, &days, effect);
            }
            Subject::MarketNotes => {
                let notes = market::File { path: file, name: &name, workbooks: &workbooks };
                return market::import(app, context, &notes, effect);
            }
        };
        let folder = file.parent().unwrap_or(Path::new(""));
        let mapping = mapping.map(|text| written_out(text, folder, &workbooks, context.lang)).transpose()?;
        let mapping = mapping.as_deref();
        let request = Request { kind, path: file, name: &name, mapping, effect, workbooks: &workbooks };
        if !std::io::stderr().is_terminal() {
            return import(app, context, &request, &mut |_| {});
        }
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {bytes}/{total_bytes} {eta}") {
            bar.set_style(style);
        }
        bar.set_message(name.clone());
        let outcome = import(app, context, &request, &mut |counts: &Counts| {
            bar.set_length(u64::try_from(counts.bytes_total).unwrap_or(0));
            bar.set_position(u64::try_from(counts.bytes_done).unwrap_or(0));
        });
        bar.finish_and_clear();
        outcome
    }

    fn say(&self, subject: Subject, file: &Path, outcome: &Outcome) -> Result<()> {
        let counts = outcome.counts;
        match self.format {
            Format::Json => output::json(&outcome_json(subject, file, outcome)),
            Format::Text if outcome.problems.is_empty() => output::line(&format!(
                "{}: {} read, {} added, {} changed, {} unchanged, {} skipped{}",
                file.display(),
                counts.read,
                counts.added,
                counts.changed,
                counts.unchanged,
                counts.skipped,
                outcome.import.map_or(" (dry run)".to_owned(), |import| format!(" (import {import})")),
            )),
            Format::Text => Ok(()),
        }
    }
}

fn outcome_json(subject: Subject, file: &Path, outcome: &Outcome) -> Value {
    let counts = outcome.counts;
    json!({
        "kind": subject.name(), "file": file.display().to_string(), "import": outcome.import,
        "read": counts.read, "added": counts.added, "changed": counts.changed, "unchanged": counts.unchanged,
        "skipped": counts.skipped, "ignored": outcome.sums.ignored, "problems": outcome.problems,
    })
}

/// One line a problem, with file, row and column.
pub(super) fn refusal(file: &Path, problems: &[RowProblem], lang: Lang) -> Error {
    let line = |problem: &RowProblem| {
        let row = problem.row.map_or_else(String::new, |row| format!(": row {row}"));
        let column = problem.column.as_ref().map_or_else(String::new, |column| format!(", column {column}"));
        let value = if problem.value.is_empty() { String::new() } else { format!(" ({})", problem.value) };
        format!("{}{row}{column}{value}: {}", file.display(), problem.reason)
    };
    let mut lines: Vec<String> = problems.iter().map(line).collect();
    if lines.len() >= MOST {
        lines.push(lang.problems().too_many(MOST));
    }
    Error::Refused(lines)
}

fn read_text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|wrong| Error::Usage(format!("{}: {wrong}", path.display())))
}

/// Undo an import.
#[derive(Debug, Args)]
pub struct Undo {
    /// The import's number
    import: i64,
    #[command(flatten)]
    settings: Settings,
}

impl Undo {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        undo(&app, &self.settings.operator(&app), self.import)
    }
}
