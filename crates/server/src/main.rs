//! The binary `dacheng`: commands, configuration and wiring. Rules live in `domain`, use cases in `app`.

mod commands;
mod crew;
mod exit;
mod journal;
mod output;
mod program;
mod serving;
mod settings;

use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

fn main() -> ExitCode {
    // A workbook is read by a child that limits itself before anything else.
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() == Some(program::READ_WORKBOOK) {
        let sheet = words.skip_while(|word| word != "--").nth(1);
        return dacheng_sheets::xlsx::child_main(sheet.as_deref());
    }
    exit::report(run())
}

/// Runs the command that was asked for, with the settings of flags, environment and file.
fn run() -> dacheng_app::Result<()> {
    let words: Vec<_> = std::env::args_os().collect();
    let commands = settings::file::applied(commands::Arguments::command(), &words)?;
    let matches = commands.get_matches_from(words);
    let arguments = commands::Arguments::from_arg_matches(&matches).unwrap_or_else(|wrong| wrong.exit());
    commands::run(arguments)
}
