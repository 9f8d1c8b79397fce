//! Says what to do when the fonts are missing; fetches nothing itself.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let fonts = "../../assets/fonts";
    println!("cargo::rerun-if-changed={fonts}");
    if Path::new(fonts).join("NotoSerifSC_400Regular.ttf").exists() {
        return ExitCode::SUCCESS;
    }
    println!("cargo::error=the fonts of paper are missing: run `make assets`");
    ExitCode::FAILURE
}
