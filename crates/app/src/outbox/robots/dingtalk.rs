//! 钉钉: the secret signs "milliseconds, line feed, secret" with itself; time and signature stand in the query.

use serde_json::json;

use super::signature::hmac;
use super::{Card, Meaning, Request, Secrets};

pub(super) fn request(secrets: &Secrets, card: &Card, now: i64) -> Request {
    let signed = match secrets.sign.as_str() {
        "" => String::new(),
        secret => format!("&timestamp={now}&sign={}", signature(secret, now)),
    };
    let address = secrets.address.clone() + &signed;
    let text = format!("### {}\n{}\n\n[{}]({})", card.title, card.text, card.look, card.link);
    let body = json!({ "msgtype": "markdown", "markdown": { "title": card.title, "text": text } });
    Request { address, body }
}

fn signature(secret: &str, now: i64) -> String {
    let plain = hmac(secret, &format!("{now}\n{secret}"));
    plain.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

/// 130101 and 410100: too fast. 300001: no such token; 310000: signature, keyword or address do not fit.
pub(super) const fn meaning(code: i64) -> Meaning {
    match code {
        0 => Meaning::Delivered,
        130_101 | 410_100 => Meaning::Limited,
        300_001 | 310_000 | 400_013 | 400_014 | 400_101 => Meaning::Unknown,
        _ => Meaning::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Python's hmac and urllib over the same values.
    #[test]
    fn the_signature_is_that_of_a_fixed_vector() {
        let wanted = "hmPWwU%2B7lVdm3ZZz0r9tSfx0L4Q26jWOZr9%2BGs6EZQM%3D";
        assert_eq!(signature("this is secret", 1_577_262_236_757), wanted);
    }
}
