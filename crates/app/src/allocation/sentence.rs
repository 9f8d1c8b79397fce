//! A refused or unreadable request in one plain sentence, its amounts exact. The texts live in `text`.

use dacheng_domain::Fen;
use dacheng_domain::allocation::{Cause, Constraint, Infeasible};
use dacheng_text::{Lang, money};

use super::preview::{Conflict, Malformed, Refused, Unreadable};

/// How many children with contradictions of their own a sentence names.
const NAMED: usize = 5;

impl Refused {
    /// One plain sentence, the exact amounts in it: 锁定后剩 12.4 万，3 人上限合计 9 万，差 3.4 万.
    pub fn sentence(&self, lang: Lang) -> String {
        let say = lang.allocation();
        match self {
            Self::Infeasible { conflicts, detail, .. } => infeasible(lang, conflicts, detail),
            Self::NegativeTotal { value } => say.negative_total(said(lang, *value)),
            Self::Negative(conflict) => say.negative(&conflict.id, said(lang, conflict.value)),
            Self::NegativeWeight { id } => say.negative_weight(id),
            Self::DuplicateId { id } => say.duplicate(id),
            Self::Unit => say.unit().to_owned(),
            Self::Buffer => say.buffer().to_owned(),
            Self::TooLarge => say.too_large().to_owned(),
        }
    }
}

impl Malformed {
    /// One plain sentence that names the place.
    pub fn sentence(&self, lang: Lang) -> String {
        let say = lang.allocation();
        match &self.reason {
            Unreadable::Json(problem) => say.not_json(problem),
            Unreadable::Amount => say.not_an_amount(&self.pointer),
            Unreadable::Number => say.not_a_number(&self.pointer),
            Unreadable::NoWeight => say.no_weight(&self.pointer),
        }
    }
}

fn infeasible(lang: Lang, conflicts: &[Conflict], detail: &Infeasible) -> String {
    let say = lang.allocation();
    let [total, locks, bounds, short] =
        [detail.total, detail.locks, detail.bounds, detail.short].map(|amount| said(lang, amount));
    let left = match detail.locks {
        Fen::ZERO => say.whole(&total),
        locks => say.after_locks(said(lang, detail.total - locks)),
    };
    match detail.cause {
        Cause::MaximumsFallShort => say.maximums_fall_short(left, conflicts.len(), bounds, short),
        Cause::MinimumsExceed => say.minimums_exceed(left, conflicts.len(), bounds, short),
        Cause::LocksExceed if detail.bounds == Fen::ZERO => say.locks_exceed(total, locks, short),
        Cause::LocksExceed => say.locks_and_minimums_exceed(total, locks, bounds, short),
        Cause::LocksFallShort if conflicts.is_empty() => say.nobody(total),
        Cause::LocksFallShort => say.locks_fall_short(total, locks, short),
        Cause::OwnBounds => own_bounds(lang, conflicts),
    }
}

/// Constraints of one child against each other come in pairs; the first few are said.
fn own_bounds(lang: Lang, conflicts: &[Conflict]) -> String {
    let say = lang.allocation();
    let pairs = conflicts.chunks(2).filter_map(|pair| {
        let [bound, other] = pair else { return None };
        let (value, against) = (said(lang, bound.value), said(lang, other.value));
        Some(match (bound.constraint, other.constraint) {
            (Constraint::Minimum, Constraint::Lock) => say.lock_below_minimum(&bound.id, against, value),
            (Constraint::Maximum, Constraint::Lock) => say.lock_above_maximum(&bound.id, against, value),
            (Constraint::Minimum | Constraint::Maximum | Constraint::Lock, _) => {
                say.minimum_above_maximum(&bound.id, value, against)
            }
        })
    });
    let mut said: Vec<String> = pairs.take(NAMED).collect();
    if conflicts.len() > 2 * NAMED {
        said.push(say.more(conflicts.len() / 2));
    }
    said.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

/// An amount in a sentence that must be exact: in 万 where that is short, else to the fen.
pub(super) fn said(lang: Lang, amount: Fen) -> String {
    const WAN: i64 = 1_000_000;
    let hundredths = WAN / 100;
    match lang {
        Lang::Zh if amount.0 >= WAN && amount.0 % hundredths == 0 => {
            let decimals = format!("{}.{:02}", amount.0 / WAN, amount.0 % WAN / hundredths);
            format!("{} 万", decimals.trim_end_matches('0').trim_end_matches('.'))
        }
        Lang::Zh | Lang::En => money::exact(lang, amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::allocation::{Preview, preview};

    fn sentence(question: &str) -> String {
        match preview(question) {
            Preview::Refused(refused) => refused.sentence(Lang::Zh),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_infeasible_request_has_its_sentence() {
        let locked = |amount: &str, more: &str| {
            format!(r#"{{"total":"100","children":[{{"id":"a","locked":"{amount}"}}{more}]}}"#)
        };
        let minimum = r#",{"id":"b","weight":1,"min":"30"}"#;
        for (question, said) in [
            (locked("90", minimum), "锁定后剩 10.00 元，1 人下限合计 30.00 元，超出 20.00 元"),
            (locked("110", ""), "共 100.00 元，锁定合计 110.00 元，超出 10.00 元"),
            (
                locked("110", minimum),
                "共 100.00 元，锁定合计 110.00 元，其余下限合计 30.00 元，超出 40.00 元",
            ),
            (locked("90", ""), "共 100.00 元，全部锁定，合计 90.00 元，差 10.00 元"),
            (r#"{"total":"10000","children":[]}"#.to_owned(), "共 1 万，没有可分配的对象"),
            (locked("1\",\"min\":\"2", ""), "a 锁定的 1.00 元 低于下限 2.00 元"),
            (locked("3\",\"max\":\"2", ""), "a 锁定的 3.00 元 高于上限 2.00 元"),
        ] {
            assert_eq!(sentence(&question), said);
        }
        let crossed: Vec<String> =
            (0..7).map(|id| format!(r#"{{"id":"{id}","weight":1,"min":"15","max":"18"}}"#)).collect();
        let question = format!(r#"{{"total":"10","unit":"10","children":[{}]}}"#, crossed.join(","));
        let said = sentence(&question);
        assert!(said.starts_with("0 的下限 15.00 元 高于上限 18.00 元"), "{said}");
        assert!(said.ends_with("；等共 7 处"), "{said}");
    }
}
