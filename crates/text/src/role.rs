//! The names of the roles and positions. What a role may do lives in `domain`.

use dacheng_domain::access::Role;
use dacheng_domain::people::Position;

use crate::Lang;

/// The name of a role, as in a sentence.
///
/// ```
/// use dacheng_domain::access::Role;
/// use dacheng_text::{Lang, role};
/// assert_eq!(role::name(Lang::Zh, Role::RegionManager), "大区经理");
/// ```
pub fn name(lang: Lang, role: Role) -> &'static str {
    let texts = lang.people();
    match role {
        Role::Specialist => texts.specialist(),
        Role::TeamLeader => texts.team_leader(),
        Role::RegionManager => texts.region_manager(),
        Role::Director => texts.director(),
        Role::Executive => texts.executive(),
        Role::SalesOperations => texts.sales_operations(),
        Role::Marketing => texts.marketing(),
        Role::Finance => texts.finance(),
        Role::Hr => texts.hr(),
        Role::SystemAdmin => texts.system_admin(),
        Role::SecurityAdmin => texts.security_admin(),
        Role::Auditor => texts.auditor(),
    }
}

/// The name of a position: that of the role it usually has.
pub fn position(lang: Lang, position: Position) -> &'static str {
    let usual = match position {
        Position::Executive => Role::Executive,
        Position::Director => Role::Director,
        Position::Manager => Role::RegionManager,
        Position::TeamLeader => Role::TeamLeader,
        Position::Specialist => Role::Specialist,
        Position::SalesOperations => Role::SalesOperations,
        Position::Marketing => Role::Marketing,
        Position::Finance => Role::Finance,
        Position::Hr => Role::Hr,
    };
    name(lang, usual)
}
