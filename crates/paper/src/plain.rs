//! Text on its way to paper: what cannot be seen becomes visible, and what is too long to fit may be broken anywhere.

/// Stands for a sign that has no look of its own, or would change that of others.
const UNSEEN: char = '□';
/// A place where a line may end.
const BREAK: char = '\u{200b}';

/// The text as it is printed within a width, which is counted in the size of its letters. A run of letters that is wider and has
/// no place to break may be broken anywhere. Signs that turn the direction of others around are made visible: what is read is
/// what is written.
pub fn plain(text: &str, width: f64) -> String {
    let mut printed = String::with_capacity(text.len());
    let text: String = text.replace("\r\n", "\n").chars().map(visible).collect();
    for run in runs(&text) {
        let breaks = self::width(run.trim_end()) > width;
        for letter in run.chars() {
            printed.push(letter);
            if breaks && !letter.is_whitespace() {
                printed.push(BREAK);
            }
        }
    }
    printed
}

/// The width of a text in one line, in the size of its letters: never less than it is in bold.
pub fn width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

/// The width of its widest run.
pub fn widest_run(text: &str) -> f64 {
    runs(text).map(|run| width(run.trim_end())).fold(0.0, f64::max)
}

/// Runs of letters between which a line may end, each with what ends it.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(|letter: char| letter.is_whitespace() || is_wide(letter))
}

/// Letters of Chinese, Japanese and Korean: as wide as high, and a line may end after each.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Measured in the bold font, rounded up.
fn letter_width(letter: char) -> f64 {
    match letter {
        '\n' => 0.0,
        ' ' | '.' | ',' | '\'' | ':' | ';' | 'i' | 'j' | 'l' | 'I' | '|' | '(' | ')' | '-' | '/' => 0.42,
        'W' => 1.1,
        'm' | 'M' | '%' | '@' | 'w' => 1.02,
        'a'..='z' => 0.66,
        'A'..='Z' => 0.86,
        _ if letter.is_ascii() || letter == '−' => 0.61,
        _ if is_wide(letter) => 1.0,
        _ => 1.3,
    }
}

fn visible(letter: char) -> char {
    match letter {
        '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        '\t' => ' ',
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' => UNSEEN,
        _ if letter.is_control() => UNSEEN,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_left_as_it_is() {
        for text in ["改进计划 1,234.5", "an ordinary sentence", "👍 喆", "a\nb"] {
            assert_eq!(plain(text, 20.0), text);
        }
    }

    #[test]
    fn a_run_that_is_too_wide_may_break_anywhere_and_loses_nothing() {
        let printed = plain(&format!("see {} end", "W".repeat(30)), 20.0);
        assert_eq!(printed.matches(BREAK).count(), 30, "{printed}");
        assert!(printed.starts_with("see W") && printed.ends_with(" end"));
        assert_eq!(printed.replace(BREAK, ""), format!("see {} end", "W".repeat(30)));
    }

    #[test]
    fn signs_that_turn_others_around_are_seen() {
        assert_eq!(plain("a\u{202e}b\u{7}c\td\r\ne", 20.0), "a□b□c d\ne");
    }
}
