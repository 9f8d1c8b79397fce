//! The words of the domain's enums and values, as their serde names and JSON. Which words there are is the domain's.

use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Error, Result};

/// The word of a plain enum's value.
pub(crate) fn word(value: &impl Serialize) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(other) => Err(Error::Stored(format!("not a word: {other}"))),
        Err(reason) => Err(Error::Stored(reason.to_string())),
    }
}

/// The value of a word.
pub(crate) fn of_word<T: DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(word.into()).map_err(|reason| Error::Stored(reason.to_string()))
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|reason| Error::Stored(reason.to_string()))
}

/// The value of a JSON text.
pub(crate) fn of_json<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|reason| Error::Stored(reason.to_string()))
}

/// The day of an ISO text.
pub(crate) fn day(text: &str) -> Result<Date> {
    text.parse().map_err(|reason| Error::Stored(format!("date {text}: {reason}")))
}
