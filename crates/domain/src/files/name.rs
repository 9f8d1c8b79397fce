//! The name of a file: shown and given back, never opened; nothing of it reaches a path or a line of a protocol.

use unicode_normalization::UnicodeNormalization;

use super::{Media, Refusal};

/// Characters of a name at most, its ending included.
pub const LONGEST_NAME: usize = 120;

/// A name that can be shown and saved anywhere, with its ending.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileName(String);

impl FileName {
    /// The name of what was sent under this name.
    ///
    /// ```
    /// use dacheng_domain::files::FileName;
    /// assert_eq!(FileName::of("C:\\照片\\客户 回执.JPG").unwrap().as_str(), "客户 回执.JPG");
    /// assert_eq!(FileName::of("photo\u{202e}gpj.exe").unwrap().as_str(), "photogpj.exe");
    /// ```
    pub fn of(sent: &str) -> Result<Self, Refusal> {
        let name: String = shown(sent, LONGEST_NAME - 1).chars().map(savable).collect();
        // Windows takes neither away nor keeps them: a name that ends so cannot be saved there.
        let name = name.trim_end_matches(['.', ' ']).trim_start();
        let stem = name.split('.').next().unwrap_or_default();
        if name.trim_matches(['.', '_', ' ']).is_empty() {
            return Err(Refusal::NoName);
        }
        Ok(Self(if is_reserved(stem) || stem.is_empty() { format!("_{name}") } else { name.to_owned() }))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What its ending says it is.
    pub fn media(&self) -> Option<Media> {
        let (_, ending) = self.0.rsplit_once('.')?;
        Media::of_ending(&ending.to_ascii_lowercase())
    }
}

/// The last part of a path as any system writes it, of characters that can be seen, at most so many: the stem gives way,
/// the ending stays.
pub fn shown(sent: &str, most: usize) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let seen: String =
        last.nfc().filter(|character| !character.is_control() && !is_invisible(*character)).collect();
    let name = seen.split_whitespace().collect::<Vec<_>>().join(" ");
    let length = name.chars().count();
    if length <= most {
        return name;
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let kept = ending.chars().count() + 1;
    if ending.is_empty() || kept > 10 {
        return name.chars().take(most).collect();
    }
    let stem: String = name.chars().take(most - kept).collect();
    format!("{}.{ending}", stem.trim_end())
}

/// Marks that turn the direction of what follows, or take no room: `exe.csv` must not look like something else.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// What no system refuses in a name.
fn savable(character: char) -> char {
    if matches!(character, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { character }
}

/// Names of devices on Windows, with any ending.
fn is_reserved(stem: &str) -> bool {
    let stem = stem.trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| {
            matches!(rest, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || numbered("COM")
        || numbered("LPT")
}
