//! How somebody wants to be told outside the application.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Which mails somebody gets. In the application everything is told always.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailMode {
    /// None.
    #[default]
    Off,
    /// One a message.
    Single,
    /// One each working morning, with what waits.
    Digest,
}

impl MailMode {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Off, Self::Single, Self::Digest];

    /// Its word.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Single => "single",
            Self::Digest => "digest",
        }
    }

    /// The mode of a word.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// An address that mail can be sent to: one `@`, a domain with a dot, nothing that could end a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAddress(String);

/// A text that is no mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoAddress;

impl MailAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What comes after the `@`.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for MailAddress {
    type Err = NoAddress;

    /// ```
    /// use dacheng_domain::notification::MailAddress;
    /// assert!("lin@corp.example".parse::<MailAddress>().is_ok());
    /// for wrong in ["", "lin", "lin@corp", "a@b@c.cn", "a b@c.cn", "a@c.cn\r\nBcc: d@e.cn", "<a@c.cn>", "a@.cn"] {
    ///     assert!(wrong.parse::<MailAddress>().is_err(), "{wrong}");
    /// }
    /// ```
    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let (name, domain) = text.split_once('@').ok_or(NoAddress)?;
        let of_name = |own: char| own.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(own);
        let of_domain = |own: char| own.is_ascii_alphanumeric() || own == '-';
        let good_name = !name.is_empty() && name.len() <= 64 && name.chars().all(of_name);
        let labels: Vec<&str> = domain.split('.').collect();
        let is_label = |label: &&str| !label.is_empty() && label.chars().all(of_domain);
        let good_domain = labels.len() >= 2 && labels.iter().all(is_label) && domain.len() <= 190;
        if good_name && good_domain { Ok(Self(text.to_lowercase())) } else { Err(NoAddress) }
    }
}
