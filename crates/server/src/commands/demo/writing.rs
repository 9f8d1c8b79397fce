//! What the people of the demo company write into their improvement plans.

use dacheng_app::tracking::improvement::{Step, Written};
use dacheng_domain::calendar::Month;
use jiff::ToSpan;
use jiff::civil::Date;

/// Why a plan is returned.
pub const RETURNED_BECAUSE: &str = "措施没有落到客户名单，请补充每家客户的负责人和预计签约时间。";
/// What is noted of the progress after a fortnight.
pub const NOTE: &str = "在谈商机已全部确认，3 家预计本月签约；大客户协访完成 1 家。";
/// What is added for a further month.
pub const UPDATE: &str = "本月仍低于目标：两家大客户的签约推迟到下月。增加每周两次的协访，由组长陪同报价。";

const CAUSES: [&str; 3] = [
    "两家老客户把采购推迟到下季度，新客户跟进不足，在谈金额只够目标的六成。",
    "主推型号缺货三周，已签合同无法按期交付，回款随之推迟。",
    "客户拜访量比上季度下降约三成，商机储备不足，报价后的跟进间隔过长。",
];

/// A plan written on a day by somebody, checked by somebody, to be judged in a month.
pub fn written(turn: usize, (writer, checker): (&str, &str), (on, judged): (Date, Month)) -> Written {
    let step = |what: &str, who: &str, from: i64, by: i64| Step {
        what: what.to_owned(),
        who: who.to_owned(),
        from: Some(on.saturating_add(from.days())),
        by: on.saturating_add(by.days()),
        progress: 0,
    };
    Written {
        cause: CAUSES[turn % CAUSES.len()].to_owned(),
        goal: format!("{}月完成率恢复到 85% 以上，{}月追回缺口的一半", on.month(), judged.number()),
        actions: vec![
            step("梳理在谈商机，逐一确认签约和付款时间", writer, 1, 6),
            step("每周拜访 5 家重点客户，当天记录跟进结果", writer, 4, 23),
            step("协访 2 家大客户", checker, 8, 21),
        ],
        support: "产品部提供新品资料和样机 1 台".to_owned(),
        last_month: judged,
    }
}
