//! `admin invite` and `admin members`: one-time links and accounts, from the command line.

use clap::{Args, Subcommand};
use dacheng_app::Result;
use dacheng_app::people::member_accounts::{self, Passwords};
use dacheng_app::people::one_time_links::invite_administrator;

use crate::output;
use crate::settings::Settings;

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
            AdminAct::Invite { settings } => invite(&settings),
            AdminAct::Members { password, settings } => members(password.as_deref(), &settings),
        }
    }
}

fn invite(settings: &Settings) -> Result<()> {
    let app = settings.create()?;
    let link = invite_administrator(&app, &settings.operator(&app))?;
    output::line(&format!("{}/setup/{}", app.outbound.site, link.secret))?;
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
