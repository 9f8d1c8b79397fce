//! Letters as pages and programs show them: one with its versions, the letters of a plan, two versions beside each other.

use std::collections::HashSet;

use dacheng_domain::access::{Action, Object, Owner as Whose, Right};
use dacheng_domain::allocation::letter::{Changed, Party, State, difference};
use dacheng_domain::calendar::{Deadline, TimeLeft};
use dacheng_domain::people::{MemberId, Organisation};
use dacheng_store::Read;
use dacheng_store::letters::{self, Head, Letter, Signature, Waiting};

use super::change::{found, text_of};
use super::content::Content;
use super::promises::{PromiseView, promises};
use super::{allow, shown};
use crate::planning::{Opened, open};
use crate::{App, Context, Error, Result};

/// A letter.
#[derive(Debug, Clone)]
pub struct LetterView {
    /// Its number on paper.
    pub number: String,
    /// Its versions that the asker may see, oldest first.
    pub versions: Vec<Head>,
    /// The version asked for.
    pub shown: VersionView,
    /// Whether the asker writes and issues it.
    pub issues: bool,
    /// What was promised in the version in force.
    pub promises: Vec<PromiseView>,
}

/// A version of a letter.
#[derive(Debug, Clone)]
pub struct VersionView {
    /// Where it stands.
    pub head: Head,
    /// Its exact text.
    pub content: Content,
    /// Who signed it, in order.
    pub signatures: Vec<Signature>,
    /// As whom the asker is to sign it now.
    pub signs_as: Option<Party>,
    /// How far away its deadline is.
    pub time_left: Option<TimeLeft>,
}

/// A line that two versions do not share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange {
    /// What it is about.
    pub about: String,
    /// As it was; `None` where it is new.
    pub before: Option<String>,
    /// As it is; `None` where it is gone.
    pub after: Option<String>,
}

/// A letter in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterLine {
    /// Its number on paper.
    pub number: String,
    /// The member's code.
    pub member: String,
    /// The member's name.
    pub name: String,
    /// The member's unit, by name.
    pub unit: String,
    /// Its newest version the asker may see.
    pub version: i64,
    /// Where that stands.
    pub state: State,
    /// By when the next signature is due.
    pub due: Option<Deadline>,
    /// How far away that is.
    pub time_left: Option<TimeLeft>,
}

/// The letters of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Board {
    /// By unit and name.
    pub letters: Vec<LetterLine>,
    /// Those in the asker's branch who sell and have none: code and name.
    pub without: Vec<(String, String)>,
}

/// A letter by its number, in a version or in its newest.
pub fn letter(app: &App, context: &Context, number: &str, version: Option<i64>) -> Result<LetterView> {
    let mut tx = app.store.read()?;
    let (letter, opened) = found(app, &mut tx, number)?;
    let seen = Seen::of(context, &opened, &letter)?;
    let mut versions = letters::versions(&mut tx, letter.id)?;
    versions.retain(|own| seen.issues || own.state != State::Draft);
    let wanted = version.or_else(|| versions.last().map(|own| own.version));
    let head = versions.iter().find(|own| Some(own.version) == wanted).cloned();
    let head = head.ok_or_else(|| Error::missing("letter", number))?;
    let shown = seen.version(&mut tx, head)?;
    let promises = promises(&mut tx, context, &opened.ground.organisation, letter.id, seen.issues)?;
    Ok(LetterView { number: letter.number, versions, shown, issues: seen.issues, promises })
}

/// What changed from one version to another that the asker may see, line by line.
pub fn difference_to(
    app: &App,
    context: &Context,
    number: &str,
    (from, to): (i64, i64),
) -> Result<Vec<LineChange>> {
    let before = letter(app, context, number, Some(from))?.shown.content;
    let after = letter(app, context, number, Some(to))?.shown.content;
    let (old, new) = (shown::lines(&before), shown::lines(&after));
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let changed = difference(&old, &new).into_iter();
    let line = |own: Changed<'_, String>| LineChange {
        about: own.about.clone(),
        before: owned(own.before),
        after: owned(own.after),
    };
    Ok(changed.map(line).collect())
}

/// The letters of a plan, and who sells without one.
pub fn board(app: &App, context: &Context, plan: &str) -> Result<Board> {
    let mut tx = app.store.read()?;
    let opened = open(app, &mut tx, plan)?;
    let organisation = &opened.ground.organisation;
    let on = allow::day(context, &opened);
    let (reads, issues) = (
        context.scope(organisation, Action::Letters, Right::Read)?,
        context.scope(organisation, Action::Letters, Right::Issue)?,
    );
    if reads.is_empty() {
        return Err(Error::missing("plan", plan));
    }
    let object = |member: MemberId| Object::on(Whose::Member(member), on);
    let calendar = opened.company.calendar();
    let mut lines = Vec::new();
    let mut having: HashSet<MemberId> = HashSet::new();
    for Waiting { number, member, head } in letters::newest(&mut tx, opened.plan.id)? {
        let Some(found) = organisation.member_of_code(&member) else { continue };
        having.insert(found.id);
        let is_hidden = head.state == State::Draft && issues.view(&object(found.id)).is_none();
        if is_hidden || reads.view(&object(found.id)).is_none() {
            continue;
        }
        let unit = organisation.home_unit(found.id, on).and_then(|unit| organisation.unit(unit));
        lines.push(LetterLine {
            number,
            name: found.name.clone(),
            unit: unit.map_or_else(String::new, |unit| unit.name.clone()),
            member,
            version: head.version,
            state: head.state,
            due: head.due,
            time_left: head.due.and_then(|due| due.time_left(&calendar, context.today)),
        });
    }
    let selling = organisation.rows().members.iter().filter(|own| {
        own.position.sells() == dacheng_domain::people::Sells::Always
            && own.is_employed(on)
            && !having.contains(&own.id)
            && reads.view(&object(own.id)).is_some()
    });
    let without = selling.map(|own| (own.code.to_string(), own.name.clone())).collect();
    lines.sort_by(|one, other| (&one.unit, &one.member).cmp(&(&other.unit, &other.member)));
    Ok(Board { letters: lines, without })
}

/// What the asker may do with a letter.
struct Seen<'a> {
    context: &'a Context,
    opened: &'a Opened,
    member: MemberId,
    issues: bool,
}

impl<'a> Seen<'a> {
    fn of(context: &'a Context, opened: &'a Opened, letter: &Letter) -> Result<Self> {
        let organisation = &opened.ground.organisation;
        let (member, on) = (allow::member_of(organisation, &letter.member)?, allow::day(context, opened));
        allow::may(context, organisation, Right::Read, member, on)?;
        let issues = allow::may(context, organisation, Right::Issue, member, on).is_ok();
        Ok(Self { context, opened, member, issues })
    }

    fn organisation(&self) -> &Organisation {
        &self.opened.ground.organisation
    }

    fn version(&self, tx: &mut Read, head: Head) -> Result<VersionView> {
        let content = text_of(tx, head.letter, head.version)?;
        let signatures = letters::signatures(tx, head.letter, head.version)?;
        let calendar = self.opened.company.calendar();
        let time_left = head.due.and_then(|due| due.time_left(&calendar, self.context.today));
        let signs_as = head.state.waits_for().filter(|party| self.signs(*party, &head, &signatures));
        Ok(VersionView { head, content, signatures, signs_as, time_left })
    }

    /// Whether the asker signs as a party now: what `steps` will decide again.
    fn signs(&self, party: Party, head: &Head, signed: &[Signature]) -> bool {
        let on = allow::day(self.context, self.opened);
        let is_own = allow::is_own(self.context, self.organisation(), self.member);
        let may = |right| allow::may(self.context, self.organisation(), right, self.member, on).is_ok();
        let superior = head.superior.as_ref().and_then(|code| self.organisation().member_of_code(code));
        let is_superior =
            superior.is_some_and(|own| allow::is_own(self.context, self.organisation(), own.id));
        match party {
            Party::Member => is_own && may(Right::Sign),
            Party::Superior => !is_own && (is_superior || superior.is_none()) && may(Right::Countersign),
            Party::Representative => {
                let login = self.context.actor_name();
                let has_signed = is_superior || signed.iter().any(|own| own.account == login);
                !is_own && !has_signed && may(Right::Countersign)
            }
        }
    }
}
