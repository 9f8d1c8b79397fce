//! The sample of the API's description: the description itself.

use dacheng_text::Lang;

use super::{Sample, sample, shell_at};
use crate::pages::api_docs::{ApiDocsPage, groups};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let shell = shell_at(lang, theme, Room::Me, &[]);
    vec![sample("/api/docs", ApiDocsPage { shell, groups: groups() })]
}
