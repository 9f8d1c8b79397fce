//! Sample pages of search: something found, nothing found, nothing asked yet.

use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::pages::search::{Finds, FoundGroup, FoundRow, SearchPage};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let page = |typed: &str, found| {
        let shell = shell_at(lang, theme, Room::Me, &[]);
        SearchPage { shell, typed: typed.to_owned(), found }
    };
    let nothing = lang.search().nothing("xyz");
    vec![
        sample("/search", page("", Finds { said: None, groups: Vec::new() })),
        sample("/search/found", page("li", found(lang))),
        sample("/search/nothing", page("xyz", Finds { said: Some(nothing), groups: Vec::new() })),
    ]
}

fn found(lang: Lang) -> Finds {
    let texts = lang.search();
    let row = |href: &str, name: (&str, &str), code: &str, about: (&str, &str)| FoundRow {
        href: href.to_owned(),
        name: say(lang, name.0, name.1).to_owned(),
        code: code.to_owned(),
        about: say(lang, about.0, about.1).to_owned(),
    };
    let suzhou = ("苏州组", "Suzhou");
    let people = vec![
        row("/targets/T0001/people/E000031", ("李喆", "Li Zhe"), "E000031", suzhou),
        row("/targets/T0001/people/E000032", ("李可欣", "Li Kexin"), "E000032", suzhou),
    ];
    let alert = ("东北大区 · 佟海洋 · 销售额", "North-east · Tong Haiyang · Revenue");
    let red = ("2026年10月 · 红灯", "Oct 2026 · Red");
    let alerts = vec![row("/alerts/118", alert, "YJ-2026-0118", red)];
    let group = |kind, title, icon, rows, more| FoundGroup { kind, title, icon, rows, more };
    Finds {
        said: Some(texts.found_first("li", 3)),
        groups: vec![
            group("person", texts.people(), "user", people, Some(texts.more())),
            group("alert", texts.alerts(), "alert-triangle", alerts, None),
        ],
    }
}
