//! The permission table in the form `GET /api/v1/policy` and `dacheng policy --json` give out.

use serde::Serialize;

use super::{Line, Role, TABLE};

/// The whole policy, ready to be serialised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Policy {
    /// The columns.
    pub roles: [Role; 12],
    /// The roles that hold the column of the specialist as well.
    pub leaders: Vec<Role>,
    /// The lines.
    pub actions: &'static [Line],
}

/// The policy in force: the very table that decides.
///
/// ```
/// let policy = serde_json::to_value(dacheng_domain::access::policy()).unwrap();
/// let facts = policy["actions"].as_array().unwrap().iter().find(|line| line["action"] == "facts").unwrap();
/// assert_eq!(facts["cells"]["director"][0], serde_json::json!({ "rights": ["R"], "reach": "branch" }));
/// ```
pub fn policy() -> Policy {
    let leaders = Role::ALL.into_iter().filter(|role| role.leads()).collect();
    Policy { roles: Role::ALL, leaders, actions: &TABLE }
}
