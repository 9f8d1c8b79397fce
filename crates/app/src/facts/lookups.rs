//! Lookup tables of a mapping that stand in files beside the imported one: read, and written into the mapping, so
//! that what is kept of an import says everything it was read with.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use dacheng_domain::facts::mapping::{LookupFile, Mapping};
use dacheng_sheets::{ChildCommand, ReadOptions, Record};
use dacheng_text::Lang;

use crate::{Error, Result};

/// The most rows a table may have: it is kept with every import that uses it.
const MOST: usize = 10_000;

/// The text of a mapping with every `[lookup_files.NAME]` also written out as `[lookup.NAME]`, from the files in
/// `folder`. Only for who may read that folder: the command line. Refused where a file cannot be read, lacks a
/// column, or says two things about one key.
pub fn written_out(mapping: &str, folder: &Path, workbooks: &ChildCommand, lang: Lang) -> Result<String> {
    let say = |wrong: String| Error::refused(lang.problems().mapping(wrong));
    let parsed: Mapping = toml::from_str(mapping).map_err(|wrong| say(wrong.to_string()))?;
    let mut text = mapping.to_owned();
    for (name, source) in &parsed.lookup_files {
        let table = table(source, folder, workbooks)
            .map_err(|wrong| say(format!("[lookup_files.{name}] {}: {wrong}", source.file)))?;
        let wrong = |_| Error::Internal("a text could not be written".to_owned());
        write!(text, "\n[lookup.{}]\n", quoted(name)).map_err(wrong)?;
        for (key, value) in table {
            writeln!(text, "{} = {}", quoted(&key), quoted(&value)).map_err(wrong)?;
        }
    }
    Ok(text)
}

/// A text as TOML quotes it: what JSON escapes, and the one control character that JSON leaves.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F")
}

fn table(
    source: &LookupFile,
    folder: &Path,
    workbooks: &ChildCommand,
) -> std::result::Result<BTreeMap<String, String>, String> {
    let name = Path::new(&source.file);
    if name.file_name() != Some(name.as_os_str()) {
        return Err("a file beside the imported one is wanted, without a folder".to_owned());
    }
    let options = ReadOptions::new(workbooks.clone());
    let mut sheet = dacheng_sheets::open(&folder.join(name), &options).map_err(|wrong| wrong.to_string())?;
    let column = |wanted: &str| {
        let found = sheet.header().iter().position(|column| column.trim() == wanted);
        found.ok_or_else(|| format!("the column `{wanted}` is missing"))
    };
    let (key, value) = (column(&source.key)?, column(&source.value)?);
    let mut table = BTreeMap::new();
    let mut record = Record::new();
    while sheet.next(&mut record).map_err(|wrong| wrong.to_string())? {
        let (key, value) = (record.field(key).trim(), record.field(value).trim());
        if key.is_empty() {
            continue;
        }
        let before = table.insert(key.to_owned(), value.to_owned());
        if before.is_some_and(|before| before != value) {
            return Err(format!("row {}: `{key}` stands for two things", record.row()));
        }
        if table.len() > MOST {
            return Err(format!("more than {MOST} rows"));
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(mapping: &str, file: &str) -> Result<Mapping> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("groups.csv"), file).unwrap();
        let workbooks = ChildCommand { program: "false".into(), arguments: Vec::new() };
        let text = written_out(mapping, folder.path(), &workbooks, Lang::En)?;
        Ok(toml::from_str(&text).unwrap())
    }

    const MAPPING: &str = "[lookup_files.group]\nfile = \"groups.csv\"\nkey = \"id\"\nvalue = \"name\"\n";

    #[test]
    fn a_table_in_a_file_becomes_part_of_the_mapping() {
        let mapping =
            read(MAPPING, "id,name\n01,\"Ales \"\"and\"\" beers\"\n2,饮料\n,none\n2,饮料\n").unwrap();
        let table = &mapping.lookup["group"];
        assert_eq!(table.len(), 2);
        assert_eq!((table["01"].as_str(), table["2"].as_str()), ("Ales \"and\" beers", "饮料"));
    }

    #[test]
    fn a_key_with_two_values_a_missing_column_and_a_foreign_folder_are_refused() {
        assert!(read(MAPPING, "id,name\n1,a\n1,b\n").unwrap_err().to_string().contains("two things"));
        assert!(read(MAPPING, "id,title\n1,a\n").unwrap_err().to_string().contains("`name`"));
        for file in ["../groups.csv", "/etc/passwd", "..", ""] {
            let mapping = MAPPING.replace("groups.csv", file);
            assert!(
                read(&mapping, "id,name\n").unwrap_err().to_string().contains("without a folder"),
                "{file}"
            );
        }
    }
}
