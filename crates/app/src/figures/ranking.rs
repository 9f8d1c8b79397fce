//! Who stands where by attainment alone, to whom the company chose (`trust.md`, rankings).

use std::collections::BTreeSet;

use dacheng_domain::Ratio;
use dacheng_domain::access::RankingAudience;
use dacheng_domain::calendar::Period;
use dacheng_domain::metrics::Metric;
use dacheng_domain::people::{MemberId, Organisation, UnitId};
use dacheng_domain::tracking::progress::TimeProgress;
use jiff::civil::Date;

use super::attainment::root;
use super::branch::{Branch, Named, branches, members_of};
use super::look::Look;
use super::performance::Board;
use super::sight::Sights;
use super::standpoint::{Footing, Standpoint};
use super::targets::targets_of;
use crate::{Actor, App, Context, Error, Result};

/// Who is ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// People.
    People,
    /// Units without units below them.
    Teams,
    /// The units directly below the top.
    Regions,
}

impl Level {
    /// All of them, the smallest first.
    pub const ALL: [Self; 3] = [Self::People, Self::Teams, Self::Regions];

    /// The level of an address; people where it says nothing or nothing known.
    pub fn of(asked: Option<&str>) -> Self {
        Self::ALL.into_iter().find(|level| Some(level.code()) == asked).unwrap_or(Self::People)
    }

    /// The word in an address.
    pub const fn code(self) -> &'static str {
        match self {
            Self::People => "people",
            Self::Teams => "teams",
            Self::Regions => "regions",
        }
    }
}

/// One place.
#[derive(Debug, Clone)]
pub struct Place {
    /// From 1; equal figures share one, those without a figure have none.
    pub place: Option<u32>,
    /// Who.
    pub named: Named,
    /// Actual ÷ target.
    pub attainment: Option<Ratio>,
    /// Time progress, for the state of it.
    pub time: TimeProgress,
    /// Whether the asker sees the figures behind it too.
    pub seen: bool,
}

/// A ranking as far as it is shown to the asker.
#[derive(Debug, Clone)]
pub struct Ranking {
    /// Within which unit.
    pub unit: Named,
    /// Of which metric, over which period, as of when.
    pub look: Look,
    /// Who is ranked.
    pub level: Level,
    /// To whom the company shows rankings.
    pub audience: RankingAudience,
    /// The places shown, best first.
    pub places: Vec<Place>,
    /// How many were ranked.
    pub all: usize,
    /// What the figures rest on.
    pub footing: Footing,
    /// The metrics that facts speak of.
    pub metrics: Vec<Metric>,
}

/// The ranking within a unit, as far as the asker sees it. Places count among all who are ranked, whoever is shown.
pub fn ranking(app: &App, context: &Context, code: &str, look: Look, level: Level) -> Result<Ranking> {
    let Look { metric, period, .. } = look;
    let mut tx = app.store.read()?;
    let point = Standpoint::open(app, &mut tx, context, look.moment(app)?)?;
    let (organisation, on) = (point.organisation(), point.day(period));
    let looker = Looker::of(context, organisation, point.company.ranking, on)?;
    let missing = || Error::missing("unit", code);
    let unit = organisation.unit_of_code(code).map(|unit| unit.id).ok_or_else(missing)?;
    if !looker.opens(unit) {
        return Err(missing());
    }
    let own = Named::unit(organisation, unit, on).ok_or_else(missing)?;
    let ranked = ranked(organisation, unit, level, on);
    let owners: BTreeSet<_> = ranked.iter().chain([&own]).map(Named::key).collect();
    let root = root(&point.ground, on);
    let year = Period::Year(point.year(on));
    let targets = targets_of(&mut tx, metric, year, point.start, root, &owners)?;
    let members = members_of(&ranked);
    let board = Board::read(app, &mut tx, &point, metric, period, targets, &members)?;
    let footing = point.footing(metric, board.performance(&own.owner).time);
    let metrics = point.metrics();
    let ranked = places(branches(&board, ranked));
    let all = ranked.len();
    let shown = ranked.into_iter().filter_map(|(place, branch)| {
        let shown = looker.shows(&branch.named);
        (shown != Shown::No).then(|| Place {
            place,
            attainment: branch.performance.figure.attainment,
            time: branch.performance.time,
            named: branch.named,
            seen: shown == Shown::WithFigures,
        })
    });
    let places = shown.collect();
    Ok(Ranking { unit: own, look, level, audience: point.company.ranking, places, all, footing, metrics })
}

/// Whose ranking somebody is led to from their own page: the whole company's where rankings are shown to everybody,
/// else that of the unit they sit in. `None` for whoever no ranking is for.
pub fn own_ranking(
    context: &Context,
    organisation: &Organisation,
    audience: RankingAudience,
) -> Option<String> {
    let on = context.today;
    let member = member_of(context, organisation)?;
    let looker = Looker::of(context, organisation, audience, on).ok()?;
    let top = organisation.top(on).next();
    let unit = top.filter(|top| looker.opens(*top)).or_else(|| organisation.home_unit(member, on))?;
    organisation.unit(unit).filter(|_| looker.opens(unit)).map(|unit| unit.code.to_string())
}

fn member_of(context: &Context, organisation: &Organisation) -> Option<MemberId> {
    match &context.actor {
        Actor::Account { member: Some(code), .. } => {
            organisation.member_of_code(code).map(|member| member.id)
        }
        Actor::Account { member: None, .. } | Actor::Operator | Actor::System | Actor::Visitor => None,
    }
}

/// Whoever looks at a ranking.
struct Looker<'o> {
    organisation: &'o Organisation,
    sights: Sights<'o>,
    audience: RankingAudience,
    /// The member, where rankings are for their role.
    member: Option<MemberId>,
    on: Date,
}

/// Whether a place is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Not at all.
    No,
    /// Name and attainment.
    PlaceOnly,
    /// With a way to the figures.
    WithFigures,
}

impl<'o> Looker<'o> {
    fn of(
        context: &Context,
        organisation: &'o Organisation,
        audience: RankingAudience,
        on: Date,
    ) -> Result<Self> {
        let sights = Sights::of(context, organisation, on)?;
        let is_for = context.access.roles().any(RankingAudience::is_for);
        let member = member_of(context, organisation).filter(|_| is_for);
        Ok(Self { organisation, sights, audience, member, on })
    }

    fn opens(&self, unit: UnitId) -> bool {
        let own = |member| self.audience.opens(self.organisation, member, unit, self.on);
        self.sights.unit(unit) || self.member.is_some_and(own)
    }

    fn shows(&self, named: &Named) -> Shown {
        use dacheng_rollup::Owner;
        let organisation = self.organisation;
        let (seen, shown) = match &named.owner {
            Owner::Member(code) => organisation.member_of_code(code).map_or((false, false), |other| {
                let shows = |viewer| self.audience.shows_member(organisation, viewer, other.id, self.on);
                (self.sights.member(other.id), self.member.is_some_and(shows))
            }),
            Owner::Company | Owner::Unit(_) => {
                organisation.unit_of_code(&named.code).map_or((false, false), |unit| {
                    let shows = |viewer| self.audience.shows_unit(organisation, viewer, unit.id, self.on);
                    (self.sights.unit(unit.id), self.member.is_some_and(shows))
                })
            }
        };
        match (seen, shown) {
            (true, _) => Shown::WithFigures,
            (false, true) => Shown::PlaceOnly,
            (false, false) => Shown::No,
        }
    }
}

/// Who is ranked within a unit on a day.
fn ranked(organisation: &Organisation, unit: UnitId, level: Level, on: Date) -> Vec<Named> {
    let units = organisation.subtree(unit, on);
    let named = |unit: &UnitId| Named::unit(organisation, *unit, on);
    match level {
        Level::People => {
            let members = organisation.members_on(unit, on).into_iter();
            members.filter_map(|member| Named::member(organisation, member)).collect()
        }
        Level::Teams => {
            let is_team = |unit: &&UnitId| {
                let children = organisation.children(**unit, on);
                children.units.is_empty() && !children.members.is_empty()
            };
            units.iter().filter(is_team).filter_map(named).collect()
        }
        Level::Regions => {
            let is_region =
                |unit: &&UnitId| organisation.unit_path(**unit, on).is_some_and(|path| path.len() == 2);
            units.iter().filter(is_region).filter_map(named).collect()
        }
    }
}

/// The places of figures, best first: equal ones share a place, whoever has none stands last without one.
fn places(mut branches: Vec<Branch>) -> Vec<(Option<u32>, Branch)> {
    let attainment = |branch: &Branch| branch.performance.figure.attainment;
    branches.sort_by(|a, b| attainment(b).cmp(&attainment(a)).then_with(|| a.named.code.cmp(&b.named.code)));
    let mut placed: Vec<(Option<u32>, Branch)> = Vec::with_capacity(branches.len());
    for (branch, place) in branches.into_iter().zip(1_u32..) {
        let same = placed.last().filter(|(_, last)| attainment(last) == attainment(&branch));
        let shared = same.and_then(|(place, _)| *place);
        let place = attainment(&branch).map(|_| shared.unwrap_or(place));
        placed.push((place, branch));
    }
    placed
}
