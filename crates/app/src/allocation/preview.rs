//! The solver alone, JSON in and out, as `interface.md` writes it. The rules live in `domain`.

use std::borrow::Cow;
use std::collections::HashSet;

use dacheng_domain::Fen;
use dacheng_domain::allocation::{
    Child, Constraint, Exact, Infeasible, NotExact, Refusal, Request, Side, Unit, allocate,
};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

/// What became of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preview {
    /// Every fen has found a child.
    Solved(Solved),
    /// A rule refuses (exit code 3). Serialises to the object for standard output.
    Refused(Refused),
    /// It is not a request at all (exit code 2).
    Malformed(Malformed),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Solved {
    /// What each child receives, in the order asked.
    pub children: Vec<Share>,
    /// Which child carries the odd part below one unit.
    pub remainder: Option<Share>,
}

/// A child and an amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// The child's id as asked.
    pub id: String,
    /// In yuan with two decimals.
    pub value: Fen,
}

/// A refusal, with ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "error", rename_all = "snake_case")]
pub enum Refused {
    /// The constraints leave no answer.
    Infeasible {
        /// By how much, above zero.
        short: Fen,
        /// `over`: the constraints ask for more than there is; `under`: they admit less.
        #[serde(serialize_with = "side_code")]
        side: Side,
        /// The constraints that cannot be kept together.
        conflicts: Vec<Conflict>,
        /// The same in the words of the rule, for the sentence.
        #[serde(skip)]
        detail: Infeasible,
    },
    /// The total is below zero.
    NegativeTotal {
        /// As given.
        value: Fen,
    },
    /// A minimum, maximum or lock is below zero.
    Negative(Conflict),
    /// A weight is below zero.
    NegativeWeight {
        /// Whose.
        id: String,
    },
    /// Two children have one id.
    DuplicateId {
        /// Which.
        id: String,
    },
    /// The rounding unit is not above zero.
    Unit,
    /// The buffer is not above zero.
    Buffer,
    /// The amounts add up to more than can be held.
    TooLarge,
}

/// A constraint that cannot be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Whose.
    pub id: String,
    /// `min`, `max` or `locked`, as in the request.
    #[serde(serialize_with = "constraint_code")]
    pub constraint: Constraint,
    /// As given.
    pub value: Fen,
}

/// What cannot be read, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// A JSON pointer; empty for the whole text.
    pub pointer: String,
    /// Why.
    pub reason: Unreadable,
}

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// Not JSON, or not of this shape.
    Json(String),
    /// Not yuan with at most two decimals.
    Amount,
    /// Not a decimal number.
    Number,
    /// A child that is not locked has no weight.
    NoWeight,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<'a> {
    #[serde(borrow)]
    total: &'a RawValue,
    #[serde(borrow)]
    unit: Option<&'a RawValue>,
    #[serde(borrow)]
    buffer: Option<&'a RawValue>,
    #[serde(borrow)]
    children: Vec<AskedChild<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedChild<'a> {
    id: String,
    #[serde(borrow)]
    weight: Option<&'a RawValue>,
    #[serde(borrow)]
    min: Option<&'a RawValue>,
    #[serde(borrow)]
    max: Option<&'a RawValue>,
    #[serde(borrow)]
    locked: Option<&'a RawValue>,
}

/// Divides an amount as asked in JSON (`interface.md`, `allocate`); the rule is `domain.md` §4. Without a unit it
/// divides to the fen, without a buffer exactly the total. Amounts are strings or numbers in yuan.
pub fn preview(json: &str) -> Preview {
    let asked: Asked = match serde_json::from_str(json) {
        Ok(asked) => asked,
        Err(problem) => return malformed("", Unreadable::Json(problem.to_string())),
    };
    match read(&asked) {
        Ok(request) => answer(&request, asked.children.into_iter().map(|child| child.id).collect()),
        Err(outcome) => outcome,
    }
}

fn answer(request: &Request, ids: Vec<String>) -> Preview {
    match allocate(request) {
        Ok(allocation) => {
            let named = |child: usize| ids[child].clone();
            let remainder = allocation.remainder.map(|odd| Share { id: named(odd.child), value: odd.amount });
            let shares = ids.into_iter().zip(allocation.values);
            let children = shares.map(|(id, value)| Share { id, value }).collect();
            Preview::Solved(Solved { children, remainder })
        }
        Err(refusal) => Preview::Refused(refused(refusal, &ids)),
    }
}

/// A refusal of the solver with the ids of the children.
pub(super) fn refused(refusal: Refusal, ids: &[String]) -> Refused {
    let named = |conflict: dacheng_domain::allocation::Conflict| Conflict {
        id: ids[conflict.child].clone(),
        constraint: conflict.constraint,
        value: conflict.value,
    };
    match refusal {
        Refusal::NegativeTotal(value) => Refused::NegativeTotal { value },
        Refusal::Negative(conflict) => Refused::Negative(named(conflict)),
        Refusal::TooLarge => Refused::TooLarge,
        Refusal::Infeasible(detail) => Refused::Infeasible {
            short: detail.short,
            side: detail.cause.side(),
            conflicts: detail.conflicts.iter().copied().map(named).collect(),
            detail,
        },
    }
}

fn read(asked: &Asked) -> Result<Request, Preview> {
    let total = amount(asked.total, "/total")?;
    let unit = asked.unit.map_or(Ok(Fen(1)), |unit| amount(unit, "/unit"))?;
    let unit = Unit::new(unit).ok_or(Preview::Refused(Refused::Unit))?;
    let buffer = match asked.buffer {
        Some(buffer) => number(buffer, "/buffer", || Refused::Buffer)?,
        None => Exact::from(1),
    };
    if buffer.is_zero() {
        return Err(Preview::Refused(Refused::Buffer));
    }
    let mut seen = HashSet::with_capacity(asked.children.len());
    if let Some(twice) = asked.children.iter().find(|child| !seen.insert(child.id.as_str())) {
        return Err(Preview::Refused(Refused::DuplicateId { id: twice.id.clone() }));
    }
    let children =
        asked.children.iter().enumerate().map(|(place, child)| child.read(&format!("/children/{place}")));
    Ok(Request { total, buffer, unit, children: children.collect::<Result<_, _>>()? })
}

impl AskedChild<'_> {
    fn read(&self, pointer: &str) -> Result<Child, Preview> {
        let optional = |raw: Option<&RawValue>, field| {
            raw.map(|raw| amount(raw, &format!("{pointer}/{field}"))).transpose()
        };
        let lock = optional(self.locked, "locked")?;
        let weight = match (self.weight, lock) {
            (Some(weight), _) => {
                let negative = || Refused::NegativeWeight { id: self.id.clone() };
                number(weight, &format!("{pointer}/weight"), negative)?
            }
            (None, Some(_)) => Exact::ZERO,
            (None, None) => return Err(malformed(pointer, Unreadable::NoWeight)),
        };
        let minimum = optional(self.min, "min")?.unwrap_or_default();
        Ok(Child { weight, minimum, maximum: optional(self.max, "max")?, lock })
    }
}

/// The text of a JSON number, or of a string; numbers never pass through a float.
fn text(raw: &RawValue) -> Option<Cow<'_, str>> {
    match raw.get().as_bytes().first()? {
        b'"' => serde_json::from_str(raw.get()).ok().map(Cow::Owned),
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw.get())),
        _ => None,
    }
}

fn amount(raw: &RawValue, pointer: &str) -> Result<Fen, Preview> {
    text(raw).and_then(|text| text.parse().ok()).ok_or_else(|| malformed(pointer, Unreadable::Amount))
}

fn number(raw: &RawValue, pointer: &str, negative: impl FnOnce() -> Refused) -> Result<Exact, Preview> {
    match text(raw).map(|text| text.parse()) {
        Some(Ok(number)) => Ok(number),
        Some(Err(NotExact::Negative)) => Err(Preview::Refused(negative())),
        Some(Err(NotExact::Unreadable | NotExact::TooLong)) | None => {
            Err(malformed(pointer, Unreadable::Number))
        }
    }
}

fn malformed(pointer: &str, reason: Unreadable) -> Preview {
    Preview::Malformed(Malformed { pointer: pointer.to_owned(), reason })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn side_code<S: Serializer>(side: &Side, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match side {
        Side::Over => "over",
        Side::Under => "under",
    })
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes fields by reference")]
fn constraint_code<S: Serializer>(constraint: &Constraint, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(match constraint {
        Constraint::Minimum => "min",
        Constraint::Maximum => "max",
        Constraint::Lock => "locked",
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use dacheng_text::Lang;

    /// The object for standard output.
    fn json(question: &str) -> String {
        match preview(question) {
            Preview::Solved(solved) => serde_json::to_string(&solved).unwrap(),
            Preview::Refused(refused) => serde_json::to_string(&refused).unwrap(),
            Preview::Malformed(malformed) => panic!("{malformed:?}"),
        }
    }

    fn refused(question: &str) -> Refused {
        match preview(question) {
            Preview::Refused(refused) => refused,
            other => panic!("{other:?}"),
        }
    }

    fn sentence(question: &str, lang: Lang) -> String {
        match preview(question) {
            Preview::Refused(refused) => refused.sentence(lang),
            Preview::Malformed(malformed) => malformed.sentence(lang),
            Preview::Solved(solved) => panic!("{solved:?}"),
        }
    }

    /// 12.4 万 is left after the lock, three maxima of 3 万.
    const SHORT: &str = r#"{"total":"200000.00","unit":"10000.00","children":[
        {"id":"a","locked":"76000.00"}, {"id":"b","weight":1,"max":"30000.00"},
        {"id":"c","weight":1,"max":"30000.00"}, {"id":"d","weight":1,"max":"30000.00"}]}"#;

    #[test]
    fn the_example_of_the_interface_is_answered() {
        let question = r#"{"total":"5000000.00","unit":"10000.00","children":[{"id":"a","weight":5},
            {"id":"b","weight":3},{"id":"c","weight":2,"locked":"1200000.00"},
            {"id":"d","weight":1,"min":"0.00","max":"300000.00"}]}"#;
        assert_eq!(
            json(question),
            r#"{"children":[{"id":"a","value":"2190000.00"},{"id":"b","value":"1310000.00"},{"id":"c","value":"1200000.00"},{"id":"d","value":"300000.00"}],"remainder":null}"#
        );
    }

    #[test]
    fn the_odd_part_is_named() {
        let question = r#"{"total":"100.45","unit":"10.00","buffer":"1.05","children":
            [{"id":"a","weight":"0.5"},{"id":"b","weight":5e-1,"min":null}]}"#;
        assert_eq!(
            json(question),
            r#"{"children":[{"id":"a","value":"55.47"},{"id":"b","value":"50.00"}],"remainder":{"id":"a","value":"5.47"}}"#
        );
    }

    #[test]
    fn no_weight_passes_through_a_float() {
        // Both are 0.1 as floats.
        let question = r#"{"total":"0.01","children":[{"id":"a","weight":0.1},
            {"id":"b","weight":0.10000000000000000000000000001}]}"#;
        let answer = r#"{"children":[{"id":"a","value":"0.00"},{"id":"b","value":"0.01"}],"remainder":null}"#;
        assert_eq!(json(question), answer);
    }

    #[test]
    fn what_is_infeasible_says_which_constraints_and_by_how_much() {
        assert_eq!(
            json(SHORT),
            r#"{"error":"infeasible","short":"34000.00","side":"under","conflicts":[{"id":"b","constraint":"max","value":"30000.00"},{"id":"c","constraint":"max","value":"30000.00"},{"id":"d","constraint":"max","value":"30000.00"}]}"#
        );
        assert_eq!(sentence(SHORT, Lang::Zh), "锁定后剩 12.4 万，3 人上限合计 9 万，差 3.4 万");
        assert_eq!(
            sentence(SHORT, Lang::En),
            "the locks leave CNY 124,000.00, the maximums of 3 add up to CNY 90,000.00: CNY 34,000.00 short"
        );
        let over = r#"{"total":"10","children":[{"id":"a","weight":1,"min":"12.5"}]}"#;
        assert_eq!(
            json(over),
            r#"{"error":"infeasible","short":"2.50","side":"over","conflicts":[{"id":"a","constraint":"min","value":"12.50"}]}"#
        );
    }

    #[test]
    fn what_breaks_a_rule_is_refused_with_its_code() {
        for (question, answer) in [
            (r#"{"total":"-0.01","children":[]}"#, r#"{"error":"negative_total","value":"-0.01"}"#),
            (r#"{"total":"1","unit":"0","children":[]}"#, r#"{"error":"unit"}"#),
            (r#"{"total":"1","unit":"-1","children":[]}"#, r#"{"error":"unit"}"#),
            (r#"{"total":"1","buffer":0,"children":[]}"#, r#"{"error":"buffer"}"#),
            (r#"{"total":"1","buffer":"-1.05","children":[]}"#, r#"{"error":"buffer"}"#),
            (
                r#"{"total":"1","children":[{"id":"a","weight":1},{"id":"a","weight":2}]}"#,
                r#"{"error":"duplicate_id","id":"a"}"#,
            ),
            (
                r#"{"total":"1","children":[{"id":"a","weight":-1}]}"#,
                r#"{"error":"negative_weight","id":"a"}"#,
            ),
            (
                r#"{"total":"1","children":[{"id":"a","weight":1,"max":"-1"}]}"#,
                r#"{"error":"negative","id":"a","constraint":"max","value":"-1.00"}"#,
            ),
            (
                r#"{"total":"92233720368547758.07","buffer":"1.1","children":[{"id":"a","weight":1}]}"#,
                r#"{"error":"too_large"}"#,
            ),
        ] {
            assert_eq!(json(question), answer);
            assert!(Lang::ALL.iter().all(|&lang| !refused(question).sentence(lang).is_empty()));
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_place() {
        let amount = |pointer: &str| (pointer.to_owned(), Unreadable::Amount);
        for (question, (pointer, reason)) in [
            (r#"{"total":"1.234","children":[]}"#, amount("/total")),
            (r#"{"total":true,"children":[]}"#, amount("/total")),
            (r#"{"total":"1","unit":"x","children":[]}"#, amount("/unit")),
            (r#"{"total":"1","buffer":"x","children":[]}"#, ("/buffer".into(), Unreadable::Number)),
            (
                r#"{"total":"1","children":[{"id":"a","weight":1},{"id":"b","weight":"1,5"}]}"#,
                ("/children/1/weight".into(), Unreadable::Number),
            ),
            (r#"{"total":"1","children":[{"id":"a"}]}"#, ("/children/0".into(), Unreadable::NoWeight)),
        ] {
            assert_eq!(preview(question), Preview::Malformed(Malformed { pointer, reason }), "{question}");
        }
        for question in ["", "[]", "{", r#"{"children":[]}"#, r#"{"total":"1","children":[],"totl":1}"#] {
            assert!(sentence(question, Lang::Zh).starts_with("不是有效的分配请求"), "{question}");
        }
    }
}
