//! What letters say: names of states and parts, and what is wrong with one.

use dacheng_domain::allocation::letter::{Fault, Part, State, Wrong};
use dacheng_text::{Lang, number};

/// A state as it is said.
pub fn state(lang: Lang, state: State) -> &'static str {
    let say = lang.responsibility();
    match state {
        State::Draft => say.state_draft(),
        State::Issued => say.state_issued(),
        State::Returned => say.state_returned(),
        State::Refused => say.state_refused(),
        State::Signed => say.state_signed(),
        State::Countersigned => say.state_countersigned(),
        State::InForce => say.state_in_force(),
        State::Superseded => say.state_superseded(),
    }
}

fn part(lang: Lang, part: Part) -> &'static str {
    let say = lang.responsibility();
    match part {
        Part::Scope => say.part_scope(),
        Part::Items => say.items(),
        Part::Promises => say.support(),
        Part::Rights => say.rights_may(),
        Part::Limits => say.rights_limit(),
        Part::Rewards => say.rewards(),
    }
}

/// What keeps a letter from being issued.
pub(super) fn fault(lang: Lang, fault: Fault) -> String {
    let say = lang.responsibility();
    match fault {
        Fault::NoItem => say.fault_no_item().to_owned(),
        Fault::TooMany(of, most) => say.fault_many(part(lang, of), most),
        Fault::Weights(sum) => say.fault_weights(number::grouped(sum.into(), 2)),
        Fault::Line(of, at, own) => {
            let own = match own {
                Wrong::Blank => say.wrong_blank().to_owned(),
                Wrong::TooLong(most) => say.wrong_long(most),
                Wrong::Day => say.wrong_day().to_owned(),
                Wrong::Number => say.wrong_number().to_owned(),
                Wrong::Quarters => say.wrong_quarters().to_owned(),
                Wrong::Twice => say.wrong_twice().to_owned(),
            };
            say.fault_line(part(lang, of), at + 1, own)
        }
    }
}
