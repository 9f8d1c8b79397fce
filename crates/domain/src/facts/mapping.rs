//! A mapping file: which column or expression fills which field. How it is applied is in [`super::reader`].

use std::collections::BTreeMap;

use serde::Deserialize;

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
    /// Which rows count.
    #[serde(default, rename = "where")]
    pub rows: Rows,
}

/// The `[where]` of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    /// A condition; rows that do not meet it are skipped.
    pub keep: Option<String>,
}
