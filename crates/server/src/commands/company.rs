//! `company`: the settings, for scripts.

use std::collections::BTreeSet;

use clap::Args;
use dacheng_app::company::{current, settle};
use dacheng_app::{Error, Result};
use dacheng_domain::calendar::{FiscalStart, Month};
use serde_json::json;

use crate::output;
use crate::settings::Settings;

/// The company's settings: without an option they are shown, with one they are changed.
#[derive(Debug, Args)]
pub struct Company {
    /// Its name
    #[arg(long)]
    name: Option<String>,
    /// The month the fiscal year starts in, 1 to 12
    #[arg(long, value_name = "MONTH")]
    fiscal_start: Option<i8>,
    /// 启用日: earlier months open no plan, message or escalation
    #[arg(long, value_name = "YYYY-MM")]
    go_live: Option<String>,
    /// Years that follow Monday to Friday by choice
    #[arg(long, value_delimiter = ',', value_name = "YEAR[,YEAR]")]
    weekends_only: Vec<i16>,
    #[command(flatten)]
    settings: Settings,
}

impl Company {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.create()?;
        let (before, version) = current(&mut app.store.read()?)?;
        let mut company = before.clone();
        if let Some(name) = self.name {
            company.name = name;
        }
        if let Some(month) = self.fiscal_start {
            company.fiscal_start =
                FiscalStart::try_from(month).map_err(|wrong| Error::Usage(wrong.to_string()))?;
        }
        if let Some(text) = self.go_live {
            let month: Month = text.parse().map_err(|wrong| Error::Usage(format!("--go-live: {wrong}")))?;
            company.go_live = Some(month);
        }
        if !self.weekends_only.is_empty() {
            company.weekends_only = self.weekends_only.into_iter().collect::<BTreeSet<i16>>();
        }
        if company != before {
            settle(&app, &self.settings.operator(&app), &company, version)?;
        }
        output::json(&json!(company))
    }
}
