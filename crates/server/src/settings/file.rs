//! `dacheng.toml`: what it says becomes the default of the flag of the same name, so that a flag or a variable of the
//! environment wins. An unknown key and a value that does not fit are refused with file and line.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{Arg, Command};
use dacheng_app::{Error, Result};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The file that is looked for in the working folder.
const USUAL: &str = "dacheng.toml";

/// What one key says: the values of a flag, and the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Said {
    key: String,
    values: Vec<String>,
    line: usize,
}

/// The commands with the defaults that the file says, where there is one.
pub fn applied(commands: Command, words: &[OsString]) -> Result<Command> {
    let named = named(words).or_else(|| std::env::var_os("DACHENG_CONFIG").map(PathBuf::from));
    let path = named.clone().unwrap_or_else(|| PathBuf::from(USUAL));
    match std::fs::read_to_string(&path) {
        Ok(text) => with(commands, &path, &text),
        Err(wrong) if named.is_none() && wrong.kind() == std::io::ErrorKind::NotFound => Ok(commands),
        Err(wrong) => Err(Error::Usage(format!("{}: {wrong}", path.display()))),
    }
}

/// The file that `--config` names.
fn named(words: &[OsString]) -> Option<PathBuf> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == "--config" {
            return words.next().map(PathBuf::from);
        }
        if let Some(path) = word.to_str().and_then(|word| word.strip_prefix("--config=")) {
            return Some(PathBuf::from(path));
        }
    }
    None
}

/// The commands with the defaults that a text says.
fn with(commands: Command, path: &Path, text: &str) -> Result<Command> {
    let refused =
        |line: usize, reason: &str| Error::Usage(format!("{}: line {line}: {reason}", path.display()));
    let known = keys(&commands);
    let mut commands = commands;
    for said in read(text).map_err(|(line, reason)| refused(line, &reason))? {
        let Some(setting) = known.iter().find(|setting| setting.get_id() == said.key.as_str()) else {
            return Err(refused(said.line, &format!("unknown setting {}", said.key)));
        };
        if said.values.iter().all(String::is_empty) {
            continue;
        }
        fits(setting, &said.values)
            .map_err(|reason| refused(said.line, &format!("{}: {reason}", said.key)))?;
        commands = set(commands, &said);
    }
    Ok(commands)
}

/// Every setting: what has a variable in the environment, once.
pub fn keys(commands: &Command) -> Vec<Arg> {
    let own = commands.get_arguments().filter(|argument| argument.get_env().is_some()).cloned();
    let mut keys: Vec<Arg> = own.chain(commands.get_subcommands().flat_map(keys)).collect();
    let mut seen = std::collections::BTreeSet::new();
    keys.retain(|key| seen.insert(key.get_id().to_string()));
    keys
}

/// Makes what a key says the default of every flag of this name that is a setting.
fn set(commands: Command, said: &Said) -> Command {
    let is_setting = |argument: &Arg| argument.get_id() == said.key.as_str() && argument.get_env().is_some();
    let mut commands = commands;
    if commands.get_arguments().any(is_setting) {
        commands = commands.mut_arg(&said.key, |argument| argument.default_values(said.values.clone()));
    }
    let below: Vec<String> = commands.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    below.iter().fold(commands, |commands, name| commands.mut_subcommand(name, |below| set(below, said)))
}

/// Whether a flag takes the values.
fn fits(setting: &Arg, values: &[String]) -> std::result::Result<(), String> {
    let alone = setting.clone().default_values(Vec::<String>::new()).env(None::<&str>).long("key");
    let alone = alone.default_missing_value(None::<&str>);
    let words = std::iter::once(USUAL.to_owned()).chain(values.iter().map(|value| format!("--key={value}")));
    let is_list = setting.get_value_delimiter().is_some();
    if values.len() > 1 && !is_list {
        return Err("one value only".to_owned());
    }
    let alone = if is_list { alone.action(clap::ArgAction::Append) } else { alone };
    match Command::new(USUAL).arg(alone).try_get_matches_from(words) {
        Ok(_) => Ok(()),
        Err(wrong) => Err(reason(&wrong, values)),
    }
}

/// Why a value does not fit, without clap's words about flags.
fn reason(wrong: &clap::Error, values: &[String]) -> String {
    let possible = wrong.get(clap::error::ContextKind::ValidValue);
    match (wrong.kind(), possible) {
        (ErrorKind::InvalidValue, Some(possible)) => format!("{} is none of {possible}", values.join(", ")),
        _other => match std::error::Error::source(wrong) {
            Some(source) => format!("{}: {source}", values.join(", ")),
            None => format!("{} does not fit", values.join(", ")),
        },
    }
}

fn read(text: &str) -> std::result::Result<Vec<Said>, (usize, String)> {
    let line = |at: usize| text[..at.min(text.len())].matches('\n').count() + 1;
    let table = DeTable::parse(text)
        .map_err(|wrong| (line(wrong.span().map_or(0, |span| span.start)), wrong.message().to_owned()))?;
    let mut said = Vec::new();
    for (key, value) in table.get_ref() {
        let at = line(key.span().start);
        let values = values(value)
            .ok_or_else(|| (at, format!("{}: a text, a number, true or false", key.get_ref())))?;
        said.push(Said { key: key.get_ref().to_string(), values, line: at });
    }
    said.sort_by_key(|said| said.line);
    Ok(said)
}

/// The texts of a value; a list has several.
fn values(value: &Spanned<DeValue<'_>>) -> Option<Vec<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(vec![text.to_string()]),
        DeValue::Integer(number) => Some(vec![number.as_str().to_owned()]),
        DeValue::Boolean(truth) => Some(vec![truth.to_string()]),
        DeValue::Datetime(day) => Some(vec![day.to_string()]),
        DeValue::Array(list) => {
            let each: Option<Vec<Vec<String>>> = list.iter().map(values).collect();
            each.map(|each| each.concat())
        }
        DeValue::Float(_) | DeValue::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(text: &str) -> String {
        use clap::CommandFactory;
        let commands = crate::commands::Arguments::command();
        with(commands, Path::new("dacheng.toml"), text).map(drop).unwrap_err().to_string()
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let told = refusal("# ours\nlisten = \"127.0.0.1:1\"\ndatabse = \"sqlite:x.db\"\n");
        assert_eq!(told, "dacheng.toml: line 3: unknown setting databse");
    }

    #[test]
    fn a_value_that_does_not_fit_is_named_with_its_line() {
        assert_eq!(
            refusal("\nlisten = \"here\"\n"),
            "dacheng.toml: line 2: listen: here: invalid socket address syntax"
        );
        let told = refusal("log = \"loud\"\n");
        assert!(told.starts_with("dacheng.toml: line 1: log: loud is none of"), "{told}");
        let told = refusal("stop_within = \"soon\"\n");
        assert!(told.starts_with("dacheng.toml: line 1: stop_within: soon"), "{told}");
        assert!(refusal("[smtp]\nhost = \"x\"\n").starts_with("dacheng.toml: line 1: smtp"));
    }

    #[test]
    fn a_file_that_is_no_toml_is_named_with_its_line() {
        let told = refusal("log = \"info\"\nlisten 127\n");
        assert!(told.starts_with("dacheng.toml: line 2: "), "{told}");
    }
}
