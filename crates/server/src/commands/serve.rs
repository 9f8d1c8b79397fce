//! `serve` and `admin invite`: the server, and the one-time link of the first administrator.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use dacheng_app::facts::undo::discard_unfinished;
use dacheng_app::facts::uploads::Uploads;
use dacheng_app::jobs::Places;
use dacheng_app::people::member_accounts::{self, Passwords};
use dacheng_app::people::one_time_links::invite_administrator;
use dacheng_app::{App, Error, Result};
use dacheng_web::http::{FixedDate, PlainHttp, Site, Web, router};

use super::crew::Crew;
use crate::output;
use crate::program::{Settings, workbooks};

/// The server.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where it listens
    #[arg(long, env = "DACHENG_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    listen: SocketAddr,
    /// Let cookies travel without TLS also beyond this machine
    #[arg(long)]
    insecure_http: bool,
    /// Where files wait that are being imported or exported; next to an SQLite database, else the system's folder for
    /// such files
    #[arg(long, env = "DACHENG_UPLOADS", value_name = "DIR")]
    uploads: Option<PathBuf>,
    #[command(flatten)]
    settings: Settings,
}

impl Serve {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        let app = self.settings.create()?;
        let fixed = if self.settings.today.is_some() { FixedDate::Shown } else { FixedDate::Moves };
        let plain = if self.insecure_http || self.listen.ip().is_loopback() {
            PlainHttp::Allowed
        } else {
            PlainHttp::Refused
        };
        let places = places(&self.settings.database, self.uploads.as_deref(), &app)?;
        serve(app, self.listen, (plain, fixed), places, |_| Ok(()))
    }
}

/// The folders of files: those that were named, else beside an SQLite database. Elsewhere they are new at every start,
/// under a name that nobody can guess.
pub fn places(database: &str, folder: Option<&Path>, app: &App) -> Result<Places> {
    if let Some(folder) = folder {
        return Ok(Places::within(folder));
    }
    match database.strip_prefix("sqlite:") {
        Some(path) => Ok(Places::beside(path)),
        None => {
            let folder = std::env::temp_dir().join(format!("dacheng-{}", app.random.text()?));
            Ok(Places::beside(&folder.display().to_string()))
        }
    }
}

/// Serves until the program is told to stop; requests that have begun are finished. Where it listens is printed as
/// soon as it does, with a free port where 0 was asked for; then comes what `more` prints.
pub fn serve(
    app: App,
    listen: SocketAddr,
    (plain_http, fixed_date): (PlainHttp, FixedDate),
    places: Places,
    more: impl FnOnce(&App) -> Result<()>,
) -> Result<()> {
    let app = App { clock: app.clock.clone().running(), ..app };
    discard_unfinished(&app, app.clock.now().as_millisecond())?;
    let failed = |wrong: std::io::Error| Error::Internal(format!("{listen}: {wrong}"));
    let bound = std::net::TcpListener::bind(listen).map_err(failed)?;
    bound.set_nonblocking(true).map_err(failed)?;
    output::line(&format!("dacheng listens on http://{}", bound.local_addr().map_err(failed)?))?;
    more(&app)?;
    let workbooks = workbooks()?;
    let uploads = Arc::new(Uploads::new(places.uploads.clone(), workbooks.clone())?);
    let crew = Crew::begin(&app, &places)?;
    let web = Web { app, site: Arc::new(Site { plain_http, fixed_date, workbooks, places, uploads }) };
    let service = router(&web).into_make_service_with_connect_info::<SocketAddr>();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().map_err(failed)?;
    let served = runtime.block_on(async move {
        let listener = tokio::net::TcpListener::from_std(bound).map_err(failed)?;
        axum::serve(listener, service).with_graceful_shutdown(stopped()).await.map_err(failed)
    });
    crew.end();
    served
}

/// Ends with Ctrl C, or with the signal of a service manager.
async fn stopped() {
    let interrupted = async { drop(tokio::signal::ctrl_c().await) };
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => drop(signal.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

/// Accounts, from the command line.
#[derive(Debug, Args)]
pub struct Admin {
    #[command(subcommand)]
    act: AdminAct,
}

#[derive(Debug, Subcommand)]
enum AdminAct {
    /// Print a one-time link that makes the account of an administrator
    Invite {
        /// The address people reach the server at
        #[arg(long, default_value = "http://127.0.0.1:8080", value_name = "URL")]
        site: String,
        #[command(flatten)]
        settings: Settings,
    },
    /// Make an account with the posts of their position for every member who has none
    Members {
        /// One password for all, for a company that is only for show; else each gets a one-time link
        #[arg(long, value_name = "PASSWORD")]
        password: Option<String>,
        #[command(flatten)]
        settings: Settings,
    },
}

impl Admin {
    /// Runs the command.
    pub fn run(self) -> Result<()> {
        match self.act {
            AdminAct::Invite { site, settings } => invite(&site, &settings),
            AdminAct::Members { password, settings } => members(password.as_deref(), &settings),
        }
    }
}

fn invite(site: &str, settings: &Settings) -> Result<()> {
    let app = settings.create()?;
    let link = invite_administrator(&app, &settings.operator(&app))?;
    output::line(&format!("{}/setup/{}", site.trim_end_matches('/'), link.secret))?;
    output::line(&format!("works once, until {}", link.expires_at))
}

fn members(password: Option<&str>, settings: &Settings) -> Result<()> {
    let app = settings.create()?;
    let context = settings.operator(&app);
    let ground = app.memory.ground(&mut app.store.read()?)?;
    let how = password.map_or(Passwords::Links, Passwords::ForShow);
    let made = member_accounts::create(&app, &context, &ground.organisation, (how, context.lang))?;
    member_accounts::grant(&app, &context, &ground.organisation)?;
    made.iter().try_for_each(|made| match &made.link {
        None => output::line(&made.login),
        Some(link) => output::line(&format!("{} /setup/{}", made.login, link.secret)),
    })
}
