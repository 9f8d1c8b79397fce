//! The one request that leaves: a POST of JSON, to the address that was checked, without redirects or a proxy, in five
//! seconds, with at most 64 KB of answer.

use std::net::SocketAddr;

use dacheng_domain::notification::Reason;
use serde_json::Value;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

use super::{Answered, Request};
use crate::outbox::Outbound;
use crate::outbox::dial::{Failed, PATIENCE, address};

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
pub(in crate::outbox) fn host_of(outbound: &Outbound, text: &str) -> Option<(String, u16)> {
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

/// Posts a request and reads the vendor's code from the answer.
pub(super) fn post(outbound: &Outbound, request: &Request) -> Result<Answered, Failed> {
    let unknown = || Failed::ForGood(Reason::Unknown("https://…".to_owned()));
    let (host, port) = host_of(outbound, &request.address).ok_or_else(unknown)?;
    let dialled = address(outbound, &host, port)?;
    let config = Config::builder()
        .proxy(None)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
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
    let sent = agent
        .post(&request.address)
        .header("Content-Type", "application/json; charset=utf-8")
        .send(request.body.to_string());
    let mut answer = sent.map_err(|wrong| unreachable(&wrong))?;
    let status = i64::from(answer.status().as_u16());
    let text = answer.body_mut().with_config().limit(MOST).read_to_string();
    let text = text.map_err(|wrong| unreachable(&wrong))?;
    Ok(read(status, &text))
}

/// The code and words of an answer: `errcode`, `code` or `StatusCode`; an answer without one is told by its status.
fn read(status: i64, text: &str) -> Answered {
    let body: Value = serde_json::from_str(text).unwrap_or_default();
    let code = ["errcode", "code", "StatusCode"].iter().find_map(|name| body[name].as_i64());
    let said = ["errmsg", "msg", "StatusMessage"].iter().find_map(|name| body[name].as_str());
    let said: String = said.unwrap_or("HTTP").chars().filter(|own| !own.is_control()).take(200).collect();
    let is_done = (200..300).contains(&status);
    let code = match code {
        Some(code) if code != 0 || is_done => code,
        Some(_) | None => status,
    };
    Answered { code, said }
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

    #[test]
    fn a_code_other_than_0_is_a_failure_whatever_the_status() {
        let code = |status, text| read(status, text).code;
        assert_eq!(code(200, r#"{"errcode":0,"errmsg":"ok"}"#), 0);
        assert_eq!(code(200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#), 45009);
        assert_eq!(code(200, r#"{"code":19021,"msg":"sign match fail"}"#), 19021);
        assert_eq!(code(200, r#"{"StatusCode":0,"StatusMessage":"success"}"#), 0);
        assert_eq!(code(302, ""), 302);
        assert_eq!(code(500, r#"{"errcode":0}"#), 500);
        assert_eq!(code(200, "<html>"), 200);
    }
}
