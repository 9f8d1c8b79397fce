//! A sample explanation.

use dacheng_domain::Fen;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};

use super::dashboard::basis;
use super::{Sample, amount, rate, regions, sample, say, shell_at};
use crate::components::{Column, Figure, Link, Value};
use crate::pages::explain::{ExplainPage, FactRow, Facts, TargetLine};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let blank = ExplainPage {
        figure: Figure::plain(Value::Blank(Blank::NoTarget)),
        exact: String::new(),
        reasons: vec![
            say(lang, "没有目标，因此没有完成率。", "There is no target, so there is no attainment.")
                .to_owned(),
        ],
        target: None,
        parts: Vec::new(),
        months: Vec::new(),
        counted: None,
        left_out: None,
        ..explain(lang, theme)
    };
    vec![sample("/explain", explain(lang, theme)), sample("/explain/blank", blank)]
}

fn explain(lang: Lang, theme: Theme) -> ExplainPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let fact = |key: &str,
                date: &str,
                customer: (&str, &str),
                member: (&str, &str),
                counted: Option<i64>,
                why: (&str, &str)| FactRow {
        key: key.to_owned(),
        date: date.to_owned(),
        customer: s(customer.0, customer.1),
        member: s(member.0, member.1),
        counted: Figure::plain(counted.map_or(Value::Blank(Blank::NoBase), |fen| Value::Money(Fen(fen)))),
        why: s(why.0, why.1),
        under: None,
    };
    let heads = || vec![lang.explain().counts().to_owned()];
    let scope = |zh, en, value: (&str, &str)| (s(zh, en), s(value.0, value.1));
    ExplainPage {
        rubrics: Vec::new(),
        shell: shell_at(
            lang,
            theme,
            Room::Targets,
            &[(say(lang, "目标总览", "Targets"), "/targets"), (regions(lang)[0].0, "/targets/hd")],
        ),
        title: s("华东大区 2026年11月 销售额", "East, revenue, Nov 2026"),
        basis: basis(lang),
        figure: Figure::plain(amount(4_286, "unit:hd").value),
        exact: s("4,286,000.00 元", "CNY 4,286,000.00"),
        made_of: Vec::new(),
        definition: super::targets::definition(lang, dacheng_domain::metrics::Metric::Revenue),
        window: Vec::new(),
        formula: dacheng_text::metric::formula(lang, dacheng_domain::metrics::Metric::Revenue).into_owned(),
        scope: vec![
            scope(
                "对象",
                "Owner",
                ("华东大区（按订单日期所在部门）", "East (by the unit on the day of the order)"),
            ),
            scope("期间", "Period", ("2026-11-01 至 2026-11-22", "2026-11-01 to 2026-11-22")),
            scope("收入口径", "Basis", ("签约日，含税", "signing, with tax")),
            scope("指标版本", "Metric version", ("第 1 版", "version 1")),
        ],
        reasons: Vec::new(),
        column: Column::Money(money::Column::Fen),
        counted: Some(Facts {
            summary: s("128 笔订单，合计 4,286,000.00 元", "128 orders, CNY 4,286,000.00"),
            rows: vec![
                fact(
                    "SO-2026-11-0412",
                    "11-18",
                    ("苏州博瑞精密", "Borui Precision"),
                    ("孙悦", "Sun Yue"),
                    Some(10_800_000),
                    ("与杭州组分成 60 / 40", "shared 60 / 40 with Hangzhou"),
                ),
                fact(
                    "SO-2026-11-0398",
                    "11-17",
                    ("昆山联创电子", "Lianchuang"),
                    ("王敏刚", "Wang Mingang"),
                    Some(9_650_000),
                    ("", ""),
                ),
                fact(
                    "RT-2026-11-0021",
                    "11-16",
                    ("上海恒泰", "Hengtai"),
                    ("陈思远", "Chen Siyuan"),
                    Some(-1_200_000),
                    ("退货，冲减", "a return"),
                ),
            ],
            heads: heads(),
            first: None,
            next: Some("?cursor=2026-11-16.3".to_owned()),
        }),
        left_out: Some(Facts {
            summary: s("3 笔，合计 86,500.00 元", "3 facts, CNY 86,500.00"),
            rows: vec![
                fact(
                    "SO-2026-11-0420",
                    "11-20",
                    ("无锡华光", "Huaguang"),
                    ("赵敏", "Zhao Min"),
                    None,
                    ("手工录入，待销售运营确认", "entered by hand, to be confirmed"),
                ),
                fact(
                    "SO-2026-11-0377",
                    "11-12",
                    ("南通星辰", "Xingchen"),
                    ("孙悦", "Sun Yue"),
                    None,
                    ("已取消", "cancelled"),
                ),
                fact(
                    "SO-2026-10-0991",
                    "10-30",
                    ("宁波海天", "Haitian"),
                    ("马骏", "Ma Jun"),
                    None,
                    ("订单日期在 10 月", "dated in October"),
                ),
            ],
            heads: heads(),
            first: None,
            next: None,
        }),
        target: Some(TargetLine {
            target: amount(5_200, "unit:hd"),
            attainment: Figure::plain(Value::Rate(rate(824))),
            version: s("第 2 版，自 2026年10月起", "version 2, from Oct 2026"),
            source: s("2026年度计划", "Plan 2026"),
        }),
        parts: vec![
            (Link::new(s("上海组", "Shanghai"), "/explain?owner=unit:sh"), amount(1_747, "unit:sh")),
            (Link::new(s("苏州组", "Suzhou"), "/explain?owner=unit:sz"), amount(1_496, "unit:sz")),
            (Link::new(s("杭州组", "Hangzhou"), "/explain?owner=unit:hz"), amount(1_043, "unit:hz")),
        ],
        months: Vec::new(),
    }
}
