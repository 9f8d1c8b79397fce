//! Changing what a letter agrees: the draft there is, or a new one after a return, a refusal or while one is in force.

use dacheng_domain::access::Right;
use dacheng_domain::allocation::letter::{State, Terms};
use dacheng_store::letters::{self, Letter, Waiting};
use dacheng_store::targets::TARGETS;
use dacheng_store::{Read, Write, counter, plans};
use serde_json::json;

use super::content::Content;
use super::generate::{person, put_draft, superior};
use super::shown::Making;
use super::{allow, say, template};
use crate::planning::{Opened, open};
use crate::{App, Context, Error, Result, audit};

/// Writes new terms, by somebody who issues letters to the member and saw `seen` (version, revision). Faults may stay in a draft;
/// it is not issued with them.
pub fn change(app: &App, context: &Context, number: &str, seen: (i64, i64), terms: Terms) -> Result<()> {
    let mut tx = app.store.write()?;
    let (letter, opened) = found(app, &mut tx, number)?;
    let organisation = &opened.ground.organisation;
    let (on, member) = (allow::day(context, &opened), allow::member_of(organisation, &letter.member)?);
    allow::may(context, organisation, Right::Issue, member, on)?;
    let kept = newest(&mut tx, &letter)?;
    if (kept.head.version, kept.head.revision) != seen {
        return Err(Error::Stale { seen: seen.1, found: kept.head.revision });
    }
    let state = kept.head.state;
    if !state.may_change() {
        let say = context.lang.responsibility();
        return Err(Error::refused(say.not_from_here(say::state(context.lang, state))));
    }
    let version = if state == State::Draft { kept.head.version } else { kept.head.version + 1 };
    let old = text_of(&mut tx, letter.id, kept.head.version)?;
    let text = made(&mut tx, context, &opened, &letter, version, old.lang(), terms)?;
    put_draft(&mut tx, context, &kept, &text)?;
    let detail = json!({ "version": version, "before": old.terms, "after": text.terms });
    audit::record(app, &mut tx, context, "letter.change", &format!("letter/{number}"), &detail)?;
    Ok(tx.commit()?)
}

/// A version of a letter made of the organisation, template and targets of now.
pub(super) fn made(
    tx: &mut Write,
    context: &Context,
    opened: &Opened,
    letter: &Letter,
    version: i64,
    lang: dacheng_text::Lang,
    terms: Terms,
) -> Result<Content> {
    let organisation = &opened.ground.organisation;
    let (on, member) = (allow::day(context, opened), allow::member_of(organisation, &letter.member)?);
    let above = superior(organisation, member, on).and_then(|above| organisation.member(above));
    let (template, _) = template::current(tx, lang)?;
    let making = Making {
        opened,
        template: &template,
        lang,
        number: letter.number.clone(),
        version,
        targets: counter::last(tx, TARGETS)?,
        member: person(organisation, member, lang, on),
        superior: above.map(|above| above.name.clone()),
        terms,
    };
    making.content()
}

/// A letter by its number on paper, with its plan.
pub(super) fn found(app: &App, tx: &mut Read, number: &str) -> Result<(Letter, Opened)> {
    let missing = || Error::missing("letter", number);
    let letter = letters::by_number(tx, number)?.ok_or_else(missing)?;
    let plan = plans::by_id(tx, letter.plan_id)?.ok_or_else(missing)?;
    let opened = open(app, tx, &plan.code)?;
    Ok((letter, opened))
}

/// The newest version of a letter.
pub(super) fn newest(tx: &mut Read, letter: &Letter) -> Result<Waiting> {
    let head = letters::head(tx, letter.id, letter.newest)?;
    let head = head.ok_or_else(|| Error::Internal(format!("letter {} without a version", letter.number)))?;
    Ok(Waiting { number: letter.number.clone(), member: letter.member.clone(), head })
}

/// The text of a version.
pub(super) fn text_of(tx: &mut Read, letter: i64, version: i64) -> Result<Content> {
    let text = letters::text(tx, letter, version)?;
    Content::of(&text.ok_or_else(|| Error::Internal(format!("letter {letter} without version {version}")))?)
}
