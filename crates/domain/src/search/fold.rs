//! A text as it is compared: full-width and accents gone, without case, without what is neither letter nor digit, cut
//! into the pieces at which a search may begin.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Characters of a text that are looked at: what comes later is never compared, however long a hostile text is.
pub(super) const TAKEN: usize = 256;
/// Characters of the folded text.
pub(super) const LONGEST: usize = 48;

/// What a character continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// 华: a piece of its own.
    Single,
    /// A word of letters.
    Letters,
    /// A number.
    Digits,
}

impl Class {
    /// `None` for what separates pieces.
    fn of(letter: char) -> Option<Self> {
        match letter {
            _ if !letter.is_alphanumeric() => None,
            _ if stands_alone(letter) => Some(Self::Single),
            _ if letter.is_numeric() => Some(Self::Digits),
            _ => Some(Self::Letters),
        }
    }
}

/// Whether a character is written without spaces around its words: Han, kana, Hangul.
pub(super) fn stands_alone(letter: char) -> bool {
    letter >= '\u{2E80}'
}

/// The pieces of a text: `华东Sales 2` has `华`, `东`, `sales`, `2`. Together at most [`LONGEST`] characters.
pub(super) fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before = None;
    let lower = text.chars().take(TAKEN).nfkd().flat_map(char::to_lowercase);
    let mut length = 0;
    for letter in lower.filter(|letter| !is_combining_mark(*letter)).nfc() {
        let class = Class::of(letter);
        match (class, pieces.last_mut()) {
            (None, _) => {}
            _ if length == LONGEST => break,
            (Some(Class::Letters | Class::Digits), Some(piece)) if class == before => piece.push(letter),
            (Some(_), _) => pieces.push(letter.to_string()),
        }
        length += usize::from(class.is_some());
        before = class;
    }
    pieces
}

/// A text in one piece, as it is compared.
pub(super) fn folded(text: &str) -> String {
    pieces(text).concat()
}
