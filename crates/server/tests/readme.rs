//! What README.md shows on the command line is what the program prints: its files are written, its commands run in
//! a shell, their output compared line by line.
#![allow(clippy::unwrap_used, reason = "a test stops where it fails")]

use std::path::Path;
use std::process::Command;

/// The fenced blocks of a kind, in order.
fn blocks<'t>(text: &'t str, kind: &str) -> Vec<&'t str> {
    let fence = format!("```{kind}\n");
    text.split(fence.as_str()).skip(1).map(|rest| rest.split("```").next().unwrap()).collect()
}

/// Runs a script beside the program, as a person does, and answers what a terminal would show.
fn run(folder: &Path, script: &str) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_dacheng"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let script = format!("exec 2>&1\nexport DACHENG_DATABASE=sqlite:try.db\n{script}");
    let done =
        Command::new("bash").args(["-c", &script]).current_dir(folder).env("PATH", path).output().unwrap();
    String::from_utf8(done.stdout).unwrap()
}

/// A block's commands, each with the lines it is said to print.
fn commands(block: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((_, printed))) => printed.extend([line.trim_end(), "\n"]),
            (None, None) => panic!("a block begins with a command: {line}"),
        }
    }
    commands
}

fn trimmed(text: &str) -> String {
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

#[test]
fn the_readme_shows_what_the_program_prints() {
    let readme =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = blocks(&readme, "sh").into_iter().find(|block| block.contains("cat > units.csv")).unwrap();
    assert_eq!(run(folder.path(), files), "");
    let mut shown = 0;
    for (command, printed) in blocks(&readme, "console").into_iter().flat_map(commands) {
        assert_eq!(trimmed(&run(folder.path(), &command)), printed, "$ {command}");
        shown += 1;
    }
    assert!(shown >= 10, "{shown} commands");
}
