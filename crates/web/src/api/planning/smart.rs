//! `POST /api/v1/targets:check`: a sentence read into targets, with five verdicts on each. It changes nothing.

use axum::Extension;
use axum::extract::State;
use dacheng_app::planning::smart::{CheckAsked, Checked, CheckedTarget, check};
use dacheng_app::planning::written;
use dacheng_domain::metrics::{Metric, TargetForm};
use dacheng_domain::planning::smart::{Band, Base, Bound, Change, Figure, ScopeKind, Verdict, When};
use dacheng_text::{Lang, smart};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{Body, Reply, Visitor, Web};
use crate::respond;

/// A sentence to be checked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// What is asked for, in Chinese or English; at most 500 characters.
    #[schema(example = "Q3 销售额达 500 万元，其中新产品占比 30%")]
    pub sentence: String,
    /// The code of the plan it is for, where it is for one.
    pub plan: Option<String>,
}

/// What a sentence was read as.
#[derive(Debug, Serialize, ToSchema)]
pub struct Check {
    /// The targets, in the order of the sentence; one at least.
    pub targets: Vec<CheckedOne>,
}

/// A target with its verdicts.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckedOne {
    /// It in words.
    pub said: String,
    /// The metric; `null` where none is named.
    pub metric: Option<&'static str>,
    /// `total`, `monthly_average`, `percent`, `points` or `amount` (the last three are changes); `null` without a figure.
    pub form: Option<&'static str>,
    /// The number of that form: yuan, pieces, `30.00%`, points, days.
    pub figure: Option<String>,
    /// What a change is compared with: `last_year` or `previous_period`.
    pub base: Option<&'static str>,
    /// The whole of it over its months, where it is known.
    pub total: Option<String>,
    /// `at_least` or `at_most`, where it says so.
    pub bound: Option<&'static str>,
    /// The first month, where it names months.
    #[schema(example = "2026-07")]
    pub first: Option<String>,
    /// The last month.
    #[schema(example = "2026-09")]
    pub last: Option<String>,
    /// The day on which it ends.
    #[schema(example = "2026-09-30")]
    pub ends: Option<String>,
    /// `unit:CODE`, `member:CODE`, `product_line:NAME`, `customer_type:NAME`; none for the company.
    pub scopes: Vec<String>,
    /// The five verdicts, in the order of the word SMART.
    pub verdicts: Vec<OneVerdict>,
    /// Whether the plan can take it as it is; `null` without a plan.
    pub takeable: Option<bool>,
    /// Why it cannot.
    pub not_taken: Option<String>,
}

/// A verdict.
#[derive(Debug, Serialize, ToSchema)]
pub struct OneVerdict {
    /// `specific`, `measurable`, `achievable`, `relevant` or `time_bound`.
    pub criterion: &'static str,
    /// `pass`, `warn` or `fail`.
    pub verdict: &'static str,
    /// What was found.
    pub reasons: Vec<String>,
    /// What would mend it.
    pub mends: Vec<&'static str>,
}

/// Reads a sentence and judges every target in it.
#[utoipa::path(post, path = "/api/v1/targets:check", tag = "planning", request_body = Sentence, responses((status = 200, body = Check), (status = 404), (status = 422)))]
pub async fn check_sentence(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Body(asked): Body<Sentence>,
) -> Reply {
    web.answer(&visitor, move |desk| {
        let asked = CheckAsked { sentence: &asked.sentence, plan: asked.plan.as_deref() };
        let checked = check(desk.app, &desk.context, &asked)?;
        Ok(respond::json(&Check::of(desk.lang(), &checked)))
    })
    .await
}

impl Check {
    /// What was read, for programs.
    pub fn of(lang: Lang, checked: &Checked) -> Self {
        Self { targets: checked.targets.iter().map(|own| CheckedOne::of(lang, checked, own)).collect() }
    }
}

impl CheckedOne {
    fn of(lang: Lang, checked: &Checked, own: &CheckedTarget) -> Self {
        let stated = &own.stated;
        let amount = |minor: i64| match stated.metric {
            Some(metric) => written(metric, minor),
            None => minor.to_string(),
        };
        let (form, figure, base) = match stated.figure {
            Ok(Figure::Amount(TargetForm::Total(minor))) => (Some("total"), Some(amount(minor)), None),
            Ok(Figure::Amount(TargetForm::MonthlyAverage(minor))) => {
                (Some("monthly_average"), Some(amount(minor)), None)
            }
            Ok(Figure::Change(change, base)) => {
                let (form, by) = match change {
                    Change::Percent(by) => ("percent", hundredths(by)),
                    Change::Points(by) => ("points", hundredths(by)),
                    Change::Amount(by) => ("amount", amount(by)),
                };
                (Some(form), Some(by), base.map(base_code))
            }
            Err(_) => (None, None, None),
        };
        let (first, last) = match stated.when {
            Some(When::Span { first, last }) => (Some(first.to_string()), Some(last.to_string())),
            Some(When::By(_)) | None => (None, None),
        };
        Self {
            said: smart::target(lang, stated, checked.fiscal),
            metric: stated.metric.map(Metric::code),
            form,
            figure,
            base,
            total: own.total.map(amount),
            bound: stated.bound.map(|bound| match bound {
                Bound::AtLeast => "at_least",
                Bound::AtMost => "at_most",
            }),
            first,
            last,
            ends: stated.when.map(|when| when.ends().to_string()),
            scopes: stated.scopes.iter().map(|own| format!("{}:{}", kind(own.kind), own.code)).collect(),
            verdicts: own
                .verdicts
                .iter()
                .map(|verdict| OneVerdict::of(lang, verdict, stated.metric, checked.band))
                .collect(),
            takeable: own.take.as_ref().map(Result::is_ok),
            not_taken: own.take.as_ref().and_then(|take| take.as_ref().err().cloned()),
        }
    }
}

impl OneVerdict {
    fn of(lang: Lang, verdict: &Verdict, metric: Option<Metric>, band: Band) -> Self {
        let found = verdict.findings.iter();
        Self {
            criterion: verdict.criterion.code(),
            verdict: verdict.mark.code(),
            reasons: found.clone().map(|own| smart::finding(lang, own, metric, band)).collect(),
            mends: found.filter_map(|own| smart::mend(lang, own)).collect(),
        }
    }
}

/// Hundredths with a sign, as a decimal.
fn hundredths(minor: i64) -> String {
    dacheng_domain::Fen(minor).to_string()
}

const fn base_code(base: Base) -> &'static str {
    match base {
        Base::LastYear => "last_year",
        Base::PreviousPeriod => "previous_period",
    }
}

const fn kind(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Unit => "unit",
        ScopeKind::Member => "member",
        ScopeKind::ProductLine => "product_line",
        ScopeKind::CustomerType => "customer_type",
    }
}
