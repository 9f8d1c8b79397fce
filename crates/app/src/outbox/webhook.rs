//! Webhooks: other programs are told what happened by ids and codes, signed as Standard Webhooks says
//! (standardwebhooks.com): HMAC-SHA-256 over number, time and body. `docs/webhooks.md` tells receivers how to check it.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use dacheng_domain::notification::{Event, Reason};
use jiff::Timestamp;
use ring::hmac::{HMAC_SHA256, Key, sign};
use serde_json::json;

use super::Outbound;
use super::dial::Failed;
use super::post::{Request, post};
use super::robots::Secrets;
use crate::hash::{hex, sha256};

/// How a secret begins.
const PREFIX: &str = "whsec_";
/// Bytes of a secret.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=64;

/// Tells another program of an event. The number is the same at every attempt, so that the program knows a repetition.
pub(super) fn send(
    outbound: &Outbound,
    secrets: &Secrets,
    (number, event, made_at): (i64, &Event, Timestamp),
    now: Timestamp,
) -> Result<(), Failed> {
    let key = key_of(&secrets.sign).ok_or(Failed::ForGood(Reason::Secret))?;
    let Some(hook) = event.hook() else {
        return Err(Failed::ForGood(Reason::Unknown(event.kind().to_owned())));
    };
    let body = json!({ "type": event.kind(), "timestamp": made_at.to_string(), "data": hook }).to_string();
    // Two sites may tell the same program.
    let site = hex(&sha256(outbound.site.as_bytes())[..4]);
    let (id, seconds) = (format!("msg_{site}_{number}"), now.as_second());
    let signature = format!("v1,{}", signature(&key, &id, seconds, &body));
    let headers = vec![
        ("webhook-id", id),
        ("webhook-timestamp", seconds.to_string()),
        ("webhook-signature", signature),
    ];
    let request = Request { address: secrets.address.clone(), headers, body };
    judged(post(outbound, &request)?.status)
}

/// The key of a secret as it is written: `whsec_` and base64 of 24 to 64 bytes.
pub(super) fn key_of(secret: &str) -> Option<Vec<u8>> {
    let key = BASE64_STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    Some(key).filter(|key| LENGTH.contains(&key.len()))
}

fn signature(key: &[u8], id: &str, seconds: i64, body: &str) -> String {
    let signed = format!("{id}.{seconds}.{body}");
    BASE64_STANDARD.encode(sign(&Key::new(HMAC_SHA256, key), signed.as_bytes()))
}

/// 2xx is delivered, 410 is gone for good, 429 is too fast; everything else may help to try again.
fn judged(status: u16) -> Result<(), Failed> {
    let said = format!("HTTP {status}");
    match status {
        200..=299 => Ok(()),
        410 => Err(Failed::ForGood(Reason::Unknown(said))),
        429 => Err(Failed::ForNow(Reason::Limited(said))),
        _ => Err(Failed::ForNow(Reason::Refused(said))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The public vectors of Standard Webhooks' libraries; Python's hmac and base64 say the same.
    #[test]
    fn the_signature_is_that_of_the_public_vectors() {
        let key = |secret: &str| BASE64_STANDARD.decode(secret.strip_prefix(PREFIX).unwrap()).unwrap();
        let signed = |secret, id, seconds, body| signature(&key(secret), id, seconds, body);
        assert_eq!(
            signed(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                1_614_265_330,
                r#"{"test": 2432232314}"#
            ),
            "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
        assert_eq!(
            signed(
                "whsec_plJ3nmyCDGBKInavdOK15jsl",
                "msg_loFOjxBNrRLzqYUf",
                1_731_705_121,
                r#"{"event_type":"ping","data":{"success":true}}"#
            ),
            "rAvfW3dJ/X/qxhsaXPOyyCGmRKsaKWcsNccKXlIktD0="
        );
    }

    #[test]
    fn a_secret_is_24_to_64_bytes_in_base64() {
        let secret = |bytes: usize| format!("whsec_{}", BASE64_STANDARD.encode(vec![7; bytes]));
        for bytes in [24, 32, 64] {
            assert_eq!(key_of(&secret(bytes)).unwrap().len(), bytes);
        }
        for wrong in
            [secret(23), secret(65), String::new(), "whsec_".into(), "whsec_%".into(), secret(32)[6..].into()]
        {
            assert!(key_of(&wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn an_answer_is_judged_by_its_status() {
        assert_eq!((judged(200), judged(204)), (Ok(()), Ok(())));
        assert_eq!(judged(410), Err(Failed::ForGood(Reason::Unknown("HTTP 410".into()))));
        assert_eq!(judged(429), Err(Failed::ForNow(Reason::Limited("HTTP 429".into()))));
        for status in [302, 400, 401, 404, 500, 503] {
            assert_eq!(judged(status), Err(Failed::ForNow(Reason::Refused(format!("HTTP {status}")))));
        }
    }
}
