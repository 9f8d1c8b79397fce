//! From what was found to what is shown: names, codes, addresses. A new kind gets its words here.

use dacheng_app::planning::PlanView;
use dacheng_app::search::{Hit, Kind, More, Part};
use dacheng_app::tracking::alerts::AlertRow;
use dacheng_text::{Lang, date};

use super::{Finds, FoundGroup, FoundRow};
use crate::components::Badged as _;
use crate::http::encoded;
use crate::pages::alerts::said;

/// What was found of what was typed.
pub fn finds(lang: Lang, typed: &str, parts: &[Part]) -> Finds {
    let (say, count) = (lang.search(), parts.iter().map(|part| part.hits.len()).sum::<usize>());
    let is_cut = parts.iter().any(|part| part.more == More::Yes);
    let said = (!typed.is_empty()).then(|| match count {
        0 => say.nothing(typed),
        _ if is_cut => say.found_first(typed, count),
        _ => say.found(typed, count),
    });
    Finds { said, groups: parts.iter().map(|part| group(lang, part)).collect() }
}

fn group(lang: Lang, part: &Part) -> FoundGroup {
    let (title, icon) = words(lang, part.kind);
    let more = match part.more {
        More::Yes => Some(lang.search().more()),
        More::No => None,
    };
    let rows = part.hits.iter().map(|hit| row(lang, hit)).collect();
    FoundGroup { kind: part.kind.word(), title, icon, rows, more }
}

/// The name and the icon of a kind.
fn words(lang: Lang, kind: Kind) -> (&'static str, &'static str) {
    let say = lang.search();
    match kind {
        Kind::Person => (say.people(), "user"),
        Kind::Unit => (say.units(), "sitemap"),
        Kind::Plan => (say.plans(), "table"),
        Kind::Alert => (say.alerts(), "alert-triangle"),
        Kind::ImprovementPlan => (say.improvement_plans(), "trending-up"),
        Kind::Account => (say.accounts(), "key"),
    }
}

/// Something that was found, as pages and programs show it.
pub fn row(lang: Lang, hit: &Hit) -> FoundRow {
    let say = lang.search();
    match hit {
        Hit::Person { code, name, unit, unit_name } => FoundRow {
            href: format!("/targets/{}/people/{}", encoded(unit), encoded(code)),
            name: name.clone(),
            code: code.clone(),
            about: unit_name.clone(),
        },
        Hit::Unit { code, name, leader } => FoundRow {
            href: format!("/targets/{}", encoded(code)),
            name: name.clone(),
            code: code.clone(),
            about: leader.as_ref().map_or_else(|| say.no_leader().to_owned(), |leader| say.led_by(leader)),
        },
        Hit::Plan(plan) => of_plan(lang, plan),
        Hit::Alert(row) => {
            let about = format!("{} · {}", month(lang, row), row.level.badge(&lang).text);
            FoundRow { about, ..of_alert(lang, row) }
        }
        Hit::ImprovementPlan(row) => {
            let state = row.plan.as_ref().map(|plan| plan.state.badge(&lang).text);
            let about = [Some(month(lang, row)), state].into_iter().flatten().collect::<Vec<_>>().join(" · ");
            FoundRow { about, ..of_alert(lang, row) }
        }
        Hit::Account { id, login, name } => FoundRow {
            href: format!("/settings/people/{id}"),
            name: name.clone(),
            code: login.clone(),
            about: String::new(),
        },
    }
}

fn of_plan(lang: Lang, plan: &PlanView) -> FoundRow {
    FoundRow {
        href: format!("/plans/{}", encoded(&plan.code)),
        name: plan.name.clone(),
        code: plan.code.clone(),
        about: format!("{} · {}", lang.search().fiscal_year(plan.year), plan.state.badge(&lang).text),
    }
}

/// Its number, whose it is, and the page of its case.
fn of_alert(lang: Lang, row: &AlertRow) -> FoundRow {
    FoundRow {
        href: said::address(row),
        name: said::title(lang, row),
        code: said::number(lang, row),
        about: String::new(),
    }
}

fn month(lang: Lang, row: &AlertRow) -> String {
    date::month(lang, row.figure.month.year(), row.figure.month.number())
}
