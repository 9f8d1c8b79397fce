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
    let mut plain = vec![format!("{said}\n{}\n", link(event))];
    let mut html = vec![headed(&said, &link(event), say.open())];
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
    let end = [say.from(company), say.footer(format!("{site}/me"))];
    signed(lang, &say.subject(company, said), (&plain.concat(), &html.concat()), &end)
}

/// The letter that asks whether an address belongs to whoever gave it, with the secret of its link.
pub fn confirmation(lang: Lang, (company, site): (&str, &str), secret: &str) -> Letter {
    let say = lang.confirmation();
    let link = format!("{site}/me/mail/{secret}");
    let plain = format!("{}\n{link}\n", say.asked());
    let html = headed(say.asked(), &link, say.confirm());
    let end = [lang.letters().from(company), say.not_you().to_owned()];
    signed(lang, &say.subject(company), (&plain, &html), &end)
}

/// A sentence and the link below it.
fn headed(said: &str, link: &str, look: &str) -> String {
    format!("<p><strong>{}</strong></p><p><a href=\"{}\">{look}</a></p>", escaped(said), escaped(link))
}

/// The letter with its last two lines.
fn signed(lang: Lang, subject: &str, (plain, html): (&str, &str), [from, last]: &[String; 2]) -> Letter {
    Letter {
        subject: one_line(subject),
        plain: format!("{plain}\n--\n{from}\n{last}\n"),
        html: format!(
            "<!doctype html><html lang=\"{}\"><body>{html}<hr><p><small>{}<br>{}</small></p></body></html>",
            lang.tag(),
            escaped(from),
            escaped(last)
        ),
    }
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

    #[test]
    fn the_letter_that_asks_holds_its_link_and_nothing_of_the_company() {
        for lang in Lang::ALL {
            let letter = confirmation(lang, ("A&B", "https://dacheng.example"), "s3cret");
            assert!(letter.plain.contains("\nhttps://dacheng.example/me/mail/s3cret\n"), "{}", letter.plain);
            assert!(letter.html.contains("href=\"https://dacheng.example/me/mail/s3cret\""));
            assert!(letter.html.contains("A&amp;B") && !letter.html.contains("A&B "));
        }
    }
}
