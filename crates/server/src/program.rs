//! The program put together from its settings: database, clock, zone, language.

use std::path::PathBuf;
use std::sync::Arc;

use dacheng_app::outbox::{Key, Outbound, are_certificates};
use dacheng_app::search::complete;
use dacheng_app::{Actor, App, Clock, Context, Error, Random, Result};
use dacheng_domain::notification::Allowed;
use dacheng_sheets::ChildCommand;
use dacheng_store::{Store, migrate};
use jiff::tz::TimeZone;

use crate::settings::Settings;

impl Settings {
    /// Opens the database, creating and migrating it where needed; what can be found is complete then.
    pub fn create(&self) -> Result<App> {
        let store = Store::open(&self.database)?;
        migrate::run(&store)?;
        let app = self.program(store)?;
        complete(&app)?;
        Ok(app)
    }

    /// Opens a database that must be there and up to date: for commands that read.
    pub fn existing(&self) -> Result<App> {
        let store = Store::open_existing(&self.database)?;
        migrate::check(&store)?;
        self.program(store)
    }

    fn program(&self, store: Store) -> Result<App> {
        let zone = TimeZone::get(&self.zone).map_err(|wrong| Error::Usage(format!("--zone: {wrong}")))?;
        let clock = match self.today {
            None => Clock::of(std::env::var_os("DACHENG_CLOCK_FILE").map(PathBuf::from).as_deref()),
            Some(today) => Clock::at_noon(today, &zone).unwrap_or(Clock::System),
        };
        let allowed = Allowed::read(self.outbound_allow.as_deref().unwrap_or_default())
            .map_err(|wrong| Error::Usage(format!("--outbound-allow: {wrong}")))?;
        // The key is read from the environment only: a command line is seen by everybody on the machine.
        let key = Key::of(&std::env::var("DACHENG_SECRET_KEY").unwrap_or_default());
        let site = self.site.trim_end_matches('/').to_owned();
        let outbound = Arc::new(Outbound { site, allowed, key, authorities: self.authorities()? });
        Ok(App { store, clock, random: Random::System, memory: Arc::default(), zone, outbound })
    }

    /// The further authorities of certificates, read at the start, so that a wrong file is told at once.
    fn authorities(&self) -> Result<Vec<u8>> {
        let Some(path) = &self.outbound_ca else { return Ok(Vec::new()) };
        let wrong = |wrong: String| Error::Usage(format!("--outbound-ca {}: {wrong}", path.display()));
        let pem = std::fs::read(path).map_err(|failed| wrong(failed.to_string()))?;
        if are_certificates(&pem) { Ok(pem) } else { Err(wrong("no certificates in PEM".to_owned())) }
    }

    /// A request of the command line.
    pub fn operator(&self, app: &App) -> Context {
        app.context(Actor::Operator, self.lang.into())
    }
}

/// The word that makes this program read a workbook for another of its kind.
pub const READ_WORKBOOK: &str = "read-workbook";

/// This program as the one that reads workbooks: a child that limits itself first.
pub fn workbooks() -> Result<ChildCommand> {
    let program = std::env::current_exe().map_err(|wrong| Error::Internal(wrong.to_string()))?;
    Ok(ChildCommand { program, arguments: vec![READ_WORKBOOK.into()] })
}
