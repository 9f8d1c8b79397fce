//! Robots of groups: each vendor's address, signature, body and answers.

mod dingtalk;
mod feishu;
mod signature;
mod wecom;

use dacheng_domain::notification::{ChannelKind, Reason};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Outbound;
use super::dial::Failed;
use super::post::{self, Answer, post};

/// What a robot or another program is reached by. All of it is secret: the address holds a key.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Secrets {
    /// The whole address, as the vendor shows it.
    pub address: String,
    /// The secret of signatures; empty where a group asks for none.
    pub sign: String,
}

/// What is sent: a heading, a sentence, and a link.
pub(super) struct Card {
    /// The heading.
    pub title: String,
    /// The sentence: counts, no names, no amounts.
    pub text: String,
    /// The words of the link.
    pub look: String,
    /// Where it leads.
    pub link: String,
}

/// A request as a vendor wants it.
pub(super) struct Request {
    address: String,
    body: Value,
}

/// How a vendor answered: its code and words.
pub(super) struct Answered {
    code: i64,
    said: String,
}

/// What a code of a vendor means.
enum Meaning {
    Delivered,
    Limited,
    Unknown,
    Refused,
}

/// Sends a card at a moment (UTC milliseconds).
pub(super) fn send(
    outbound: &Outbound,
    (kind, secrets): (ChannelKind, &Secrets),
    card: &Card,
    now: i64,
) -> Result<(), Failed> {
    let (request, meaning): (Request, fn(i64) -> Meaning) = match kind {
        ChannelKind::Wecom => (wecom::request(secrets, card), wecom::meaning),
        ChannelKind::Dingtalk => (dingtalk::request(secrets, card, now), dingtalk::meaning),
        ChannelKind::Feishu => (feishu::request(secrets, card, now), feishu::meaning),
        ChannelKind::Smtp | ChannelKind::Webhook => {
            return Err(Failed::ForGood(Reason::Unknown(kind.code().to_owned())));
        }
    };
    let Request { address, body } = request;
    let request = post::Request { address, headers: Vec::new(), body: body.to_string() };
    judged(&read(&post(outbound, &request)?), meaning)
}

/// The code and words of an answer: `errcode`, `code` or `StatusCode`; an answer without one is told by its status.
fn read(answer: &Answer) -> Answered {
    let body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    let code = ["errcode", "code", "StatusCode"].iter().find_map(|name| body[name].as_i64());
    let said = ["errmsg", "msg", "StatusMessage"].iter().find_map(|name| body[name].as_str());
    let said: String = said.unwrap_or("HTTP").chars().filter(|own| !own.is_control()).take(200).collect();
    let is_done = (200..300).contains(&answer.status);
    let code = match code {
        Some(code) if code != 0 || is_done => code,
        Some(_) | None => i64::from(answer.status),
    };
    Answered { code, said }
}

/// An answer with a code that is not 0 is a failure, whatever its HTTP status.
fn judged(answered: &Answered, meaning: fn(i64) -> Meaning) -> Result<(), Failed> {
    let said = format!("{}: {}", answered.code, answered.said);
    match meaning(answered.code) {
        Meaning::Delivered => Ok(()),
        Meaning::Limited => Err(Failed::ForNow(Reason::Limited(said))),
        Meaning::Refused => Err(Failed::ForNow(Reason::Refused(said))),
        Meaning::Unknown => Err(Failed::ForGood(Reason::Unknown(said))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_vendor_says_in_its_own_codes_what_went_wrong() {
        let judged = |meaning: fn(i64) -> Meaning, code| {
            super::judged(&Answered { code, said: "words".to_owned() }, meaning)
        };
        let vendors = [
            (wecom::meaning as fn(i64) -> Meaning, [45009, 45033], [93000, 40008]),
            (dingtalk::meaning, [130_101, 410_100], [300_001, 310_000]),
            (feishu::meaning, [11232, 9499], [19001, 19021]),
        ];
        for (meaning, limited, unknown) in vendors {
            assert_eq!(judged(meaning, 0), Ok(()));
            for code in limited {
                let wanted = Reason::Limited(format!("{code}: words"));
                assert_eq!(judged(meaning, code), Err(Failed::ForNow(wanted)));
            }
            for code in unknown {
                let wanted = Reason::Unknown(format!("{code}: words"));
                assert_eq!(judged(meaning, code), Err(Failed::ForGood(wanted)));
            }
            let other = judged(meaning, -1);
            assert_eq!(other, Err(Failed::ForNow(Reason::Refused("-1: words".to_owned()))));
        }
    }

    #[test]
    fn a_code_other_than_0_is_a_failure_whatever_the_status() {
        let code = |status, text: &str| read(&Answer { status, text: text.to_owned() }).code;
        assert_eq!(code(200, r#"{"errcode":0,"errmsg":"ok"}"#), 0);
        assert_eq!(code(200, r#"{"errcode":45009,"errmsg":"api freq out of limit"}"#), 45009);
        assert_eq!(code(200, r#"{"code":19021,"msg":"sign match fail"}"#), 19021);
        assert_eq!(code(200, r#"{"StatusCode":0,"StatusMessage":"success"}"#), 0);
        assert_eq!(code(302, ""), 302);
        assert_eq!(code(500, r#"{"errcode":0}"#), 500);
        assert_eq!(code(200, "<html>"), 200);
    }
}
