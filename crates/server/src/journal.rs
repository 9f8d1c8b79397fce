//! The log: lines on standard error, as text or JSON. What is logged about a request is `web`'s.

use tracing::level_filters::LevelFilter;

use crate::settings::{LogFormat, LogLevel};

/// Begins the log of this program. A second beginning changes nothing.
pub fn begin(level: LogLevel, format: LogFormat) {
    let level = match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let lines =
        tracing_subscriber::fmt().with_max_level(level).with_writer(std::io::stderr).with_target(false);
    let begun = match format {
        LogFormat::Text => tracing::subscriber::set_global_default(lines.finish()),
        LogFormat::Json => {
            let lines = lines.json().flatten_event(true).with_current_span(true).with_span_list(false);
            tracing::subscriber::set_global_default(lines.finish())
        }
    };
    let _ = begun;
}
