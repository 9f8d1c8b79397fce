//! Every setting, with its default and a line that says what it is for. Flag › environment › `dacheng.toml` ([`file`]).
//!
//! A new setting is a field of [`Settings`] or [`Serving`] with `env` and, where it has one, `default_value`: flag,
//! variable, key of the file and `--help` come with it. Then it goes into `dacheng.toml.example` and the table of
//! `docs/operation.md`, which tests compare with these structs.

pub mod file;
#[cfg(test)]
mod tests;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};
use dacheng_domain::access::step_up::Lasting;
use dacheng_text::Lang;
use jiff::civil::Date;

/// Settings every command that touches data takes.
#[derive(Debug, Clone, Args)]
pub struct Settings {
    /// A file of settings; dacheng.toml in the working folder where absent
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the data is: sqlite:PATH or postgres://…
    #[arg(long, env = "DACHENG_DATABASE", default_value = "sqlite:dacheng.db", value_name = "URL")]
    pub database: String,
    /// The company's time zone
    #[arg(long, env = "DACHENG_ZONE", default_value = "Asia/Shanghai", value_name = "ZONE")]
    pub zone: String,
    /// A fixed company date instead of today
    #[arg(long, env = "DACHENG_TODAY", value_name = "DATE")]
    pub today: Option<Date>,
    /// The address people reach the server at; links in messages begin with it
    #[arg(long, env = "DACHENG_SITE", default_value = "http://127.0.0.1:8080", value_name = "URL")]
    pub site: String,
    /// Hosts that messages may leave for, by commas; HOST=ADDRESS pins one, also inside
    #[arg(long, env = "DACHENG_OUTBOUND_ALLOW", value_name = "HOSTS")]
    pub outbound_allow: Option<String>,
    /// A PEM file of certificate authorities that are believed, too, for hosts that are pinned
    #[arg(long, env = "DACHENG_OUTBOUND_CA", value_name = "FILE")]
    pub outbound_ca: Option<PathBuf>,
    /// The language of sentences on the command line
    #[arg(long, env = "DACHENG_LANG", value_enum, default_value_t = Language::En)]
    pub lang: Language,
}

/// Settings of the server.
#[derive(Debug, Clone, Args)]
pub struct Serving {
    /// Where it listens
    #[arg(long, env = "DACHENG_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDR")]
    pub listen: SocketAddr,
    /// Let cookies travel without TLS also beyond this machine
    #[arg(long, env = "DACHENG_INSECURE_HTTP", action = ArgAction::Set, num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true", value_name = "true|false")]
    pub insecure_http: bool,
    /// Proxies whose X-Forwarded-For and X-Request-Id are believed: addresses, by commas
    #[arg(long, env = "DACHENG_TRUSTED_PROXIES", value_delimiter = ',', value_name = "IP")]
    pub trusted_proxies: Vec<IpAddr>,
    /// Where files lie that are imported or exported; next to an SQLite database, else the system's folder for such files
    #[arg(long, env = "DACHENG_UPLOADS", value_name = "DIR")]
    pub uploads: Option<PathBuf>,
    /// Megabytes of a file that is attached to a document, from 1 to 200
    #[arg(long, env = "DACHENG_MOST_FILE_MB", default_value = "20", value_name = "MB",
        value_parser = clap::value_parser!(u64).range(1..=200))]
    pub most_file_mb: u64,
    /// Seconds for which a password that was given counts for acts that ask for it again, from 1 to 3600
    #[arg(long, env = "DACHENG_STEP_UP_AFTER", default_value_t = Lasting::USUAL, value_name = "SECONDS",
        value_parser = clap::value_parser!(u32).range(1..=i64::from(Lasting::LONGEST)))]
    pub step_up_after: u32,
    /// Another address for /metrics, which is then not answered where pages are
    #[arg(long, env = "DACHENG_METRICS_LISTEN", value_name = "ADDR")]
    pub metrics_listen: Option<SocketAddr>,
    /// Seconds that requests and imports under way have to end when the server is told to stop
    #[arg(long, env = "DACHENG_STOP_WITHIN", default_value = "20", value_name = "SECONDS")]
    pub stop_within: u64,
    /// The least that is logged
    #[arg(long, env = "DACHENG_LOG", value_enum, default_value_t = LogLevel::Info)]
    pub log: LogLevel,
    /// How a line of the log is written
    #[arg(long, env = "DACHENG_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    pub log_format: LogFormat,
}

/// The languages of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Simplified Chinese.
    Zh,
    /// English.
    En,
}

impl From<Language> for Lang {
    fn from(language: Language) -> Self {
        match language {
            Language::Zh => Self::Zh,
            Language::En => Self::En,
        }
    }
}

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogLevel {
    /// Faults of the program and of what it works with.
    Error,
    /// Also what somebody should look at.
    Warn,
    /// Also every request.
    Info,
    /// Also what helps to find a fault.
    Debug,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// A JSON object a line, for programs.
    Json,
}
