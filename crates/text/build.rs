//! Turns `texts/AREA.toml` into one method per text, so that a missing key, a missing language or a missing
//! value is a compile error. Formatting of numbers and dates is not here.

#![expect(clippy::expect_used, reason = "a build script reports by stopping")]

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

use toml::{Table, Value};

/// One text: zh-CN, English, and English for a count of one where it differs.
struct Entry {
    zh: String,
    en: String,
    en_one: Option<String>,
}

fn main() {
    println!("cargo::rerun-if-changed=texts");
    let mut areas: Vec<_> = fs::read_dir("texts")
        .expect("the folder texts")
        .map(|file| file.expect("a file in texts").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .collect();
    areas.sort();
    let code: String = areas.iter().map(|path| area_code(path)).collect();
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("say.rs"), code).expect("OUT_DIR can be written");
}

/// A type per area with a method per text, and the method of `Lang` that opens the area.
fn area_code(path: &Path) -> String {
    let area = path.file_stem().and_then(|stem| stem.to_str()).expect("a plain file name");
    let table: Table = fs::read_to_string(path)
        .expect("a text file")
        .parse()
        .unwrap_or_else(|wrong| panic!("{}: {wrong}", path.display()));
    let type_name: String = area.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect();
    let mut methods = String::new();
    for (key, value) in &table {
        methods += &method_code(key, &entry(value).unwrap_or_else(|wrong| panic!("{area}.{key}: {wrong}")));
    }
    format!(
        "/// The texts of `{area}.toml`.\n#[derive(Debug, Clone, Copy)]\npub struct {type_name}(Lang);\n\
         impl Lang {{\n/// The texts of `{area}.toml`.\npub fn {area}(self) -> {type_name} {{ {type_name}(self) }}\n}}\n\
         impl {type_name} {{\n{methods}}}\n"
    )
}

/// Reads `["zh", "en"]` or `["zh", "en", "en for one"]`; both languages must name the same values.
fn entry(value: &Value) -> Result<Entry, String> {
    let texts: Option<Vec<&str>> = value.as_array().and_then(|list| list.iter().map(Value::as_str).collect());
    let (zh, en, en_one) = match texts.as_deref() {
        Some([zh, en]) => (zh, en, None),
        Some([zh, en, one]) => (zh, en, Some((*one).to_owned())),
        Some(_) | None => return Err("expected [zh, en] or [zh, en, en for one]".to_owned()),
    };
    let (mut in_zh, mut in_en) = (placeholders(zh), placeholders(en));
    in_zh.sort();
    in_en.sort();
    if in_zh != in_en {
        return Err(format!("the languages name different values: {in_zh:?} and {in_en:?}"));
    }
    if en_one.is_some() && !in_zh.contains(&"n".to_owned()) {
        return Err("a text for one needs the value {n}".to_owned());
    }
    Ok(Entry { zh: (*zh).to_owned(), en: (*en).to_owned(), en_one })
}

/// The names between braces, each once, in the order of their first use.
fn placeholders(text: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for part in text.split('{').skip(1) {
        let name = part.split_once('}').unwrap_or_else(|| panic!("unclosed brace in {text}")).0;
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

fn method_code(key: &str, entry: &Entry) -> String {
    let names = placeholders(&entry.zh);
    let Entry { zh, en, en_one } = entry;
    let mut code = format!("/// {zh}\n///\n/// {en}\npub fn {key}(self");
    if names.is_empty() {
        let _ = writeln!(
            code,
            ") -> &'static str {{ match self.0 {{ Lang::Zh => {zh:?}, Lang::En => {en:?} }} }}"
        );
        return code;
    }
    for name in &names {
        let kind = if name == "n" { "impl Into<Count>" } else { "impl Display" };
        let _ = write!(code, ", {name}: {kind}");
    }
    let count = if names.iter().any(|name| name == "n") { "let n: Count = n.into();" } else { "" };
    let one =
        en_one.as_ref().map(|one| format!("Lang::En if n.is_one() => format!({one:?}),")).unwrap_or_default();
    let _ = writeln!(
        code,
        ") -> String {{ {count} match self.0 {{ Lang::Zh => format!({zh:?}), {one} Lang::En => format!({en:?}) }} }}"
    );
    code
}
