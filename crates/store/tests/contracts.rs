//! Every public function of `store` has a contract test: what this folder does not call is named here.

#![expect(clippy::unwrap_used, reason = "a test stops where something fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Functions without a contract test yet. The list only shrinks.
const UNTESTED: [&str; 0] = [];

/// A public function: `module::name`, or `Type::name` where it is a method.
struct Function {
    owner: String,
    name: String,
}

impl Function {
    fn full_name(&self) -> String {
        format!("{}::{}", self.owner, self.name)
    }

    fn is_method(&self) -> bool {
        self.owner.starts_with(char::is_uppercase)
    }

    /// Whether a test calls it: by its full name, as a method, or by its name alone where the test imports it.
    fn is_called(&self, test: &str) -> bool {
        let called = |name: &str| {
            test.match_indices(name).any(|(at, _)| {
                let rest = &test[at + name.len()..];
                let inside = test[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_');
                (!inside || name.starts_with('.')) && (rest.starts_with('(') || rest.starts_with("::<"))
            })
        };
        let imported = || {
            let imports = format!("dacheng_store::{}::{{", self.owner);
            let list = test.split_once(&imports).and_then(|(_, rest)| rest.split_once('}'));
            list.is_some_and(|(list, _)| list.split(',').any(|name| name.trim() == self.name))
        };
        called(&self.full_name())
            || (self.is_method() && called(&format!(".{}", self.name)))
            || (imported() && called(&self.name))
    }
}

fn sources(folder: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push(path);
            }
        }
    }
    found
}

/// The room a file lives in: `facts/pages.rs` shows its functions as `facts::…`.
fn module(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().into_owned();
    first.trim_end_matches(".rs").to_owned()
}

/// The type of an `impl` line, without what is generic.
fn implemented(line: &str) -> Option<&str> {
    let head = line.strip_prefix("impl")?;
    let of = head.rsplit_once(" for ").map_or(head, |(_, of)| of);
    of.split(|end: char| !end.is_alphanumeric() && end != '_')
        .find(|word| word.starts_with(char::is_uppercase))
}

fn functions(path: &Path) -> Vec<Function> {
    let (text, module) = (fs::read_to_string(path).unwrap(), module(path));
    let mut owner = module.clone();
    let mut found = Vec::new();
    for line in text.lines() {
        if let Some(of) = implemented(line) {
            of.clone_into(&mut owner);
        }
        let public = line.trim_start().strip_prefix("pub ").map(|rest| rest.trim_start_matches("const "));
        if let Some(rest) = public.and_then(|rest| rest.strip_prefix("fn ")) {
            let name = rest.split(['(', '<']).next().unwrap().to_owned();
            let owner = if line.starts_with(' ') { owner.clone() } else { module.clone() };
            found.push(Function { owner, name });
        }
    }
    found
}

#[test]
fn every_public_function_is_called_by_a_test_on_both_engines() {
    let tests: Vec<String> = sources("tests")
        .iter()
        .filter(|path| !path.ends_with("contracts.rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .filter(|text| text.contains("on_both(|store|"))
        .collect();
    let functions: Vec<Function> = sources("src").iter().flat_map(|path| functions(path)).collect();
    assert!(functions.len() > 100, "the sources were not read");
    let is_tested = |function: &Function| tests.iter().any(|test| function.is_called(test));
    let missing: BTreeSet<String> = functions
        .iter()
        .filter(|function| function.owner != "testing" && !is_tested(function))
        .map(Function::full_name)
        .collect();
    let listed: BTreeSet<String> = UNTESTED.iter().map(|&name| name.to_owned()).collect();
    let (new, old) = (&missing - &listed, &listed - &missing);
    assert!(new.is_empty(), "without a contract test: {new:?}");
    assert!(old.is_empty(), "tested or gone, take it off the list: {old:?}");
}
