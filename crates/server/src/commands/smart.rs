//! `smart`: a sentence read into targets, with five verdicts on each.

use clap::Args;
use dacheng_app::planning::smart::{CheckAsked, Checked, CheckedTarget, check};
use dacheng_app::{Error, Result};
use dacheng_domain::planning::smart::Mark;
use dacheng_text::{Lang, smart};
use dacheng_web::api::checked;
use serde_json::json;

use crate::output::{self, Format, Sheet};
use crate::settings::Settings;

/// Read a target as people write it, and say how specific, measurable, achievable, relevant and time-bound it is.
#[derive(Debug, Args)]
pub struct Smart {
    /// The sentence: "Q3 销售额达 500 万元，其中新产品占比 30%"
    sentence: String,
    /// The code of the plan it is for
    #[arg(long, value_name = "CODE")]
    plan: Option<String>,
    /// How the answer is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    settings: Settings,
}

impl Smart {
    /// Runs the command. A target that fails a question ends with 3, one line a finding on standard error.
    pub fn run(self) -> Result<()> {
        let app = self.settings.existing()?;
        let context = self.settings.operator(&app);
        let found =
            check(&app, &context, &CheckAsked { sentence: &self.sentence, plan: self.plan.as_deref() })?;
        match self.format {
            Format::Json => output::json(&json!(checked(context.lang, &found)))?,
            Format::Table => sheet(context.lang, &found).table()?,
            Format::Csv => sheet(context.lang, &found).csv()?,
        }
        let failed = failed(context.lang, &found);
        if failed.is_empty() { Ok(()) } else { Err(Error::Refused(failed)) }
    }
}

fn sheet(lang: Lang, found: &Checked) -> Sheet {
    let header = ["target", "question", "verdict", "reason", "mend"].map(str::to_owned);
    let rows = found.targets.iter().flat_map(|own| rows(lang, found, own)).collect();
    Sheet { header: header.into_iter().collect(), rows }
}

fn rows(lang: Lang, found: &Checked, own: &CheckedTarget) -> Vec<Vec<String>> {
    let said = smart::target(lang, &own.stated, found.fiscal);
    let row = |verdict: &dacheng_domain::planning::smart::Verdict| {
        let reasons: Vec<String> = verdict
            .findings
            .iter()
            .map(|finding| smart::finding(lang, finding, own.stated.metric, found.band))
            .collect();
        let mends: Vec<&str> =
            verdict.findings.iter().filter_map(|finding| smart::mend(lang, finding)).collect();
        vec![
            said.clone(),
            smart::criterion(lang, verdict.criterion).to_owned(),
            smart::mark(lang, verdict.mark).to_owned(),
            reasons.join("; "),
            mends.join("; "),
        ]
    };
    own.verdicts.iter().map(row).collect()
}

/// What fails, a sentence each.
fn failed(lang: Lang, found: &Checked) -> Vec<String> {
    let of = |own: &CheckedTarget| {
        let said = smart::target(lang, &own.stated, found.fiscal);
        let failing = own.verdicts.iter().flat_map(|verdict| &verdict.findings);
        let failing = failing.filter(|finding| finding.mark() == Mark::Fail);
        let sentence =
            |finding| format!("{said}: {}", smart::finding(lang, finding, own.stated.metric, found.band));
        failing.map(sentence).collect::<Vec<_>>()
    };
    found.targets.iter().flat_map(of).collect()
}
