//! What no template, style sheet or script may contain, read from the sources.

#![expect(clippy::unwrap_used, reason = "a failing test may stop anywhere")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every file below a folder whose name has the ending, with its text.
fn sources(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{folder} holds no {ending}");
    found
}

/// Templates, and Rust sources for the templates inside them; tests and samples left out.
fn templates() -> Vec<(PathBuf, String)> {
    let mut all = sources("src", "html");
    all.extend(sources("src", "rs").into_iter().filter(|(path, _)| !path.ends_with("sentence.rs")));
    all
}

/// The lines that a test objects to, for its message.
fn lines(files: &[(PathBuf, String)], wrong: impl Fn(&str) -> bool) -> Vec<(&Path, &str)> {
    let lines =
        files.iter().flat_map(|(path, text)| text.lines().map(move |line| (path.as_path(), line.trim())));
    lines.filter(|(_, line)| wrong(line)).collect()
}

#[test]
fn nothing_needs_an_exception_from_the_content_security_policy() {
    let forbidden = [" style=", "<style", " hx-on", "js:", "javascript:"];
    let files = templates();
    let found = lines(&files, |line| {
        let handler = line.split(' ').any(|word| {
            word.strip_prefix("on").is_some_and(|rest| {
                rest.split_once("=\"")
                    .is_some_and(|(event, _)| event.chars().all(|letter| letter.is_ascii_lowercase()))
            })
        });
        let inline =
            line.contains("<script") && !line.contains(" src=") && !line.contains("application/json");
        let filter = line
            .split("hx-trigger=\"")
            .skip(1)
            .any(|rest| rest.split('"').next().is_some_and(|value| value.contains('[')));
        handler || inline || filter || forbidden.iter().any(|word| line.contains(word))
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn chinese_sentences_have_chinese_punctuation() {
    let chinese = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
    let mut files = templates();
    files.extend(sources("../text/texts", "toml"));
    let found = lines(&files, |line| {
        let letters: Vec<char> = line.chars().collect();
        letters.windows(3).any(|three| {
            chinese(three[0])
                && matches!(three[1], ',' | ';' | ':' | '?' | '!' | '(' | ')')
                && chinese(three[2])
        })
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_tokens_name_colours() {
    let mut files = sources("../../assets/css", "css");
    files.retain(|(path, _)| !path.ends_with("tokens.css") && !path.ends_with("dark.css"));
    files.extend(templates());
    let found = lines(&files, |line| {
        let function = ["rgb(", "rgba(", "hsl(", "oklch("].iter().any(|name| line.contains(name));
        let hash = line.split('#').skip(1).any(|rest| {
            let digits = rest.chars().take_while(char::is_ascii_hexdigit).count();
            let ends =
                rest.chars().nth(digits).is_none_or(|next| matches!(next, ';' | ' ' | '"' | ')' | ','));
            matches!(digits, 3 | 4 | 6 | 8) && ends
        });
        function || hash
    });
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_sprite_holds_the_icons_that_are_used() {
    let list =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/icons.txt")).unwrap();
    let listed: BTreeSet<&str> = list.lines().collect();
    let files = templates();
    let quoted: BTreeSet<&str> = files
        .iter()
        .flat_map(|(_, text)| text.split('"').skip(1))
        .filter(|word| listed.contains(word))
        .collect();
    assert_eq!(listed.difference(&quoted).collect::<Vec<_>>(), Vec::<&&str>::new(), "listed and not used");
    for (path, text) in &files {
        for rest in text.split("Icon::of(\"").skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(listed.contains(name), "{}: {name} is not in icons.txt", path.display());
        }
    }
}

#[test]
fn every_form_that_changes_something_carries_its_token() {
    for (path, text) in sources("src", "html") {
        for form in text.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let posts = form.split('>').next().unwrap().contains("method=\"post\"");
            let guarded = ["ui::csrf(", "hidden()", "name=\"csrf\""].iter().any(|mark| form.contains(mark));
            assert!(!posts || guarded, "{}: <form {}", path.display(), form.lines().next().unwrap());
        }
    }
}

#[test]
fn a_file_is_downloaded_and_never_swapped_into_the_page() {
    for (path, text) in sources("src", "html") {
        for link in text.split("<a ").skip(1).filter_map(|rest| rest.split("</a>").next()) {
            let file = link.contains("Icon::of(\"download\")") || link.contains("file-spreadsheet");
            assert!(!file || link.contains(" download>"), "{}: <a {link}", path.display());
        }
    }
}
