//! Two versions of a letter beside each other, line by line.

/// A line that is not in both versions as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<'a, K> {
    /// What the line is about.
    pub about: &'a K,
    /// As it was; `None` where it is new.
    pub before: Option<&'a str>,
    /// As it is; `None` where it is gone.
    pub after: Option<&'a str>,
}

/// What changed between two versions, in the order of the newer one; lines that are gone stand at the end. Lines are told
/// apart by what they are about, which is there once a version.
///
/// ```
/// use dacheng_domain::allocation::letter::difference;
/// let line = |about, text: &str| (about, text.to_owned());
/// let (old, new) = ([line("a", "1"), line("b", "2")], [line("b", "3"), line("c", "4")]);
/// let changed = difference(&old, &new);
/// let said: Vec<_> = changed.iter().map(|own| (*own.about, own.before, own.after)).collect();
/// assert_eq!(said, [("b", Some("2"), Some("3")), ("c", None, Some("4")), ("a", Some("1"), None)]);
/// ```
pub fn difference<'a, K: PartialEq>(old: &'a [(K, String)], new: &'a [(K, String)]) -> Vec<Changed<'a, K>> {
    let text_of = |lines: &'a [(K, String)], about: &K| {
        lines.iter().find(|(own, _)| own == about).map(|(_, text)| text.as_str())
    };
    let stands = new.iter().map(|(about, text)| Changed {
        about,
        before: text_of(old, about),
        after: Some(text.as_str()),
    });
    let gone = old.iter().filter(|(about, _)| text_of(new, about).is_none());
    let gone = gone.map(|(about, text)| Changed { about, before: Some(text.as_str()), after: None });
    stands.chain(gone).filter(|own| own.before != own.after).collect()
}
