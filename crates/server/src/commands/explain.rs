//! `explain`.

use std::borrow::Cow;

use clap::Args;
use dacheng_app::figures::attainment::Figure;
use dacheng_app::figures::explain::{Counted, Explanation, NotCounted, Part, explain};
use dacheng_app::planning::rubrics::RubricView;
use dacheng_app::{Error, Result};
use dacheng_domain::metrics::{Measured, Metric};
use serde_json::{Value, json};

use super::attainment::Question;
use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// One figure with the facts it is made of.
#[derive(Debug, Args)]
pub struct Explain {
    #[command(flatten)]
    question: Question,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Explain {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let ask = self.question.ask(&app, &[])?;
        let answer = explain(&app, &self.settings.operator(&app), ask, Part::All)?;
        match self.format {
            Format::Json => output::json(&answer_json(&answer, &self.question.as_of(&app))?),
            Format::Table => {
                sheet(&answer).table()?;
                output::line(&totals(&answer))
            }
            Format::Csv => sheet(&answer).csv(),
        }
    }
}

fn answer_json(answer: &Explanation, as_of: &str) -> Result<Value> {
    let figure = &answer.figure;
    let counted: Vec<Value> = answer.counted.iter().map(|fact| counted_json(figure, fact)).collect();
    let [actual, target, attainment] = figure.written();
    let left_out =
        serde_json::to_value(&answer.not_counted).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let mut found = json!({
        "metric": answer.ask.metric.code(), "period": answer.ask.period.to_string(), "as_of": as_of,
        "actual": actual, "target": target, "attainment": attainment,
        "plan": answer.plan, "formula": formula(answer), "counted": counted, "not_counted": left_out,
    });
    if let Some((numerator, denominator)) = figure.parts_written() {
        found["numerator"] = Value::from(numerator);
        found["denominator"] = Value::from(denominator);
    }
    if let Some(nps) = figure.nps_written() {
        found["nps"] = nps;
    }
    if let Some(missing) = figure.missing {
        found["missing"] = Value::from(missing.code());
    }
    if !answer.rubrics.is_empty() {
        found["rubrics"] = answer.rubrics.iter().map(RubricView::json).collect();
    }
    if let Some(window) = &answer.window {
        let [actual, _, attainment] = window.figure.written();
        found["window"] = json!({
            "from": window.days.0, "to": window.days.1, "actual": actual, "attainment": attainment,
        });
        if let Some(nps) = window.figure.nps_written() {
            found["window"]["nps"] = nps;
        }
    }
    Ok(found)
}

fn counted_json(figure: &Figure, fact: &Counted) -> Value {
    let (amount, denominator) = fact.written(figure);
    let Counted { kind, code, date, member, customer, overlay, .. } = fact;
    let mut row = json!({
        "kind": kind, "code": code, "date": date, "member": member, "customer": customer, "amount": amount,
        "overlay": overlay,
    });
    if let Some(denominator) = denominator {
        row["denominator"] = Value::from(denominator);
    }
    if let Some(net) = fact.net(figure) {
        row["nps"] = Value::from(net);
    }
    row
}

fn formula(answer: &Explanation) -> Cow<'static, str> {
    match answer.ask.metric {
        Metric::Collections => "sum of payments".into(),
        Metric::Revenue => "sum of order amounts, net of cancellations and returns".into(),
        other => dacheng_text::metric::formula(dacheng_text::Lang::En, other),
    }
}

fn sheet(answer: &Explanation) -> Sheet {
    let is_ratio = matches!(answer.figure.measured, Measured::Ratio { .. });
    let header = ["date", "kind", "code", "member", "customer", "amount"].into_iter();
    let header = header.chain(is_ratio.then_some("denominator")).chain(["note"]).map(str::to_owned).collect();
    let counted = |fact: &Counted| {
        let note = if fact.overlay { "overlay" } else { "" };
        let customer = fact.customer.clone().unwrap_or_default();
        let Counted { date, kind, code, member, .. } = fact;
        let (amount, denominator) = fact.written(&answer.figure);
        let row = vec![date.to_string(), (*kind).to_owned(), code.clone(), member.clone(), customer, amount];
        row.into_iter().chain(denominator).chain([note.to_owned()]).collect::<Vec<String>>()
    };
    let left_out = |fact: &NotCounted| {
        let NotCounted { date, kind, code, amount, reason } = fact;
        let amount = amount.map_or_else(String::new, |amount| amount.to_string());
        let note = format!(
            "not counted: {}",
            serde_json::to_value(reason).unwrap_or_default().as_str().unwrap_or("")
        );
        let row =
            vec![date.to_string(), (*kind).to_owned(), code.clone(), String::new(), String::new(), amount];
        row.into_iter().chain(is_ratio.then(String::new)).chain([note]).collect()
    };
    let rows = answer.counted.iter().map(counted).chain(answer.not_counted.iter().map(left_out)).collect();
    Sheet { header, rows }
}

fn totals(answer: &Explanation) -> String {
    let [actual, target, attainment] =
        answer.figure.written().map(|text| text.unwrap_or_else(|| "—".to_owned()));
    let parts = answer.figure.parts_written();
    let parts = parts.map_or_else(String::new, |(over, under)| format!(" = {over} ÷ {under}"));
    let missing = answer.figure.missing.map_or_else(String::new, |why| format!(" ({})", why.code()));
    format!(
        "{} {}: actual {actual}{parts}{missing}, target {target}, attainment {attainment}; {}",
        answer.ask.metric.code(),
        answer.ask.period,
        formula(answer),
    )
}
