//! Units and people as files: those who sell, those who lead, those who serve both.

use std::io::Result;
use std::path::Path;

use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;

use super::people::{MOVED, Seat, UNITS, seats};
use crate::generate::table::Table;

/// The people who sell nothing: what they may do is in the permission table.
const STAFF: [(&str, &str, &str, &str); 5] = [
    ("X000001", "高岳", "executive", "2019-03-01"),
    ("X000002", "韩清", "sales_operations", "2020-06-01"),
    ("X000003", "杨帆", "marketing", "2021-02-01"),
    ("X000004", "朱瑾", "finance", "2020-01-06"),
    ("X000005", "秦越", "hr", "2020-09-01"),
];

/// Writes units, members and employments.
pub fn write(out: &Path) -> Result<()> {
    let mut units = Table::begin(out, Kind::Units, "unit,name,parent,leader")?;
    for unit in &UNITS {
        units.row(format_args!("{},{},{},{}", unit.code, unit.name, unit.parent, unit.leader.0))?;
    }
    units.end()?;
    let mut members = Table::begin(out, Kind::Members, "member,name,unit,position,hired,left")?;
    for unit in UNITS.iter().filter(|unit| !unit.code.starts_with('T')) {
        let position = if unit.parent.is_empty() { "director" } else { "manager" };
        let (code, name) = unit.leader;
        members.row(format_args!("{code},{name},{},{position},2020-03-02,", unit.code))?;
    }
    for Seat { code, name, unit, position, hired, left, .. } in seats() {
        let left = left.map_or_else(String::new, |day| day.to_string());
        members.row(format_args!("{code},{name},{unit},{position},{hired},{left}"))?;
    }
    for (code, name, position, hired) in STAFF {
        members.row(format_args!("{code},{name},HQ,{position},{hired},"))?;
    }
    members.end()?;
    moved(out)
}

/// Who changed the team has two employments; everybody else sits where the members' file says.
fn moved(out: &Path) -> Result<()> {
    let header = "member,from,to,unit,position,share";
    let mut employments = Table::begin(out, Kind::Employments, header)?;
    for seat in seats().iter().filter(|seat| seat.specialist == Some(MOVED.specialist)) {
        let (eve, position) = (MOVED.on.saturating_sub(1.day()), seat.position);
        employments.row(format_args!("{},{},{eve},{},{position},100%", seat.code, seat.hired, MOVED.from))?;
        employments.row(format_args!("{},{},,{},{position},100%", seat.code, MOVED.on, seat.unit))?;
    }
    employments.end().map(drop)
}
