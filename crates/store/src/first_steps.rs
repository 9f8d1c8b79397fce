//! What of the first steps of a new company is done, in one statement that does not grow with the company.

use jiff::civil::Date;

use crate::{Error, Read, Result};

/// Something that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Done {
    /// Somebody holds the post of sales operations.
    SalesOperations,
    /// One account administers both the system and its security.
    BothAdministrators,
    /// A member has an account.
    MemberAccount,
    /// Orders count.
    Orders,
    /// A plan is, or was, in force.
    Plan,
}

fn done(word: &str) -> Result<Done> {
    Ok(match word {
        "sales_operations" => Done::SalesOperations,
        "both_administrators" => Done::BothAdministrators,
        "member_account" => Done::MemberAccount,
        "orders" => Done::Orders,
        "plan" => Done::Plan,
        other => return Err(Error::Stored(format!("first step {other}"))),
    })
}

/// What is there on a day.
pub fn found(tx: &mut Read, day: Date) -> Result<Vec<Done>> {
    tx.all(
        "select 'sales_operations' as step where exists (
           select 1 from post where role = 'sales_operations' and starts <= $1 and (ends is null or ends > $1))
         union all
         select 'both_administrators' where exists (
           select 1 from post s join post a on a.account_id = s.account_id
           where s.role = 'security_admin' and s.starts <= $1 and (s.ends is null or s.ends > $1)
             and a.role = 'system_admin' and a.starts <= $1 and (a.ends is null or a.ends > $1))
         union all
         select 'member_account' where exists (select 1 from account where member is not null)
         union all
         select 'orders' where exists (select 1 from import where kind = 'orders' and state = 'committed')
         union all
         select 'plan' where exists (select 1 from plan where state in ('in_force', 'archived'))
         order by 1",
        &[(&day.to_string()).into()],
        |row| done(row.str(0)?),
    )
}
