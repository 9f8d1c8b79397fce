//! The two kinds of file that a list is exported as.

use dacheng_sheets::xlsx::Patterns;
use dacheng_text::Lang;
use serde::{Deserialize, Serialize};

/// As what kind of file a list is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// A workbook for Excel and WPS, with a sheet that explains it.
    Xlsx,
    /// UTF-8 with a byte order mark: rows only.
    #[default]
    Csv,
}

impl Format {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Xlsx, Self::Csv];

    /// The ending of a file's name, without the point.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// The format of an ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// What the web calls it.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// How days and moments look in a workbook of a language.
pub(super) const fn patterns(lang: Lang) -> Patterns {
    match lang {
        Lang::Zh => Patterns::ISO,
        Lang::En => Patterns { day: "d mmm yyyy", moment: "d mmm yyyy hh:mm:ss" },
    }
}
