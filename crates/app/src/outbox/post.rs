//! The one request that leaves, to robots and to other programs: a POST of JSON, to the address that was checked, without
//! redirects or a proxy, in five seconds, with at most 64 KB of answer.

use std::net::SocketAddr;

use dacheng_domain::notification::Reason;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::Outbound;
use super::dial::{Failed, PATIENCE, address};

/// What is posted.
pub(super) struct Request {
    /// Where to.
    pub address: String,
    /// Headers besides those that every request has.
    pub headers: Vec<(&'static str, String)>,
    /// JSON.
    pub body: String,
}

/// What came back.
pub(super) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub text: String,
}

/// Bytes of an answer that are read.
const MOST: u64 = 64 * 1024;

/// Answers with the address that was checked; the name is not looked up again.
#[derive(Debug)]
struct Checked(SocketAddr);

impl Resolver for Checked {
    fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let mut found = self.empty();
        found.push(self.0);
        Ok(found)
    }
}

/// Host and port of an address that may be used: `https`, or plain where the host is pinned to this machine.
pub(super) fn host_of(outbound: &Outbound, text: &str) -> Option<(String, u16)> {
    let uri: Uri = text.parse().ok()?;
    let host = uri.host()?.trim_matches(['[', ']']).to_owned();
    let is_loopback = outbound.allowed.pinned(&host).is_some_and(|pinned| pinned.is_loopback());
    let usual = match uri.scheme_str() {
        Some("https") => 443,
        Some("http") if is_loopback => 80,
        _ => return None,
    };
    // A name before the host would be sent along.
    if uri.authority()?.as_str().contains('@') {
        return None;
    }
    Some((host, uri.port_u16().unwrap_or(usual)))
}

/// Posts a request.
pub(super) fn post(outbound: &Outbound, request: &Request) -> Result<Answer, Failed> {
    let unknown = || Failed::ForGood(Reason::Unknown("https://…".to_owned()));
    let (host, port) = host_of(outbound, &request.address).ok_or_else(unknown)?;
    let dialled = address(outbound, &host, port)?;
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .tls_config(TlsConfig::builder().root_certs(roots(outbound, &host)).build())
        .build();
    let agent = Agent::with_parts(config, DefaultConnector::default(), Checked(dialled));
    // An error of the client may name the address, which is secret: only its kind is told.
    let unreachable = |wrong: &Error| {
        let kind = match wrong {
            Error::Timeout(_) => "timeout",
            Error::Io(_) => "connection",
            Error::BodyExceedsLimit(_) => "answer too long",
            _ => "protocol",
        };
        Failed::ForNow(Reason::Unreachable(format!("{host}: {kind}")))
    };
    let mut posted = agent.post(&request.address).header("Content-Type", "application/json; charset=utf-8");
    for (name, value) in &request.headers {
        posted = posted.header(*name, value);
    }
    let mut answer = posted.send(&request.body).map_err(|wrong| unreachable(&wrong))?;
    let status = answer.status().as_u16();
    let text = answer.body_mut().with_config().limit(MOST).lossy_utf8(true).read_to_string();
    Ok(Answer { status, text: text.map_err(|wrong| unreachable(&wrong))? })
}

/// Whose certificates are believed: the public authorities, or for a pinned host those that were configured.
fn roots(outbound: &Outbound, host: &str) -> RootCerts {
    let Some(pem) = outbound.authorities_of(host) else { return RootCerts::WebPki };
    let own = parse_pem(pem).filter_map(|item| match item {
        Ok(PemItem::Certificate(certificate)) => Some(certificate),
        _ => None,
    });
    RootCerts::from(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_domain::notification::Allowed;

    #[test]
    fn a_robot_is_reached_by_https_only() {
        let allowed = Allowed::read("oapi.dingtalk.com, sink.test=127.0.0.1, relay=10.0.0.1").unwrap();
        let outbound = Outbound { allowed, ..Outbound::default() };
        let host = |text: &str| host_of(&outbound, text);
        assert_eq!(
            host("https://oapi.dingtalk.com/robot/send?access_token=x"),
            Some(("oapi.dingtalk.com".into(), 443))
        );
        assert_eq!(host("http://sink.test:9/x"), Some(("sink.test".into(), 9)));
        for wrong in [
            "http://oapi.dingtalk.com/",
            "http://relay/",
            "ftp://sink.test/",
            "https://a@oapi.dingtalk.com/",
            "x",
        ] {
            assert_eq!(host(wrong), None, "{wrong}");
        }
    }
}
