//! The name of a device, from what its browser calls itself: `Chrome，Windows`.

use dacheng_text::Lang;

/// Parts of a browser's own words and what they stand for; the first that is found counts.
const BROWSERS: [(&str, &str); 10] = [
    ("wxwork", "企业微信"),
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
    ("curl", "curl"),
];

const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
    ("CrOS", "ChromeOS"),
];

/// Characters of an unknown browser's own words that are shown.
const SHOWN: usize = 40;

/// What a person calls the device.
pub(super) fn name(lang: Lang, words: &str) -> String {
    let known = |list: &[(&str, &'static str)]| {
        list.iter().find(|(part, _)| words.contains(part)).map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [known(&BROWSERS), known(&SYSTEMS)].into_iter().flatten().collect();
    if parts.is_empty() {
        let own: String = words.chars().take(SHOWN).collect();
        return if own.is_empty() { lang.me().unknown_device().to_owned() } else { own };
    }
    parts.join(lang.me().comma())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_device_is_named_by_browser_and_system() {
        let chrome =
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0 Safari/537.36";
        assert_eq!(name(Lang::Zh, chrome), "Chrome，Windows");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Mobile wxwork/4.1 MicroMessenger/7.0";
        assert_eq!(name(Lang::En, phone), "企业微信, iPhone");
        assert_eq!(name(Lang::En, "a program"), "a program");
    }
}
