//! Who there is: units with their leaders, and the seats of those who sell with what each is to sell.

use jiff::civil::{Date, date};

/// A unit.
pub struct Unit {
    pub code: &'static str,
    pub name: &'static str,
    pub parent: &'static str,
    /// Code and name of who leads it.
    pub leader: (&'static str, &'static str),
}

const fn unit(
    code: &'static str,
    name: &'static str,
    parent: &'static str,
    leader: (&'static str, &'static str),
) -> Unit {
    Unit { code, name, parent, leader }
}

/// The company, its regions, its teams.
pub const UNITS: [Unit; 17] = [
    unit("HQ", "华辰智控", "", ("E000001", "林远")),
    unit("R0001", "华东大区", "HQ", ("E000002", "周岚")),
    unit("R0002", "华南大区", "HQ", ("E000003", "何川")),
    unit("R0003", "华北大区", "HQ", ("E000010", "韩雪松")),
    unit("R0004", "渠道事业部", "HQ", ("E000011", "陈思远")),
    unit("T0001", "苏州组", "R0001", ("E000004", "王敏刚")),
    unit("T0002", "杭州组", "R0001", ("E000005", "赵启明")),
    unit("T0003", "上海组", "R0001", ("E000006", "沈一帆")),
    unit("T0004", "深圳组", "R0002", ("E000007", "梁海燕")),
    unit("T0005", "广州组", "R0002", ("E000008", "欧阳翔")),
    unit("T0006", "厦门组", "R0002", ("E000009", "林可欣")),
    unit("T0007", "北京组", "R0003", ("E000012", "郭立新")),
    unit("T0008", "天津组", "R0003", ("E000014", "孟凡")),
    unit("T0009", "济南组", "R0003", ("E000015", "宋佳")),
    unit("T0010", "华南组", "R0004", ("E000016", "李文博")),
    unit("T0011", "华东组", "R0004", ("E000017", "吴晓静")),
    unit("T0012", "华北组", "R0004", ("E000018", "杜鹏程")),
];

/// The specialists of each team in the order of [`UNITS`], and what the third quarter of 2026 asks of each, in yuan.
const TEAMS: [(&str, i64, &[&str]); 12] = [
    ("T0001", 960_000, &["李喆", "吴堃", "杨柳青", "徐嘉树", "方一鸣", "蒋好"]),
    ("T0002", 900_000, &["郑赟", "冯镕", "贺兰", "姚远", "傅雨桐"]),
    ("T0003", 1_100_000, &["顾长安", "陆知行", "邵文静", "钱多宇", "汪洋"]),
    ("T0004", 1_050_000, &["黄子轩", "邓超凡", "谭咏梅", "罗建国", "叶秋", "潘小红"]),
    ("T0005", 880_000, &["曾志伟", "岑晓东", "莫文娟", "温浩然", "区慧敏"]),
    ("T0006", 760_000, &["许诺", "洪波", "庄重", "苏婉清", "连城"]),
    ("T0007", 1_000_000, &["张强", "于洋", "马腾", "金明哲", "鲁冰", "白雪"]),
    ("T0008", 780_000, &["刘建军", "董欣怡", "尹志平", "康健", "范晓燕"]),
    ("T0009", 720_000, &["孙浩宇", "孔令辉", "曲艺", "丁磊", "高凤兰"]),
    ("T0010", 300_000, &["陈晓琳", "卢俊杰", "彭丽娟"]),
    ("T0011", 300_000, &["朱文涛", "夏雨欣", "严冬", "倪萍", "施展"]),
    ("T0012", 300_000, &["常胜", "石磊", "崔永红", "任重"]),
];

/// What the third quarter asks of the leaders themselves, in yuan: 华南组 is 经理 50, three times 专员 30 and a reserve
/// of 10, which its leader carries until it is declared ([`super::reserve`]).
const LEADERS: [i64; 12] = [
    240_000, 240_000, 240_000, 240_000, 240_000, 240_000, 240_000, 240_000, 240_000, 600_000, 500_000,
    300_000,
];

/// Who came later than the others, by their place among the specialists.
const HIRED: [(usize, Date); 2] = [(8, date(2026, 6, 8)), (31, date(2026, 9, 14))];
/// The days on which they came.
pub fn hired_later() -> [Date; 2] {
    HIRED.map(|(_, on)| on)
}

/// Whom the first of them followed: a person who left.
pub const LEFT: Leaver = Leaver { code: "E000079", name: "章程", team: "T0002", on: date(2026, 5, 29) };
/// Who moved from one team to another.
pub const MOVED: Mover = Mover { specialist: 22, from: "T0004", on: date(2025, 7, 1) };

pub struct Leaver {
    pub code: &'static str,
    pub name: &'static str,
    pub team: &'static str,
    pub on: Date,
}

pub struct Mover {
    pub specialist: usize,
    pub from: &'static str,
    pub on: Date,
}

/// When everybody else was hired.
const LONG_AGO: Date = date(2021, 3, 1);

/// Somebody who sells.
pub struct Seat {
    pub code: String,
    pub name: &'static str,
    pub unit: &'static str,
    pub position: &'static str,
    pub hired: Date,
    pub left: Option<Date>,
    /// Target of the third quarter of 2026, in yuan.
    pub quarter: i64,
    /// Its place among all.
    pub number: usize,
    /// Its place among the specialists in the order of the teams; a leader has none.
    pub specialist: Option<usize>,
}

impl Seat {
    /// The first two digits after the letter say the region: three teams each.
    pub fn region(&self) -> usize {
        (self.team() - 1) / 3
    }

    /// Its place among all, to reckon with.
    pub fn turn(&self) -> i64 {
        i64::try_from(self.number).unwrap_or_default()
    }

    /// The number of the team, from 1.
    pub fn team(&self) -> usize {
        self.unit.trim_start_matches(['T', '0']).parse().unwrap_or(1)
    }
}

/// Leaders, then specialists, then who left.
pub fn seats() -> Vec<Seat> {
    let teams = || UNITS.iter().filter(|unit| unit.code.starts_with('T'));
    let mut seats: Vec<Seat> = Vec::new();
    for (team, quarter) in teams().zip(LEADERS) {
        let (code, name) = team.leader;
        add(&mut seats, code.to_owned(), name, (team.code, "team_leader"), quarter);
    }
    let specialists = TEAMS
        .iter()
        .flat_map(|(team, quarter, names)| names.iter().map(move |name| (*team, *quarter, *name)));
    for (at, (team, quarter, name)) in specialists.enumerate() {
        add(&mut seats, specialist_code(at), name, (team, "specialist"), quarter);
        if let Some(seat) = seats.last_mut() {
            seat.specialist = Some(at);
            seat.hired = HIRED.iter().find(|(late, _)| *late == at).map_or(LONG_AGO, |(_, on)| *on);
        }
    }
    add(&mut seats, LEFT.code.to_owned(), LEFT.name, (LEFT.team, "specialist"), 900_000);
    if let Some(seat) = seats.last_mut() {
        seat.left = Some(LEFT.on);
    }
    seats
}

/// The first specialist is the one everybody signs in as: number 13 of the company.
fn specialist_code(at: usize) -> String {
    format!("E{:06}", if at == 0 { 13 } else { 18 + at })
}

fn add(
    seats: &mut Vec<Seat>,
    code: String,
    name: &'static str,
    (unit, position): (&'static str, &'static str),
    quarter: i64,
) {
    let (number, hired) = (seats.len(), LONG_AGO);
    seats.push(Seat { code, name, unit, position, hired, left: None, quarter, number, specialist: None });
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn sixty_salespeople_have_codes_and_names_of_their_own() {
        let seats = seats();
        assert_eq!(seats.iter().filter(|seat| seat.specialist.is_some()).count(), 60);
        let codes: BTreeSet<&str> = seats.iter().map(|seat| seat.code.as_str()).collect();
        let names: BTreeSet<&str> = seats.iter().map(|seat| seat.name).collect();
        assert_eq!((codes.len(), names.len()), (seats.len(), seats.len()));
        let leaders: BTreeSet<&str> = UNITS.iter().map(|unit| unit.leader.0).collect();
        assert_eq!(leaders.len(), UNITS.len());
    }

    #[test]
    fn the_third_quarter_of_the_channels_is_five_million() {
        let of = |team: &str| -> i64 {
            seats().iter().filter(|seat| seat.unit == team).map(|seat| seat.quarter).sum()
        };
        assert_eq!((of("T0010"), of("T0011"), of("T0012")), (1_500_000, 2_000_000, 1_500_000));
    }
}
