//! The server while it runs: whether it stops, whom it believes about a request, what it has counted.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};

use super::meters::Meters;

/// Where `/metrics` is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MetricsPlace {
    /// Beside the pages.
    #[default]
    Here,
    /// At an address of its own only.
    Elsewhere,
}

/// What the server knows about itself while it runs.
#[derive(Default)]
pub struct Running {
    /// Proxies whose word about the caller's address and the request's number is taken.
    pub trusted_proxies: Vec<IpAddr>,
    /// Where the counts are told.
    pub metrics: MetricsPlace,
    /// What is counted.
    pub meters: Meters,
    stopping: AtomicBool,
}

impl Running {
    /// A server that believes these proxies.
    pub fn new(trusted_proxies: Vec<IpAddr>, metrics: MetricsPlace) -> Self {
        Self { trusted_proxies, metrics, ..Self::default() }
    }

    /// From now on nobody should send requests here.
    pub fn stop(&self) {
        self.stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server is about to end.
    pub fn is_stopping(&self) -> bool {
        self.stopping.load(Ordering::Relaxed)
    }

    /// Whether a peer's word about a request is taken.
    pub(super) fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies.contains(&peer.to_canonical())
    }
}
