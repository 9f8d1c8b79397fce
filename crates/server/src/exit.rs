//! Exit codes and what is said on standard error: 0 done, 1 failed, 2 wrong usage, 3 refused by a rule.

use std::process::ExitCode;

use dacheng_app::Error;

/// Says why a command did not do what was asked, a line a problem, and gives its exit code.
pub fn report(outcome: Result<(), Error>) -> ExitCode {
    let Err(error) = outcome else { return ExitCode::SUCCESS };
    match &error {
        Error::Refused(problems) => problems.iter().for_each(|problem| eprintln!("dacheng: {problem}")),
        Error::Missing { .. }
        | Error::Forbidden(_)
        | Error::NotSignedIn
        | Error::Stale { .. }
        | Error::TooLarge(_)
        | Error::Usage(_)
        | Error::Store(_)
        | Error::Internal(_) => eprintln!("dacheng: {error}"),
    }
    ExitCode::from(match error {
        Error::Refused(_)
        | Error::TooLarge(_)
        | Error::Forbidden(_)
        | Error::NotSignedIn
        | Error::Stale { .. } => 3,
        Error::Usage(_) => 2,
        Error::Missing { .. } | Error::Store(_) | Error::Internal(_) => 1,
    })
}
