//! Dialling outside: the name is looked up once, its addresses are checked, and one of those very addresses is dialled.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use dacheng_domain::notification::{Allowed, Reason, Refused};

use super::Outbound;

/// How long any step of a conversation may take (`trust.md`).
pub(super) const PATIENCE: Duration = Duration::from_secs(5);

/// Why a message was not delivered, and whether trying again could help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Failed {
    /// It may help to try again.
    ForNow(Reason),
    /// It does not.
    ForGood(Reason),
}

impl Failed {
    pub fn reason(self) -> Reason {
        match self {
            Self::ForNow(reason) | Self::ForGood(reason) => reason,
        }
    }
}

/// The address to dial for a host. Nobody looks the name up again.
pub(super) fn address(outbound: &Outbound, host: &str, port: u16) -> Result<SocketAddr, Failed> {
    let allowed = &outbound.allowed;
    let not_allowed = |_| Failed::ForGood(Reason::NotAllowed(host.to_owned()));
    allowed.knows(host).map_err(not_allowed)?;
    let found = match (allowed.pinned(host), host.parse::<IpAddr>()) {
        (Some(pinned), _) => vec![pinned],
        (None, Ok(address)) => vec![address],
        (None, Err(_)) => looked_up(host, port)?,
    };
    dialled(allowed, host, &found).map(|address| SocketAddr::new(address, port))
}

/// The first of the addresses. All of them must be good: a name that also leads inside is not trusted.
fn dialled(allowed: &Allowed, host: &str, found: &[IpAddr]) -> Result<IpAddr, Failed> {
    for address in found {
        allowed.dial(host, *address).map_err(|refused| {
            Failed::ForGood(match refused {
                Refused::Host => Reason::NotAllowed(host.to_owned()),
                Refused::Address => Reason::NotPublic(host.to_owned()),
            })
        })?;
    }
    found.first().copied().ok_or_else(|| Failed::ForNow(Reason::Unreachable(host.to_owned())))
}

/// The system's resolver has no time limit of its own.
fn looked_up(host: &str, port: u16) -> Result<Vec<IpAddr>, Failed> {
    let (send, receive) = mpsc::channel();
    let name = host.to_owned();
    thread::spawn(move || {
        let found = (name.as_str(), port).to_socket_addrs();
        // Whoever asked may have lost patience.
        let _ = send.send(found.map(|found| found.map(|address| address.ip()).collect::<Vec<_>>()));
    });
    match receive.recv_timeout(PATIENCE) {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(wrong)) => Err(Failed::ForNow(Reason::Unreachable(format!("{host}: {wrong}")))),
        Err(_) => Err(Failed::ForNow(Reason::Unreachable(format!("{host}: no answer of the name server")))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_also_leads_inside_is_not_dialled() {
        let allowed = Allowed::read("hooks.example, relay.example=10.0.0.25").unwrap();
        let ips = |list: &[&str]| list.iter().map(|text| text.parse().unwrap()).collect::<Vec<IpAddr>>();
        let dial = |host: &str, list: &[&str]| dialled(&allowed, host, &ips(list));
        assert!(dial("hooks.example", &["8.8.8.8", "8.8.4.4"]).is_ok());
        for inside in ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.1"] {
            let refused = dial("hooks.example", &["8.8.8.8", inside]);
            assert_eq!(refused, Err(Failed::ForGood(Reason::NotPublic("hooks.example".into()))), "{inside}");
        }
        assert!(dial("relay.example", &["10.0.0.25"]).is_ok());
        assert!(dial("relay.example", &["8.8.8.8"]).is_err(), "it is pinned to another");
        assert!(dial("else.example", &["8.8.8.8"]).is_err());
        assert!(matches!(dial("hooks.example", &[]), Err(Failed::ForNow(_))));
    }

    #[test]
    fn an_address_written_as_a_number_is_checked_like_a_name() {
        let allowed = Allowed::read("127.0.0.1, 8.8.8.8").unwrap();
        let outbound = Outbound { allowed, ..Outbound::default() };
        assert!(matches!(address(&outbound, "127.0.0.1", 25), Err(Failed::ForGood(Reason::NotPublic(_)))));
        assert_eq!(address(&outbound, "8.8.8.8", 25), Ok("8.8.8.8:25".parse().unwrap()));
    }
}
