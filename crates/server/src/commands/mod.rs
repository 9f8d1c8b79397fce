//! The commands, one file each. Names are those of `interface.md`: scripts rely on them.

mod admin;
mod allocate;
mod analysis;
mod attainment;
mod backup;
mod close;
mod company;
mod coverage;
mod deadline;
mod demo;
mod explain;
mod forecast;
mod generate;
mod import;
mod import_targets;
mod jobs;
mod metric;
mod objectives;
mod operation;
mod people_forecast;
mod plan;
mod plan_owners;
mod proposal;
mod scenarios;
mod serve;
mod smart;

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
    /// A believable company, served: prints the address and who can sign in
    Demo(demo::Demo),
    /// The server
    Serve(serve::Serve),
    /// Accounts
    Admin(admin::Admin),
    /// Import files of one kind: all of it or nothing
    Import(import::Import),
    /// Undo an import
    Undo(import::Undo),
    /// Actual, target and attainment by any dimension
    Attainment(attainment::Attainment),
    /// Three years side by side, seasonality, parts, concentration and team
    Analysis(analysis::Analysis),
    /// One figure with the facts it is made of
    Explain(explain::Explain),
    /// What a period comes to: P10, P50, P90 and the chance of any amount
    Forecast(forecast::Forecast),
    /// The company's own metrics: listed, defined, changed, retired, and their values by hand
    Metric(metric::Metric),
    /// What people say a period will come to, rolled up
    PeopleForecast(people_forecast::PeopleForecast),
    /// How far weighted open opportunities cover what a period lacks
    Coverage(coverage::Coverage),
    /// Break a total down: the solver alone, JSON in and out
    Allocate(allocate::Allocate),
    /// A target as people write it, read and judged
    Smart(smart::Smart),
    /// The last day of a number of working days
    Deadline(deadline::Deadline),
    /// A giant company as CSV, for load tests and benchmarks
    Generate(generate::Generate),
    /// A year's targets: set, broken down, put in force
    Plan(plan::Plan),
    /// Strategic objectives, and the targets that serve them
    Objectives(objectives::Objectives),
    /// Qualitative targets, which a named person scores
    Rubrics(objectives::Rubrics),
    /// What a plan's year may come to, factor by factor
    Proposal(proposal::Proposal),
    /// Close the months of an imported history
    CloseHistory(close::CloseHistory),
    /// The alerts, open and ended
    Alerts(close::Alerts),
    /// The permission table
    Policy(operation::Policy),
    /// The description of the API, OpenAPI 3.1
    #[command(name = "openapi")]
    OpenApi,
    /// The company's settings
    Company(company::Company),
    /// What runs beside the requests: the list, or one pass
    Jobs(jobs::Jobs),
    /// Bring a database up to date
    Migrate(operation::Migrate),
    /// Write the whole company into one file, while everybody works
    Backup(backup::Backup),
    /// Put a backup into an empty database of either engine: all of it, or nothing
    Restore(backup::Restore),
    /// Compare what is kept with what the facts make
    Verify(operation::Verify),
}

/// Runs a command.
pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::Demo(command) => command.run(),
        Command::Serve(command) => command.run(),
        Command::Admin(command) => command.run(),
        Command::Plan(command) => command.run(),
        Command::Objectives(command) => command.run(),
        Command::Rubrics(command) => command.run(),
        Command::CloseHistory(command) => command.run(),
        Command::Alerts(command) => command.run(),
        Command::Policy(command) => command.run(),
        Command::OpenApi => operation::openapi(),
        Command::Import(command) => command.run(),
        Command::Undo(command) => command.run(),
        Command::Attainment(command) => command.run(),
        Command::Analysis(command) => command.run(),
        Command::Explain(command) => command.run(),
        Command::Forecast(command) => command.run(),
        Command::PeopleForecast(command) => command.run(),
        Command::Coverage(command) => command.run(),
        Command::Proposal(command) => command.run(),
        Command::Allocate(command) => command.run(),
        Command::Smart(command) => command.run(),
        Command::Deadline(command) => command.run(),
        Command::Generate(command) => command.run(),
        Command::Company(command) => command.run(),
        Command::Jobs(command) => command.run(),
        Command::Metric(command) => command.run(),
        Command::Migrate(command) => command.run(),
        Command::Backup(command) => command.run(),
        Command::Restore(command) => command.run(),
        Command::Verify(command) => command.run(),
    }
}
