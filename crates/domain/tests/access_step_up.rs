//! Which rights ask for the password again, written out by hand a second time; who is asked; for how long it counts.
#![allow(clippy::unwrap_used, reason = "a panic is a failed test")]

mod access_sample;
mod people_sample;

use access_sample::*;
use dacheng_domain::access::delegation::lent_for;
use dacheng_domain::access::step_up::Lasting;
use dacheng_domain::access::{Action, Delegation, Grant, Person, Right, Role, TABLE, Viewer};
use dacheng_domain::people::{MemberId, Span};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use people_sample::*;
use proptest::prelude::*;

/// A line of the table, a right, and the roles that are asked for it.
type Asks = (Action, Right, &'static [Role]);

/// `docs/decisions/0012-step-up.md`: what binds others, touches pay, opens doors, or takes everything away.
const ASKS: [Asks; 24] = {
    use Role::{
        Auditor, Director, Executive, Finance, RegionManager, SecurityAdmin, Specialist, SystemAdmin,
        TeamLeader,
    };
    [
        (Action::CompanyTargets, Right::Approve, &[Executive]),
        (Action::BreakDown, Right::Approve, &[RegionManager, Director, Executive]),
        (Action::Letters, Right::Sign, &[Specialist]),
        (Action::Letters, Right::Countersign, &[TeamLeader, RegionManager, Director, Executive]),
        (Action::MonthClose, Right::Close, &[Finance]),
        (Action::MonthClose, Right::Reopen, &[Director, Executive, Finance]),
        (Action::Alerts, Right::Check, &[Director, Executive]),
        (Action::Adjustments, Right::Approve, &[Director, Executive]),
        (Action::MetricsRules, Right::Approve, &[Director, Executive]),
        (Action::PayFigures, Right::Confirm, &[Specialist, TeamLeader, RegionManager, Director]),
        (Action::PayFigures, Right::Check, &[Finance]),
        (Action::PayFigures, Right::Approve, &[Executive]),
        (Action::PayRules, Right::Approve, &[Executive, Finance]),
        (Action::AccountsOrg, Right::Create, &[SystemAdmin, SecurityAdmin]),
        (Action::AccountsOrg, Right::Update, &[SystemAdmin, SecurityAdmin]),
        (Action::Integrations, Right::Approve, &[SecurityAdmin]),
        (Action::AuditTrail, Right::Export, &[SecurityAdmin, Auditor]),
        (Action::Awards, Right::Approve, &[Director, Executive]),
        (Action::OwnProfile, Right::Create, &Role::ALL),
        // Nothing else, of which these are the nearest.
        (Action::Facts, Right::Confirm, &[]),
        (Action::BreakDown, Right::Commit, &[]),
        (Action::Sops, Right::Approve, &[]),
        (Action::OwnProfile, Right::Update, &[]),
        (Action::AuditTrail, Right::Verify, &[]),
    ]
};

fn grants() -> impl Iterator<Item = (Action, Role, Grant)> {
    TABLE.iter().flat_map(|line| {
        Role::ALL
            .into_iter()
            .flat_map(move |role| line.cells.of(role).iter().map(move |grant| (line.action, role, *grant)))
    })
}

#[test]
fn the_table_asks_for_what_is_written_here_and_for_nothing_else() {
    for (action, role, grant) in grants() {
        for right in grant.step_up {
            let named = ASKS
                .iter()
                .any(|(own, asks, roles)| (*own, *asks) == (action, *right) && roles.contains(&role));
            assert!(
                named,
                "{action:?} {right:?} asks {role:?}: add it here and to the decision, with its reason"
            );
            assert!(grant.gives(*right), "{action:?}: {role:?} is asked for {right:?} without having it");
        }
    }
    for (action, right, roles) in ASKS {
        for role in Role::ALL {
            let asked = action.cells().of(role).iter().any(|grant| grant.asks(right));
            assert_eq!(asked, roles.contains(&role), "{action:?} {right:?} {role:?}");
        }
    }
}

#[test]
fn every_way_to_a_signature_a_release_or_a_reopening_asks() {
    let binding = [Right::Sign, Right::Countersign, Right::Close, Right::Reopen];
    for (action, role, grant) in grants() {
        for right in grant.rights.iter().filter(|right| binding.contains(right)) {
            assert!(grant.asks(*right), "{action:?} {right:?} {role:?}");
        }
    }
    for right in [Right::Approve, Right::Confirm, Right::Check] {
        for (action, role, grant) in grants().filter(|(_, _, grant)| grant.gives(right)) {
            let is_pay = [Action::PayFigures, Action::PayRules].contains(&action);
            assert!(!is_pay || grant.asks(right), "{action:?} {right:?} {role:?}");
        }
    }
}

#[test]
fn whoever_checks_red_plans_is_asked_and_whoever_checks_only_yellow_ones_is_not() {
    let organisation = build(rows());
    let asked = |viewer: &Viewer| viewer.steps_up(&organisation, Action::Alerts, Right::Check);
    assert!(asked(&member_viewer(DIRECTOR)) && asked(&office(Role::Executive)));
    for member in [SOUTH_MANAGER, LEADER1, ANN] {
        assert!(!asked(&member_viewer(member)), "{member:?}");
    }
}

#[test]
fn who_stands_in_is_asked_as_the_giver_would_be_while_it_lasts() {
    let organisation = build(rows());
    let post = posts().into_iter().find(|post| post.account == account(DIRECTOR)).unwrap();
    let span = Span::new(Some(TODAY), TODAY.tomorrow().ok()).unwrap();
    let giver = Person::new(account(DIRECTOR), Some(DIRECTOR));
    let taker = account(LEADER1);
    let lent = [Delegation { giver, taker, role: post.role, place: post.place, span }];
    let asked = |action, right, on| {
        let viewer = Viewer::new(taker, Some(LEADER1), &posts(), lent_for(&lent, action), on);
        viewer.steps_up(&organisation, action, right)
    };
    assert!(asked(Action::Alerts, Right::Check, TODAY));
    assert!(!asked(Action::Alerts, Right::Check, TODAY.saturating_add(1.day())));
    assert!(!asked(Action::Adjustments, Right::Approve, TODAY), "this line is not lent");
}

fn anybody() -> impl Strategy<Value = MemberId> {
    prop::sample::select(vec![DIRECTOR, SOUTH_MANAGER, EAST_MANAGER, LEADER1, LEADER2, ANN, BO, CAI])
}

proptest! {
    /// Nobody is asked for what they could not do anyway.
    #[test]
    fn who_is_asked_reaches_something_with_the_right(member in anybody()) {
        let (organisation, viewer) = (build(rows()), member_viewer(member));
        for (action, right, _) in ASKS {
            let asked = viewer.steps_up(&organisation, action, right);
            prop_assert!(!asked || !viewer.scope(&organisation, action, right).is_empty(), "{action:?} {right:?}");
        }
    }

    #[test]
    fn a_password_counts_for_its_time_and_not_a_millisecond_longer(
        seconds in 1u32..=Lasting::LONGEST, given in 0i64..4_000_000_000_000, apart in -4_000_000i64..4_000_000,
    ) {
        let lasting = Lasting::seconds(seconds).unwrap();
        let at = |milliseconds| Timestamp::from_millisecond(milliseconds).unwrap();
        let counts = lasting.counts(at(given), at(given + apart));
        prop_assert_eq!(counts, apart.abs() <= i64::from(seconds) * 1000);
        let until = lasting.until(at(given));
        prop_assert!(lasting.counts(at(given), until));
        prop_assert!(!lasting.counts(at(given), until + SignedDuration::from_millis(1)));
    }
}

#[test]
fn it_is_ten_minutes_where_nobody_chose_and_never_more_than_an_hour() {
    assert_eq!(Lasting::default().as_seconds(), 600);
    assert_eq!(Lasting::seconds(Lasting::USUAL), Some(Lasting::default()));
    assert_eq!(Lasting::seconds(0), None);
    assert_eq!(Lasting::seconds(Lasting::LONGEST).map(Lasting::as_seconds), Some(3600));
    assert_eq!(Lasting::seconds(Lasting::LONGEST + 1), None);
}
