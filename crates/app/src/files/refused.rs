//! Why a file is not taken, in a sentence that names it.

use dacheng_domain::files::{LONGEST_NAME, Limits, Media, Refusal, shown};
use dacheng_text::Lang;

use crate::Error;

/// The refusal of a file by the name it was sent under.
pub(super) fn refused(lang: Lang, name: &str, why: Refusal) -> Error {
    Error::refused(sentence(lang, name, why))
}

fn sentence(lang: Lang, name: &str, why: Refusal) -> String {
    let (say, name) = (lang.files(), shown(name, LONGEST_NAME));
    match why {
        Refusal::NoName => say.no_name().to_owned(),
        Refusal::Empty => say.empty(name),
        Refusal::TooLarge(most) => say.too_large(name, size(most)),
        Refusal::TooMany(most) => say.too_many(name, most),
        Refusal::NotTaken => say.not_taken(name, kinds(lang)),
        Refusal::NotWhatItSays(media) => say.not_what_it_says(name, kind(media)),
        Refusal::Macros => say.macros(name),
        Refusal::TwoAtOnce => say.two_at_once(name),
    }
}

/// What is said of a file that was larger than it may be, and not kept.
pub fn too_large(lang: Lang, name: &str, limits: Limits) -> String {
    sentence(lang, name, Refusal::TooLarge(limits.bytes))
}

/// The refusal of a file of which no byte came.
pub fn empty(lang: Lang, name: &str) -> Error {
    refused(lang, name, Refusal::Empty)
}

/// The kinds that are taken, as everybody calls them.
pub fn kinds(lang: Lang) -> String {
    Media::ALL.map(kind).join(lang.dates().comma())
}

const fn kind(media: Media) -> &'static str {
    match media {
        Media::Pdf => "PDF",
        Media::Png => "PNG",
        Media::Jpeg => "JPEG",
        Media::Webp => "WebP",
        Media::Xlsx => "XLSX",
        Media::Docx => "DOCX",
        Media::Pptx => "PPTX",
        Media::Csv => "CSV",
        Media::Txt => "TXT",
    }
}

fn size(bytes: u64) -> String {
    format!("{} MB", bytes >> 20)
}
