//! The permission table against `trust.md`, written out by hand a second time.

use dacheng_domain::access::{Action, Grant, Right, Role, TABLE, View, When, policy};
use serde_json::json;

/// The lines of `trust.md`, with its letters and acts: specialist, team leader, region manager, director,
/// executive, sales operations, marketing, finance, HR, system admin, security admin, auditor.
const TRUST: [(Action, [&str; 12]); 14] = [
    (Action::CompanyTargets, ["R", "R", "CRU", "CRU", "RA", "CRU", "R", "R", "R", "", "", "R"]),
    (Action::BreakDown, ["R commit", "CRU", "CRUA", "CRUA", "RA", "CRU", "R", "R", "", "", "", "R"]),
    (
        Action::Letters,
        [
            "R sign",
            "R issue countersign",
            "R issue countersign",
            "R issue countersign",
            "R countersign",
            "R issue",
            "",
            "",
            "R",
            "",
            "",
            "R",
        ],
    ),
    (Action::Reports, ["CRU", "R comment", "R", "R", "R", "R", "", "", "", "", "", "R"]),
    (
        Action::Facts,
        ["R enter", "R enter", "R enter", "R", "R", "CRU confirm", "CRU", "CRU confirm", "", "", "", "R"],
    ),
    (
        Action::MonthClose,
        ["", "", "R", "R reopen", "R reopen", "R propose", "", "R close reopen", "", "", "", "R"],
    ),
    (Action::Alerts, ["CRU", "R check", "R check", "R check", "R check", "R", "", "", "", "", "", "R"]),
    (
        Action::Adjustments,
        ["CR", "CR endorse", "R endorse", "RA", "RA", "R review", "R opine", "R opine", "", "", "", "R"],
    ),
    (
        Action::MetricsRules,
        ["R", "R", "R", "RA propose", "RA", "CRU", "R opine", "R opine", "R", "", "", "R"],
    ),
    (
        Action::PayFigures,
        ["R confirm", "R confirm", "R confirm", "R confirm", "RA", "", "", "R check", "CRU", "", "", "R"],
    ),
    (Action::PayRules, ["R", "R", "R", "R propose", "RA", "", "", "RA", "CRU", "", "", "R"]),
    (Action::AccountsOrg, ["R", "R", "R", "R", "R", "CRU", "", "", "CRU", "CRU", "CRU", "R"]),
    (Action::Integrations, ["", "", "", "", "", "", "", "", "", "CRU", "RA", "R"]),
    (Action::AuditTrail, ["R", "", "", "", "", "", "", "", "", "", "R", "R verify"]),
];

/// The rights of a cell as the page writes them.
fn written(cell: &[Grant]) -> String {
    let holds = |right| cell.iter().any(|grant| grant.rights.contains(&right));
    let letters = [(Right::Create, 'C'), (Right::Read, 'R'), (Right::Update, 'U'), (Right::Approve, 'A')];
    let mut text: String =
        letters.into_iter().filter(|(right, _)| holds(*right)).map(|(_, letter)| letter).collect();
    for (right, word) in [
        (Right::Enter, "enter"),
        (Right::Comment, "comment"),
        (Right::Commit, "commit"),
        (Right::Sign, "sign"),
        (Right::Issue, "issue"),
        (Right::Countersign, "countersign"),
        (Right::Propose, "propose"),
        (Right::Endorse, "endorse"),
        (Right::Review, "review"),
        (Right::Opine, "opine"),
        (Right::Check, "check"),
        (Right::Confirm, "confirm"),
        (Right::Close, "close"),
        (Right::Reopen, "reopen"),
        (Right::Verify, "verify"),
        (Right::Export, "export"),
    ] {
        if holds(right) {
            text = format!("{text} {word}");
        }
    }
    text.trim().to_owned()
}

#[test]
fn every_cell_holds_the_rights_of_the_page() {
    for (action, cells) in TRUST {
        for (role, expected) in Role::ALL.into_iter().zip(cells) {
            assert_eq!(written(action.cells().of(role)), expected, "{action:?}, {role:?}");
        }
    }
}

#[test]
fn the_lines_stand_in_the_order_of_the_actions_and_the_page_comes_first() {
    for (at, line) in TABLE.iter().enumerate() {
        assert_eq!(line.action as usize, at);
        assert_eq!(line.action.cells(), &line.cells);
    }
    assert!(TABLE.iter().zip(TRUST).all(|(line, (action, _))| line.action == action));
}

#[test]
fn the_words_of_a_cell_say_over_whom_when_and_how_much() {
    let cell = |action: Action, role| serde_json::to_value(action.cells().of(role)).unwrap();
    let own_until_locked = json!([
        { "rights": ["R"], "reach": "own" },
        { "rights": ["C", "R", "U"], "reach": "own", "when": "until_locked" },
    ]);
    assert_eq!(cell(Action::Reports, Role::Specialist), own_until_locked);
    assert_eq!(
        cell(Action::CompanyTargets, Role::Specialist),
        json!([{ "rights": ["R"], "reach": "company", "when": "announced" }])
    );
    assert_eq!(
        cell(Action::BreakDown, Role::RegionManager),
        json!([{ "rights": ["C", "R", "U"], "reach": "branch" }, { "rights": ["A"], "reach": "below", "step_up": ["A"] }])
    );
    assert_eq!(
        cell(Action::PayFigures, Role::Auditor),
        json!([{ "rights": ["R"], "reach": "branch", "view": "masked" }])
    );
    assert_eq!(
        cell(Action::BreakDown, Role::Finance),
        json!([
            { "rights": ["R"], "reach": "branch", "when": "asked" },
            { "rights": ["R"], "reach": "branch", "view": "aggregates" },
        ])
    );
    assert_eq!(
        cell(Action::Facts, Role::Specialist)[1],
        json!({
            "rights": ["enter"], "reach": "own", "when": "manual"
        })
    );
    assert_eq!(
        cell(Action::MonthClose, Role::Finance)[1],
        json!({
            "rights": ["close"], "reach": "company", "when": "entered_nothing", "step_up": ["close"]
        })
    );
    assert_eq!(
        cell(Action::AccountsOrg, Role::SecurityAdmin)[0],
        json!({
            "rights": ["C", "R", "U"], "reach": "others", "when": "roles", "step_up": ["C", "U"]
        })
    );
    assert_eq!(
        cell(Action::Alerts, Role::Director)[1],
        json!({
            "rights": ["check"], "reach": "below", "when": "red", "step_up": ["check"]
        })
    );
}

#[test]
fn the_policy_given_out_is_the_table_that_decides() {
    let policy = serde_json::to_value(policy()).unwrap();
    assert_eq!(policy["roles"].as_array().unwrap().len(), 12);
    assert_eq!(policy["leaders"], json!(["team_leader", "region_manager", "director", "executive"]));
    let lines = policy["actions"].as_array().unwrap();
    assert_eq!(lines.len(), TABLE.len());
    for (line, given) in TABLE.iter().zip(lines) {
        assert_eq!(given["action"], serde_json::to_value(line.action).unwrap());
        for role in Role::ALL {
            let name = serde_json::to_value(role).unwrap();
            let cell = serde_json::to_value(line.cells.of(role)).unwrap();
            assert_eq!(given["cells"][name.as_str().unwrap()], cell);
        }
    }
}

#[test]
fn administrators_see_no_business_rows() {
    let business = TABLE.iter().filter(|line| {
        let administration =
            [Action::AccountsOrg, Action::Integrations, Action::AuditTrail, Action::Jobs, Action::OwnProfile];
        !administration.contains(&line.action)
    });
    for line in business {
        assert!(
            line.cells.system_admin.is_empty() && line.cells.security_admin.is_empty(),
            "{:?}",
            line.action
        );
    }
}

#[test]
fn an_auditor_reads_everything_and_changes_nothing() {
    for line in TABLE.iter().filter(|line| line.action != Action::OwnProfile) {
        let rights: Vec<Right> = line.cells.auditor.iter().flat_map(|grant| grant.rights).copied().collect();
        assert!(rights.contains(&Right::Read), "{:?}", line.action);
        assert!(rights.iter().all(|right| [Right::Read, Right::Verify].contains(right)), "{:?}", line.action);
    }
}

#[test]
fn base_pay_is_shown_in_full_to_nobody_between_the_person_and_the_executive() {
    for role in [Role::TeamLeader, Role::RegionManager, Role::Director] {
        for grant in Action::PayFigures.cells().of(role) {
            assert_ne!(grant.view, View::Full, "{role:?}");
        }
    }
    let shared = Action::PayFigures.cells().director.iter().find(|grant| grant.view == View::VariablePay);
    assert_eq!(shared.map(|grant| grant.when), Some(When::PayShared));
}
