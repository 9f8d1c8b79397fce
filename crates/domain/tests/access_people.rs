//! What each of the small company may do with what: the table of `trust.md`, decision by decision.

mod access_sample;
mod people_sample;

use access_sample::*;
use dacheng_domain::access::{AccountId, Action, Decision, Object, Owner, Right, Role, View, Viewer, When};
use people_sample::*;

#[test]
#[expect(clippy::too_many_lines, reason = "the table of the page, line by line")]
fn people_may_what_the_table_of_trust_says() {
    use Decision::Hidden;
    use Right::*;
    let company_of_six = build(rows());
    let ann = || member_viewer(ANN);
    let leader = || member_viewer(LEADER1);
    let manager = || member_viewer(SOUTH_MANAGER);
    let director = || member_viewer(DIRECTOR);
    let executive = || office(Role::Executive);
    let operations = || office(Role::SalesOperations);
    let marketing = || office(Role::Marketing);
    let finance = || office(Role::Finance);
    let hr = || office(Role::Hr);
    let system = || office(Role::SystemAdmin);
    let security = || office(Role::SecurityAdmin);
    let auditor = || office(Role::Auditor);
    let announced = &[When::Announced][..];
    let asked = &[When::Asked][..];
    let cases: Vec<(Viewer, Action, Right, Object<'_>, Decision)> = vec![
        // company and region targets
        (ann(), Action::CompanyTargets, Read, unit_object(EAST), Hidden),
        (ann(), Action::CompanyTargets, Read, unit_object(EAST).holding(announced), FULL),
        (leader(), Action::CompanyTargets, Read, unit_object(TEAM1), FULL),
        (
            leader(),
            Action::CompanyTargets,
            Update,
            unit_object(TEAM1),
            ask(&[Role::RegionManager, Role::Director, Role::SalesOperations]),
        ),
        (manager(), Action::CompanyTargets, Update, unit_object(SOUTH), FULL),
        (manager(), Action::CompanyTargets, Read, unit_object(EAST), Hidden),
        (director(), Action::CompanyTargets, Update, company(), FULL),
        (director(), Action::CompanyTargets, Approve, company(), ask(&[Role::Executive])),
        (executive(), Action::CompanyTargets, Approve, company(), FULL),
        (marketing(), Action::CompanyTargets, Read, unit_object(SOUTH), seeing(View::Aggregates)),
        (hr(), Action::CompanyTargets, Export, company(), FULL),
        (system(), Action::CompanyTargets, Read, company(), Hidden),
        // breaking down
        (ann(), Action::BreakDown, Commit, of(ANN), FULL),
        (ann(), Action::BreakDown, Read, of(LEADER1), Hidden),
        (leader(), Action::BreakDown, Update, of(ANN), FULL),
        (leader(), Action::BreakDown, Commit, of(LEADER1), FULL),
        (manager(), Action::BreakDown, Approve, unit_object(TEAM1), FULL),
        (
            manager(),
            Action::BreakDown,
            Approve,
            unit_object(SOUTH),
            ask(&[Role::RegionManager, Role::Director, Role::Executive]),
        ),
        (director(), Action::BreakDown, Approve, unit_object(SOUTH), FULL),
        (finance(), Action::BreakDown, Read, of(ANN), Hidden),
        (finance(), Action::BreakDown, Read, of(ANN).holding(asked), FULL),
        // letters
        (ann(), Action::Letters, Sign, of(ANN), FULL),
        (leader(), Action::Letters, Countersign, of(ANN), FULL),
        (
            leader(),
            Action::Letters,
            Countersign,
            of(LEADER1),
            ask(&[Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive]),
        ),
        (leader(), Action::Letters, Sign, of(LEADER1), FULL),
        (executive(), Action::Letters, Countersign, of(DIRECTOR).holding(&[When::OfDirector]), FULL),
        (operations(), Action::Letters, Issue, of(CAI), FULL),
        (hr(), Action::Letters, Read, of(CAI), FULL),
        // reports
        (ann(), Action::Reports, Update, of(ANN).holding(&[When::UntilLocked]), FULL),
        (ann(), Action::Reports, Update, of(ANN), ask(&[])),
        (leader(), Action::Reports, Comment, of(ANN), FULL),
        (manager(), Action::Reports, Comment, of(ANN), ask(&[Role::TeamLeader])),
        (finance(), Action::Reports, Read, of(ANN), Hidden),
        // facts
        (ann(), Action::Facts, Enter, of(ANN).holding(&[When::Manual]), FULL),
        (ann(), Action::Facts, Enter, of(ANN), ask(&[Role::TeamLeader, Role::RegionManager])),
        (leader(), Action::Facts, Confirm, of(ANN), ask(&[Role::SalesOperations, Role::Finance])),
        (operations(), Action::Facts, Confirm, of(ANN), FULL),
        (finance(), Action::Facts, Create, of(ANN).holding(&[When::Payments]), FULL),
        (finance(), Action::Facts, Read, of(ANN), Hidden),
        (marketing(), Action::Facts, Create, of(ANN).holding(&[When::Leads]), FULL),
        (marketing(), Action::Facts, Create, of(ANN).holding(&[When::Payments]), Hidden),
        // month close
        (ann(), Action::MonthClose, Read, company(), Hidden),
        (manager(), Action::MonthClose, Read, company(), FULL),
        (finance(), Action::MonthClose, Close, company().holding(&[When::EnteredNothing]), FULL),
        (finance(), Action::MonthClose, Close, company(), ask(&[Role::Finance])),
        (operations(), Action::MonthClose, Propose, company(), FULL),
        (director(), Action::MonthClose, Reopen, company().holding(&[When::Jointly]), FULL),
        (
            director(),
            Action::MonthClose,
            Reopen,
            company(),
            ask(&[Role::Director, Role::Executive, Role::Finance]),
        ),
        // alerts
        (ann(), Action::Alerts, Update, of(ANN), FULL),
        (leader(), Action::Alerts, Check, of(ANN).holding(&[When::Yellow]), FULL),
        (
            leader(),
            Action::Alerts,
            Check,
            of(ANN).holding(&[When::Red]),
            ask(&[Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive]),
        ),
        (director(), Action::Alerts, Check, of(ANN).holding(&[When::Red]), FULL),
        (director(), Action::Alerts, Check, of(SOUTH_MANAGER).holding(asked), FULL),
        (executive(), Action::Alerts, Check, of(DIRECTOR).holding(&[When::OfDirector]), FULL),
        // adjustments
        (ann(), Action::Adjustments, Create, of(ANN), FULL),
        (ann(), Action::Adjustments, Read, of(LEADER1), Hidden),
        (ann(), Action::Adjustments, Read, of(LEADER1).holding(announced), seeing(View::Announcement)),
        (ann(), Action::Adjustments, Read, of(BO).holding(announced), Hidden),
        (leader(), Action::Adjustments, Endorse, of(ANN), FULL),
        (director(), Action::Adjustments, Approve, of(ANN), FULL),
        (director(), Action::Adjustments, Approve, of(DIRECTOR), ask(&[Role::Director, Role::Executive])),
        (
            director(),
            Action::Adjustments,
            Approve,
            unit_object(COMPANY),
            ask(&[Role::Director, Role::Executive]),
        ),
        (executive(), Action::Adjustments, Approve, company().holding(&[When::OfDirectorOrCompany]), FULL),
        (operations(), Action::Adjustments, Review, of(ANN), FULL),
        (finance(), Action::Adjustments, Opine, of(ANN).holding(asked), FULL),
        (finance(), Action::Adjustments, Opine, of(ANN), Hidden),
        // rules
        (ann(), Action::MetricsRules, Read, company(), FULL),
        (director(), Action::MetricsRules, Approve, company().holding(&[When::PayUntouched]), FULL),
        (
            director(),
            Action::MetricsRules,
            Approve,
            company().holding(&[When::PayTouched]),
            ask(&[Role::Director, Role::Executive]),
        ),
        (marketing(), Action::MetricsRules, Opine, company(), FULL),
        // pay
        (ann(), Action::PayFigures, Read, of(ANN), FULL),
        (leader(), Action::PayFigures, Read, of(LEADER1), FULL),
        (leader(), Action::PayFigures, Read, of(ANN), Hidden),
        (leader(), Action::PayFigures, Read, unit_object(TEAM1), seeing(View::Totals)),
        (leader(), Action::PayFigures, Read, of(ANN).holding(&[When::PayShared]), seeing(View::VariablePay)),
        (executive(), Action::PayFigures, Approve, of(ANN), FULL),
        (finance(), Action::PayFigures, Read, of(ANN), Hidden),
        (finance(), Action::PayFigures, Check, of(ANN).holding(&[When::InBatch]), FULL),
        (hr(), Action::PayFigures, Update, of(ANN), FULL),
        (auditor(), Action::PayFigures, Read, of(ANN), seeing(View::Masked)),
        (ann(), Action::PayRules, Read, company(), Hidden),
        (ann(), Action::PayRules, Read, company().holding(&[When::InForce]), FULL),
        (finance(), Action::PayRules, Approve, company(), FULL),
        // administration
        (ann(), Action::AccountsOrg, Read, of(CAI).holding(&[When::OrgTree]), seeing(View::Names)),
        (hr(), Action::AccountsOrg, Create, of(CAI).holding(&[When::OrgTree]), FULL),
        (
            system(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(3)), TODAY).holding(&[When::Accounts]),
            FULL,
        ),
        (
            system(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(3)), TODAY).holding(&[When::Roles]),
            Hidden,
        ),
        (
            security(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(3)), TODAY).holding(&[When::Roles]),
            FULL,
        ),
        (
            security(),
            Action::AccountsOrg,
            Update,
            Object::on(Owner::Account(AccountId(107)), TODAY).holding(&[When::Roles]),
            Hidden,
        ),
        (system(), Action::Integrations, Update, company(), FULL),
        (security(), Action::Integrations, Approve, company(), FULL),
        (operations(), Action::Integrations, Read, company(), Hidden),
        (ann(), Action::AuditTrail, Read, Object::on(Owner::Account(account(ANN)), TODAY), FULL),
        (ann(), Action::AuditTrail, Read, Object::on(Owner::Account(account(BO)), TODAY), Hidden),
        (auditor(), Action::AuditTrail, Verify, company(), FULL),
    ];
    for (viewer, action, right, object, expected) in cases {
        let who: Vec<Role> = viewer.roles().collect();
        let decision = viewer.may(&company_of_six, action, right, &object);
        assert_eq!(decision, expected, "{who:?} {action:?} {right:?} {object:?}");
    }
}
