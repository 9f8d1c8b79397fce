//! A mail: subject, plain text and simple HTML of the same. Who gets one is decided in `app`.

use dacheng_domain::notification::Event;

use crate::{Lang, notification};

/// A letter ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject, one line.
    pub subject: String,
    /// For readers without HTML.
    pub plain: String,
    /// The same in HTML, without pictures, scripts or anything from elsewhere.
    pub html: String,
}

/// The letter about an event, with further events below it. `site` is the address that links begin with.
pub fn letter(lang: Lang, (company, site): (&str, &str), event: &Event, further: &[Event]) -> Letter {
    let say = lang.letters();
    let said = one_line(&notification::said(lang, event));
    let link = |event: &Event| format!("{site}{}", notification::path(event));
    let (greeting, footer) = (say.from(company), say.footer(format!("{site}/me")));
    let mut plain = vec![format!("{said}\n{}\n", link(event))];
    let mut html = vec![format!(
        "<!doctype html><html lang=\"{}\"><body><p><strong>{}</strong></p><p><a href=\"{}\">{}</a></p>",
        lang.tag(),
        escaped(&said),
        escaped(&link(event)),
        say.open()
    )];
    if !further.is_empty() {
        plain.push(format!("\n{}\n", say.unread()));
        html.push(format!("<p>{}</p><ul>", say.unread()));
        for own in further {
            let said = one_line(&notification::said(lang, own));
            plain.push(format!("- {said}\n  {}\n", link(own)));
            html.push(format!("<li><a href=\"{}\">{}</a></li>", escaped(&link(own)), escaped(&said)));
        }
        html.push("</ul>".to_owned());
    }
    plain.push(format!("\n--\n{greeting}\n{footer}\n"));
    html.push(format!(
        "<hr><p><small>{}<br>{}</small></p></body></html>",
        escaped(&greeting),
        escaped(&footer)
    ));
    Letter { subject: one_line(&say.subject(company, said)), plain: plain.concat(), html: html.concat() }
}

/// Names come from files: none of them breaks a line or a header.
fn one_line(text: &str) -> String {
    text.chars().map(|own| if own.is_control() { ' ' } else { own }).collect()
}

fn escaped(text: &str) -> String {
    let signs = [('&', "&amp;"), ('<', "&lt;"), ('>', "&gt;"), ('"', "&quot;"), ('\'', "&#39;")];
    let escape = |own: char| signs.iter().find(|(sign, _)| *sign == own).map(|(_, text)| *text);
    text.chars().map(|own| escape(own).map_or_else(|| own.to_string(), str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use dacheng_domain::notification::ImportResult;

    use super::*;

    #[test]
    fn a_hostile_name_stays_a_name() {
        let file = "a\r\nBcc: x@y.cn <script>alert('1')</script>.csv".to_owned();
        let event = Event::Import { result: ImportResult::Refused, import: 7, file };
        for lang in Lang::ALL {
            let letter = letter(lang, ("A&B", "https://dacheng.example"), &event, &[]);
            assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
            assert!(!letter.html.contains("<script") && letter.html.contains("&lt;script&gt;"));
            assert!(letter.plain.contains("https://dacheng.example/imports/7\n"));
            assert!(letter.html.contains("href=\"https://dacheng.example/imports/7\""));
        }
    }
}
