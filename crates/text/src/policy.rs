//! The permission table in words: lines, rights, reach and conditions. What may be done lives in `domain`.

use dacheng_domain::access::{Action, Grant, Reach, Right, View, When};

use crate::Lang;

/// The name of a line of the table: 公司 / 大区目标.
pub fn action(lang: Lang, action: Action) -> &'static str {
    let say = lang.policy();
    match action {
        Action::CompanyTargets => say.company_targets(),
        Action::BreakDown => say.break_down(),
        Action::Letters => say.letters(),
        Action::Reports => say.reports(),
        Action::Facts => say.facts(),
        Action::MonthClose => say.month_close(),
        Action::Alerts => say.alerts(),
        Action::Adjustments => say.adjustments(),
        Action::MetricsRules => say.metrics_rules(),
        Action::PayFigures => say.pay_figures(),
        Action::PayRules => say.pay_rules(),
        Action::AccountsOrg => say.accounts_org(),
        Action::Integrations => say.integrations(),
        Action::AuditTrail => say.audit_trail(),
        Action::Reviews => say.reviews(),
        Action::Awards => say.awards(),
        Action::Sops => say.sops(),
        Action::Trainings => say.trainings(),
        Action::Jobs => say.jobs(),
        Action::OwnProfile => say.own_profile(),
    }
}

/// What a grant lets somebody do: 查看、编辑.
pub fn rights(lang: Lang, grant: &Grant) -> String {
    let rights: Vec<&str> = grant.rights.iter().map(|right| self::right(lang, *right)).collect();
    rights.join(lang.people().comma())
}

/// Which of a grant's rights ask for the password again: 批准须再次输入密码. None where no right does.
pub fn step_up(lang: Lang, grant: &Grant) -> Option<String> {
    let rights: Vec<&str> = grant.step_up.iter().map(|right| self::right(lang, *right)).collect();
    (!rights.is_empty()).then(|| lang.policy().step_up(rights.join(lang.people().comma())))
}

/// What somebody is about to do who is asked for their password. One right stands for a decision, whichever way it goes.
pub fn act(lang: Lang, action: Action, right: Right) -> String {
    let say = lang.step_up();
    let known = match (action, right) {
        (Action::CompanyTargets, Right::Approve) => say.act_plan(),
        (Action::Alerts, Right::Check) => say.act_check(),
        (Action::MonthClose, Right::Close) => say.act_close(),
        (Action::MonthClose, Right::Reopen) => say.act_reopen(),
        (Action::AccountsOrg, Right::Create | Right::Update) => say.act_accounts(),
        (Action::Integrations, Right::Approve) => say.act_channel(),
        (Action::AuditTrail, Right::Export) => say.act_trail(),
        (Action::OwnProfile, Right::Create) => say.act_own(),
        (other, right) => return say.act(self::action(lang, other), self::right(lang, right)),
    };
    known.to_owned()
}

/// Over whose rows, seeing how much, and under which condition: 本部及下级 · 仅汇总 · 受邀评审时.
pub fn conditions(lang: Lang, grant: &Grant) -> String {
    let parts = [Some(reach(lang, grant.reach)), view(lang, grant.view), when(lang, grant.when)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The name of a right: 查看.
pub fn right(lang: Lang, right: Right) -> &'static str {
    let say = lang.policy();
    match right {
        Right::Create => say.create(),
        Right::Read => say.read(),
        Right::Update => say.update(),
        Right::Approve => say.approve(),
        Right::Export => say.export(),
        Right::Enter => say.enter(),
        Right::Confirm => say.confirm(),
        Right::Comment => say.comment(),
        Right::Commit => say.commit(),
        Right::Issue => say.issue(),
        Right::Sign => say.sign(),
        Right::Countersign => say.countersign(),
        Right::Propose => say.propose(),
        Right::Endorse => say.endorse(),
        Right::Review => say.review(),
        Right::Opine => say.opine(),
        Right::Check => say.check(),
        Right::Close => say.close(),
        Right::Reopen => say.reopen(),
        Right::Verify => say.verify(),
    }
}

fn reach(lang: Lang, reach: Reach) -> &'static str {
    let say = lang.policy();
    match reach {
        Reach::Own => say.own(),
        Reach::Unit => say.unit(),
        Reach::Branch => say.branch(),
        Reach::Below => say.below(),
        Reach::Company => say.company(),
        Reach::Others => say.others(),
    }
}

fn view(lang: Lang, view: View) -> Option<&'static str> {
    let say = lang.policy();
    match view {
        View::Totals => Some(say.totals()),
        View::Aggregates => Some(say.aggregates()),
        View::Names => Some(say.names()),
        View::Announcement => Some(say.announcement()),
        View::VariablePay => Some(say.variable_pay()),
        View::Masked => Some(say.masked()),
        View::Full => None,
    }
}

fn when(lang: Lang, when: When) -> Option<&'static str> {
    let say = lang.policy();
    match when {
        When::Always => None,
        When::Asked => Some(say.asked()),
        When::Announced => Some(say.announced()),
        When::InForce => Some(say.in_force()),
        When::UntilLocked => Some(say.until_locked()),
        When::Manual => Some(say.manual()),
        When::Payments => Some(say.payments()),
        When::Leads => Some(say.leads()),
        When::ForClose => Some(say.for_close()),
        When::EnteredNothing => Some(say.entered_nothing()),
        When::Jointly => Some(say.jointly()),
        When::Yellow => Some(say.yellow()),
        When::Red => Some(say.red()),
        When::OfDirector => Some(say.of_director()),
        When::OfDirectorOrCompany => Some(say.of_director_or_company()),
        When::PayTouched => Some(say.pay_touched()),
        When::PayUntouched => Some(say.pay_untouched()),
        When::InBatch => Some(say.in_batch()),
        When::PayShared => Some(say.pay_shared()),
        When::OrgTree => Some(say.org_tree()),
        When::Accounts => Some(say.accounts()),
        When::Roles => Some(say.roles()),
    }
}
