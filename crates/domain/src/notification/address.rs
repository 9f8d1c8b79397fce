//! Which addresses outside may be dialled (`trust.md`): hosts the server's configuration lists, at public addresses.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The hosts that may be dialled. A host may be pinned to one address, which is then the only one it is dialled at:
/// the one way to reach a mail relay inside the company, or a sink in a test.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allowed {
    hosts: BTreeMap<String, Option<IpAddr>>,
}

/// Why an address is not dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// The host is not on the list.
    Host,
    /// The address is not a public one, or not the one the host is pinned to.
    Address,
}

impl Allowed {
    /// Reads `host` and `host=address`, separated by commas.
    ///
    /// ```
    /// use dacheng_domain::notification::{Allowed, Refused};
    /// let allowed = Allowed::read("qyapi.weixin.qq.com, mail.corp.example=10.0.0.25").unwrap();
    /// let ip = |text: &str| text.parse().unwrap();
    /// assert_eq!(allowed.dial("QYAPI.weixin.qq.com", ip("121.51.130.112")), Ok(()));
    /// assert_eq!(allowed.dial("qyapi.weixin.qq.com", ip("127.0.0.1")), Err(Refused::Address));
    /// assert_eq!(allowed.dial("mail.corp.example", ip("10.0.0.25")), Ok(()));
    /// assert_eq!(allowed.dial("mail.corp.example", ip("10.0.0.26")), Err(Refused::Address));
    /// assert_eq!(allowed.dial("example.com", ip("93.184.216.34")), Err(Refused::Host));
    /// assert!(Allowed::read("a b").is_err());
    /// ```
    pub fn read(list: &str) -> Result<Self, String> {
        let mut hosts = BTreeMap::new();
        for entry in list.split(',').map(str::trim).filter(|entry| !entry.is_empty()) {
            let (host, pinned) = match entry.split_once('=') {
                None => (entry, None),
                Some((host, address)) => {
                    (host.trim(), Some(address.trim().parse().map_err(|_| entry.to_owned())?))
                }
            };
            let is_sign = |own: char| own.is_ascii_alphanumeric() || ".-_:".contains(own);
            if host.is_empty() || !host.chars().all(is_sign) {
                return Err(entry.to_owned());
            }
            hosts.insert(host.to_lowercase(), pinned);
        }
        Ok(Self { hosts })
    }

    /// Whether a host is on the list.
    pub fn knows(&self, host: &str) -> Result<(), Refused> {
        if self.hosts.contains_key(&host.to_lowercase()) { Ok(()) } else { Err(Refused::Host) }
    }

    /// The address a host is pinned to.
    pub fn pinned(&self, host: &str) -> Option<IpAddr> {
        self.hosts.get(&host.to_lowercase()).copied().flatten()
    }

    /// Whether a host may be dialled at an address. Asked about the very address that is dialled, so that a name
    /// which changes its answer gains nothing.
    pub fn dial(&self, host: &str, address: IpAddr) -> Result<(), Refused> {
        self.knows(host)?;
        let may = match self.pinned(host) {
            Some(pinned) => pinned == address,
            None => is_public(address),
        };
        if may { Ok(()) } else { Err(Refused::Address) }
    }
}

/// Whether an address belongs to the public network: not loopback, private, shared, link-local, metadata, reserved,
/// for documentation, multicast, nor an IPv4 address within an IPv6 one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = matches!(
        (a, b, c),
        (0 | 10 | 127 | 224..=255, _, _)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 0, 0 | 2)
            | (192, 88, 99)
            | (192, 168, _)
            | (198, 18 | 19, _)
            | (198, 51, 100)
            | (203, 0, 113)
    );
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    // Only 2000::/3 is given out; mapped, translated and local addresses all lie outside of it.
    let [first, second, ..] = address.segments();
    let tunnels =
        matches!((first, second), (0x2001, 0..=0x01ff | 0x0db8) | (0x2002, _) | (0x3fff, 0..=0x0fff));
    (0x2000..=0x3fff).contains(&first) && !tunnels
}
