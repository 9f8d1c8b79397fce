//! Making drafts for everybody in a branch who carries targets, and new drafts where those changed. One transaction, a few
//! queries however many people there are.

use std::collections::HashMap;

use dacheng_domain::access::{Action, Object, Owner as Whose, Right};
use dacheng_domain::allocation::letter::{State, Template, Terms};
use dacheng_domain::calendar::Deadline;
use dacheng_domain::people::{MemberId, Organisation, Sells, Span};
use dacheng_store::Write;
use dacheng_store::letters::{self, Head, Letter, Waiting};
use dacheng_text::{Lang, role};
use jiff::civil::Date;
use serde_json::json;

use super::agreed::{Carried, carried};
use super::content::{Content, Person};
use super::shown::Making;
use super::{allow, template};
use crate::planning::{Opened, open};
use crate::{App, Context, Error, Result, audit};

/// What making letters came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Generated {
    /// New letters.
    pub made: usize,
    /// New versions, and drafts written anew, of letters whose targets changed.
    pub renewed: usize,
    /// Letters that say what is so.
    pub unchanged: usize,
    /// Letters that wait for signatures while their targets changed: they have to be returned first.
    pub waiting: Vec<String>,
    /// The names of those in the branch who sell and carry nothing.
    pub without: Vec<String>,
}

/// Makes letters for a unit's branch, in a language. Whoever may not be issued one by the asker is left out.
pub fn generate(app: &App, context: &Context, plan: &str, unit: &str, lang: Lang) -> Result<Generated> {
    let mut tx = app.store.write()?;
    let opened = open(app, &mut tx, plan)?;
    let on = allow::day(context, &opened);
    let people = people(context, &opened, unit, on)?;
    let (template, _) = template::current(&mut tx, lang)?;
    let carried = carried(&mut tx, &opened)?;
    let kept = letters::newest_texts(&mut tx, opened.plan.id)?;
    let kept: HashMap<&str, &(Waiting, String)> =
        kept.iter().map(|own| (own.0.member.as_str(), own)).collect();
    let mut work =
        Work { context, opened: &opened, template: &template, lang, on, carried, came: Generated::default() };
    let mut fresh = Vec::new();
    for member in people {
        let code = opened.ground.organisation.member(member).map_or("", |member| member.code.as_str());
        match kept.get(code) {
            Some((waiting, text)) => work.renew(&mut tx, member, waiting, &Content::of(text)?)?,
            None => fresh.extend(work.first(member).map(|terms| (member, terms))),
        }
    }
    work.add(&mut tx, fresh)?;
    let came = work.came;
    if came.made + came.renewed == 0 && came.unchanged + came.waiting.len() == 0 {
        return Err(Error::refused(context.lang.responsibility().no_targets()));
    }
    let detail = json!({ "unit": unit, "made": came.made, "renewed": came.renewed });
    audit::record(app, &mut tx, context, "letter.generate", &format!("plan/{plan}"), &detail)?;
    tx.commit()?;
    Ok(came)
}

/// Those of a branch whom the asker may issue letters to: members of its units, and who leads them.
pub(super) fn people(context: &Context, opened: &Opened, unit: &str, on: Date) -> Result<Vec<MemberId>> {
    let organisation = &opened.ground.organisation;
    let found = organisation.unit_of_code(unit).ok_or_else(|| Error::missing("unit", unit))?;
    let days = Span::new(Some(on), opened.year.last_day().tomorrow().ok()).unwrap_or(Span::ALWAYS);
    let mut people = organisation.members_during(found.id, days);
    let leaders =
        organisation.subtree(found.id, on).into_iter().filter_map(|unit| organisation.leader(unit, on));
    for leader in leaders {
        if !people.contains(&leader) {
            people.push(leader);
        }
    }
    let scope = context.scope(organisation, Action::Letters, Right::Issue)?;
    // Who comes later gets a letter then.
    people.retain(|member| organisation.member(*member).is_some_and(|own| own.is_employed(on)));
    people.retain(|member| scope.view(&Object::on(Whose::Member(*member), on)).is_some());
    if people.is_empty() {
        let whole = Object::on(Whose::Unit(found.id), on);
        context.may(organisation, Action::Letters, Right::Issue, &whole)?;
    }
    Ok(people)
}

/// Somebody as a letter of that day names them.
pub(super) fn person(organisation: &Organisation, member: MemberId, lang: Lang, on: Date) -> Person {
    let unit = organisation.home_unit(member, on).and_then(|unit| organisation.unit(unit));
    let unit = unit.map_or_else(String::new, |unit| unit.name.clone());
    let found = organisation.member(member);
    Person {
        code: found.map_or_else(String::new, |own| own.code.to_string()),
        name: found.map_or_else(String::new, |own| own.name.clone()),
        position: found.map_or_else(String::new, |own| role::position(lang, own.position).to_owned()),
        unit,
    }
}

/// The direct superior of a member.
pub(super) fn superior(organisation: &Organisation, member: MemberId, on: Date) -> Option<MemberId> {
    organisation.superiors(member, on).first().copied()
}

struct Work<'a> {
    context: &'a Context,
    opened: &'a Opened,
    template: &'a Template,
    lang: Lang,
    on: Date,
    carried: Carried,
    came: Generated,
}

impl Work<'_> {
    /// The terms of a first letter; who sells and carries nothing is named.
    fn first(&mut self, member: MemberId) -> Option<Terms> {
        let terms = self.carried.terms(self.opened, self.lang, member, self.on, self.template);
        if terms.is_none() {
            let found = self.opened.ground.organisation.member(member);
            let sells = found.filter(|own| own.position.sells() == Sells::Always);
            self.came.without.extend(sells.map(|own| own.name.clone()));
        }
        terms
    }

    /// A draft is written anew, any other letter gets a new draft, where the targets are not what it says.
    fn renew(&mut self, tx: &mut Write, member: MemberId, kept: &Waiting, old: &Content) -> Result<()> {
        let lang = old.lang();
        let terms = self.carried.renewed(self.opened, lang, member, self.on, &old.terms, self.template);
        let Some(terms) = terms else {
            self.came.unchanged += 1;
            return Ok(());
        };
        if !kept.head.state.may_change() {
            self.came.waiting.push(old.member.name.clone());
            return Ok(());
        }
        let version = kept.head.version + i64::from(kept.head.state != State::Draft);
        let content = self.content(member, &kept.number, version, lang, terms)?;
        put_draft(tx, self.context, kept, &content)?;
        self.came.renewed += 1;
        Ok(())
    }

    fn add(&mut self, tx: &mut Write, fresh: Vec<(MemberId, Terms)>) -> Result<()> {
        let first = letters::reserve(tx, i64::try_from(fresh.len()).unwrap_or(i64::MAX))?;
        let (mut rows, mut versions) = (Vec::with_capacity(fresh.len()), Vec::with_capacity(fresh.len()));
        for (id, (member, terms)) in (first..).zip(fresh) {
            let number = format!("ZR-{}-{id:04}", self.opened.year.name());
            let content = self.content(member, &number, 1, self.lang, terms)?;
            let (text, digest) = content.text()?;
            let member = content.member.code;
            rows.push(Letter { id, number, plan_id: self.opened.plan.id, member, newest: 1, in_force: None });
            versions.push((draft(self.context, (id, 1), digest), text));
        }
        letters::insert(tx, &rows)?;
        letters::append(tx, &versions)?;
        self.came.made = rows.len();
        Ok(())
    }

    fn content(
        &self,
        member: MemberId,
        number: &str,
        version: i64,
        lang: Lang,
        terms: Terms,
    ) -> Result<Content> {
        let organisation = &self.opened.ground.organisation;
        let above = superior(organisation, member, self.on).and_then(|above| organisation.member(above));
        let making = Making {
            opened: self.opened,
            template: self.template,
            lang,
            number: number.to_owned(),
            version,
            targets: self.carried.sequence,
            member: person(organisation, member, lang, self.on),
            superior: above.map(|above| above.name.clone()),
            terms,
        };
        making.content()
    }
}

/// A draft as it begins.
pub(super) fn draft(context: &Context, (letter, version): (i64, i64), digest: String) -> Head {
    Head {
        letter,
        version,
        state: State::Draft,
        digest,
        superior: None,
        due: None::<Deadline>,
        reason: None,
        created_at: context.now.as_millisecond(),
        created_by: context.actor_name(),
        issued_at: None,
        revision: 1,
    }
}

/// Writes the text of a draft: into the one there is, or as the version after the newest.
pub(super) fn put_draft(
    tx: &mut Write,
    context: &Context,
    kept: &Waiting,
    draft_text: &Content,
) -> Result<()> {
    let (text, digest) = draft_text.text()?;
    let stale = || Error::Stale { seen: kept.head.revision, found: kept.head.revision + 1 };
    if kept.head.state == State::Draft {
        let head = Head { digest, ..kept.head.clone() };
        return if letters::change(tx, &head, &text)? { Ok(()) } else { Err(stale()) };
    }
    let letter = letters::by_id(tx, kept.head.letter)?;
    let letter = letter.filter(|own| own.newest == kept.head.version).ok_or_else(stale)?;
    letters::append(tx, &[(draft(context, (letter.id, draft_text.version), digest), text)])?;
    letters::point(tx, &Letter { newest: draft_text.version, ..letter })?;
    Ok(())
}
