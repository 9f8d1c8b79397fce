//! Walking over the characters of a sentence: what is taken is gone, what does not fit leaves the place as it was.

/// A place in a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scan<'t> {
    pub text: &'t [char],
    pub at: usize,
}

impl<'t> Scan<'t> {
    pub const fn new(text: &'t [char], at: usize) -> Self {
        Self { text, at }
    }

    pub fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied()
    }

    /// The next character that is no space.
    pub fn next_visible(&self) -> Option<char> {
        self.text.iter().skip(self.at).copied().find(|letter| *letter != ' ')
    }

    pub fn spaces(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    /// Takes a word here, after spaces; Latin words only as whole ones.
    pub fn take(&mut self, word: &str) -> bool {
        let mut place = *self;
        place.spaces();
        if !place.fits(word) {
            return false;
        }
        place.at += word.chars().count();
        *self = place;
        true
    }

    /// The first of some words that stands here.
    pub fn take_any(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.take(word))
    }

    /// Whether a word stands exactly here. A Latin letter or digit must not go on at either end of a Latin word.
    pub fn fits(&self, word: &str) -> bool {
        let mut end = self.at;
        for letter in word.chars() {
            if self.text.get(end) != Some(&letter) {
                return false;
            }
            end += 1;
        }
        let (first, last) = (word.chars().next(), word.chars().next_back());
        let goes_on = |own: Option<char>, beside: Option<&char>| {
            own.is_some_and(|own| own.is_ascii_alphabetic()) && beside.is_some_and(char::is_ascii_alphabetic)
        };
        let before = self.at.checked_sub(1).and_then(|before| self.text.get(before));
        !goes_on(first, before) && !goes_on(last, self.text.get(end))
    }

    /// Up to `most` Arabic digits, after spaces; none where there are more, or none.
    pub fn digits(&mut self, most: usize) -> Option<u32> {
        let mut place = *self;
        place.spaces();
        let digits: String =
            place.text.iter().skip(place.at).take_while(|own| own.is_ascii_digit()).take(most + 1).collect();
        if digits.is_empty() || digits.len() > most {
            return None;
        }
        place.at += digits.len();
        *self = place;
        digits.parse().ok()
    }
}
