//! `demo`: a believable company in a folder, made once by the same use cases a company uses, then served.

mod agenda;
mod cast;
mod improvement;
mod letters;
mod making;
mod market;
mod metrics;
mod objectives;
mod plan;
mod statements;
mod writing;
mod year;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use dacheng_app::demo::TODAY;
use dacheng_app::jobs::Places;
use dacheng_app::{App, Clock, Error, Random, Result};
use dacheng_domain::access::Role;
use dacheng_domain::access::step_up::Lasting;
use dacheng_domain::files::Limits;
use dacheng_domain::people::Position;
use dacheng_store::{Store, migrate};
use dacheng_web::http::{FixedDate, PlainHttp};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::serving::{Address, serve};
use crate::settings::{LogFormat, LogLevel};
use crate::{journal, output};

/// The password of every demo account; the page that prints it says so.
const PASSWORD: &str = "dacheng-demo-2026";
/// Those who run the system and are no members: log-in name, name, role.
const KEEPERS: [(&str, &str, Role); 3] = [
    ("sysadmin", "系统管理员", Role::SystemAdmin),
    ("secadmin", "安全管理员", Role::SecurityAdmin),
    ("auditor", "审计员", Role::Auditor),
];
/// Seconds that requests under way have when it stops.
const STOP_WITHIN: u64 = 5;

/// A believable company, made on the first start and served.
#[derive(Debug, Args)]
pub struct Demo {
    /// Where it listens
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// The folder of the company
    #[arg(long, default_value = "demo", value_name = "DIR")]
    dir: PathBuf,
    /// Another company date
    #[arg(long, value_name = "DATE", default_value_t = TODAY)]
    today: Date,
    /// Seconds for which a password that was given counts for acts that ask for it again, from 1 to 3600
    #[arg(long, value_name = "SECONDS", default_value_t = Lasting::USUAL,
        value_parser = clap::value_parser!(u32).range(1..=i64::from(Lasting::LONGEST)))]
    step_up_after: u32,
    /// Only make the company
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let wrong = |wrong: std::io::Error| Error::Internal(format!("{}: {wrong}", self.dir.display()));
        std::fs::create_dir_all(&self.dir).map_err(wrong)?;
        let (made, making) = (self.dir.join("demo.db"), self.dir.join("making.db"));
        if !made.exists() {
            output::line("making the demo company, once…")?;
            for rest in ["making.db", "making.db-wal", "making.db-shm"] {
                let _ = std::fs::remove_file(self.dir.join(rest));
            }
            let app = open(&making, TODAY)?;
            let files = self.dir.join("files");
            making::make(&app, &files)?;
            drop(app);
            std::fs::rename(&making, &made).map_err(wrong)?;
            std::fs::remove_dir_all(&files).map_err(wrong)?;
        }
        let app = open(&made, self.today)?;
        if self.no_serve {
            return who_can_sign_in(&app);
        }
        journal::begin(LogLevel::Warn, LogFormat::Text);
        let address = Address {
            listen: self.listen,
            metrics_listen: None,
            trusted_proxies: Vec::new(),
            plain_http: PlainHttp::Allowed,
            fixed_date: FixedDate::Shown,
            places: Places::within(&self.dir),
            files: Limits::default(),
            step_up: Lasting::seconds(self.step_up_after).unwrap_or_default(),
            stop_within: STOP_WITHIN,
        };
        serve(app, &address, who_can_sign_in)
    }
}

fn open(path: &Path, today: Date) -> Result<App> {
    let store = Store::open(&format!("sqlite:{}", path.display()))?;
    migrate::run(&store)?;
    let zone = TimeZone::get("Asia/Shanghai").map_err(|wrong| Error::Internal(wrong.to_string()))?;
    let clock = Clock::at_noon(today, &zone).unwrap_or(Clock::System);
    Ok(App {
        store,
        clock,
        random: Random::System,
        memory: std::sync::Arc::default(),
        zone,
        outbound: std::sync::Arc::default(),
    })
}

/// One account of each position, highest first.
fn who_can_sign_in(app: &App) -> Result<()> {
    let ground = app.memory.ground(&mut app.store.read()?)?;
    let today = app.clock.today(&app.zone);
    output::line(&format!("sign in with the account below and the password {PASSWORD}"))?;
    for position in Position::ALL {
        let holds = |member: &&dacheng_domain::people::Member| {
            member.position == position && member.is_employed(today)
        };
        if let Some(member) = ground.organisation.rows().members.iter().find(holds) {
            output::line(&format!("  {:<8} {} ({})", member.code.as_str(), member.name, position.code()))?;
        }
    }
    for (login, name, _) in KEEPERS {
        output::line(&format!("  {login:<8} {name}"))?;
    }
    Ok(())
}
