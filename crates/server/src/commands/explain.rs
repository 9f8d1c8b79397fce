//! `explain`.

use clap::Args;
use dacheng_app::figures::explain::{Counted, Explanation, NotCounted, Part, explain};
use dacheng_app::{Error, Result};
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
    let counted =
        serde_json::to_value(&answer.counted).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let left_out =
        serde_json::to_value(&answer.not_counted).map_err(|wrong| Error::Internal(wrong.to_string()))?;
    Ok(json!({
        "metric": answer.ask.metric.code(), "period": answer.ask.period.to_string(), "as_of": as_of,
        "actual": answer.figure.actual, "target": answer.figure.target, "attainment": answer.figure.attainment,
        "plan": answer.plan, "formula": formula(answer), "counted": counted, "not_counted": left_out,
    }))
}

fn formula(answer: &Explanation) -> &'static str {
    use dacheng_domain::metrics::Metric;
    match answer.ask.metric {
        Metric::Collections => "sum of payments",
        _revenue => "sum of order amounts, net of cancellations and returns",
    }
}

fn sheet(answer: &Explanation) -> Sheet {
    let header = ["date", "kind", "code", "member", "customer", "amount", "note"].map(str::to_owned).to_vec();
    let counted = |fact: &Counted| {
        let note = if fact.overlay { "overlay" } else { "" };
        let customer = fact.customer.clone().unwrap_or_default();
        let Counted { date, kind, code, member, amount, .. } = fact;
        vec![
            date.to_string(),
            (*kind).to_owned(),
            code.clone(),
            member.clone(),
            customer,
            amount.to_string(),
            note.to_owned(),
        ]
    };
    let left_out = |fact: &NotCounted| {
        let NotCounted { date, kind, code, amount, reason } = fact;
        let amount = amount.map_or_else(String::new, |amount| amount.to_string());
        let note = format!(
            "not counted: {}",
            serde_json::to_value(reason).unwrap_or_default().as_str().unwrap_or("")
        );
        vec![date.to_string(), (*kind).to_owned(), code.clone(), String::new(), String::new(), amount, note]
    };
    let rows = answer.counted.iter().map(counted).chain(answer.not_counted.iter().map(left_out)).collect();
    Sheet { header, rows }
}

fn totals(answer: &Explanation) -> String {
    let money = |fen: Option<dacheng_domain::Fen>| fen.map_or_else(|| "—".to_owned(), |fen| fen.to_string());
    let ratio = answer.figure.attainment.map_or_else(|| "—".to_owned(), |ratio| ratio.to_string());
    format!(
        "{} {}: actual {}, target {}, attainment {ratio}; {}",
        answer.ask.metric.code(),
        answer.ask.period,
        money(answer.figure.actual),
        money(answer.figure.target),
        formula(answer),
    )
}
