//! Closing a month: propose, send back, close, reopen, and closing months of imported history. Closing books the
//! figures, judges alerts and opens plans in one transaction (`domain.md` §5).

use std::collections::BTreeSet;
use std::sync::Arc;

use dacheng_domain::access::{Action, Object, Owner, Right, When};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::notification::{CloseNews, Event};
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::close::{
    CloseRefused, CloseState, CloseStep, ControlTotal, MonthClose, MonthStanding, Signer,
};
use dacheng_store::{Read, Write, closes, counter};
use dacheng_text::{Lang, date, metric, role};
use jiff::civil::Date;
use serde_json::json;

use super::booking::{BOOKED, book, total};
use super::judging::{Outcome, judge};
use super::persons::{self, Persons, is_program};
use super::{month_of, number};
use crate::company::{self, Company};
use crate::facts::days::number as day_number;
use crate::facts::ground::Ground;
use crate::outbox::{News, announce};
use crate::{App, Context, Error, Result, audit};

/// What closing a running month is called in the audit trail.
const CLOSE: &str = "month.close";

/// A control total of the ERP for a month (对账), given with a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Control {
    /// Which total: revenue for orders and returns, collections for payments.
    pub metric: Metric,
    /// What the ERP says, in fen.
    pub expected: i64,
    /// What a difference means.
    pub difference: Difference,
}

/// What a difference to a control total means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// The month cannot be proposed or closed.
    Refused,
    /// Whoever proposes signs it off, for a reason.
    SignedOff(String),
}

/// Which day the close of a month of history is recorded on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recorded {
    /// Today.
    Today,
    /// The 1st of the month after.
    FirstOfNextMonth,
}

/// A month that was closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// Which.
    pub month: Month,
    /// The day its alerts are dated.
    pub recorded_on: Date,
    /// The version of the close now.
    pub version: i64,
    /// What it changed in alerts and plans.
    pub outcome: Outcome,
}

/// Sales operations propose a month whose control totals agree. `seen` is the version of the close the asker saw,
/// 0 where nobody began it; the answer is the new one.
pub fn propose(app: &App, context: &Context, month: Month, seen: i64, controls: &[Control]) -> Result<i64> {
    let mut step = Step::begin(app, context, month, seen)?;
    step.may(Right::Propose, &[])?;
    step.is_over(context.today)?;
    let signer = step.signer(CloseStep::Propose)?;
    step.kept.controls = controls.iter().map(|control| step.control(control)).collect::<Result<_>>()?;
    let proposed = step.close()?.propose(signer, &step.kept.controls).map_err(|why| step.refused(&why))?;
    let booked: Vec<_> = step
        .kept
        .controls
        .iter()
        .map(|own| json!([own.source, own.booked, own.expected, own.reason]))
        .collect();
    step.save(proposed, ("month.propose", CloseNews::Proposed), &json!({ "controls": booked }))
}

/// Finance sends a proposal back with a reason.
pub fn send_back(app: &App, context: &Context, month: Month, seen: i64, reason: &str) -> Result<i64> {
    let mut step = Step::begin(app, context, month, seen)?;
    step.may(Right::Close, &[When::EnteredNothing])?;
    let signer = step.signer(CloseStep::SendBack)?;
    let open = step.close()?.send_back(signer).map_err(|why| step.refused(&why))?;
    let reason = step.reason(reason)?;
    step.save(open, ("month.send_back", CloseNews::SentBack), &json!({ "reason": reason }))
}

/// Finance closes a proposed month. Two who close at once have one winner; the other gets [`Error::Stale`].
pub fn close(app: &App, context: &Context, month: Month, seen: i64) -> Result<Closed> {
    let mut step = Step::begin_alone(app, context, month, seen)?;
    // Whether they entered facts is decided below, with a sentence of its own.
    step.may(Right::Close, &[When::EnteredNothing])?;
    step.is_over(context.today)?;
    step.is_next()?;
    let signer = step.signer(CloseStep::Close)?;
    let authors = step.authors()?;
    step.recount()?;
    let closed =
        step.close()?.close(signer, &authors, &step.kept.controls).map_err(|why| step.refused(&why))?;
    step.close_before_go_live()?;
    step.settle(closed, context.today)
}

/// A director or executive and finance reopen a closed month together: the first call signs, the second, of the
/// other side and another person, reopens. Each says why. Answers where the month stands and its version.
pub fn reopen(
    app: &App,
    context: &Context,
    month: Month,
    seen: i64,
    reason: &str,
) -> Result<(CloseState, i64)> {
    let mut step = Step::begin(app, context, month, seen)?;
    step.may(Right::Reopen, &[When::Jointly])?;
    let signer = step.signer(CloseStep::Reopen)?;
    let reopened = step.close()?.reopen(signer).map_err(|why| step.refused(&why))?;
    let state = reopened.state();
    let act = match state {
        CloseState::Reopened => ("month.reopen", CloseNews::Reopened),
        CloseState::Open | CloseState::Proposed | CloseState::Closed => {
            ("month.sign_reopening", CloseNews::ReopeningSigned)
        }
    };
    let reason = step.reason(reason)?;
    Ok((state, step.save(reopened, act, &json!({ "reason": reason }))?))
}

/// The command line closes the months of imported history that nobody closed yet, in order, all or none. Months
/// closed already are left as they are; months before the go-live month that lie before `from` are closed with them.
pub fn close_history(
    app: &App,
    context: &Context,
    (from, through): (Month, Month),
    recorded: Recorded,
) -> Result<Vec<Closed>> {
    let mut step = Step::begin_alone(app, context, from, None)?;
    if !is_program(context) {
        return Err(Error::Forbidden(context.lang.tracking_close().program_only().to_owned()));
    }
    step.close_before_go_live()?;
    let mut closed = Vec::new();
    for month in
        std::iter::successors(Some(from), |month| Some(month.next())).take_while(|own| *own <= through)
    {
        step.turn_to(month)?;
        if step.kept.standing != MonthStanding::Closed {
            step.is_over(context.today)?;
            step.is_next()?;
            closed.push(step.close_history(recorded)?);
        }
    }
    step.tx.commit()?;
    Ok(closed)
}

/// Judges a closed month again, as after a change of rules; alerts are dated today. Twice is once.
pub fn judge_again(app: &App, context: &Context, month: Month) -> Result<Outcome> {
    let mut step = Step::begin_alone(app, context, month, None)?;
    if !is_program(context) {
        return Err(Error::Forbidden(context.lang.tracking_close().program_only().to_owned()));
    }
    let (outcome, news) = judge(&mut step.tx, &step.ground, &step.company, month, context.today)?;
    announce(app, &mut step.tx, context, &news)?;
    if outcome != Outcome::default() {
        audit::record(app, &mut step.tx, context, "month.judge", &month.to_string(), &json!(outcome))?;
    }
    step.tx.commit()?;
    Ok(outcome)
}

/// A step in its transaction, with everything it is decided by.
struct Step<'s> {
    app: &'s App,
    context: &'s Context,
    tx: Write,
    ground: Arc<Ground>,
    company: Company,
    persons: Persons,
    month: Month,
    kept: closes::Close,
}

impl<'s> Step<'s> {
    fn begin(app: &'s App, context: &'s Context, month: Month, seen: impl Into<Option<i64>>) -> Result<Self> {
        Self::within(app, context, app.store.write()?, month, seen.into())
    }

    /// With the change sequence held: no facts are committed and no month is closed until this is done.
    fn begin_alone(
        app: &'s App,
        context: &'s Context,
        month: Month,
        seen: impl Into<Option<i64>>,
    ) -> Result<Self> {
        let mut tx = app.store.write()?;
        counter::next(&mut tx, counter::CHANGE)?;
        Self::within(app, context, tx, month, seen.into())
    }

    fn within(
        app: &'s App,
        context: &'s Context,
        mut tx: Write,
        month: Month,
        seen: Option<i64>,
    ) -> Result<Self> {
        let ground = app.memory.ground(&mut tx)?;
        let (company, _) = company::current(&mut tx)?;
        let kept = kept(&mut tx, month)?;
        if let Some(seen) = seen.filter(|seen| *seen != kept.version) {
            // Whoever may not know the month learns nothing from its version.
            let object = Object::on(Owner::Company, context.today);
            context.may(&ground.organisation, Action::MonthClose, Right::Read, &object)?;
            return Err(Error::Stale { seen, found: kept.version });
        }
        Ok(Self { app, context, tx, ground, company, persons: Persons::default(), month, kept })
    }

    fn turn_to(&mut self, month: Month) -> Result<()> {
        self.month = month;
        self.kept = kept(&mut self.tx, month)?;
        Ok(())
    }

    fn may(&self, right: Right, holds: &[When]) -> Result<()> {
        let object = Object::on(Owner::Company, self.context.today).holding(holds);
        self.context.may(&self.ground.organisation, Action::MonthClose, right, &object)?;
        Ok(())
    }

    fn signer(&mut self, step: CloseStep) -> Result<Signer> {
        let held = persons::role(self.context, step);
        let role =
            held.ok_or_else(|| Error::Internal(format!("{step:?} is allowed by a role that it has not")))?;
        self.persons.signer(&mut self.tx, self.context.actor.name(), role)
    }

    /// The close as the domain knows it.
    fn close(&mut self) -> Result<MonthClose> {
        let closes::Close { state, standing, proposed_by, reopening, .. } = self.kept.clone();
        let proposed_by = proposed_by.map(|login| self.persons.number(&mut self.tx, &login)).transpose()?;
        let sign = |(login, role): (String, _)| self.persons.signer(&mut self.tx, &login, role);
        let reopening = reopening.map(sign).transpose()?;
        Ok(MonthClose::restored(self.month, state, standing, proposed_by, reopening))
    }

    /// A reason, which must be given.
    fn reason(&self, reason: &str) -> Result<String> {
        match reason.trim() {
            "" => Err(Error::refused(self.texts().reason())),
            reason => Ok(reason.to_owned()),
        }
    }

    fn control(&mut self, control: &Control) -> Result<ControlTotal> {
        let booked = total(self.app, &mut self.tx, &self.company, control.metric, self.month)?;
        let (signed_off_by, reason) = match &control.difference {
            Difference::Refused => (None, None),
            Difference::SignedOff(reason) => {
                let reason = self.reason(reason)?;
                (Some(self.persons.number(&mut self.tx, self.context.actor.name())?), Some(reason))
            }
        };
        Ok(ControlTotal {
            source: control.metric.code().to_owned(),
            booked,
            expected: control.expected,
            signed_off_by,
            reason,
        })
    }

    /// Facts may have come since the proposal: control totals are compared with what is booked now.
    fn recount(&mut self) -> Result<()> {
        for own in &mut self.kept.controls {
            if let Some(metric) = BOOKED.into_iter().find(|metric| metric.code() == own.source) {
                own.booked = total(self.app, &mut self.tx, &self.company, metric, self.month)?;
            }
        }
        Ok(())
    }

    /// Everybody who entered a fact of the month.
    fn authors(&mut self) -> Result<BTreeSet<MemberId>> {
        let days = (day_number(self.month.first_day()), day_number(self.month.last_day()));
        let logins = closes::authors(&mut self.tx, days)?;
        logins.iter().map(|login| self.persons.number(&mut self.tx, login)).collect()
    }

    fn is_over(&self, today: Date) -> Result<()> {
        if today <= self.month.last_day() {
            return Err(Error::refused(self.texts().not_over(shown(self.context.lang, self.month))));
        }
        Ok(())
    }

    fn is_next(&mut self) -> Result<()> {
        match waits_for(&mut self.tx, &self.company, self.month)? {
            None => Ok(()),
            Some(before) => Err(Error::refused(self.texts().earlier_open(shown(self.context.lang, before)))),
        }
    }

    /// Months before the go-live month that nobody closed are booked with the first close after them: they count
    /// as the month before, and open nothing (`domain.md` §5).
    fn close_before_go_live(&mut self) -> Result<()> {
        let first = closes::first_month_with_facts(&mut self.tx)?.map(month_of).transpose()?;
        let (Some(first), Some(live)) = (first, self.company.go_live) else { return Ok(()) };
        let (own, proposed) = (self.month, self.kept.clone());
        let earlier = std::iter::successors(Some(first), |month| Some(month.next()));
        for month in earlier.take_while(|month| *month < live && *month < own) {
            self.turn_to(month)?;
            if self.kept.standing == MonthStanding::Open {
                self.close_history(Recorded::Today)?;
            }
        }
        (self.month, self.kept) = (own, proposed);
        Ok(())
    }

    fn close_history(&mut self, recorded: Recorded) -> Result<Closed> {
        let recorded_on = match recorded {
            Recorded::Today => self.context.today,
            Recorded::FirstOfNextMonth => self.month.next().first_day(),
        };
        if recorded_on > self.context.today {
            return Err(Error::refused(self.texts().not_recordable(recorded_on)));
        }
        let closed = MonthClose::restored(self.month, CloseState::Closed, MonthStanding::Closed, None, None);
        self.book(closed, recorded_on, "month.close_history")
    }

    fn settle(mut self, closed: MonthClose, recorded_on: Date) -> Result<Closed> {
        let closed = self.book(closed, recorded_on, CLOSE)?;
        self.tx.commit()?;
        Ok(closed)
    }

    /// Books the figures, saves the close, judges the month, records all of it.
    fn book(&mut self, closed: MonthClose, recorded_on: Date, act: &str) -> Result<Closed> {
        book(self.app, &mut self.tx, &self.company, self.month)?;
        self.kept.closed_by = Some(self.context.actor.name().to_owned());
        self.kept.recorded_on = Some(recorded_on);
        self.kept.sequence = Some(counter::last(&mut self.tx, counter::CHANGE)?);
        let version = self.keep(closed)?;
        let (outcome, mut news) = judge(&mut self.tx, &self.ground, &self.company, self.month, recorded_on)?;
        // Months of a history that is closed in one go are no news; their alerts are.
        if act == CLOSE {
            news.push(self.news(CloseNews::Closed, outcome, version));
        }
        announce(self.app, &mut self.tx, self.context, &news)?;
        let detail =
            json!({ "recorded_on": recorded_on, "sequence": self.kept.sequence, "outcome": outcome });
        audit::record(self.app, &mut self.tx, self.context, act, &self.month.to_string(), &detail)?;
        Ok(Closed { month: self.month, recorded_on, version, outcome })
    }

    fn keep(&mut self, after: MonthClose) -> Result<i64> {
        self.kept.state = after.state();
        self.kept.standing = after.standing();
        self.kept.proposed_by = after.proposed_by().and_then(|person| self.persons.login(person));
        let login = |signer: Signer| Some((self.persons.login(signer.member)?, signer.role));
        self.kept.reopening = after.reopening().and_then(login);
        let seen = self.kept.version;
        if !closes::save(&mut self.tx, &self.kept)? {
            return Err(Error::Stale { seen, found: kept(&mut self.tx, self.month)?.version });
        }
        Ok(seen + 1)
    }

    fn save(
        mut self,
        after: MonthClose,
        (act, news): (&str, CloseNews),
        detail: &serde_json::Value,
    ) -> Result<i64> {
        let version = self.keep(after)?;
        let news = self.news(news, Outcome::default(), version);
        announce(self.app, &mut self.tx, self.context, &[news])?;
        audit::record(self.app, &mut self.tx, self.context, act, &self.month.to_string(), detail)?;
        self.tx.commit()?;
        Ok(version)
    }

    fn news(&self, step: CloseNews, outcome: Outcome, version: i64) -> News {
        let Outcome { red, yellow, .. } = outcome;
        News::of(Event::Close { step, month: self.month, red, yellow, version })
    }

    fn texts(&self) -> dacheng_text::say::TrackingClose {
        self.context.lang.tracking_close()
    }

    fn refused(&self, why: &CloseRefused) -> Error {
        let (lang, texts) = (self.context.lang, self.texts());
        let month = shown(lang, self.month);
        Error::refused(match why {
            CloseRefused::WrongState { state, .. } => texts.wrong_state(month, state_name(lang, *state)),
            CloseRefused::WrongRole { role: own, .. } => texts.wrong_role(role::name(lang, *own)),
            CloseRefused::SamePerson => texts.same_person().to_owned(),
            CloseRefused::EnteredFacts => texts.entered_facts(month),
            CloseRefused::Unsettled { source_name } => {
                let own = source_name.parse().map(|own| metric::name(lang, own));
                texts.unsettled(own.unwrap_or(source_name))
            }
        })
    }
}

/// The month that must be closed first. Months are closed in order: the one before is closed, or lies before the
/// first fact or the go-live month.
pub(super) fn waits_for(tx: &mut Read, company: &Company, month: Month) -> Result<Option<Month>> {
    let before = month.previous();
    let first = closes::first_month_with_facts(tx)?.map(month_of).transpose()?;
    let is_earlier = |limit: Option<Month>| limit.is_some_and(|limit| before < limit);
    let may_stay_open = first.is_none() || is_earlier(first) || is_earlier(company.go_live);
    Ok(match kept(tx, before)?.standing {
        MonthStanding::Closed => None,
        MonthStanding::Open if may_stay_open => None,
        MonthStanding::Open | MonthStanding::Reopened => Some(before),
    })
}

/// The close of a month; one that nobody began is at version 0.
pub(super) fn kept(tx: &mut Read, month: Month) -> Result<closes::Close> {
    Ok(closes::by_month(tx, number(month))?.unwrap_or(closes::Close {
        month: number(month),
        state: CloseState::Open,
        standing: MonthStanding::Open,
        proposed_by: None,
        closed_by: None,
        recorded_on: None,
        sequence: None,
        reopening: None,
        controls: Vec::new(),
        version: 0,
    }))
}

pub(super) fn shown(lang: Lang, month: Month) -> String {
    date::month(lang, month.year(), month.number())
}

fn state_name(lang: Lang, state: CloseState) -> &'static str {
    let states = lang.states();
    match state {
        CloseState::Open => states.month_due(),
        CloseState::Proposed => states.month_proposed(),
        CloseState::Closed => states.month_closed(),
        CloseState::Reopened => states.month_reopened(),
    }
}
