//! Which passwords are good enough. Pure; hashing is in [`super::passwords`].

use std::collections::BTreeSet;

use dacheng_text::Lang;
use serde::{Deserialize, Serialize};

/// A set of rules for passwords, chosen by the company (`trust.md`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PasswordProfile {
    /// Long enough and not trivial; no classes of characters, no expiry.
    #[default]
    Modern,
}

/// What a profile asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordRules {
    /// Characters at least.
    pub shortest: usize,
    /// Characters at most.
    pub longest: usize,
}

impl PasswordProfile {
    /// The rules of the profile.
    pub const fn rules(self) -> PasswordRules {
        match self {
            Self::Modern => PasswordRules { shortest: 10, longest: 200 },
        }
    }
}

/// Fewer different characters than this are a pattern.
const FEWEST_DIFFERENT: usize = 5;
/// Rows of the keyboard; with the alphabet and the digits, what fingers run along.
const ROWS: [&str; 4] = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890"];
/// Words that stay guessable with any digits and signs around them, the longer ones first.
const WORDS: [&str; 30] = [
    "administrator",
    "iloveyou",
    "password",
    "passwort",
    "changeme",
    "zhongguo",
    "shanghai",
    "letmein",
    "welcome",
    "dacheng",
    "beijing",
    "company",
    "passwd",
    "qwerty",
    "secret",
    "woaini",
    "abcdef",
    "admin",
    "guest",
    "login",
    "sales",
    "china",
    "nihao",
    "root",
    "user",
    "pass",
    "test",
    "demo",
    "mima",
    "pwd",
];

impl PasswordRules {
    /// What is wrong with a password for an account, a sentence each; nothing where it is good enough.
    pub(super) fn problems(self, password: &str, login: &str, lang: Lang) -> Vec<String> {
        let texts = lang.people();
        let length = password.chars().count();
        let lower = password.to_lowercase();
        let mut problems = Vec::new();
        if length < self.shortest {
            problems.push(texts.password_short(self.shortest));
        }
        if length > self.longest {
            problems.push(texts.password_long(self.longest));
        }
        if login.chars().count() > 2 && lower.contains(login) {
            problems.push(texts.password_has_login().to_owned());
        }
        if is_trivial(&lower) {
            problems.push(texts.password_trivial().to_owned());
        }
        problems
    }
}

/// Whether a guesser tries it among the first: few different characters, a run, or a common word in disguise.
fn is_trivial(lower: &str) -> bool {
    let different: BTreeSet<char> = lower.chars().collect();
    let pairs = || lower.chars().zip(lower.chars().skip(1));
    let steps = pairs().filter(|&(one, next)| is_step(one, next)).count();
    different.len() < FEWEST_DIFFERENT
        || steps * 4 >= pairs().count() * 3
        || is_made_of_words(lower.chars())
        || is_made_of_words(lower.trim_end_matches(|end: char| !end.is_alphabetic()).chars().map(undisguised))
}

/// Whether the letters are common words and nothing else; without a letter it is a number, a date, a telephone.
fn is_made_of_words(characters: impl Iterator<Item = char>) -> bool {
    let letters: String = characters.filter(|letter| letter.is_alphabetic()).collect();
    WORDS.iter().fold(letters, |rest, word| rest.replace(word, "")).is_empty()
}

/// The letter a digit or sign stands for in `p@ssw0rd`.
fn undisguised(letter: char) -> char {
    match letter {
        '@' | '4' => 'a',
        '0' => 'o',
        '3' => 'e',
        '1' | '!' => 'i',
        '$' | '5' => 's',
        other => other,
    }
}

/// Whether two characters follow one another: the same, neighbours in the alphabet, or on the keyboard.
fn is_step(one: char, next: char) -> bool {
    let neighbours = |row: &str| {
        let place = |wanted| row.chars().position(|letter| letter == wanted);
        matches!((place(one), place(next)), (Some(one), Some(next)) if one.abs_diff(next) == 1)
    };
    u32::from(one).abs_diff(u32::from(next)) <= 1 || ROWS.into_iter().any(neighbours)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_good(password: &str) -> bool {
        PasswordProfile::Modern.rules().problems(password, "yang.zhe", Lang::En).is_empty()
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        let trivial = [
            "1234567890",
            "0987654321",
            "aaaaaaaaaa",
            "abcabcabcabc",
            "abcdefghijkl",
            "qwertyuiop",
            "1qaz1qaz1qaz",
            "password123",
            "P@ssw0rd2026!",
            "admin@2026",
            "Dacheng2026",
            "woaini5201314",
            "20261123!!",
            "qwertyuiop123",
            "adminadmin#1",
            "13800138000",
        ];
        for password in trivial {
            assert!(!is_good(password), "{password}");
        }
    }

    #[test]
    fn a_password_is_long_and_does_not_name_the_account() {
        assert!(!is_good("Tr0ub4dor"), "9 characters");
        assert!(is_good("Tr0ub4dor&"), "10 characters");
        assert!(!is_good("my-Yang.Zhe-key"));
        assert!(!is_good(&"长安一片月".repeat(41)));
        assert!(is_good("correct horse battery"));
        assert!(is_good("长安一片月，万户捣衣声"));
    }

    #[test]
    fn every_problem_is_said() {
        let problems = PasswordProfile::Modern.rules().problems("lin", "lin", Lang::Zh);
        assert_eq!(problems.len(), 3, "{problems:?}");
    }
}
