//! 飞书: "seconds, line feed, secret" is the key that signs nothing; time and signature stand in the body.

use serde_json::json;

use super::signature::hmac;
use super::{Card, Meaning, Request, Secrets};

pub(super) fn request(secrets: &Secrets, card: &Card, now: i64) -> Request {
    let words = json!([{ "tag": "text", "text": card.text }]);
    let link = json!([{ "tag": "a", "text": card.look, "href": card.link }]);
    let mut body = json!({
        "msg_type": "post",
        "content": { "post": { "zh_cn": { "title": card.title, "content": [words, link] } } },
    });
    if !secrets.sign.is_empty() {
        let seconds = now / 1_000;
        body["timestamp"] = seconds.to_string().into();
        body["sign"] = signature(&secrets.sign, seconds).into();
    }
    Request { address: secrets.address.clone(), body }
}

fn signature(secret: &str, seconds: i64) -> String {
    hmac(&format!("{seconds}\n{secret}"), "")
}

/// 11232 and 9499: too many. 19001: no such robot; 19021, 19022, 19024: signature, address or keyword do not fit.
pub(super) const fn meaning(code: i64) -> Meaning {
    match code {
        0 => Meaning::Delivered,
        11232 | 9499 => Meaning::Limited,
        19001 | 19021 | 19022 | 19024 => Meaning::Unknown,
        _ => Meaning::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python's hmac over the same values.
    #[test]
    fn the_signature_is_that_of_a_fixed_vector() {
        assert_eq!(signature("demo", 100), "jquNHnVOwmDRfw+vqTIrY5dooJAgi5EcRtLsQE4wfXg=");
        assert_eq!(
            signature("this is secret", 1_599_360_473),
            "/eYKrXQBzTjUZJ3s6NX16VxGbTwmK7AEs8/FnvC1CSw="
        );
    }
}
