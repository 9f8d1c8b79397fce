//! The kinds of file that are taken, and how each is recognised.

use std::io::{Read, Result, Seek, SeekFrom};

use serde::{Deserialize, Serialize};

use super::{Refusal, archive, text};

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Media {
    /// A document as it is printed.
    Pdf,
    /// A picture, as of a screen.
    Png,
    /// A photo.
    Jpeg,
    /// A picture, as some phones and chats send it.
    Webp,
    /// A workbook without macros.
    Xlsx,
    /// A text document without macros.
    Docx,
    /// Slides without macros.
    Pptx,
    /// Rows as text.
    Csv,
    /// Text.
    Txt,
}

impl Media {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Pdf,
        Self::Png,
        Self::Jpeg,
        Self::Webp,
        Self::Xlsx,
        Self::Docx,
        Self::Pptx,
        Self::Csv,
        Self::Txt,
    ];

    /// Endings of its names, lower case; the first is the usual one.
    pub const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Webp => &["webp"],
            Self::Xlsx => &["xlsx"],
            Self::Docx => &["docx"],
            Self::Pptx => &["pptx"],
            Self::Csv => &["csv"],
            Self::Txt => &["txt"],
        }
    }

    /// The kind of an ending, lower case.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.endings().contains(&ending))
    }

    /// Its media type, as HTTP says it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            // Which encoding, nobody knows: the reader's program guesses, as with every such file.
            Self::Csv => "text/csv",
            Self::Txt => "text/plain",
        }
    }
}

/// Bytes at the beginning that tell what a file is.
const HEAD: usize = 16;
/// Bytes at the end within which a PDF says that it ends.
const PDF_END: u64 = 1024;

/// Whether a content is what its name says, in constant memory. A picture or a document that is an archive as well is
/// refused: two programs would see two files.
///
/// # Errors
/// Where the content cannot be read.
pub fn recognise(
    said: Media,
    content: &mut (impl Read + Seek),
) -> Result<std::result::Result<Media, Refusal>> {
    let length = content.seek(SeekFrom::End(0))?;
    if length == 0 {
        return Ok(Err(Refusal::Empty));
    }
    content.rewind()?;
    let mut head = Vec::with_capacity(HEAD);
    content.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let other = Ok(Err(Refusal::NotWhatItSays(said)));
    match said {
        Media::Xlsx | Media::Docx | Media::Pptx => {
            if !head.starts_with(b"PK\x03\x04") {
                return other;
            }
            archive::office(said, content, length)
        }
        Media::Csv | Media::Txt => {
            Ok(if text::is_text(content)? { Ok(said) } else { Err(Refusal::NotWhatItSays(said)) })
        }
        Media::Pdf | Media::Png | Media::Jpeg | Media::Webp => {
            if !begins(said, &head) || (said == Media::Pdf && !ends_as_pdf(content, length)?) {
                return other;
            }
            let is_archive = archive::directory(content, length)?.is_some();
            Ok(if is_archive { Err(Refusal::TwoAtOnce) } else { Ok(said) })
        }
    }
}

fn begins(said: Media, head: &[u8]) -> bool {
    match said {
        Media::Pdf => head.starts_with(b"%PDF-1.") || head.starts_with(b"%PDF-2."),
        Media::Png => head.starts_with(b"\x89PNG\r\n\x1a\n") && head.get(12..16) == Some(b"IHDR"),
        Media::Jpeg => head.starts_with(b"\xff\xd8\xff"),
        Media::Webp => head.starts_with(b"RIFF") && head.get(8..12) == Some(b"WEBP"),
        Media::Xlsx | Media::Docx | Media::Pptx | Media::Csv | Media::Txt => false,
    }
}

fn ends_as_pdf(content: &mut (impl Read + Seek), length: u64) -> Result<bool> {
    content.seek(SeekFrom::Start(length.saturating_sub(PDF_END)))?;
    let mut tail = Vec::new();
    content.by_ref().take(PDF_END).read_to_end(&mut tail)?;
    Ok(tail.windows(5).any(|window| window == b"%%EOF"))
}
