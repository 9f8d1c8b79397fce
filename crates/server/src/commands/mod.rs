//! The commands, one file each. Names are those of `interface.md`: scripts rely on them.

mod allocate;
mod attainment;
mod company;
mod deadline;
mod explain;
mod import;
mod operation;

use clap::{Parser, Subcommand};
use dacheng_app::Result;

/// 达成 Dacheng: sales targets set, broken down, tracked, adjusted and settled.
#[derive(Debug, Parser)]
#[command(name = "dacheng", version, about, long_about = None)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Import files of one kind: all of it or nothing
    Import(import::Import),
    /// Undo an import
    Undo(import::Undo),
    /// Actual, target and attainment by any dimension
    Attainment(attainment::Attainment),
    /// One figure with the facts it is made of
    Explain(explain::Explain),
    /// Break a total down: the solver alone, JSON in and out
    Allocate(allocate::Allocate),
    /// The last day of a number of working days
    Deadline(deadline::Deadline),
    /// The company's settings
    Company(company::Company),
    /// Bring a database up to date
    Migrate(operation::Migrate),
    /// Compare what is kept with what the facts make
    Verify(operation::Verify),
}

/// Runs a command.
pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Import(command) => command.run(),
        Command::Undo(command) => command.run(),
        Command::Attainment(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Allocate(command) => command.run(),
        Command::Deadline(command) => command.run(),
        Command::Company(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::Verify(command) => command.run(),
    }
}
