//! From a ranking to its page: names and attainment, no amounts.

use dacheng_app::Result;
use dacheng_app::figures::Look;
use dacheng_app::figures::ranking::{Level, Place, Ranking};
use dacheng_domain::access::RankingAudience;
use dacheng_rollup::Owner;
use dacheng_text::{Lang, date};

use super::RankingPage;
use crate::charts::{Ranked, Ranking as Chart};
use crate::components::{Link, PickerEntry};
use crate::http::Desk;
use crate::pages::choices;
use crate::pages::standing::{basis, metric_name, page_below, query, ranking_page, standing_of};
use crate::shell::Room;

/// The page of a ranking.
pub fn page(desk: &Desk<'_>, found: &Ranking) -> Result<RankingPage> {
    let (lang, say) = (desk.lang(), desk.lang().targets());
    let (unit, look) = (&found.unit, found.look);
    let here =
        |look: Look, level: Level| format!("{}&level={}", ranking_page(&unit.code, look), level.code());
    let level = |level: Level| PickerEntry {
        text: name(lang, level).to_owned(),
        href: here(look, level),
        current: level == found.level,
        depth: 0,
    };
    let said = date::period(lang, look.period);
    Ok(RankingPage {
        shell: desk.shell(room(desk, found)?, crumbs(desk, found)?)?.exporting(
            ranking_page(&unit.code, look).split('?').next().unwrap_or_default(),
            format!("{}&level={}", query(look), found.level.code()),
            found.places.len(),
        ),
        title: say.ranking_title(said, &unit.name, metric_name(lang, look.metric)),
        basis: basis(desk, look.metric, &found.footing),
        periods: choices::periods(desk, look, |look| here(look, found.level)),
        metrics: choices::metrics(desk, look, &found.metrics, |look| here(look, found.level)),
        definition: desk.definition(look.metric, look.period, found.metrics.contains(&look.metric))?,
        levels: Level::ALL.into_iter().map(level).collect(),
        shown_to: say.shown_of(audience(lang, found.audience), found.all, found.places.len()),
        ranking: Chart {
            subject: subject(lang, found.level).to_owned(),
            rows: found.places.iter().map(|place| ranked(desk, found, place)).collect(),
        },
    })
}

/// The room of whoever reads it: their own targets for those who see no unit.
fn room(desk: &Desk<'_>, found: &Ranking) -> Result<Room> {
    let seen = choices::seen(desk, found.look.day(desk.context.today))?;
    Ok(if seen.is_empty() { Room::MyTargets } else { Room::Targets })
}

fn crumbs(desk: &Desk<'_>, found: &Ranking) -> Result<Vec<Link>> {
    let room = room(desk, found)?;
    let href = format!("{}?{}", room.path(), query(found.look));
    Ok(vec![Link::new(room.name(&desk.lang()), href)])
}

fn ranked(desk: &Desk<'_>, found: &Ranking, place: &Place) -> Ranked {
    let unit = unit_of(desk, found, place);
    let href = unit.filter(|_| place.seen).map(|unit| page_below(&unit, &place.named.owner, found.look));
    Ranked {
        place: place.place,
        name: Link::new(&place.named.name, href.unwrap_or_default()),
        attainment: place.attainment,
        tone: standing_of(found.look.metric, place.attainment, &place.time).tone(),
    }
}

/// The unit on whose page somebody is found: a member's own, for a unit itself.
fn unit_of(desk: &Desk<'_>, found: &Ranking, place: &Place) -> Option<String> {
    let organisation = desk.organisation();
    match &place.named.owner {
        Owner::Company | Owner::Unit(_) => Some(place.named.code.clone()),
        Owner::Member(code) => {
            let member = organisation.member_of_code(code)?;
            let unit = organisation.home_unit(member.id, found.look.day(desk.context.today))?;
            organisation.unit(unit).map(|unit| unit.code.to_string())
        }
    }
}

/// Who is ranked, in a word.
pub fn name(lang: Lang, level: Level) -> &'static str {
    let say = lang.targets();
    match level {
        Level::People => say.level_people(),
        Level::Teams => say.level_teams(),
        Level::Regions => say.level_regions(),
    }
}

fn subject(lang: Lang, level: Level) -> &'static str {
    let say = lang.targets();
    match level {
        Level::People => say.subject_people(),
        Level::Teams => say.subject_teams(),
        Level::Regions => say.subject_regions(),
    }
}

fn audience(lang: Lang, audience: RankingAudience) -> &'static str {
    let say = lang.targets();
    match audience {
        RankingAudience::Everyone => say.shown_everyone(),
        RankingAudience::Team => say.shown_team(),
        RankingAudience::Own => say.shown_own(),
    }
}
