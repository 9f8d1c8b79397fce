//! The threads of a server that work beside the requests: jobs, what leaves the company, sums that no block keeps.

use std::sync::mpsc::channel;
use std::thread::JoinHandle;
use std::time::Duration;

use dacheng_app::figures::history::hold;
use dacheng_app::jobs::{Places, Runner, Stop, run_due};
use dacheng_app::outbox::{deliver_due, remind};
use dacheng_app::{App, Error, Result};

/// How many there are: a long export leaves one for everything else.
const RUNNERS: usize = 2;
/// How long a runner that found nothing to do waits.
const PAUSE: Duration = Duration::from_secs(2);

/// How long a server is left to its first requests before it adds up sums by customer.
const AT_FIRST: Duration = Duration::from_secs(10);
/// How long the outbox, and whoever adds up, rests between two passes.
const REST: Duration = Duration::from_secs(5);
/// Passes of the outbox between two looks at deadlines: about an hour.
const REMINDS: u64 = 720;

/// What a thread does until it is told to stop.
type Beside = fn(&App, &Stop);

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
        let besides: [(&str, Beside); 2] = [("outbox", deliver), ("sums", add_up)];
        for (name, work) in besides {
            let (app, own) = (app.clone(), stop.clone());
            let thread = std::thread::Builder::new().name(name.to_owned()).spawn(move || work(&app, &own));
            threads.push(thread.map_err(|wrong| Error::Internal(wrong.to_string()))?);
        }
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

/// One pass after the other.
fn go_on(app: &App, runner: &Runner) {
    again("jobs", &runner.stop, PAUSE, |_| run_due(app, runner).map(drop));
}

/// Delivers what is due, and reminds of deadlines once in many passes.
fn deliver(app: &App, stop: &Stop) {
    again("outbox", stop, REST, |pass| {
        let reminded = if pass.is_multiple_of(REMINDS) { remind(app).map(drop) } else { Ok(()) };
        reminded.and_then(|()| deliver_due(app, app.clock.now()).map(drop))
    });
}

/// Adds up what no block keeps before somebody asks for it.
fn add_up(app: &App, stop: &Stop) {
    if !stop.wait(AT_FIRST) {
        again("sums", stop, REST, |_| hold(app));
    }
}

/// Passes until it is time to stop. What goes wrong with the passes themselves is told once, not every time.
fn again(name: &str, stop: &Stop, rest: Duration, mut pass: impl FnMut(u64) -> Result<()>) {
    let mut told = String::new();
    for number in 0_u64.. {
        match pass(number) {
            Ok(()) => told.clear(),
            Err(error) => {
                let error = error.to_string();
                if error != told {
                    tracing::error!("{name}: {error}");
                }
                told = error;
            }
        }
        if stop.wait(rest) {
            break;
        }
    }
}
