//! `serve`: the server with its settings.

use std::path::Path;

use clap::Args;
use dacheng_app::jobs::Places;
use dacheng_app::{App, Result};
use dacheng_domain::access::step_up::Lasting;
use dacheng_domain::files::Limits;
use dacheng_web::http::{FixedDate, PlainHttp};

use crate::journal;
use crate::serving::{Address, serve};
use crate::settings::{Serving, Settings};

/// The server.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    serving: Serving,
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        journal::begin(self.serving.log, self.serving.log_format);
        let app = self.settings.create()?;
        let fixed_date = if self.settings.today.is_some() { FixedDate::Shown } else { FixedDate::Moves };
        let plain_http = if self.serving.insecure_http || self.serving.listen.ip().is_loopback() {
            PlainHttp::Allowed
        } else {
            PlainHttp::Refused
        };
        let places = places(&self.settings.database, self.serving.uploads.as_deref(), &app)?;
        let address = Address {
            listen: self.serving.listen,
            metrics_listen: self.serving.metrics_listen,
            trusted_proxies: self.serving.trusted_proxies,
            plain_http,
            fixed_date,
            places,
            files: Limits { bytes: self.serving.most_file_mb << 20, ..Limits::default() },
            step_up: Lasting::seconds(self.serving.step_up_after).unwrap_or_default(),
            stop_within: self.serving.stop_within,
        };
        serve(app, &address, |_| Ok(()))
    }
}

/// The folders of files: those that were named, else beside an SQLite database. Elsewhere they are new at every start,
/// under a name that nobody can guess.
pub(super) fn places(database: &str, folder: Option<&Path>, app: &App) -> Result<Places> {
    if let Some(folder) = folder {
        return Ok(Places::within(folder));
    }
    if let Some(path) = database.strip_prefix("sqlite:") {
        return Ok(Places::beside(path));
    }
    let folder = std::env::temp_dir().join(format!("dacheng-{}", app.random.text()?));
    Ok(Places::beside(&folder.display().to_string()))
}
