//! Mail by SMTP: one connection a letter, dialled by the address that was checked. What is written in it is `text`'s.

use std::time::{Duration, SystemTime};

use dacheng_domain::notification::{MailAddress, Reason};
use dacheng_text::letter::Letter;
use jiff::Timestamp;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message, SmtpTransport, Transport};
use serde::{Deserialize, Serialize};

use super::Outbound;
use super::dial::{Failed, PATIENCE, address};

/// Where mail is handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// The host.
    pub host: String,
    /// The port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
    /// The name to sign in with; empty signs in as nobody.
    pub user: String,
    /// Who mails are from.
    pub from: String,
    /// The domains that mail goes to.
    pub domains: Vec<String>,
}

impl Server {
    /// Whether mail goes to an address: it is in one of the company's domains.
    pub(super) fn takes(&self, address: &MailAddress) -> bool {
        self.domains.iter().any(|own| own == address.domain())
    }
}

/// How a connection to a mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Security {
    /// TLS from the first byte.
    Tls,
    /// Plain at first, TLS before anything is said.
    Starttls,
    /// Not at all: a relay within the company.
    Plain,
}

impl Security {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Tls, Self::Starttls, Self::Plain];

    /// Its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Tls => "tls",
            Self::Starttls => "starttls",
            Self::Plain => "plain",
        }
    }
}

/// A letter with its addressee, on its way.
pub(super) struct Posted<'a> {
    /// Who gets it.
    pub to: &'a MailAddress,
    /// The same at every attempt, so that a reader's mail program knows a repetition.
    pub id: &'a str,
    /// What is written in it.
    pub letter: &'a Letter,
    /// When it is sent.
    pub at: Timestamp,
}

/// Hands a letter in.
pub(super) fn send(
    outbound: &Outbound,
    server: &Server,
    password: &str,
    posted: &Posted<'_>,
) -> Result<(), Failed> {
    let message = written(server, posted)?;
    let dialled = address(outbound, &server.host, server.port)?;
    let parameters = || parameters(outbound, &server.host).map_err(|wrong| failed(&wrong));
    let tls = match server.security {
        Security::Tls => Tls::Wrapper(parameters()?),
        Security::Starttls => Tls::Required(parameters()?),
        Security::Plain => Tls::None,
    };
    let mut transport = SmtpTransport::builder_dangerous(dialled.ip().to_string())
        .port(dialled.port())
        .hello_name(ClientId::Domain(host_of(&outbound.site).to_owned()))
        .timeout(Some(PATIENCE))
        .tls(tls);
    if !server.user.is_empty() {
        transport = transport.credentials(Credentials::new(server.user.clone(), password.to_owned()));
    }
    transport.build().send(&message).map(drop).map_err(|wrong| failed(&wrong))
}

/// The certificate is checked against the name that was configured, whatever address is dialled.
fn parameters(outbound: &Outbound, host: &str) -> Result<TlsParameters, Error> {
    let builder = TlsParameters::builder(host.to_owned());
    match outbound.authorities_of(host) {
        Some(pem) => builder.add_root_certificate(Certificate::from_pem(pem)?),
        None => builder,
    }
    .build()
}

fn written(server: &Server, posted: &Posted<'_>) -> Result<Message, Failed> {
    let letter = posted.letter;
    let unknown = |wrong: String| Failed::ForGood(Reason::Unknown(wrong));
    // A name in front of the address may be Chinese.
    let mailbox = |text: &str| -> Result<Mailbox, Failed> {
        let (name, address) = match text.trim_end_matches('>').split_once('<') {
            Some((name, address)) => (Some(name.trim().to_owned()), address),
            None => (None, text),
        };
        let address = address.trim().parse::<Address>();
        let address = address.map_err(|wrong| unknown(format!("{text}: {wrong}")))?;
        Ok(Mailbox::new(name.filter(|name| !name.is_empty()), address))
    };
    Message::builder()
        .from(mailbox(&server.from)?)
        .to(mailbox(posted.to.as_str())?)
        .date(in_the_header(posted.at))
        .message_id(Some(format!("<{}>", posted.id)))
        .raw_header(by_a_program())
        .subject(letter.subject.clone())
        .multipart(MultiPart::alternative_plain_html(letter.plain.clone(), letter.html.clone()))
        .map_err(|wrong| unknown(wrong.to_string()))
}

/// A moment for the header: that of the company's clock.
fn in_the_header(at: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0))
}

/// RFC 3834: nobody's absence is answered to a program.
fn by_a_program() -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".to_owned())
}

/// The host of the site's address.
pub(super) fn host_of(site: &str) -> &str {
    let rest = site.split_once("://").map_or(site, |(_, rest)| rest);
    rest.split(['/', ':']).next().filter(|host| !host.is_empty()).unwrap_or("localhost")
}

fn failed(wrong: &Error) -> Failed {
    // The words of the server, without what was sent to it.
    let said = wrong.to_string();
    if wrong.is_permanent() {
        Failed::ForGood(Reason::Unknown(said))
    } else if wrong.is_transient() {
        Failed::ForNow(Reason::Refused(said))
    } else {
        Failed::ForNow(Reason::Unreachable(said))
    }
}
