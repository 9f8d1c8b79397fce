//! What the targets of the demo company are for, and what some are asked for that no fact measures.

use dacheng_app::allocation::Owner;
use dacheng_app::demo::YEAR;
use dacheng_app::planning::objectives::{Said, Target, create, link};
use dacheng_app::planning::rubrics::{self, NewRubric};
use dacheng_app::{App, Error, Result};
use dacheng_domain::calendar::Month;
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::rubric::Score;
use jiff::civil::{Date, date};

use super::agenda::Hour;
use super::cast::{OPERATIONS, at, signed_in};

const KEPT: Date = date(2025, 12, 25);
/// When the third quarter of a leader is scored.
pub const SCORED: (Date, Hour) = (date(2026, 10, 13), (11, 20));
/// 周岚 leads the east, 王敏刚 one of its teams, 李喆 sells in it; 杨帆 is marketing.
const REGION_MANAGER: &str = "E000002";
const LEADER: &str = "E000004";
const MARKETING: &str = "X000003";
const SPECIALIST: &str = "E000013";

const PARTNERS: [&str; 5] = [
    "没有与渠道沟通",
    "只在出问题时沟通",
    "每月与主要渠道例会",
    "与主要渠道有共同的季度计划",
    "渠道主动带来新客户",
];
const COACHING: [&str; 5] =
    ["没有辅导记录", "只辅导新人", "每月辅导每名组员一次", "辅导后有改进记录", "组员能独立带新人"];

/// Operations keep what the executive decided: two objectives, one of them served by the east's revenue.
pub fn keep(app: &App) -> Result<()> {
    let now = &at(app, KEPT, (10, 15));
    let operations = signed_in(now, OPERATIONS)?;
    let said = |code: &str, name: &str, description: &str| Said {
        code: code.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        year: YEAR,
        owner: "E000001".to_owned(),
    };
    let east = create(
        now,
        &operations,
        &said("S1", "拓展华东市场", "三年内在华东进入行业前三，先做深苏州、杭州、上海。"),
    )?;
    let target = Target { plan: YEAR.to_string(), metric: Metric::Revenue, unit: "R0001".to_owned() };
    link(now, &operations, "S1", &target, east.version)?;
    create(now, &operations, &said("S2", "提升新产品占比", "新产品占销售额三成，减少对老产品的依赖。"))?;
    rubrics::set(now, &operations, &rubric("团队辅导", LEADER, REGION_MANAGER, (7, 9), COACHING)?)?;
    rubrics::set(now, &operations, &rubric("渠道伙伴关系", SPECIALIST, MARKETING, (10, 12), PARTNERS)?)
        .map(drop)
}

fn rubric(
    name: &str,
    owner: &str,
    rater: &str,
    (first, last): (i8, i8),
    levels: [&str; 5],
) -> Result<NewRubric> {
    let month = |number| Month::new(YEAR, number).ok_or_else(|| Error::Internal("month".to_owned()));
    Ok(NewRubric {
        name: name.to_owned(),
        owner: Owner::member(owner),
        rater: rater.to_owned(),
        months: (month(first)?, month(last)?),
        target: Score::ALL[3],
        levels: levels.map(str::to_owned),
    })
}

/// The region's manager scores what the leader was asked for in the third quarter.
pub fn score(app: &App) -> Result<()> {
    let manager = signed_in(app, REGION_MANAGER)?;
    let part = rubrics::list(app, &manager, None, 10)?;
    for own in part.rubrics.iter().filter(|own| own.to_rate) {
        let note = "每月都辅导到人，改进记录还不完整。";
        rubrics::rate(app, &manager, own.kept.id, Score::ALL[2], note, own.kept.version)?;
    }
    Ok(())
}
