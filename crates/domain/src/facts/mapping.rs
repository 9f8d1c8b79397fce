//! A mapping file: which column or expression fills which field. How it is applied is in [`super::reader`].

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::expression::Tables;

/// A mapping as its file has it (`interface.md`, "A mapping file"). Names nobody knows are refused.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The character between cells; found out where absent.
    pub delimiter: Option<char>,
    /// The encoding's name; found out where absent.
    pub encoding: Option<String>,
    /// The sheet of a workbook; the first where absent.
    pub sheet: Option<String>,
    /// How dates are written, `%d/%m/%Y` or `dd/MM/yyyy`; the usual forms where absent.
    pub date_format: Option<String>,
    /// A column or an expression for each field; where empty, the header names the fields.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Tables for `lookup` in expressions: what stands for which text.
    #[serde(default)]
    pub lookup: Tables,
    /// Tables that stand in files beside the imported one. Only whoever has the files can read them: a mapping
    /// fits a kind once each is in `lookup`, too.
    #[serde(default)]
    pub lookup_files: BTreeMap<String, LookupFile>,
    /// Which rows count.
    #[serde(default, rename = "where")]
    pub rows: Rows,
}

/// A table in a file: two of its columns.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookupFile {
    /// The file's name; it stands in the folder of the imported file.
    pub file: String,
    /// The column that is looked for.
    pub key: String,
    /// The column that stands for it.
    pub value: String,
}

/// The `[where]` of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// A condition; rows that do not meet it are skipped.
    pub keep: Option<String>,
}
