//! Says what to do when the browser's files have not been built; builds nothing itself.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let manifest = "../../assets/dist/manifest.json";
    println!("cargo::rerun-if-changed={manifest}");
    if Path::new(manifest).exists() {
        return ExitCode::SUCCESS;
    }
    println!("cargo::error=the browser's files are missing: run `make assets`");
    ExitCode::FAILURE
}
