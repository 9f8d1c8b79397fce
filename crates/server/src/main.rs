//! The binary `dacheng`: commands, configuration and wiring. Rules live in `domain`, use cases in `app`.

mod commands;
mod exit;
mod output;
mod program;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    // A workbook is read by a child that limits itself before anything else.
    let mut words = std::env::args().skip(1);
    if words.next().as_deref() == Some(program::READ_WORKBOOK) {
        let sheet = words.skip_while(|word| word != "--").nth(1);
        return dacheng_sheets::xlsx::child_main(sheet.as_deref());
    }
    let arguments = commands::Arguments::parse();
    exit::report(commands::run(arguments))
}
