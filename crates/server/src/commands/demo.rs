//! `demo`: a believable company in a folder, made once by the same use cases a company uses, then served.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use dacheng_app::company::{self, settle};
use dacheng_app::demo::{self, NAME, TODAY, YEAR};
use dacheng_app::facts::import::{Effect, Request, import};
use dacheng_app::jobs::Places;
use dacheng_app::people::member_accounts::{self, Passwords};
use dacheng_app::tracking::close::{Recorded, close_history};
use dacheng_app::{Actor, App, Clock, Context, Error, Random, Result};
use dacheng_domain::access::Role;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::files::Limits;
use dacheng_domain::people::Position;
use dacheng_store::{Store, migrate};
use dacheng_text::Lang;
use dacheng_web::http::{FixedDate, PlainHttp};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{demo_plan, demo_plans};
use crate::program::workbooks;
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
            company_of(&app, &files)?;
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

fn operator(app: &App) -> Context {
    app.context(Actor::Operator, Lang::Zh)
}

/// Facts, a plan in force, closed months and accounts: everything by the use cases.
fn company_of(app: &App, files: &Path) -> Result<()> {
    let context = operator(app);
    let (before, version) = company::current(&mut app.store.read()?)?;
    let go_live = Month::new(YEAR, 1);
    let named = company::Company { name: NAME.to_owned(), go_live, ..before };
    settle(app, &context, &named, version)?;
    demo::write(files)?;
    let workbooks = workbooks()?;
    for kind in [
        Kind::Units,
        Kind::Members,
        Kind::Employments,
        Kind::Products,
        Kind::Customers,
        Kind::Orders,
        Kind::OrderLines,
        Kind::OrderShares,
        Kind::Returns,
        Kind::Payments,
    ] {
        let name = format!("{}.csv", kind.name());
        let path = files.join(&name);
        let request = Request {
            kind,
            path: &path,
            name: &name,
            mapping: None,
            effect: Effect::Write,
            workbooks: &workbooks,
        };
        let outcome = import(app, &context, &request, &mut |_| {})?;
        if let Some(problem) = outcome.problems.first() {
            return Err(Error::Internal(format!("{name}: {problem:?}")));
        }
    }
    demo_plan::set(app, &context)?;
    let through = Month::new(YEAR, 10).ok_or_else(|| Error::Internal("month".to_owned()))?;
    let from = Month::new(YEAR, 1).ok_or_else(|| Error::Internal("month".to_owned()))?;
    close_history(app, &context, (from, through), Recorded::FirstOfNextMonth)?;
    let ground = app.memory.ground(&mut app.store.read()?)?;
    // Those at work since then write plans; whoever was hired later comes in after them.
    for app in [demo_plans::on(app, demo_plans::FIRST_DAY), app.clone()] {
        let (context, organisation) = (operator(&app), &ground.organisation);
        let passwords = Passwords::ForShow(PASSWORD);
        member_accounts::create(&app, &context, organisation, (passwords, Lang::Zh))?;
        member_accounts::grant(&app, &context, organisation)?;
    }
    for keeper in KEEPERS {
        member_accounts::keeper_for_show(app, &context, keeper, PASSWORD)?;
    }
    demo_plans::begin(app)
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
