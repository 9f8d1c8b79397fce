//! The improvement plans of the demo company, as its people wrote and checked them: some late, some returned, some
//! under way.

use dacheng_app::people::access::{Access, Caller, Holder};
use dacheng_app::tracking::OwnerKey;
use dacheng_app::tracking::improvement::{
    PlanCase, Step, Written, accept, plan, plans, record_progress, send_back, start, submit,
};
use dacheng_app::{Actor, App, Clock, Context, Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::people::MemberId;
use dacheng_domain::tracking::alert::Level;
use dacheng_store::{accounts, posts};
use dacheng_text::Lang;
use jiff::civil::{Date, date};

/// From this day on the people of the company are at work in the program.
pub const FIRST_DAY: Date = date(2026, 11, 2);
const WRITTEN: Date = date(2026, 11, 4);
const CHECKED: Date = date(2026, 11, 6);
const FOLLOWED: Date = date(2026, 11, 18);
const RETURNED: Date = date(2026, 11, 20);

/// How far a plan has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Unwritten,
    Submitted,
    Returned,
    Accepted,
    Running,
}

/// The stages of the plans in turns.
const STAGES: [Stage; 6] =
    [Stage::Running, Stage::Unwritten, Stage::Submitted, Stage::Running, Stage::Returned, Stage::Accepted];

const CAUSES: [&str; 3] = [
    "两家老客户把采购推迟到下季度，新客户跟进不足，在谈金额只够目标的六成。",
    "主推型号缺货三周，已签合同无法按期交付，回款随之推迟。",
    "9月起客户拜访量下降约三成，商机储备不足，报价后的跟进间隔过长。",
];

/// The same program on another day.
pub fn on(app: &App, day: Date) -> App {
    App { clock: Clock::at_noon(day, &app.zone).unwrap_or(Clock::System), ..app.clone() }
}

/// Writes and checks the open plans.
pub fn begin(app: &App) -> Result<()> {
    let open = plans(app, &app.context(Actor::Operator, Lang::Zh))?;
    for (at, (line, owner, _)) in open.into_iter().enumerate() {
        let parties = Parties::of(app, &owner, line.level)?;
        step(app, line.id, STAGES[at % STAGES.len()], &parties, CAUSES[at % CAUSES.len()])?;
    }
    Ok(())
}

/// Who writes a plan and who checks it.
struct Parties {
    writer: Option<MemberId>,
    checker: Option<MemberId>,
}

impl Parties {
    fn of(app: &App, owner: &OwnerKey, level: Level) -> Result<Self> {
        let ground = app.memory.ground(&mut app.store.read()?)?;
        let organisation = &ground.organisation;
        Ok(Self {
            writer: owner.responsible(organisation, WRITTEN),
            checker: owner.checker(organisation, level, WRITTEN),
        })
    }
}

/// Brings a plan as far as its stage.
fn step(app: &App, id: i64, stage: Stage, parties: &Parties, root: &str) -> Result<()> {
    let (Some(writer), Some(checker)) = (parties.writer, parties.checker) else { return Ok(()) };
    let act = |day: Date, who: MemberId, act: &dyn Fn(&App, &Context, &PlanCase) -> Result<i64>| {
        let app = on(app, day);
        let context = signed_in(&app, who)?;
        let case = plan(&app, &context, id)?;
        act(&app, &context, &case).map(|_| ())
    };
    if stage >= Stage::Submitted {
        act(WRITTEN, writer, &|app, context, case| {
            submit(app, context, id, case.version, &written(case, root)?)
        })?;
    }
    if stage == Stage::Returned {
        let reason = "措施没有落到客户名单，请补充每家客户的负责人和预计签约时间。";
        act(RETURNED, checker, &|app, context, case| send_back(app, context, id, case.version, reason))?;
    }
    if stage >= Stage::Accepted {
        act(CHECKED, checker, &|app, context, case| accept(app, context, id, case.version))?;
    }
    if stage == Stage::Running {
        let note = "在谈商机已全部确认，3 家预计本月签约；大客户协访完成 1 家。";
        act(CHECKED, writer, &|app, context, case| start(app, context, id, case.version))?;
        act(FOLLOWED, writer, &|app, context, case| {
            record_progress(app, context, id, case.version, note, &[100, 60, 50])
        })?;
    }
    Ok(())
}

fn written(case: &PlanCase, root: &str) -> Result<Written> {
    let name = |name: &Option<String>| name.clone().unwrap_or_default();
    let (writer, checker) = (name(&case.line.responsible), name(&case.line.checker));
    let step = |what: &str, who: &str, from: Date, by: Date| Step {
        what: what.to_owned(),
        who: who.to_owned(),
        from: Some(from),
        by,
        progress: 0,
    };
    Ok(Written {
        cause: root.to_owned(),
        goal: "11月完成率恢复到 85% 以上，12月追回缺口的一半".to_owned(),
        actions: vec![
            step("梳理在谈商机，逐一确认签约和付款时间", &writer, date(2026, 11, 5), date(2026, 11, 10)),
            step("每周拜访 5 家重点客户，当天记录跟进结果", &writer, date(2026, 11, 9), date(2026, 11, 27)),
            step("协访 2 家大客户", &checker, date(2026, 11, 12), date(2026, 11, 25)),
        ],
        support: "产品部提供新品资料和样机 1 台".to_owned(),
        last_month: Month::new(2026, 12).ok_or_else(|| Error::Internal("month".to_owned()))?,
    })
}

/// A member of the company as the program knows them when they have signed in.
fn signed_in(app: &App, member: MemberId) -> Result<Context> {
    let mut tx = app.store.read()?;
    let ground = app.memory.ground(&mut tx)?;
    let found = ground.organisation.member(member).map(|member| member.code.to_string());
    let code = found.ok_or_else(|| Error::Internal("a member".to_owned()))?;
    let account = accounts::of_member(&mut tx, &code)?.into_iter().next();
    let account = account.ok_or_else(|| Error::Internal(format!("{code} has no account")))?;
    let on = app.clock.today(&app.zone);
    let mut posts = posts::of_account(&mut tx, account.id)?;
    posts.retain(|post| post.is_held(on));
    let holder = Holder { account: account.id, member: account.member.clone(), posts, on };
    Ok(Caller { account, access: Access::Session(holder) }.context(app))
}
