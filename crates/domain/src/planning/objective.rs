//! A strategic objective (战略目标), which targets serve: 拓展华东市场. Which targets do lives in the store.

/// The longest code, in characters.
pub const LONGEST_CODE: usize = 32;
/// The longest name.
pub const LONGEST_NAME: usize = 60;
/// The longest description.
pub const LONGEST_DESCRIPTION: usize = 1_000;

/// What can be said of an objective, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objective {
    code: String,
    name: String,
    description: String,
}

/// Why an objective cannot be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CannotKeep {
    /// The code is empty, too long, or has a sign that cannot stand in an address.
    Code,
    /// The name is empty or too long.
    Name,
    /// The description is too long.
    Description,
}

impl Objective {
    /// An objective of a code that can stand in addresses, a name and a description, without spaces around them.
    ///
    /// ```
    /// use dacheng_domain::planning::{CannotKeep, Objective};
    /// assert!(Objective::new("S1", " 拓展华东市场 ", "").is_ok_and(|kept| kept.name() == "拓展华东市场"));
    /// assert_eq!(Objective::new("S/1", "拓展", ""), Err(CannotKeep::Code));
    /// ```
    pub fn new(code: &str, name: &str, description: &str) -> Result<Self, CannotKeep> {
        let (code, name, description) = (code.trim(), name.trim(), description.trim());
        let can_stand = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '.');
        let within = |text: &str, most: usize| text.chars().count() <= most;
        if code.is_empty() || !within(code, LONGEST_CODE) || !code.chars().all(can_stand) || code == "new" {
            return Err(CannotKeep::Code);
        }
        if name.is_empty() || !within(name, LONGEST_NAME) || name.contains(char::is_control) {
            return Err(CannotKeep::Name);
        }
        let is_text = description.chars().all(|own| !own.is_control() || matches!(own, '\n' | '\r' | '\t'));
        if !within(description, LONGEST_DESCRIPTION) || !is_text {
            return Err(CannotKeep::Description);
        }
        Ok(Self { code: code.to_owned(), name: name.to_owned(), description: description.to_owned() })
    }

    /// The code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The description; empty where there is none.
    pub fn description(&self) -> &str {
        &self.description
    }
}
