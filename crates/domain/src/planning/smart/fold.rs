//! A sentence in one spelling: full-width forms and letters of both cases are the same.

use unicode_normalization::UnicodeNormalization;

/// Characters of a sentence that are read; the rest is not looked at.
pub const LONGEST: usize = 500;

/// The characters of a text, normalised, in small letters. A sign that would turn into digits nobody typed as digits
/// (`5²`, `½`) becomes a space, as everywhere numbers are read ([`crate::number`]).
pub(super) fn folded(text: &str) -> Vec<char> {
    let mut found = Vec::with_capacity(LONGEST);
    for letter in text.chars().take(LONGEST) {
        if becomes_a_digit(letter) {
            found.push(' ');
            continue;
        }
        found.extend(std::iter::once(letter).nfkc().map(small));
    }
    found.truncate(2 * LONGEST);
    found
}

fn small(letter: char) -> char {
    match letter {
        '\u{2212}' | '–' | '—' | '~' | '〜' => '-',
        '\n' | '\r' => ';',
        other if other.is_whitespace() || other.is_control() => ' ',
        other => other.to_ascii_lowercase(),
    }
}

fn becomes_a_digit(letter: char) -> bool {
    !letter.is_ascii()
        && !('０'..='９').contains(&letter)
        && std::iter::once(letter).nfkc().any(|folded| folded.is_ascii_digit())
}
