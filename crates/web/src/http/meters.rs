//! What the server counts, for Prometheus: requests by pattern and status, how long they took, what it holds. No name and no
//! amount of the company is among it.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use dacheng_app::health::{self, Holdings};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;

/// Bounds of the durations, in seconds.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Standing {
    state: &'static str,
}

/// The meters of one server.
pub struct Meters {
    requests: Family<Answered, Counter<u64, AtomicU64>>,
    durations: Family<Asked, Histogram, fn() -> Histogram>,
    connections: Family<Connections, Gauge>,
    jobs: Family<Standing, Gauge>,
    imports: Gauge,
    blocks: Gauge,
    registry: Mutex<Registry>,
}

impl Default for Meters {
    fn default() -> Self {
        let durations: fn() -> Histogram = || Histogram::new(BOUNDS);
        let meters = Self {
            requests: Family::default(),
            durations: Family::new_with_constructor(durations),
            connections: Family::default(),
            jobs: Family::default(),
            imports: Gauge::default(),
            blocks: Gauge::default(),
            registry: Mutex::default(),
        };
        meters.register();
        meters
    }
}

impl Meters {
    fn register(&self) {
        let mut registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        let build = vec![
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("migration", health::migration().to_string()),
        ];
        registry.register("dacheng_build", "The program and the migration it works with", Info::new(build));
        registry.register("dacheng_requests", "Requests by pattern and status", self.requests.clone());
        registry.register(
            "dacheng_request_duration_seconds",
            "Seconds until the answer began",
            self.durations.clone(),
        );
        registry.register(
            "dacheng_database_connections",
            "Connections to the database by pool and state",
            self.connections.clone(),
        );
        registry.register(
            "dacheng_imports_under_way",
            "Files being checked or written, or waiting for it",
            self.imports.clone(),
        );
        registry.register("dacheng_jobs", "Jobs by state", self.jobs.clone());
        registry.register("dacheng_rollup_blocks_held", "Roll-up blocks in memory", self.blocks.clone());
    }

    /// A request was answered.
    pub(super) fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.durations.get_or_create(&Asked { method, route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Answered { method, route, status: status.into() }).inc();
    }

    /// How many jobs there are in each state.
    pub(super) fn jobs(&self, counts: &[(&'static str, i64)]) {
        self.jobs.clear();
        for (state, count) in counts {
            self.jobs.get_or_create(&Standing { state }).set(*count);
        }
    }

    /// Everything as text, with what is held now.
    pub(super) fn text(&self, holdings: &Holdings, imports: usize) -> String {
        for pool in &holdings.pools {
            let states =
                [("used", pool.open - pool.idle.min(pool.open)), ("idle", pool.idle), ("most", pool.most)];
            for (state, count) in states {
                self.connections.get_or_create(&Connections { pool: pool.purpose, state }).set(count.into());
            }
        }
        self.imports.set(i64::try_from(imports).unwrap_or(i64::MAX));
        self.blocks.set(i64::try_from(holdings.blocks).unwrap_or(i64::MAX));
        let mut text = String::new();
        let registry = self.registry.lock().unwrap_or_else(PoisonError::into_inner);
        match encode(&mut text, &registry) {
            Ok(()) => text,
            Err(_) => String::new(),
        }
    }
}
