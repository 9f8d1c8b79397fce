//! What the company writes into every letter: clauses with fields that each letter fills in, and what it offers by itself.

use serde::{Deserialize, Serialize};

use super::{Limit, Signatories};

/// The words of the company (制式条款).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// 个人销售目标责任书
    pub title: String,
    /// What stands before the first clause.
    pub opening: String,
    /// What stands after the items, in order.
    pub clauses: Vec<Clause>,
    /// The rights every new letter begins with.
    pub rights: Vec<String>,
    /// The limits every new letter begins with.
    pub limits: Vec<Limit>,
    /// The rewards every new letter begins with.
    pub rewards: Vec<String>,
    /// Who signs.
    pub signatories: Signatories,
}

/// A clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// Its heading.
    pub heading: String,
    /// Its text, with fields.
    pub text: String,
}

/// What a letter fills into a text: `{责任人}` or `{member}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The company's name.
    Company,
    /// The member's name.
    Member,
    /// The member's code.
    Code,
    /// What the member is.
    Position,
    /// The member's unit.
    Unit,
    /// The direct superior's name.
    Superior,
    /// The fiscal year.
    Year,
    /// The first day of the plan.
    From,
    /// Its last day.
    Through,
}

/// Why a text of the template cannot be filled in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CannotFill {
    /// No field has this name.
    #[error("there is no field {{{0}}}")]
    Unknown(String),
    /// A brace is opened and not closed, or closed and not opened.
    #[error("a brace stands alone")]
    Brace,
}

impl Field {
    /// Every field.
    pub const ALL: [Self; 9] = [
        Self::Company,
        Self::Member,
        Self::Code,
        Self::Position,
        Self::Unit,
        Self::Superior,
        Self::Year,
        Self::From,
        Self::Through,
    ];

    /// Its names: the Chinese and the English one.
    pub const fn names(self) -> [&'static str; 2] {
        match self {
            Self::Company => ["公司", "company"],
            Self::Member => ["责任人", "member"],
            Self::Code => ["工号", "code"],
            Self::Position => ["职务", "position"],
            Self::Unit => ["所属单位", "unit"],
            Self::Superior => ["直接上级", "superior"],
            Self::Year => ["年度", "year"],
            Self::From => ["起始日", "from"],
            Self::Through => ["截止日", "through"],
        }
    }

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.names().contains(&name))
    }
}

/// A text with its fields filled in. What is filled in is never read for fields again.
///
/// ```
/// use dacheng_domain::allocation::letter::{CannotFill, fill};
/// let filled = fill("{责任人}承诺", |_| "{孙悦}".to_owned());
/// assert_eq!(filled, Ok("{孙悦}承诺".to_owned()));
/// assert_eq!(fill("{奖金}", |_| String::new()), Err(CannotFill::Unknown("奖金".to_owned())));
/// ```
pub fn fill(text: &str, value: impl Fn(Field) -> String) -> Result<String, CannotFill> {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, brace) = rest.split_at(at);
        filled.push_str(before);
        let inside = brace.strip_prefix('{').ok_or(CannotFill::Brace)?;
        let (name, after) = inside.split_once('}').ok_or(CannotFill::Brace)?;
        let field = Field::of(name.trim()).ok_or_else(|| CannotFill::Unknown(name.trim().to_owned()))?;
        filled.push_str(&value(field));
        rest = after;
    }
    filled.push_str(rest);
    Ok(filled)
}
