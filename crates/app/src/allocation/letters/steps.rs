//! Signing, returning and refusing. Each party acts in person on the text they saw; the same person never signs twice.

use dacheng_domain::access::Right;
use dacheng_domain::allocation::letter::{Party, SIGN_DAYS, State, Step};
use dacheng_domain::people::MemberId;
use dacheng_store::Write;
use dacheng_store::letters::{self, Head, Letter, Signature};
use serde_json::{Value, json};

use super::change::{found, newest};
use super::content::Content;
use super::{allow, say};
use crate::hash::{hex, sha256};
use crate::planning::Opened;
use crate::{App, Context, Error, Result, audit};

/// What somebody who takes a step has seen, and from where they take it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The version they read.
    pub version: i64,
    /// The digest of its text.
    pub digest: &'a str,
    /// The address of their device; empty where it is not known.
    pub address: &'a str,
}

/// How signing shows who somebody is: the password was given again just before (`trust.md`).
const METHOD: &str = "password";

/// Signs, as whoever the letter waits for. Answers where it stands then.
pub fn sign(app: &App, context: &Context, number: &str, said: &Said<'_>) -> Result<State> {
    context.in_person()?;
    let mut act = Act::begin(app, context, number, said)?;
    let party = act.party()?;
    act.may_sign(party)?;
    act.sign(party, said)?;
    let next = act.step(Step::of(party))?;
    if next == State::InForce {
        act.take_force()?;
    }
    let detail = json!({ "version": said.version, "party": party, "digest": said.digest });
    act.save(app, "letter.sign", &detail)?;
    Ok(next)
}

/// Sends a letter back to be changed, with a reason: whoever is to sign next, or who issues it.
pub fn send_back(app: &App, context: &Context, number: &str, said: &Said<'_>, reason: &str) -> Result<State> {
    let mut act = Act::begin(app, context, number, said)?;
    let party = act.party()?;
    if allow::may(context, act.organisation(), Right::Issue, act.member, act.on()).is_err() {
        act.may_sign(party)?;
    }
    act.head.reason = Some(act.reason(reason)?);
    let next = act.step(Step::Return)?;
    let detail = json!({ "version": said.version, "party": party, "reason": reason.trim() });
    act.save(app, "letter.return", &detail)?;
    Ok(next)
}

/// Its member refuses to sign (拒签), with a reason. That is recorded and blocks nothing.
pub fn refuse(app: &App, context: &Context, number: &str, said: &Said<'_>, reason: &str) -> Result<State> {
    context.in_person()?;
    let mut act = Act::begin(app, context, number, said)?;
    act.may_sign(Party::Member)?;
    act.head.reason = Some(act.reason(reason)?);
    let next = act.step(Step::Refuse)?;
    let detail = json!({ "version": said.version, "reason": reason.trim() });
    act.save(app, "letter.refuse", &detail)?;
    Ok(next)
}

/// A step on a letter in its transaction.
struct Act<'a> {
    context: &'a Context,
    tx: Write,
    letter: Letter,
    opened: Opened,
    member: MemberId,
    head: Head,
    content: Content,
}

impl<'a> Act<'a> {
    fn begin(app: &App, context: &'a Context, number: &str, said: &Said<'_>) -> Result<Self> {
        let mut tx = app.store.write()?;
        let (letter, _) = found(app, &mut tx, number)?;
        letters::hold(&mut tx, letter.id)?;
        let (letter, opened) = found(app, &mut tx, number)?;
        let organisation = &opened.ground.organisation;
        let member = allow::member_of(organisation, &letter.member)?;
        allow::may(context, organisation, Right::Read, member, allow::day(context, &opened))?;
        let head = newest(&mut tx, &letter)?.head;
        let text = letters::text(&mut tx, letter.id, head.version)?.unwrap_or_default();
        if head.version != said.version || head.digest != said.digest {
            return Err(Error::refused(context.lang.responsibility().not_the_text()));
        }
        if hex(&sha256(text.as_bytes())) != head.digest {
            return Err(Error::Internal(format!("letter {number}: its text is not what was issued")));
        }
        Ok(Self { context, tx, letter, opened, member, head, content: Content::of(&text)? })
    }

    fn organisation(&self) -> &dacheng_domain::people::Organisation {
        &self.opened.ground.organisation
    }

    fn on(&self) -> jiff::civil::Date {
        allow::day(self.context, &self.opened)
    }

    /// Whom it waits for.
    fn party(&self) -> Result<Party> {
        self.head.state.waits_for().ok_or_else(|| self.not_from_here())
    }

    fn not_from_here(&self) -> Error {
        let say = self.context.lang.responsibility();
        Error::refused(say.not_from_here(say::state(self.context.lang, self.head.state)))
    }

    fn may_sign(&mut self, party: Party) -> Result<()> {
        let say = self.context.lang.responsibility();
        let is_own = allow::is_own(self.context, self.organisation(), self.member);
        let right = match party {
            Party::Member => Right::Sign,
            Party::Superior | Party::Representative => Right::Countersign,
        };
        if (party == Party::Member) != is_own {
            let error = if is_own { say.one_signs_once() } else { say.not_own() };
            return Err(Error::Forbidden(error.to_owned()));
        }
        allow::may(self.context, self.organisation(), right, self.member, self.on())?;
        match party {
            Party::Member => Ok(()),
            Party::Superior => self.is_superior(),
            Party::Representative => self.has_not_signed(),
        }
    }

    /// The superior named at the issue signs; where there was nobody above, whoever may.
    fn is_superior(&self) -> Result<()> {
        let Some(code) = &self.head.superior else { return Ok(()) };
        let organisation = self.organisation();
        let superior = organisation.member_of_code(code);
        let is_me = superior.is_some_and(|own| allow::is_own(self.context, organisation, own.id));
        // Who left since is replaced by who stands there now.
        let is_there = superior.is_some_and(|own| own.is_employed(self.context.today));
        if is_me || !is_there {
            return Ok(());
        }
        let name = superior.map_or(code.as_str(), |own| own.name.as_str());
        Err(Error::Forbidden(self.context.lang.responsibility().not_superior(name)))
    }

    fn has_not_signed(&mut self) -> Result<()> {
        let login = self.context.actor_name();
        let signed = letters::signatures(&mut self.tx, self.head.letter, self.head.version)?;
        let is_superior =
            self.head.superior.as_ref().and_then(|code| self.organisation().member_of_code(code));
        let is_superior =
            is_superior.is_some_and(|own| allow::is_own(self.context, self.organisation(), own.id));
        if is_superior || signed.iter().any(|own| own.account == login) {
            return Err(Error::Forbidden(self.context.lang.responsibility().one_signs_once().to_owned()));
        }
        Ok(())
    }

    fn reason(&self, reason: &str) -> Result<String> {
        match reason.trim() {
            "" => Err(Error::refused(self.context.lang.responsibility().needs_reason())),
            reason => Ok(reason.chars().take(400).collect()),
        }
    }

    fn sign(&mut self, party: Party, said: &Said<'_>) -> Result<()> {
        let person = self.context.access.person(self.organisation()).and_then(|person| person.member);
        let name = person.and_then(|member| self.organisation().member(member)).map(|own| own.name.clone());
        let own = Signature {
            letter: self.head.letter,
            version: self.head.version,
            party,
            account: self.context.actor_name(),
            name: name.unwrap_or_else(|| self.context.actor_name()),
            at: self.context.now.as_millisecond(),
            method: METHOD.to_owned(),
            address: said.address.to_owned(),
            digest: self.head.digest.clone(),
        };
        if letters::sign(&mut self.tx, &own)? { Ok(()) } else { Err(self.not_from_here()) }
    }

    fn step(&mut self, step: Step) -> Result<State> {
        let next = self.head.state.after(step, self.content.signatories).map_err(|_| self.not_from_here())?;
        self.head.state = next;
        let due = next.waits_for().map(|_| self.opened.company.calendar().due(self.context.today, SIGN_DAYS));
        self.head.due = due;
        Ok(next)
    }

    /// The version takes the place of the one in force, and its promises count.
    fn take_force(&mut self) -> Result<()> {
        let (id, version) = (self.letter.id, self.head.version);
        letters::supersede(&mut self.tx, id, version, State::InForce)?;
        letters::point(&mut self.tx, &Letter { in_force: Some(version), ..self.letter.clone() })?;
        letters::put_promises(&mut self.tx, id, &self.content.terms.promises)?;
        Ok(())
    }

    fn save(mut self, app: &App, act: &str, detail: &Value) -> Result<()> {
        if !letters::save(&mut self.tx, &self.head)? {
            return Err(Error::Stale { seen: self.head.revision, found: self.head.revision + 1 });
        }
        let object = format!("letter/{}", self.letter.number);
        audit::record(app, &mut self.tx, self.context, act, &object, detail)?;
        Ok(self.tx.commit()?)
    }
}
