//! Handing letters out: all drafts of a branch that are without fault, in one transaction. From then on their text stays.

use dacheng_domain::access::Right;
use dacheng_domain::allocation::letter::{SIGN_DAYS, Signatories, State, Step};
use dacheng_domain::planning::State as PlanState;
use dacheng_store::letters::{self, Head, Waiting};
use dacheng_store::{Write, counter, targets};
use serde_json::json;

use super::content::Content;
use super::generate::{people, person, superior};
use super::shown::Making;
use super::{allow, say, template};
use crate::hash::{hex, sha256};
use crate::planning::{Opened, open};
use crate::{App, Context, Error, Result, audit};

/// What handing letters out came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Issued {
    /// The numbers of those handed out.
    pub letters: Vec<String>,
    /// Drafts that stay, by the name of their member, with what is wrong.
    pub faulty: Vec<(String, String)>,
}

/// Hands out the drafts of a unit's branch, or the one of a member where `member` names them. The plan is in force.
pub fn issue(app: &App, context: &Context, plan: &str, unit: &str, member: Option<&str>) -> Result<Issued> {
    let mut tx = app.store.write()?;
    let opened = open(app, &mut tx, plan)?;
    let on = allow::day(context, &opened);
    let organisation = &opened.ground.organisation;
    let people = match member {
        Some(code) => {
            let member = allow::member_of(organisation, code)?;
            allow::may(context, organisation, Right::Issue, member, on)?;
            vec![member]
        }
        None => people(context, &opened, unit, on)?,
    };
    if opened.state != PlanState::InForce {
        return Err(Error::refused(context.lang.responsibility().not_in_force()));
    }
    let codes: std::collections::HashSet<String> =
        people.iter().filter_map(|id| organisation.member(*id)).map(|own| own.code.to_string()).collect();
    let kept = letters::newest_texts(&mut tx, opened.plan.id)?.into_iter();
    let drafts = kept.filter(|(own, _)| own.head.state == State::Draft && codes.contains(&own.member));
    let sequence = counter::last(&mut tx, targets::TARGETS)?;
    let (mut came, mut signed_for) = (Issued::default(), Vec::new());
    for (draft, text) in drafts {
        let old = Content::of(&text)?;
        let faults = old.terms.faults(&(old.days.0..=old.days.1));
        if !faults.is_empty() {
            let faults: Vec<String> = faults.into_iter().map(|own| say::fault(context.lang, own)).collect();
            came.faulty.push((old.member.name, faults.join("")));
            continue;
        }
        let digest = hand_out(&mut tx, context, &opened, &draft, old, sequence)?;
        signed_for.push(format!("{} {digest}", draft.number));
        came.letters.push(draft.number);
    }
    if came.letters.is_empty() {
        return Ok(came);
    }
    let digest = hex(&sha256(signed_for.join("\n").as_bytes()));
    let detail = json!({ "unit": unit, "member": member, "letters": came.letters, "digest": digest });
    audit::record(app, &mut tx, context, "letter.issue", &format!("plan/{plan}"), &detail)?;
    tx.commit()?;
    Ok(came)
}

/// Writes the last text of a draft, as organisation and template of today make it, and hands it out; answers its digest.
fn hand_out(
    tx: &mut Write,
    context: &Context,
    opened: &Opened,
    draft: &Waiting,
    old: Content,
    sequence: i64,
) -> Result<String> {
    let organisation = &opened.ground.organisation;
    let (lang, on) = (old.lang(), allow::day(context, opened));
    let member = allow::member_of(organisation, &draft.member)?;
    let above = superior(organisation, member, on).and_then(|above| organisation.member(above));
    let (template, _) = template::current(tx, lang)?;
    // The months it refers to are those it was made from, unless nothing of it changed since.
    let making = Making {
        opened,
        template: &template,
        lang,
        number: draft.number.clone(),
        version: draft.head.version,
        targets: old.targets.min(sequence),
        member: person(organisation, member, lang, on),
        superior: above.map(|above| above.name.clone()),
        terms: old.terms,
    };
    let (text, digest) = making.content()?.text()?;
    let refused = || {
        Error::refused(
            context.lang.responsibility().not_from_here(say::state(context.lang, draft.head.state)),
        )
    };
    let state = draft.head.state.after(Step::Issue, Signatories::Two).map_err(|_| refused())?;
    let head = Head {
        state,
        digest: digest.clone(),
        superior: above.map(|above| above.code.to_string()),
        due: Some(opened.company.calendar().due(context.today, SIGN_DAYS)),
        issued_at: Some(context.now.as_millisecond()),
        ..draft.head.clone()
    };
    if !letters::issue(tx, &head, &text)? {
        return Err(Error::Stale { seen: draft.head.revision, found: draft.head.revision + 1 });
    }
    letters::supersede(tx, head.letter, head.version, state)?;
    Ok(digest)
}
