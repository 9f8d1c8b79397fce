//! Every route × every role × strangers × an API token. What is expected is worked out here from the permission
//! table alone, without the guard that decides; whose objects a path shows is written down in [`super::relations`].

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, header};
use dacheng_domain::access::{Action, Right, Role, TABLE};
use dacheng_web::http::{Need, Route, routes};
use serde_json::json;

use super::documents::handed_in;
use super::relations::{About, Relation, relations};
use super::support::{Answer, Guest, Site, on_site};

/// Somebody in each role.
pub const WHO: [(&str, Role); 12] = [
    ("x1", Role::Executive),
    ("d1", Role::Director),
    ("r1", Role::RegionManager),
    ("t1", Role::TeamLeader),
    ("s1", Role::Specialist),
    ("o1", Role::SalesOperations),
    ("k1", Role::Marketing),
    ("f2", Role::Finance),
    ("h1", Role::Hr),
    ("sys", Role::SystemAdmin),
    ("sec", Role::SecurityAdmin),
    ("aud", Role::Auditor),
];

/// The part of a director's rights that the token holds.
const TOKEN: [(Action, Right); 2] = [(Action::CompanyTargets, Right::Read), (Action::BreakDown, Right::Read)];

/// Whether the table gives a role the right on any object. Leaders hold the column of the specialist as well.
fn table_gives(role: Role, action: Action, right: Right) -> bool {
    let line = TABLE.iter().find(|line| line.action == action).unwrap();
    let leaders = [Role::TeamLeader, Role::RegionManager, Role::Director, Role::Executive];
    let mut columns = vec![role];
    columns.extend(leaders.contains(&role).then_some(Role::Specialist));
    let held = if right == Right::Export { Right::Read } else { right };
    let mut grants = columns.into_iter().flat_map(|column| line.cells.of(column));
    grants.any(|grant| grant.rights.contains(&held))
}

/// The routes with their rows, those that change something last and those that end a session at the very end.
pub fn walk(site: &Site) -> Vec<(Route, Relation)> {
    let mut rows = relations();
    let mut walk = Vec::new();
    for route in routes(&site.web).table() {
        let place = rows.iter().position(|row| row.path == route.path);
        let Some(row) = place.map(|place| &rows[place]) else {
            panic!(
                "{} {} has no row: add `row(\"{}\", About::…, \"an address that exists\")` to \
                 crates/web/tests/site/relations.rs, saying whose objects it shows",
                route.method, route.path, route.path
            )
        };
        let row = Relation { cases: row.cases.clone(), ..*row };
        walk.push((route.clone(), row));
    }
    let known: BTreeSet<&str> = walk.iter().map(|(route, _)| route.path).collect();
    rows.retain(|row| !known.contains(row.path));
    let left: Vec<&str> = rows.iter().map(|row| row.path).collect();
    assert!(left.is_empty(), "relations.rs has rows for routes that are not there: {left:?}");
    walk.sort_by_key(|(route, row)| (route.method != Method::GET, row.about == About::Own));
    walk
}

pub fn ask(guest: &Guest<'_>, route: &Route, address: &str) -> Answer {
    if route.method == Method::GET {
        guest.get(address)
    } else if route.path.starts_with("/api/") {
        guest.json(route.method.clone(), address, &json!({}), &[])
    } else {
        guest.post(address, &[])
    }
}

fn is_refused(answer: &Answer) -> bool {
    let to_login = answer.location.as_deref().is_some_and(|to| to.starts_with("/login?next="));
    matches!(answer.status, 401 | 403) || to_login
}

#[test]
fn every_route_lets_in_whom_the_table_lets_in() {
    on_site(|site| {
        let walk = walk(site);
        for (who, role) in WHO {
            let mut guest = site.sign_in(who);
            for (route, row) in &walk {
                let answer = ask(&guest, route, row.example);
                let told = format!("{who} {} {}: {}", route.method, row.example, answer.status);
                assert!(answer.status < 500, "{told}: {}", answer.text);
                let gives = match route.need {
                    Need::Open | Need::SignedIn => true,
                    Need::Right(action, right) => table_gives(role, action, right),
                    Need::AnyOf(rights) => {
                        rights.iter().any(|(action, right)| table_gives(role, *action, *right))
                    }
                };
                if !gives {
                    assert_eq!(answer.status, 403, "the table gives {role:?} nothing: {told}");
                } else if row.not_for.contains(&role)
                    || (route.method != Method::GET && row.not_changed_by.contains(&role))
                {
                    assert!(answer.status >= 400, "not for {role:?}: {told}");
                } else {
                    assert!(!is_refused(&answer), "the table lets {role:?} in: {told}: {}", answer.text);
                }
                if row.about == About::Own && route.method != Method::GET {
                    guest = site.sign_in(who);
                }
            }
        }
    });
}

#[test]
fn strangers_come_in_nowhere_but_where_it_is_open() {
    on_site(|site| {
        let stranger = site.stranger();
        for (route, row) in walk(site) {
            let answer = ask(&stranger, &route, row.example);
            let told = format!("{} {}: {} {:?}", route.method, row.example, answer.status, answer.location);
            assert!(answer.status < 500, "{told}");
            if route.need == Need::Open {
                assert!(!is_refused(&answer), "{told}");
            } else if route.path.starts_with("/api/v1/") {
                assert_eq!(
                    (answer.status, answer.kind.as_str()),
                    (401, "application/problem+json"),
                    "{told}"
                );
            } else {
                assert!(answer.status == 303 && is_refused(&answer), "{told}");
            }
        }
    });
}

#[test]
fn a_token_does_no_more_than_it_holds() {
    on_site(|site| {
        let token = site.sign_in("d1").token(&TOKEN);
        for (route, row) in walk(site) {
            let request = Request::builder().method(route.method.clone()).uri(row.example);
            let request = request
                .header(header::AUTHORIZATION, format!("Bearer {token}"))
                .header(header::CONTENT_TYPE, "application/json");
            let answer = site.stranger().ask(request.body(Body::from("{}")).unwrap());
            let told = format!("{} {}: {}", route.method, row.example, answer.status);
            assert!(answer.status < 500, "{told}: {}", answer.text);
            let holds = match route.need {
                Need::Open | Need::SignedIn => row.about != About::Own,
                Need::Right(action, right) => !right.decides() && TOKEN.contains(&(action, right)),
                Need::AnyOf(rights) => rights.iter().any(|own| TOKEN.contains(own)),
            };
            if !holds {
                assert!(matches!(answer.status, 400 | 403 | 415), "{told}");
            } else if route.method == Method::GET {
                assert!(!is_refused(&answer), "{told}: {}", answer.text);
            }
            let is_form = route.method != Method::GET && !route.path.starts_with("/api/");
            assert!(!is_form || answer.status >= 400, "a form is posted by people only: {told}");
        }
    });
}

#[test]
fn what_somebody_may_not_know_is_not_there() {
    on_site(|site| {
        handed_in(site); // There is no document of a plan before.
        let walk = walk(site);
        for (route, row) in walk.iter().filter(|(route, _)| route.method == Method::GET) {
            let named = row.about == About::Branch && route.path.contains('{');
            let shown = |status| row.cases.iter().any(|(_, _, own)| *own == status);
            assert!(
                !named || (shown(200) && shown(404)),
                "{}: say with .sees and .hidden in relations.rs whom it is there for and whom it is not",
                route.path
            );
        }
        let people: BTreeSet<&str> =
            walk.iter().flat_map(|(_, row)| &row.cases).map(|(who, ..)| *who).collect();
        for who in people {
            let guest = site.sign_in(who);
            let cases = walk.iter().filter(|(route, _)| route.method == Method::GET);
            for (_, address, status) in cases.flat_map(|(_, row)| &row.cases).filter(|(own, ..)| *own == who)
            {
                assert_eq!(guest.get(address).status, *status, "{who} {address}");
            }
        }
    });
}
