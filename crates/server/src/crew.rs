//! The threads of a server that run jobs beside the requests.

use std::sync::mpsc::channel;
use std::thread::JoinHandle;
use std::time::Duration;

use dacheng_app::jobs::{Places, Runner, Stop, run_due};
use dacheng_app::outbox::{deliver_due, remind};
use dacheng_app::{App, Error, Result};

/// How many there are: a long export leaves one for everything else.
const RUNNERS: usize = 2;
/// How long a runner that found nothing to do waits.
const PAUSE: Duration = Duration::from_secs(2);

/// How long the outbox rests between two passes.
const REST: Duration = Duration::from_secs(5);
/// Passes of the outbox between two looks at deadlines: about an hour.
const REMINDS: u64 = 720;

/// The runners of a server.
pub struct Crew {
    stop: Stop,
    threads: Vec<JoinHandle<()>>,
}

impl Crew {
    /// They begin at once.
    pub fn begin(app: &App, places: &Places) -> Result<Self> {
        let stop = Stop::default();
        let begin = |number: usize| {
            let (app, runner) = (app.clone(), Runner::new(app, places.clone(), stop.clone())?);
            let thread = std::thread::Builder::new().name(format!("jobs-{number}"));
            thread.spawn(move || go_on(&app, &runner)).map_err(|wrong| Error::Internal(wrong.to_string()))
        };
        let mut threads = (1..=RUNNERS).map(begin).collect::<Result<Vec<_>>>()?;
        let (app, own) = (app.clone(), stop.clone());
        let thread = std::thread::Builder::new().name("outbox".to_owned());
        let outbox = thread.spawn(move || deliver(&app, &own));
        threads.push(outbox.map_err(|wrong| Error::Internal(wrong.to_string()))?);
        Ok(Self { stop, threads })
    }

    /// Waits for the step under way, no longer than that; what is not done is put back for whoever comes next. Where a
    /// step takes longer, its job is taken over when its lease ends.
    pub fn end(self, within: Duration) {
        self.stop.give();
        let (tell, hear) = channel();
        let threads = self.threads;
        std::thread::spawn(move || {
            for thread in threads {
                drop(thread.join());
            }
            tell.send(())
        });
        if hear.recv_timeout(within).is_err() {
            tracing::warn!("jobs that are still under way are left to whoever comes next");
        }
    }
}

/// One pass after the other. What goes wrong with the passes themselves is told once, not every two seconds.
fn go_on(app: &App, runner: &Runner) {
    let mut told = String::new();
    loop {
        match run_due(app, runner) {
            Ok(_) => told.clear(),
            Err(error) => {
                let error = error.to_string();
                if error != told {
                    tracing::error!("jobs: {error}");
                }
                told = error;
            }
        }
        if runner.stop.wait(PAUSE) {
            break;
        }
    }
}

/// Delivers what is due, and reminds of deadlines once in many passes.
fn deliver(app: &App, stop: &Stop) {
    let mut told = String::new();
    for pass in 0_u64.. {
        let reminded = if pass.is_multiple_of(REMINDS) { remind(app).map(drop) } else { Ok(()) };
        match reminded.and_then(|()| deliver_due(app, app.clock.now()).map(drop)) {
            Ok(()) => told.clear(),
            Err(error) => {
                let error = error.to_string();
                if error != told {
                    tracing::error!("outbox: {error}");
                }
                told = error;
            }
        }
        if stop.wait(REST) {
            break;
        }
    }
}
