//! Saying what a running month and quarter will come to, week by week, and a leader's word beside it. The rules are
//! `domain::tracking::statement`'s; what was said is read by `figures::statements`.

use dacheng_domain::access::{Action, Object, Owner, Right};
use dacheng_domain::calendar::Week;
use dacheng_domain::metrics::Metric;
use dacheng_domain::notification::Event;
use dacheng_domain::people::{MemberId, Organisation, Sells};
use dacheng_domain::tracking::statement::{CannotSay, LONGEST, Reach, Said};
use dacheng_store::statements::{self, Judgement, Statement};
use serde_json::json;

use crate::figures::statements::{METRICS, first_month, week_number};
use crate::outbox::{News, announce};
use crate::{App, Context, Error, Result, audit, company};

/// What somebody says in a week. Amounts in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStatement {
    /// Of which metric.
    pub metric: Metric,
    /// Of the month: commitment and best case.
    pub of_month: (i64, i64),
    /// Of the quarter.
    pub of_quarter: (i64, i64),
    /// A remark, perhaps empty.
    pub note: String,
    /// The version of this week that its writer saw, 0 for none.
    pub seen: i64,
}

/// What a leader says beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJudgement {
    /// About whom, by code.
    pub member: String,
    /// Of which metric.
    pub metric: Metric,
    /// Of the month or the quarter.
    pub reach: Reach,
    /// What it comes to, in minor units; `None` takes an earlier one back.
    pub amount: Option<i64>,
    /// Why.
    pub reason: String,
    /// The version of this week that its writer saw, 0 for none.
    pub seen: i64,
}

/// What somebody may say on a member's page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// It is their own: they say what will come.
    Own,
    /// They lead the member, directly or further up: they say something beside it.
    Beside,
    /// Nothing.
    Nothing,
}

/// What the asker may say on a member's page.
pub fn who_says(context: &Context, organisation: &Organisation, member: MemberId) -> Result<Says> {
    let own = context.access.person(organisation).and_then(|person| person.member);
    let object = Object::on(Owner::Member(member), context.today);
    let may = |right| context.may(organisation, Action::BreakDown, right, &object).is_ok();
    if own == Some(member) {
        let sells = organisation.member(member).is_some_and(|own| own.position.sells() != Sells::Never);
        return Ok(if sells && may(Right::Commit) { Says::Own } else { Says::Nothing });
    }
    let superiors = organisation.superiors(member, context.today);
    let lent = context.lent.iter().filter_map(|lent| lent.person(organisation).member);
    let leads = own.into_iter().chain(lent).any(|own| superiors.contains(&own));
    Ok(if leads && may(Right::Update) { Says::Beside } else { Says::Nothing })
}

/// Says what this week's month and quarter will come to: a member for themselves, while the week runs. Every version
/// stays; the answer is its number.
pub fn state(app: &App, context: &Context, new: &NewStatement) -> Result<i64> {
    let say = context.lang.statements();
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let organisation = &ground.organisation;
    let own = context.access.person(organisation).and_then(|person| person.member);
    let member = own.and_then(|member| organisation.member(member));
    let member = member.ok_or_else(|| Error::Forbidden(say.refused_nobody().to_owned()))?;
    match who_says(context, organisation, member.id)? {
        Says::Own => {}
        Says::Beside | Says::Nothing => return Err(Error::Forbidden(say.refused_not_selling().to_owned())),
    }
    check_metric(context, new.metric)?;
    let week = Week::of(context.today);
    let (of_month, of_quarter) = (said(context, new.of_month)?, said(context, new.of_quarter)?);
    let note = text(context, &new.note)?;
    let start = company::current(&mut tx)?.0.fiscal_start;
    let (metric, code, number) = (new.metric.code(), member.code.as_str(), week_number(week));
    let before = statements::versions(&mut tx, metric, (number, number), code)?.pop();
    let found = before.as_ref().map_or(0, |own| own.version);
    let statement = Statement {
        metric: metric.to_owned(),
        week: number,
        member: code.to_owned(),
        version: found + 1,
        month: first_month(Reach::Month.period(week, start)),
        quarter: first_month(Reach::Quarter.period(week, start)),
        of_month,
        of_quarter,
        note,
        recorded_at: context.now.as_millisecond(),
        actor: context.actor.name().to_owned(),
    };
    if found != new.seen || !statements::append(&mut tx, &statement)? {
        return Err(Error::Stale { seen: new.seen, found });
    }
    let detail = json!({
        "metric": metric, "week": week.to_string(), "version": statement.version,
        "month": of_month, "quarter": of_quarter, "note": statement.note,
        "before": before.map(|own| json!({ "month": own.of_month, "quarter": own.of_quarter })),
    });
    audit::record(app, &mut tx, context, "statement.state", &format!("statement/{code}"), &detail)?;
    tx.commit()?;
    Ok(statement.version)
}

/// Says something beside a member's word, or takes it back: whoever leads them, while the week runs. The member's own
/// figure is never touched.
pub fn judge(app: &App, context: &Context, new: &NewJudgement) -> Result<i64> {
    let say = context.lang.statements();
    let mut tx = app.store.write()?;
    let ground = app.memory.ground(&mut tx)?;
    let organisation = &ground.organisation;
    let missing = || Error::missing("member", &new.member);
    let member = organisation.member_of_code(&new.member).ok_or_else(missing)?;
    let object = Object::on(Owner::Member(member.id), context.today);
    context.may(organisation, Action::BreakDown, Right::Read, &object).map_err(|_| missing())?;
    match who_says(context, organisation, member.id)? {
        Says::Beside => {}
        Says::Own | Says::Nothing => return Err(Error::Forbidden(say.refused_not_leading().to_owned())),
    }
    check_metric(context, new.metric)?;
    if new.amount.is_some_and(|amount| amount < 0) {
        return Err(Error::refused(say.refused_negative()));
    }
    let reason = text(context, &new.reason)?;
    if reason.is_empty() {
        return Err(Error::refused(say.refused_reason()));
    }
    let week = Week::of(context.today);
    let start = company::current(&mut tx)?.0.fiscal_start;
    let month = first_month(new.reach.period(week, start));
    let (metric, code, number) = (new.metric.code(), member.code.as_str(), week_number(week));
    let all = statements::judgements(&mut tx, metric, (new.reach, month), number)?;
    let own: Vec<&Judgement> = all.iter().filter(|own| own.member == code).collect();
    let before = own.last().and_then(|own| own.amount);
    let found = own.iter().filter(|own| own.week == number).map(|own| own.version).max().unwrap_or(0);
    if new.amount.is_none() && before.is_none() {
        return Err(Error::refused(say.refused_nothing_to_take_back()));
    }
    let judgement = Judgement {
        metric: metric.to_owned(),
        week: number,
        member: code.to_owned(),
        reach: new.reach,
        version: found + 1,
        first_month: month,
        amount: new.amount,
        reason,
        recorded_at: context.now.as_millisecond(),
        actor: context.actor.name().to_owned(),
    };
    if found != new.seen || !statements::judge(&mut tx, &judgement)? {
        return Err(Error::Stale { seen: new.seen, found });
    }
    let detail = json!({
        "metric": metric, "week": week.to_string(), "span": new.reach.code(), "version": judgement.version,
        "before": before, "after": judgement.amount, "reason": judgement.reason,
    });
    audit::record(app, &mut tx, context, "statement.judge", &format!("statement/{code}"), &detail)?;
    let event = Event::Judgement {
        member: code.to_owned(),
        metric: new.metric,
        reach: new.reach,
        week,
        version: judgement.version,
    };
    announce(app, &mut tx, context, &[News::for_member(event, code)])?;
    tx.commit()?;
    Ok(judgement.version)
}

/// Keeps what people of a company that is shown said over many weeks, at once, with one entry in the trail.
pub fn keep_for_show(app: &App, context: &Context, said: &[Statement], judged: &[Judgement]) -> Result<()> {
    let mut tx = app.store.write()?;
    statements::append_all(&mut tx, said)?;
    statements::judge_all(&mut tx, judged)?;
    let detail = json!({ "statements": said.len(), "judgements": judged.len() });
    audit::record(app, &mut tx, context, "statement.keep", "statement/all", &detail)?;
    tx.commit()?;
    Ok(())
}

fn check_metric(context: &Context, metric: Metric) -> Result<()> {
    let refused = || Error::refused(context.lang.statements().refused_metric());
    METRICS.contains(&metric).then_some(()).ok_or_else(refused)
}

fn said(context: &Context, (commit, best): (i64, i64)) -> Result<Said> {
    let say = context.lang.statements();
    Said::new(commit, best).map_err(|wrong| {
        Error::refused(match wrong {
            CannotSay::Negative => say.refused_negative(),
            CannotSay::BestBelowCommit => say.refused_best(),
        })
    })
}

fn text(context: &Context, text: &str) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Error::refused(context.lang.statements().refused_long(LONGEST)));
    }
    Ok(text.to_owned())
}
