//! Files that hang on a document (evidence, later letters): what they may be, how large, how many, and their names.
//!
//! What a file is, its content says, never its sender: [`recognise`] looks at how it begins and ends, and its name must
//! agree. Nothing that is packed is ever unpacked. Where files are kept is `store`'s.

mod archive;
mod media;
mod name;
mod text;

pub use media::{Media, recognise};
pub use name::{FileName, LONGEST_NAME, shown};

/// How much may hang on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub bytes: u64,
    /// Files on one document.
    pub files: usize,
}

impl Default for Limits {
    /// 20 MB a file, 10 files a document.
    fn default() -> Self {
        Self { bytes: 20 << 20, files: 10 }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Its name has nothing that could be shown.
    #[error("the name is empty")]
    NoName,
    /// It has no byte.
    #[error("the file is empty")]
    Empty,
    /// It has more bytes than a file may.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// The document has as many files as it may.
    #[error("there are {0} files already")]
    TooMany(usize),
    /// Files of this ending are not taken.
    #[error("this kind is not taken")]
    NotTaken,
    /// It is something else than its name says.
    #[error("it is not what its name says")]
    NotWhatItSays(Media),
    /// It holds macros, whatever its name says.
    #[error("it holds macros")]
    Macros,
    /// It is two kinds of file at once.
    #[error("it is two kinds of file at once")]
    TwoAtOnce,
}

/// What the rules make of a file: its name says a kind that is taken, and its content agrees.
///
/// ```
/// use dacheng_domain::files::{FileName, Media, Refusal, judge};
/// use std::io::Cursor;
/// let photo = [&b"\xff\xd8\xff\xe0"[..], &[0; 20]].concat();
/// let name = FileName::of("现场.jpg").unwrap();
/// assert_eq!(judge(&name, &mut Cursor::new(&photo)).unwrap(), Ok(Media::Jpeg));
/// let page = FileName::of("page.png").unwrap();
/// let judged = judge(&page, &mut Cursor::new(b"<html>")).unwrap();
/// assert_eq!(judged, Err(Refusal::NotWhatItSays(Media::Png)));
/// ```
///
/// # Errors
/// Where the content cannot be read.
pub fn judge(
    name: &FileName,
    content: &mut (impl std::io::Read + std::io::Seek),
) -> std::io::Result<Result<Media, Refusal>> {
    let Some(said) = name.media() else { return Ok(Err(Refusal::NotTaken)) };
    recognise(said, content)
}
