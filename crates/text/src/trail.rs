//! The audit trail in words: acts, kinds, objects, fields, and who acted when by which way. What is not known here is
//! shown by its code.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Lang, date};

/// The kinds of things an entry is about, in the order in which they are offered.
pub const KINDS: [&str; 18] = [
    "account",
    "post",
    "token",
    "plan",
    "objective",
    "rubric",
    "statement",
    "pipeline",
    "month",
    "improvement_plan",
    "import",
    "market_note",
    "company",
    "alert_rule",
    "setting",
    "channel",
    "audit",
    "job",
];

/// The name of a kind.
pub fn kind(lang: Lang, kind: &str) -> String {
    let say = lang.audit_acts();
    let known = match kind {
        "account" => say.kind_account(),
        "post" => say.kind_post(),
        "token" => say.kind_token(),
        "plan" => say.kind_plan(),
        "objective" => say.kind_objective(),
        "rubric" => say.kind_rubric(),
        "statement" => say.kind_statement(),
        "pipeline" => say.kind_pipeline(),
        "month" => say.kind_month(),
        "improvement_plan" => say.kind_improvement_plan(),
        "import" => say.kind_import(),
        "market_note" => say.kind_market_note(),
        "company" => say.kind_company(),
        "alert_rule" => say.kind_alert_rule(),
        "metric" => say.kind_metric(),
        "setting" => say.kind_setting(),
        "channel" => say.kind_channel(),
        "audit" => say.kind_audit(),
        "job" => say.kind_job(),
        other => other,
    };
    known.to_owned()
}

/// What was done.
pub fn act(lang: Lang, act: &str) -> String {
    account_act(lang, act).or_else(|| other_act(lang, act)).unwrap_or(act).to_owned()
}

fn account_act(lang: Lang, act: &str) -> Option<&'static str> {
    let say = lang.audit_acts();
    Some(match act {
        "account.activate" => say.account_activate(),
        "account.change" => say.account_change(),
        "account.delegate" => say.account_delegate(),
        "account.end_delegation" => say.account_end_delegation(),
        "account.confirm_fail" => say.account_confirm_fail(),
        "account.create" => say.account_create(),
        "account.export" => say.account_export(),
        "account.invite" => say.account_invite(),
        "account.mail_ask" => say.account_mail_ask(),
        "account.mail_confirm" => say.account_mail_confirm(),
        "account.notifications" => say.account_notifications(),
        "channel.propose" => say.channel_propose(),
        "channel.approve" => say.channel_approve(),
        "channel.reject" => say.channel_reject(),
        "channel.switch" => say.channel_switch(),
        "channel.test" => say.channel_test(),
        "channel.send_again" => say.channel_send_again(),
        "account.set_password" => say.account_set_password(),
        "account.sign_in" => say.account_sign_in(),
        "account.sign_in_fail" => say.account_sign_in_fail(),
        "account.sign_out" => say.account_sign_out(),
        "account.sign_out_everywhere" => say.account_sign_out_everywhere(),
        "account.step_up" => say.account_step_up(),
        "account.step_up_fail" => say.account_step_up_fail(),
        "account.suspend" => say.account_suspend(),
        "post.end" => say.post_end(),
        "post.grant" => say.post_grant(),
        "token.create" => say.token_create(),
        "token.revoke" => say.token_revoke(),
        "setting.change" => say.setting_change(),
        "company.settle" => say.company_settle(),
        "alert_rule.add" => say.alert_rule_add(),
        "metric.settle" => say.metric_settle(),
        "audit.verify" => say.audit_verify(),
        "audit.export" => say.audit_export(),
        "job.cancel" => say.job_cancel(),
        "job.retry" => say.job_retry(),
        _unknown => return None,
    })
}

fn other_act(lang: Lang, act: &str) -> Option<&'static str> {
    let say = lang.audit_acts();
    Some(match act {
        "import.cancel" => say.import_cancel(),
        "import.commit" => say.import_commit(),
        "import.withdraw" => say.import_withdraw(),
        "market_note.add" => say.market_note_add(),
        "market_note.edit" => say.market_note_edit(),
        "market_note.withdraw" => say.market_note_withdraw(),
        "improvement_plan.accept" => say.plan_accept(),
        "improvement_plan.attach" => say.plan_attach(),
        "improvement_plan.date" => say.plan_date(),
        "improvement_plan.give_out_file" => say.plan_give_out_file(),
        "improvement_plan.escalate" => say.plan_escalate(),
        "improvement_plan.note" => say.plan_note(),
        "improvement_plan.return" => say.plan_return(),
        "improvement_plan.start" => say.plan_start(),
        "improvement_plan.submit" => say.plan_submit(),
        "improvement_plan.update" => say.plan_update(),
        "improvement_plan.withdraw_file" => say.plan_withdraw_file(),
        "month.close" => say.month_close(),
        "month.close_history" => say.month_close_history(),
        "month.judge" => say.month_judge(),
        "month.propose" => say.month_propose(),
        "month.reopen" => say.month_reopen(),
        "month.send_back" => say.month_send_back(),
        "month.sign_reopening" => say.month_sign_reopening(),
        "objective.create" => say.objective_create(),
        "objective.change" => say.objective_change(),
        "objective.link" => say.objective_link(),
        "objective.unlink" => say.objective_unlink(),
        "rubric.set" => say.rubric_set(),
        "rubric.rate" => say.rubric_rate(),
        "statement.state" => say.statement_state(),
        "statement.judge" => say.statement_judge(),
        "statement.keep" => say.statement_keep(),
        "pipeline.settle" => say.pipeline_settle(),
        "plan.archive" => say.targets_archive(),
        "plan.break_down" => say.targets_break_down(),
        "plan.assume_pay" => say.targets_assume_pay(),
        "plan.copy" => say.targets_copy(),
        "plan.create" => say.targets_create(),
        "plan.edit" => say.targets_edit(),
        "plan.import" => say.targets_import(),
        "plan.lock" => say.targets_lock(),
        "plan.merge" => say.targets_merge(),
        "plan.restore" => say.targets_restore(),
        "plan.put_in_force" => say.targets_put_in_force(),
        "plan.send_back" => say.targets_send_back(),
        "plan.keep_proposal" => say.targets_keep_proposal(),
        "plan.set_total" => say.targets_set_total(),
        "plan.set_owners" => say.targets_set_owners(),
        "plan.set_weights" => say.targets_set_weights(),
        "metric.define" => say.metric_define(),
        "metric.change" => say.metric_change(),
        "metric.retire" => say.metric_retire(),
        "metric.enter" => say.metric_enter(),
        "plan.submit" => say.targets_submit(),
        "plan.unlock" => say.targets_unlock(),
        _unknown => return None,
    })
}

/// What it was done to, without the names of accounts.
pub fn object(lang: Lang, act: &str, object: &str) -> String {
    let say = lang.audit_acts();
    if act.starts_with("improvement_plan.") {
        return say.object_improvement_plan(object);
    }
    match (object, object.split_once('/')) {
        ("company", _) => say.object_company().to_owned(),
        ("accounts", _) => say.object_accounts().to_owned(),
        ("alert_rules", _) => say.object_alert_rules().to_owned(),
        ("metrics", _) => say.object_metrics().to_owned(),
        ("pipeline", _) => say.object_pipeline().to_owned(),
        ("account_rules", _) => say.object_account_rules().to_owned(),
        ("audit", _) => say.object_audit().to_owned(),
        ("account/new", _) => say.object_new_account().to_owned(),
        ("account/unknown", _) => say.object_unknown_account().to_owned(),
        (_, Some(("account", code))) => say.object_account(code),
        (_, Some(("plan", code))) => say.object_plan(code),
        (_, Some(("objective", code))) => say.object_objective(code),
        (_, Some(("rubric", code))) => say.object_rubric(code),
        (_, Some(("statement", code))) => say.object_statement(code),
        (_, Some(("job", code))) => say.object_job(code),
        (_, Some(("import", code))) => say.object_import(code),
        (_, Some(("metric", code))) => say.object_metric(code),
        (_, Some(("market_note", code))) => say.object_market_note(code),
        (other, _) => other.to_owned(),
    }
}

/// The name of a field of a detail.
pub fn field(lang: Lang, field: &str) -> String {
    account_field(lang, field).or_else(|| other_field(lang, field)).unwrap_or(field).to_owned()
}

fn account_field(lang: Lang, field: &str) -> Option<&'static str> {
    let say = lang.audit_acts();
    Some(match field {
        "name" => say.field_name(),
        "member" => say.field_member(),
        "state" => say.field_state(),
        "language" => say.field_language(),
        "theme" => say.field_theme(),
        "login" => say.field_login(),
        "role" => say.field_role(),
        "unit" => say.field_unit(),
        "starts" => say.field_starts(),
        "ends" => say.field_ends(),
        "post" => say.field_post(),
        "address" => say.field_address(),
        "for" => say.field_for(),
        "device" => say.field_device(),
        "expires_at" => say.field_expires_at(),
        "until" => say.field_until(),
        "rights" => say.field_rights(),
        "token" => say.field_token(),
        "sessions" => say.field_sessions(),
        "damaged" => say.field_damaged(),
        "before" => say.field_before(),
        "after" => say.field_after(),
        _unknown => return None,
    })
}

fn other_field(lang: Lang, field: &str) -> Option<&'static str> {
    let say = lang.audit_acts();
    Some(match field {
        "fiscal_start" => say.field_fiscal_start(),
        "go_live" => say.field_go_live(),
        "ranking" => say.field_ranking(),
        "healthy" => say.field_healthy(),
        "company_days" => say.field_company_days(),
        "official_days" => say.field_official_days(),
        "weekends_only" => say.field_weekends_only(),
        "profile" => say.field_profile(),
        "passwords" => say.field_passwords(),
        "idle_minutes" => say.field_idle_minutes(),
        "session_hours" => say.field_session_hours(),
        "rule" => say.field_rule(),
        "version" => say.field_version(),
        "kind" => say.field_kind(),
        "file" => say.field_file(),
        "source" => say.field_source(),
        "rows" => say.field_rows(),
        "new" => say.field_new(),
        "changed" => say.field_changed(),
        "unchanged" => say.field_unchanged(),
        "metric" => say.field_metric(),
        "total" => say.field_total(),
        "month" => say.field_month(),
        "owner" => say.field_owner(),
        "cells" => say.field_cells(),
        "on_behalf_of" => say.field_on_behalf_of(),
        "format" => say.field_format(),
        "filter" => say.field_filter(),
        "occasion" => say.field_occasion(),
        "months" => say.field_months(),
        "to" => say.field_to(),
        "sha256" => say.field_sha256(),
        "bytes" => say.field_bytes(),
        "on_note" => say.field_on_note(),
        "smart" => say.field_smart(),
        "score" => say.field_score(),
        "date" => say.field_date(),
        "subject" => say.field_subject(),
        "year" => say.field_year(),
        "region" => say.field_region(),
        "product_line" => say.field_product_line(),
        "growth" => say.field_growth(),
        "notes" => say.field_notes(),
        _unknown => return None,
    })
}

/// When, to the second: `2026-11-23 12:00:08`.
pub fn instant(zone: &TimeZone, at: i64) -> String {
    let at = zone.to_datetime(Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH));
    format!("{}:{:02}", date::stamp(at), at.second())
}

/// The name of whoever acted; a token's name stands behind its owner's.
pub fn who<S: std::hash::BuildHasher>(lang: Lang, names: &HashMap<String, String, S>, actor: &str) -> String {
    let say = lang.audit();
    let (login, token) = match actor.split_once(" (") {
        Some((login, token)) => (login, Some(token.trim_end_matches(')'))),
        None => (actor, None),
    };
    let name = match login {
        "operator" => lang.common().operator(),
        "system" => say.system(),
        "visitor" => say.visitor(),
        login => names.get(login).map_or(login, String::as_str),
    };
    match token {
        None => name.to_owned(),
        Some(token) => format!("{name} · {token}"),
    }
}

/// By which way they came.
pub fn through(lang: Lang, actor: &str) -> &'static str {
    let say = lang.audit();
    match actor {
        "operator" => say.through_command_line(),
        "system" => say.through_system(),
        actor if actor.contains(" (") => say.through_token(),
        _person => say.through_page(),
    }
}
