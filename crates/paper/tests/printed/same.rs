//! The same data is the same bytes: again, beside others, in another process.

use std::process::Command;
use std::{env, fs, thread};

use dacheng_paper::{Form, Sheet};
use dacheng_text::Lang;

use super::samples::{everywhere, long, pdf, sheet};

/// Where the other process writes.
const ANOTHER: &str = "PAPER_OF_ANOTHER_PROCESS";

fn sample() -> Sheet {
    let mut blocks = everywhere("新客户拓展慢");
    blocks.push(long(40));
    sheet(Lang::Zh, Form::Across, blocks)
}

#[test]
fn the_same_data_is_the_same_bytes_also_beside_others() {
    let alone = pdf(&sample());
    for _ in 0..12 {
        pdf(&sheet(Lang::En, Form::Upright, everywhere("another one")));
    }
    assert_eq!(alone, pdf(&sample()));
    let beside: Vec<_> = (0..4).map(|_| thread::spawn(|| pdf(&sample()))).collect();
    for paper in beside {
        assert_eq!(alone, paper.join().unwrap());
    }
}

#[test]
fn the_same_data_is_the_same_bytes_in_another_process() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut other = Command::new(env::current_exe().unwrap());
    other.args(["--exact", "same::another_process", "--include-ignored"]).env(ANOTHER, file.path());
    assert!(other.output().unwrap().status.success());
    assert_eq!(fs::read(file.path()).unwrap(), pdf(&sample()));
}

#[test]
#[ignore = "the other process of the test above"]
fn another_process() {
    if let Ok(path) = env::var(ANOTHER) {
        fs::write(path, pdf(&sample())).unwrap();
    }
}
