//! How pieces of a name are read: pinyin without tones, every reading of a polyphonic character within a bound.

use pinyin::ToPinyinMulti;

use super::fold::stands_alone;

/// Readings of one character that are known.
const OF_A_CHARACTER: usize = 4;
/// Readings of one name; beyond them only the usual reading of the later characters is known.
const OF_A_NAME: usize = 8;

/// A reading of some pieces: in full, and its initials.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Reading {
    /// `huadongdaqu`; words of other alphabets stay as they are.
    pub full: String,
    /// `hddq`.
    pub initials: String,
    /// `hua dong da qu `: whole syllables, so that `li` is 李 before it is 林.
    pub syllables: String,
}

/// The readings of pieces. None where nothing is read by pinyin, or something cannot be read.
pub(super) fn readings(pieces: &[String]) -> Vec<Reading> {
    if !pieces.iter().any(|piece| piece.starts_with(stands_alone)) {
        return Vec::new();
    }
    let mut all = vec![Reading::default()];
    for piece in pieces {
        let Some(own) = of_piece(piece) else { return Vec::new() };
        let own = if all.len() * own.len() > OF_A_NAME { &own[..1] } else { &own[..] };
        all = all.iter().flat_map(|before| own.iter().map(move |next| before.followed_by(next))).collect();
    }
    all
}

impl Reading {
    fn of(syllable: &str, initials: &str) -> Self {
        let (full, initials) = (syllable.to_owned(), initials.to_owned());
        Self { full, initials, syllables: format!("{syllable} ") }
    }

    fn followed_by(&self, next: &Self) -> Self {
        Self {
            full: self.full.clone() + &next.full,
            initials: self.initials.clone() + &next.initials,
            syllables: self.syllables.clone() + &next.syllables,
        }
    }
}

fn of_piece(piece: &str) -> Option<Vec<Reading>> {
    let first = piece.chars().next()?;
    if !stands_alone(first) {
        return Some(vec![Reading::of(piece, piece)]);
    }
    let mut sounds: Vec<String> = Vec::new();
    for sound in first.to_pinyin_multi()?.into_iter().flat_map(|own| typed(own.plain())) {
        if !sound.is_empty() && !sounds.contains(&sound) && sounds.len() < OF_A_CHARACTER {
            sounds.push(sound);
        }
    }
    let all: Vec<_> = sounds.iter().map(|full| Reading::of(full, &full[..1])).collect();
    (!all.is_empty()).then_some(all)
}

/// A syllable as it is typed: 吕 is `lv` on a Chinese keyboard, `lu` to those who leave the dots out.
fn typed(syllable: &str) -> Vec<String> {
    let plain = |stand_in: &str| {
        let letters = syllable.replace('ü', stand_in).replace(['ê', 'ế'], "e");
        letters.chars().filter(char::is_ascii_lowercase).collect()
    };
    if syllable.contains('ü') { vec![plain("v"), plain("u")] } else { vec![plain("")] }
}
