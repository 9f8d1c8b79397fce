//! 企业微信: the key is part of the address, nothing is signed; Markdown.

use serde_json::json;

use super::{Card, Meaning, Request, Secrets};

pub(super) fn request(secrets: &Secrets, card: &Card) -> Request {
    let content = format!("**{}**\n{}\n[{}]({})", card.title, card.text, card.look, card.link);
    let body = json!({ "msgtype": "markdown", "markdown": { "content": content } });
    Request { address: secrets.address.clone(), body }
}

/// 45009 and 45033: too many calls. 93000 and 40008, 40058: wrong address, key or message.
pub(super) const fn meaning(code: i64) -> Meaning {
    match code {
        0 => Meaning::Delivered,
        45009 | 45033 => Meaning::Limited,
        93000 | 40008 | 40058 => Meaning::Unknown,
        _ => Meaning::Refused,
    }
}
