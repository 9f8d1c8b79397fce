//! Qualitative targets: set by whoever breaks targets down to their owner, scored by the named rater, seen by both and by
//! whoever sees the owner's targets. The rules are `domain::planning::rubric`'s.

use dacheng_domain::Ratio;
use dacheng_domain::access::{Action, Object, Owner as Whose, Right, Scope, View, When};
use dacheng_domain::calendar::{Month, Year};
use dacheng_domain::people::{MemberId, Span};
use dacheng_domain::planning::Owner as Carrier;
use dacheng_domain::planning::rubric::{
    CannotRate, CannotSet, LEVELS, LONGEST, People, Rubric, Score, State, attainment,
};
use dacheng_store::Read;
use dacheng_store::rubrics::{self, Rubric as Kept};
use serde_json::json;

use crate::allocation::{Owner, month_number};
use crate::facts::ground::Ground;
use crate::tracking::month_of;
use crate::{App, Context, Error, Result, audit, company};

/// A qualitative target to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRubric {
    /// What is asked for.
    pub name: String,
    /// Who carries it.
    pub owner: Owner,
    /// The code of the member who scores it.
    pub rater: String,
    /// The first and the last month.
    pub months: (Month, Month),
    /// The score to be reached.
    pub target: Score,
    /// What each level means, the lowest first.
    pub levels: [String; LEVELS],
}

/// A qualitative target as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricView {
    /// As it is kept.
    pub kept: Kept,
    /// The name of who carries it.
    pub owner: String,
    /// The name of who scores it.
    pub rater: String,
    /// The first and the last month.
    pub months: (Month, Month),
    /// Score ÷ target score, once it is scored.
    pub attainment: Option<Ratio>,
    /// Whether the asker scores it now.
    pub to_rate: bool,
}

impl RubricView {
    /// As programs read it where a figure is explained.
    pub fn json(&self) -> serde_json::Value {
        let kept = &self.kept;
        let owner = Owner { kind: kept.owner_kind, code: kept.owner.clone() };
        let rated_at = kept.rated_at.and_then(|at| jiff::Timestamp::from_millisecond(at).ok());
        json!({
            "id": kept.id, "name": kept.name, "owner": owner.to_string(), "rater": kept.rater,
            "first": self.months.0, "last": self.months.1, "target": kept.target, "score": kept.score,
            "attainment": self.attainment.map(|own| own.to_string()),
            "rated_at": rated_at.map(|at| at.to_string()), "note": kept.note,
        })
    }
}

/// A part of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricsPart {
    /// The newest first.
    pub rubrics: Vec<RubricView>,
    /// Below which number the list goes on, where it does.
    pub older: Option<i64>,
}

/// The qualitative targets that the asker sees, part by part.
pub fn list(app: &App, context: &Context, below: Option<i64>, limit: usize) -> Result<RubricsPart> {
    context.signed_in()?;
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let sight = Sight::open(context, &ground)?;
    let (mut below, step) = (below.unwrap_or(i64::MAX), i64::try_from(limit + 1).unwrap_or(i64::MAX));
    let mut found = Vec::new();
    loop {
        let part = rubrics::part(&mut tx, below, step)?;
        let is_last = i64::try_from(part.len()).unwrap_or(0) < step;
        below = part.last().map_or(below, |own| own.id);
        for kept in part {
            found.extend(sight.view(kept)?);
        }
        if is_last || found.len() > limit {
            break;
        }
    }
    let more = found.len() > limit;
    found.truncate(limit);
    let older = found.last().map(|own| own.kept.id).filter(|_| more);
    Ok(RubricsPart { rubrics: found, older })
}

/// The qualitative targets of some months, or a part of them, that the asker sees.
pub(crate) fn seen_within(
    tx: &mut Read,
    context: &Context,
    ground: &Ground,
    (first, last): (Month, Month),
) -> Result<Vec<RubricView>> {
    let sight = Sight::open(context, ground)?;
    let mut seen = Vec::new();
    for kept in rubrics::within(tx, (month_number(first), month_number(last)))? {
        seen.extend(sight.view(kept)?);
    }
    Ok(seen)
}

/// One qualitative target.
pub fn one(app: &App, context: &Context, id: i64) -> Result<RubricView> {
    context.signed_in()?;
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let missing = || Error::missing("rubric", id);
    let kept = rubrics::by_id(&mut tx, id)?.ok_or_else(missing)?;
    Sight::open(context, &ground)?.view(kept)?.ok_or_else(missing)
}

/// Whether the asker may set one for anybody.
pub fn may_set(app: &App, context: &Context) -> Result<bool> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    Ok(context.may_at_all(&ground.organisation, Action::BreakDown, Right::Update).is_ok())
}

/// Sets a qualitative target.
pub fn set(app: &App, context: &Context, new: &NewRubric) -> Result<i64> {
    let say = context.lang.rubrics();
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let organisation = &ground.organisation;
    let owner = new.owner.known(&ground).map_err(|_| Error::refused(say.wrong_owner(&new.owner.code)))?;
    let whose = match owner {
        Carrier::Unit(unit) => Whose::Unit(unit),
        Carrier::Member(member) => Whose::Member(member),
    };
    let object = Object::on(whose, context.today);
    context.may(organisation, Action::BreakDown, Right::Update, &object).map_err(
        |refused| match refused {
            Error::Missing { .. } => Error::refused(say.wrong_owner(&new.owner.code)),
            other => other,
        },
    )?;
    let rater = organisation.member_of_code(new.rater.trim());
    let rater = rater.ok_or_else(|| Error::refused(say.wrong_rater(new.rater.trim())))?;
    let (first, last) = new.months;
    let name = new.name.trim().to_owned();
    let levels = new.levels.clone().map(|level| level.trim().to_owned());
    let target = new.target;
    let rubric = Rubric { name, owner, rater: rater.id, first, last, target, levels };
    let people = People { carrier: carrier(&ground, context, owner), setter: person(context, &ground) };
    let year = Year::of(first.first_day(), company::current(&mut tx)?.0.fiscal_start);
    rubric.check(people, year).map_err(|wrong| Error::refused(cannot_set(context, wrong)))?;
    let kept = Kept {
        id: 0,
        name: rubric.name,
        owner_kind: new.owner.kind,
        owner: new.owner.code.clone(),
        rater: rater.code.to_string(),
        months: (month_number(first), month_number(last)),
        target,
        levels: rubric.levels,
        state: State::Set,
        score: None,
        note: None,
        rated_at: None,
        created_at: context.now.as_millisecond(),
        actor: context.actor_name(),
        version: 1,
    };
    let id = rubrics::insert(&mut tx, &kept)?;
    let detail = json!({
        "name": kept.name, "owner": new.owner.to_string(), "rater": kept.rater, "first": first, "last": last,
        "target": target, "levels": kept.levels,
    });
    audit::record(app, &mut tx, context, "rubric.set", &format!("rubric/{id}"), &detail)?;
    tx.commit()?;
    Ok(id)
}

fn cannot_set(context: &Context, wrong: CannotSet) -> String {
    let say = context.lang.rubrics();
    match wrong {
        CannotSet::Name => say.wrong_name(LONGEST),
        CannotSet::Level(level) => say.wrong_level(level, LONGEST),
        CannotSet::Period => say.wrong_period().to_owned(),
        CannotSet::Years => say.wrong_years().to_owned(),
        CannotSet::OwnRater => say.own_rater().to_owned(),
        CannotSet::OwnTarget => say.own_target().to_owned(),
    }
}

/// Scores it: the named rater in person, once, never who carries it. A token and a delegate score nothing.
pub fn rate(
    app: &App,
    context: &Context,
    id: i64,
    score: Score,
    note: &str,
    seen: i64,
) -> Result<RubricView> {
    let say = context.lang.rubrics();
    let before = one(app, context, id)?;
    context.in_person()?;
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let kept = rubrics::by_id(&mut tx, id)?.ok_or_else(|| Error::missing("rubric", id))?;
    let owner = Owner { kind: kept.owner_kind, code: kept.owner.clone() }.known(&ground)?;
    let rater = ground.organisation.member_of_code(&kept.rater);
    let rater = rater.ok_or_else(|| Error::refused(say.wrong_rater(&kept.rater)))?;
    let months = (before.months.0, Month::of(context.today));
    let (by, carried) = (person(context, &ground), carrier(&ground, context, owner));
    kept.state.rate(rater.id, by, carried, months).map_err(|wrong| {
        Error::refused(match wrong {
            CannotRate::NotTheRater => say.not_the_rater(&before.rater),
            CannotRate::Own => say.own().to_owned(),
            CannotRate::Rated => say.rated_already().to_owned(),
            CannotRate::Early => say.early().to_owned(),
        })
    })?;
    if kept.version != seen {
        return Err(Error::Stale { seen, found: kept.version });
    }
    let note = Some(note.trim()).filter(|note| !note.is_empty());
    let note = note.map(|note| note.chars().take(LONGEST * 5).collect::<String>());
    if !rubrics::rate(&mut tx, (id, seen), score, note.as_deref(), context.now.as_millisecond())? {
        return Err(Error::Stale { seen, found: seen + 1 });
    }
    let detail = json!({ "score": score, "target": kept.target, "note": note });
    audit::record(app, &mut tx, context, "rubric.rate", &format!("rubric/{id}"), &detail)?;
    tx.commit()?;
    one(app, context, id)
}

/// Who asks, as a member.
fn person(context: &Context, ground: &Ground) -> Option<MemberId> {
    context.access.person(&ground.organisation).and_then(|person| person.member)
}

/// Who carries it in person: the member, or whoever leads the unit today.
fn carrier(ground: &Ground, context: &Context, owner: Carrier) -> Option<MemberId> {
    match owner {
        Carrier::Member(member) => Some(member),
        Carrier::Unit(unit) => ground.organisation.leader(unit, context.today),
    }
}

/// What the asker sees.
struct Sight<'a> {
    context: &'a Context,
    ground: &'a Ground,
    scope: Scope<'a>,
    own: Option<String>,
}

impl<'a> Sight<'a> {
    fn open(context: &'a Context, ground: &'a Ground) -> Result<Self> {
        let organisation = &ground.organisation;
        let scope = context.scope(organisation, Action::BreakDown, Right::Read)?;
        let member = person(context, ground).and_then(|member| organisation.member(member));
        Ok(Self { context, ground, scope, own: member.map(|member| member.code.to_string()) })
    }

    /// It as the asker sees it: whoever reads the owner's targets, and the rater.
    fn view(&self, kept: Kept) -> Result<Option<RubricView>> {
        let owner = Owner { kind: kept.owner_kind, code: kept.owner.clone() };
        let known = owner.known(self.ground).ok();
        let is_rater = self.own.as_ref() == Some(&kept.rater);
        let days = Span::day(self.context.today);
        let holds = &[When::Announced];
        let sees = known.is_some_and(|known| match known {
            Carrier::Unit(unit) => {
                self.scope.view(&Object { owner: Whose::Unit(unit), days, holds }).is_some()
            }
            Carrier::Member(member) => {
                let view = self.scope.view(&Object { owner: Whose::Member(member), days, holds });
                view.is_some_and(View::shows_persons)
            }
        });
        if !sees && !is_rater {
            return Ok(None);
        }
        let months = (month_of(kept.months.0)?, month_of(kept.months.1)?);
        let rater = self.ground.organisation.member_of_code(&kept.rater);
        let begun = months.0 <= Month::of(self.context.today);
        let carried = known.and_then(|known| carrier(self.ground, self.context, known));
        let is_own = carried.is_some() && carried == person(self.context, self.ground);
        Ok(Some(RubricView {
            owner: owner.name(self.ground).to_owned(),
            rater: rater.map_or_else(|| kept.rater.clone(), |member| member.name.clone()),
            months,
            attainment: kept.score.map(|score| attainment(score, kept.target)),
            to_rate: is_rater && !is_own && begun && kept.state == State::Set,
            kept,
        }))
    }
}
