//! Sample pages with one believable company, for tests and the gallery. Figures are written down, not computed.
#![allow(
    clippy::assigning_clones,
    clippy::similar_names,
    clippy::too_many_arguments,
    clippy::too_many_lines,
    reason = "samples are written down in tables"
)]

mod alerts;
mod analysis;
mod api_docs;
mod closes;
mod components;
mod coverage;
mod dashboard;
mod error;
mod explain;
mod forecast;
mod help;
mod imports;
mod inbox;
mod me;
mod notifications;
mod objectives;
mod own_metrics;
mod people;
mod plans;
mod proposal;
mod rubrics;
mod scenarios;
mod search;
mod session;
mod settings;
mod smart;
mod statements;
mod targets;

use askama::DynTemplate;
use dacheng_domain::{Fen, Ratio};
use dacheng_text::Lang;
use jiff::civil::{Date, DateTime, date};

use crate::charts::Bullet;
use crate::components::{
    AsOfPicker, Export, Figure, Link, Paper, PeriodPicker, PickerEntry, ScopePicker, Standing,
};
use crate::shell::{Alone, Door, Room, Shell, Theme};

/// The fixed date of the sample company.
pub(crate) const TODAY: Date = date(2026, 11, 23);

/// A page and the address under which the gallery shows it.
pub struct Sample {
    /// Its path, unique among the samples.
    pub path: &'static str,
    /// The page.
    pub page: Box<dyn DynTemplate>,
}

/// Every sample page in a language and theme.
pub fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let mut pages = Vec::new();
    pages.extend(session::pages(lang, theme));
    pages.extend(dashboard::pages(lang, theme));
    pages.extend(inbox::pages(lang, theme));
    pages.extend(targets::pages(lang, theme));
    pages.extend(forecast::pages(lang, theme));
    pages.extend(statements::pages(lang, theme));
    pages.extend(coverage::pages(lang, theme));
    pages.extend(plans::pages(lang, theme));
    pages.extend(analysis::pages(lang, theme));
    pages.extend(proposal::pages(lang, theme));
    pages.extend(alerts::pages(lang, theme));
    pages.extend(closes::pages(lang, theme));
    pages.extend(imports::pages(lang, theme));
    pages.extend(explain::pages(lang, theme));
    pages.extend(settings::pages(lang, theme));
    pages.extend(people::pages(lang, theme));
    pages.extend(me::pages(lang, theme));
    pages.extend(search::pages(lang, theme));
    pages.extend(smart::pages(lang, theme));
    pages.extend(objectives::pages(lang, theme));
    pages.extend(rubrics::pages(lang, theme));
    pages.extend(scenarios::pages(lang, theme));
    pages.extend(own_metrics::pages(lang, theme));
    pages.extend(api_docs::pages(lang, theme));
    pages.extend(notifications::pages(lang, theme));
    pages.extend(help::pages(lang, theme));
    pages.extend(error::pages(lang, theme));
    let paths = pages.iter().map(|page| page.path).collect();
    pages.push(components::page(lang, theme, paths));
    pages
}

fn sample(path: &'static str, page: impl DynTemplate + 'static) -> Sample {
    Sample { path, page: Box::new(page) }
}

/// The words of a language.
pub(crate) fn say<'a>(lang: Lang, zh: &'a str, en: &'a str) -> &'a str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// Tenths of 万元: `wan(12_684)` is 1,268.4 万元.
pub(crate) fn wan(tenths: i64) -> Fen {
    Fen(tenths * 100_000)
}

/// Tenths of a per cent: `rate(737)` is 73.7 %.
pub(crate) fn rate(tenths: i64) -> Ratio {
    Ratio::new(tenths, 1000).unwrap_or(Ratio::percent(0))
}

/// Now, in the company's zone.
pub(crate) fn now() -> DateTime {
    TODAY.at(15, 0, 0, 0)
}

/// The shell of the sample director.
pub(crate) fn shell(lang: Lang, room: Room) -> Shell {
    let door = |room: Room| {
        let (waiting, urgent) = match room {
            Room::Inbox => (7, false),
            Room::Alerts => (7, true),
            Room::Imports => (1, false),
            Room::Dashboard
            | Room::MyTargets
            | Room::Targets
            | Room::Forecast
            | Room::Plans
            | Room::Analysis
            | Room::Closes
            | Room::Settings
            | Room::Audit
            | Room::Me
            | Room::Notifications
            | Room::Letters
            | Room::Help => (0, false),
        };
        Door { room, waiting, urgent }
    };
    let rooms = [
        Room::Dashboard,
        Room::Inbox,
        Room::Targets,
        Room::Forecast,
        Room::Plans,
        Room::Analysis,
        Room::Alerts,
        Room::Closes,
        Room::Imports,
        Room::Settings,
        Room::Audit,
    ];
    Shell {
        definitions: Vec::new(),
        lang,
        theme: Theme::System,
        company: say(lang, "华辰智控 · 销售目标", "Huachen Controls · sales targets").to_owned(),
        fixed_date: Some(TODAY),
        made_at: TODAY.at(9, 0, 0, 0),
        person: say(lang, "沈立行", "Shen Lixing").to_owned(),
        post: say(lang, "销售总监", "Sales director").to_owned(),
        doors: rooms.into_iter().map(door).collect(),
        unread: 3,
        room,
        crumbs: Vec::new(),
        csrf: "sample".to_owned(),
        flash: None,
        export: Some(Export::Links {
            path: room.path().to_owned(),
            query: String::new(),
            paper: Paper::None,
        }),
        here: room.path().to_owned(),
    }
}

/// The shell with a theme and breadcrumbs.
pub(crate) fn shell_at(lang: Lang, theme: Theme, room: Room, crumbs: &[(&str, &str)]) -> Shell {
    let crumbs = crumbs.iter().map(|(text, href)| Link::new(*text, *href)).collect();
    Shell { theme, crumbs, ..shell(lang, room) }
}

/// The surroundings of somebody who is not signed in.
pub(crate) fn alone(lang: Lang, theme: Theme, path: &str) -> Alone {
    Alone {
        lang,
        theme,
        company: say(lang, "华辰智控 · 销售目标", "Huachen Controls · sales targets").to_owned(),
        csrf: "sample".to_owned(),
        path: path.to_owned(),
    }
}

/// The pickers of a page head.
pub(crate) fn periods(lang: Lang) -> PeriodPicker {
    let kind = |text: &str, period: &str, current| PickerEntry {
        text: text.to_owned(),
        href: format!("?p={period}"),
        current,
        depth: 0,
    };
    let month = |month: i8| dacheng_text::date::month(lang, 2026, month);
    PeriodPicker {
        kinds: vec![
            kind(say(lang, "月", "Month"), "2026-11", true),
            kind(say(lang, "季", "Quarter"), "2026-Q4", false),
            kind(say(lang, "年", "Year"), "2026", false),
        ],
        period: month(11),
        earlier: Some(Link::new(month(10), "?p=2026-10")),
        later: None,
        as_of: AsOfPicker { day: None, today: date(2026, 11, 23), now: "?p=2026-11".to_owned() },
    }
}

/// The units whose figures the director may choose.
pub(crate) fn scopes(lang: Lang) -> ScopePicker {
    let mut units = vec![PickerEntry {
        text: say(lang, "全公司", "Whole company").to_owned(),
        href: "?".to_owned(),
        current: true,
        depth: 0,
    }];
    for (name, code) in regions(lang) {
        units.push(PickerEntry {
            text: name.to_owned(),
            href: format!("?org={code}"),
            current: false,
            depth: 1,
        });
    }
    ScopePicker { current: say(lang, "全公司", "Whole company").to_owned(), units }
}

/// The six regions and their codes.
pub(crate) fn regions(lang: Lang) -> [(&'static str, &'static str); 6] {
    [
        (say(lang, "华东大区", "East"), "hd"),
        (say(lang, "华南大区", "South"), "hn"),
        (say(lang, "华北大区", "North"), "hb"),
        (say(lang, "华中大区", "Central"), "hz"),
        (say(lang, "西南大区", "South-west"), "xn"),
        (say(lang, "东北大区", "North-east"), "db"),
    ]
}

/// An amount that leads to an explanation.
pub(crate) fn amount(tenths_of_wan: i64, owner: &str) -> Figure {
    Figure::money(wan(tenths_of_wan), format!("/explain?m=revenue&p=2026-11&owner={owner}"))
}

/// A bullet bar against the time progress of the sample month.
pub(crate) fn bullet(subject: &str, attainment: i64, standing: Standing) -> Bullet {
    Bullet {
        subject: subject.to_owned(),
        attainment: Some(rate(attainment)),
        pace: Some(rate(762)),
        forecast: None,
        tone: standing.tone(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_renders_in_every_language_and_theme() {
        for lang in Lang::ALL {
            for theme in Theme::ALL {
                for Sample { path, page } in pages(lang, theme) {
                    let html = page.dyn_render().unwrap();
                    assert!(html.starts_with("<!doctype html>"), "{path}");
                    assert!(html.contains(&format!("<html lang=\"{}\"", lang.tag())), "{path}");
                }
            }
        }
    }

    #[test]
    fn every_sample_has_its_own_path() {
        let all = pages(Lang::Zh, Theme::System);
        let paths: BTreeSet<&str> = all.iter().map(|sample| sample.path).collect();
        assert_eq!(paths.len(), all.len());
    }
}
