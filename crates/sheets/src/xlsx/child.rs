//! The child process that reads a workbook: its limits and its exit. What it does lives in `cells`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::os::fd::AsFd;
use std::process::ExitCode;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use super::{cells, wire};
use crate::limits::{CHILD_MEMORY, CHILD_SECONDS};

/// Reads the workbook on standard input and sends its rows over standard output to the process that
/// called [`crate::open`] with a [`crate::ChildCommand`]. Call it first thing in `main`, before any thread
/// is started, and exit with its result.
pub fn child_main(sheet: Option<&str>) -> ExitCode {
    match limit_self().and_then(|()| serve(sheet)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Lowers what this process may use: address space, processor time, no file writing, no core dump.
fn limit_self() -> std::io::Result<()> {
    let limits = [
        (Resource::As, CHILD_MEMORY),
        (Resource::Cpu, CHILD_SECONDS),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ];
    for (resource, limit) in limits {
        let limit = getrlimit(resource).maximum.map_or(limit, |present| present.min(limit));
        setrlimit(resource, Rlimit { current: Some(limit), maximum: Some(limit) })?;
    }
    Ok(())
}

fn serve(sheet: Option<&str>) -> std::io::Result<()> {
    let file = File::from(std::io::stdin().as_fd().try_clone_to_owned()?);
    let mut out =
        BufWriter::with_capacity(64 * 1024, File::from(std::io::stdout().as_fd().try_clone_to_owned()?));
    match cells::send(file, sheet, &mut out) {
        Ok(()) => wire::send_end(&mut out)?,
        Err(fault) => wire::send_fault(&mut out, &fault)?,
    }
    out.flush()
}
