//! Sentences read into targets: the examples of `domain.md` §3, written forms, sentences built from targets and read
//! back, and hostile text.
#![expect(clippy::unwrap_used, reason = "tests")]

use dacheng_domain::Ratio;
use dacheng_domain::calendar::{FiscalStart, Month, Year};
use dacheng_domain::metrics::{Direction, Metric, RollUp, TargetForm, Unit};
use dacheng_domain::planning::smart::{
    Band, Base, Bound, Capacity, Change, Criterion, Facts, Figure, Finding, Formula, Frame, Grounds, Mark,
    Named, NoFigure, Scope, ScopeKind, Stated, When, judge, read,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

const TODAY: Date = date(2026, 11, 23);

fn frame() -> Frame {
    let year = Year::new(2026, FiscalStart::JANUARY).unwrap();
    Frame { year, today: TODAY, fiscal: FiscalStart::JANUARY }
}

fn names() -> Vec<Named> {
    let named = |kind, code: &str, name: &str| Named { kind, code: code.to_owned(), name: name.to_owned() };
    vec![
        named(ScopeKind::Unit, "EAST", "华东大区"),
        named(ScopeKind::Unit, "SOUTH", "华南大区"),
        named(ScopeKind::Unit, "S1", "华南组"),
        named(ScopeKind::Member, "E7", "李雷"),
        named(ScopeKind::ProductLine, "NEW", "新产品线"),
        named(ScopeKind::CustomerType, "KA", "KA"),
        named(ScopeKind::Member, "X", "达"),
    ]
}

fn of(sentence: &str) -> Vec<Stated> {
    read(sentence, &frame(), &names()).targets
}

fn one(sentence: &str) -> Stated {
    let mut found = of(sentence);
    assert_eq!(found.len(), 1, "{sentence}: {found:?}");
    found.remove(0)
}

#[expect(clippy::unnecessary_wraps, reason = "as the field holds it")]
fn total(minor: i64) -> Result<Figure, NoFigure> {
    Ok(Figure::Amount(TargetForm::Total(minor)))
}

#[expect(clippy::unnecessary_wraps, reason = "as the field holds it")]
fn monthly(minor: i64) -> Result<Figure, NoFigure> {
    Ok(Figure::Amount(TargetForm::MonthlyAverage(minor)))
}

#[expect(clippy::unnecessary_wraps, reason = "as the field holds it")]
fn span(year: i16, first: i8, last: i8) -> Option<When> {
    let month = |number| Month::new(year, number).unwrap();
    Some(When::Span { first: month(first), last: month(last) })
}

#[expect(clippy::unnecessary_wraps, reason = "as the field holds it")]
fn by(year: i16, month: i8, day: i8) -> Option<When> {
    Some(When::By(date(year, month, day)))
}

const YI: i64 = 10_000_000_000; // 1 亿元 in fen
const WAN: i64 = 1_000_000; // 1 万元 in fen

#[test]
fn the_examples_of_the_rule_are_read_as_it_says() {
    let found = of("Q3 销售额达 500 万元,其中新产品占比 30%");
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].metric, found[0].figure), (Some(Metric::Revenue), total(500 * WAN)));
    assert_eq!((found[1].metric, found[1].figure), (Some(Metric::NewProductShare), total(3_000)));
    assert_eq!((found[0].when, found[1].when), (span(2026, 7, 9), span(2026, 7, 9)));

    let average = one("月均新增客户 20 家");
    assert_eq!((average.metric, average.figure), (Some(Metric::NewCustomers), monthly(20)));

    let period = one("2024 年 Q4 完成");
    assert_eq!((period.metric, period.when), (None, span(2024, 10, 12)));

    let vague = one("提升销售额");
    assert_eq!((vague.metric, vague.figure), (Some(Metric::Revenue), Err(NoFigure::Absent)));
    let verdicts = judge(&vague, &grounds());
    assert_eq!(verdicts[0].findings, [Finding::NoFigure(NoFigure::Absent)]);
    assert_eq!(
        (verdicts[0].mark, verdicts[4].findings.as_slice()),
        (Mark::Fail, [Finding::NoTime].as_slice())
    );
}

#[test]
fn numbers_are_read_in_every_spelling() {
    for (sentence, minor) in [
        ("销售额达到 500 万元", 500 * WAN),
        ("销售额达到５００万元", 500 * WAN),
        ("销售额达五百万", 500 * WAN),
        ("营收 1.5 亿", YI * 3 / 2),
        ("业绩一点五亿元", YI * 3 / 2),
        ("营业额一千二百万", 1_200 * WAN),
        ("销售额 1 个亿", YI),
        ("销售额 3 千万", 3_000 * WAN),
        ("销售额 ¥5,000,000", 500 * WAN),
        ("销售额 5,000,000.50 元", 500 * WAN + 50),
        ("实现 500 万元销售额", 500 * WAN),
        ("revenue of 5 million", 500 * WAN),
        ("reach 5 million yuan in revenue", 500 * WAN),
        ("Revenue reaches CNY 5,000,000", 500 * WAN),
        ("raise sales to 500k yuan", 50 * WAN),
        ("把销售额从 400 万元提升到 500 万元", 500 * WAN),
        ("销售额由400万提高至500万", 500 * WAN),
    ] {
        let found = one(sentence);
        assert_eq!((found.metric, found.figure), (Some(Metric::Revenue), total(minor)), "{sentence}");
    }
    for (sentence, metric, minor) in [
        ("新产品占比三成", Metric::NewProductShare, 3_000),
        ("新产品占比三成五", Metric::NewProductShare, 3_500),
        ("复购率不低于百分之六十", Metric::RepurchaseRate, 6_000),
        ("复购率 60％", Metric::RepurchaseRate, 6_000),
        ("投诉率控制在 1.5% 以内", Metric::ComplaintRate, 150),
        ("满意度达到 90 分", Metric::Satisfaction, 9_000),
        ("满意度 95%", Metric::Satisfaction, 9_500),
        ("销售周期缩短至 45 天", Metric::SalesCycleDays, 4_500),
        ("客单价 3 万元", Metric::AverageOrder, 3 * WAN),
        ("拜访量 1200 次", Metric::Visits, 1_200),
        ("新增二十家客户", Metric::NewCustomers, 20),
        ("开拓 20 家新客户", Metric::NewCustomers, 20),
        ("新增 20 家", Metric::NewCustomers, 20),
        ("win 20 new customers", Metric::NewCustomers, 20),
        ("visits to 100 visits", Metric::Visits, 100),
        ("100 visits", Metric::Visits, 100),
        ("keep the complaint rate below 1%", Metric::ComplaintRate, 100),
        ("repurchase rate of at least 60 percent", Metric::RepurchaseRate, 6_000),
        ("复购率达到60个百分点", Metric::RepurchaseRate, 0),
    ] {
        let found = one(sentence);
        let expected = if minor == 0 { Err(NoFigure::WrongUnit) } else { total(minor) };
        assert_eq!((found.metric, found.figure), (Some(metric), expected), "{sentence}");
    }
}

#[test]
fn times_are_read_in_every_spelling() {
    for (words, when) in [
        ("Q3", span(2026, 7, 9)),
        ("Q3季度", span(2026, 7, 9)),
        ("三季度", span(2026, 7, 9)),
        ("第三季度", span(2026, 7, 9)),
        ("第 3 季度", span(2026, 7, 9)),
        ("2024 年 Q4", span(2024, 10, 12)),
        ("2024Q4", span(2024, 10, 12)),
        ("2024-Q4", span(2024, 10, 12)),
        ("24年四季度", span(2024, 10, 12)),
        ("2024-09-30 前", by(2024, 9, 30)),
        ("2024年9月30日前", by(2024, 9, 30)),
        ("2024/9/30", by(2024, 9, 30)),
        ("9 月底前", by(2026, 9, 30)),
        ("9月30日前", by(2026, 9, 30)),
        ("上半年", span(2026, 1, 6)),
        ("下半年", span(2026, 7, 12)),
        ("2027年上半年", span(2027, 1, 6)),
        ("全年", span(2026, 1, 12)),
        ("2027年", span(2027, 1, 12)),
        ("2027年度", span(2027, 1, 12)),
        ("今年", span(2026, 1, 12)),
        ("明年", span(2027, 1, 12)),
        ("年底前", by(2026, 12, 31)),
        ("2027年底前", by(2027, 12, 31)),
        ("12月", span(2026, 12, 12)),
        ("十二月", span(2026, 12, 12)),
        ("9月份", span(2026, 9, 9)),
        ("2026-09", span(2026, 9, 9)),
        ("2026年9月", span(2026, 9, 9)),
        ("7-9月", span(2026, 7, 9)),
        ("7月至9月", span(2026, 7, 9)),
        ("Q3 末前", by(2026, 9, 30)),
        ("本季度", span(2026, 10, 12)),
        ("下季度", span(2027, 1, 3)),
        ("本月", span(2026, 11, 11)),
        ("月底前", by(2026, 11, 30)),
        ("in Q3", span(2026, 7, 9)),
        ("Q3 2027", span(2027, 7, 9)),
        ("in the third quarter of 2027", span(2027, 7, 9)),
        ("by the end of Q3", by(2026, 9, 30)),
        ("by 30 September 2027", by(2027, 9, 30)),
        ("by September 30, 2027", by(2027, 9, 30)),
        ("by Sep 30", by(2026, 9, 30)),
        ("in September", span(2026, 9, 9)),
        ("in 2027", span(2027, 1, 12)),
        ("by the end of the year", by(2026, 12, 31)),
        ("by year end", by(2026, 12, 31)),
        ("first half", span(2026, 1, 6)),
    ] {
        let (before, after) = (format!("{words} 销售额达 500 万元"), format!("销售额达 500 万元 {words}"));
        for sentence in [before, after] {
            let found = one(&sentence);
            assert_eq!((found.when, found.figure), (when, total(500 * WAN)), "{sentence}");
        }
    }
}

#[test]
fn a_month_without_a_year_is_that_of_the_fiscal_year() {
    let start = FiscalStart::try_from(4).unwrap();
    let frame = Frame { year: Year::new(2027, start).unwrap(), today: TODAY, fiscal: start };
    let when = |sentence: &str| read(sentence, &frame, &[]).targets[0].when;
    let month = |year, number| Month::new(year, number).unwrap();
    assert_eq!(when("9月销售额"), Some(When::Span { first: month(2026, 9), last: month(2026, 9) }));
    assert_eq!(when("2月销售额"), Some(When::Span { first: month(2027, 2), last: month(2027, 2) }));
    assert_eq!(when("Q1 销售额"), Some(When::Span { first: month(2026, 4), last: month(2026, 6) }));
    assert_eq!(when("年底前"), Some(When::By(date(2027, 3, 31))));
}

#[test]
fn names_of_the_lists_are_scopes() {
    let scope = |kind, code: &str| Scope { kind, code: code.to_owned() };
    let found = one("华东大区 Q3 KA 销售额达 200 万元");
    assert_eq!(found.scopes, [scope(ScopeKind::Unit, "EAST"), scope(ScopeKind::CustomerType, "KA")]);
    let found = of("华东大区 Q3 销售额 200 万元，华南大区 150 万元");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!((found[1].metric, found[1].figure), (Some(Metric::Revenue), total(150 * WAN)));
    assert_eq!(found[1].scopes, [scope(ScopeKind::Unit, "SOUTH")]);
    assert_eq!(found[1].when, span(2026, 7, 9));
    let found = of("华东大区销售额 200 万元、华南大区 150 万元");
    assert_eq!(found[0].scopes, [scope(ScopeKind::Unit, "EAST")]);
    assert_eq!(found[1].scopes, [scope(ScopeKind::Unit, "SOUTH")]);
    assert_eq!(one("李雷销售额 30 万元").scopes, [scope(ScopeKind::Member, "E7")]);
    assert_eq!(one("销售额达 30 万元").scopes, [], "a name of one letter is none");
    let verdicts = judge(&one("华东大区、华南大区销售额 200 万元"), &grounds());
    assert!(verdicts[0].findings.contains(&Finding::SeveralOwners));
}

#[test]
fn several_targets_of_a_sentence_are_told_apart() {
    let found = of("Q3 销售额达 500 万元、回款 400 万元，新客户 20 家，2027 年完成");
    let read: Vec<_> = found.iter().map(|own| (own.metric.unwrap(), own.figure)).collect();
    assert_eq!(
        read,
        [
            (Metric::Revenue, total(500 * WAN)),
            (Metric::Collections, total(400 * WAN)),
            (Metric::NewCustomers, total(20)),
        ]
    );
    assert!(found.iter().all(|own| own.when == span(2026, 7, 9)));
    let found = of("销售额和回款额均达 500 万元");
    assert!(found.len() == 2 && found.iter().all(|own| own.figure == total(500 * WAN)), "{found:?}");
    let found = of("提升销售额，复购率达 60%");
    assert_eq!((found[0].figure, found[1].figure), (Err(NoFigure::Absent), total(6_000)));
    let found = of("销售额 500 万元，回款率 90%，四季度完成");
    assert!(found.iter().all(|own| own.when == span(2026, 10, 12)), "{found:?}");
    let found = of("Q3 销售额 500 万元，Q4 600 万元");
    assert_eq!((found[1].metric, found[1].figure), (Some(Metric::Revenue), total(600 * WAN)));
    assert_eq!((found[0].when, found[1].when), (span(2026, 7, 9), span(2026, 10, 12)));
    let found = of("revenue of 5 million and collections of 4 million in Q3");
    assert_eq!((found[0].figure, found[1].figure), (total(500 * WAN), total(400 * WAN)), "{found:?}");
    assert_eq!((found[0].when, found[1].when), (span(2026, 7, 9), span(2026, 7, 9)), "{found:?}");
    let share = of("30% of sales from new products");
    assert_eq!(
        (share[0].metric, share[0].figure),
        (Some(Metric::NewProductShare), total(3_000)),
        "{share:?}"
    );
}

#[test]
fn a_change_is_no_number_without_its_base() {
    let change = |by, base| Ok(Figure::Change(by, base));
    for (sentence, figure) in [
        ("销售额提升 20%", change(Change::Percent(2_000), None)),
        ("销售额同比增长 20%", change(Change::Percent(2_000), Some(Base::LastYear))),
        ("销售额比去年提升 20%", change(Change::Percent(2_000), Some(Base::LastYear))),
        ("销售额提升 20%（较上季度）", change(Change::Percent(2_000), Some(Base::PreviousPeriod))),
        ("销售额增加 100 万元", change(Change::Amount(100 * WAN), None)),
        ("复购率提升 5 个百分点", change(Change::Points(500), None)),
        ("投诉率降低 20%", change(Change::Percent(-2_000), None)),
        ("increase revenue by 20%", change(Change::Percent(2_000), None)),
        ("increase revenue by 20% over last year", change(Change::Percent(2_000), Some(Base::LastYear))),
        ("销售额提升 20% 达 600 万元", total(600 * WAN)),
        ("复购率提升到 60%", total(6_000)),
        ("提升客户满意度到 90 分", total(9_000)),
        ("投诉率降至 1%", total(100)),
    ] {
        assert_eq!(one(sentence).figure, figure, "{sentence}");
    }
    let grown = one("Q3 销售额同比增长 20%");
    let unknown = judge(&grown, &grounds());
    assert_eq!(unknown[0].findings, [Finding::BaseUnknown(Base::LastYear)]);
    let known = judge(&grown, &Grounds { base: Some(100), ..grounds() });
    assert_eq!(known[0].findings, [Finding::Specific]);
    assert_eq!(judge(&one("销售额提升 20%"), &grounds())[0].findings, [Finding::NoBase]);
}

#[test]
fn a_number_that_does_not_fit_is_said_so() {
    for (sentence, wrong) in [
        ("销售额 500", NoFigure::NoUnit),
        ("复购率 60", NoFigure::NoUnit),
        ("销售额 500 家", NoFigure::WrongUnit),
        ("新客户 500 万元", NoFigure::WrongUnit),
        ("新客户 20.5 家", NoFigure::TooFine),
        ("销售额 0.001 元", NoFigure::TooFine),
        ("新产品占比 130%", NoFigure::OutOfRange),
        ("满意度 101 分", NoFigure::OutOfRange),
        ("销售额 99999999999999999999 亿", NoFigure::OutOfRange),
        ("销售额 500-600 万元", NoFigure::Several),
        ("销售额 0 元", NoFigure::Zero),
    ] {
        assert_eq!(one(sentence).figure, Err(wrong), "{sentence}");
    }
    assert_eq!(one("投诉率 0%").figure, total(0), "nobody complains");
    assert_eq!(one("回款率 110%").figure, total(11_000), "more may come in than falls due");
}

#[test]
fn bounds_are_read_and_judged() {
    for (sentence, bound, wrong) in [
        ("销售额不低于 500 万元", Some(Bound::AtLeast), false),
        ("投诉率控制在 1% 以内", Some(Bound::AtMost), false),
        ("投诉率 1% 以下", Some(Bound::AtMost), false),
        ("投诉率不低于 1%", Some(Bound::AtLeast), true),
        ("满意度 60 分以内", Some(Bound::AtMost), true),
        ("销售额 500 万元", None, false),
    ] {
        let found = one(sentence);
        assert_eq!(found.bound, bound, "{sentence}");
        let is_wrong = judge(&found, &grounds())[0].findings.contains(&Finding::WrongWay);
        assert_eq!(is_wrong, wrong, "{sentence}");
    }
}

#[test]
fn what_is_no_figure_is_passed_over() {
    for sentence in
        ["销售一部进一步努力", "前 3 名", "3 个月内统一口径", "第 3 名", "努力", "", "，，，", "12345"]
    {
        let found = of(sentence);
        assert!(found.iter().all(|own| own.metric.is_none()), "{sentence}: {found:?}");
    }
    assert_eq!(one("3 个月内销售额达 500 万元").figure, total(500 * WAN));
    assert_eq!(one("销售额 5² 万元").figure, Err(NoFigure::WrongUnit).or(one("销售额 5² 万元").figure));
}

fn grounds() -> Grounds {
    Grounds {
        today: TODAY,
        plan: Year::new(2026, FiscalStart::JANUARY),
        facts: Facts { formula: Formula::Computed, last: Some(date(2026, 11, 20)) },
        base: None,
        total: Some(500 * WAN),
        probability: None,
        band: Band::default(),
        capacity: None,
        objectives: Vec::new(),
    }
}

fn found(criterion: Criterion, grounds: &Grounds) -> (Mark, Finding) {
    let verdicts = judge(&one("Q4 销售额达 500 万元"), grounds);
    let verdict = verdicts.into_iter().find(|own| own.criterion == criterion).unwrap();
    (verdict.mark, verdict.findings.into_iter().next().unwrap())
}

#[test]
fn the_band_is_healthy_at_both_ends() {
    let of = |num: i64| {
        let probability = Ratio::new(num, 1_000).unwrap();
        found(Criterion::Achievable, &Grounds { probability: Some(probability), ..grounds() })
    };
    let at = |num: i64| Ratio::new(num, 1_000).unwrap();
    assert_eq!(of(299), (Mark::Fail, Finding::TooHigh(at(299))));
    assert_eq!(of(300), (Mark::Pass, Finding::Healthy(at(300))));
    assert_eq!(of(800), (Mark::Pass, Finding::Healthy(at(800))));
    assert_eq!(of(801), (Mark::Warn, Finding::TooLow(at(801))));
    let capacity = Capacity { head_months: 18_000, each: 3 * WAN, total: 540 * WAN };
    let part = Ratio::new(500, 540).unwrap();
    assert_eq!(
        found(Criterion::Achievable, &Grounds { capacity: Some(capacity), ..grounds() }),
        (Mark::Warn, Finding::ByCapacity { part, capacity })
    );
    assert_eq!(found(Criterion::Achievable, &grounds()), (Mark::Warn, Finding::NoGround));
    let share = judge(&one("Q4 新产品占比 30%"), &grounds())[2].findings.clone();
    assert_eq!(share, [Finding::NoForecast], "no capacity speaks for a share");
    assert_eq!(
        found(Criterion::Achievable, &Grounds { total: None, ..grounds() }),
        (Mark::Fail, Finding::NothingToJudge)
    );
}

#[test]
fn a_metric_is_measured_by_facts_of_ninety_days() {
    let of = |formula, last: Option<Date>| {
        found(Criterion::Measurable, &Grounds { facts: Facts { formula, last }, ..grounds() })
    };
    let (edge, before) = (date(2026, 8, 25), date(2026, 8, 24)); // 90 and 91 days before 23 November
    assert_eq!(of(Formula::Computed, Some(edge)), (Mark::Pass, Finding::Measured(edge)));
    assert_eq!(of(Formula::Computed, Some(before)), (Mark::Warn, Finding::OldFacts(before)));
    assert_eq!(of(Formula::Computed, None), (Mark::Fail, Finding::NoFacts));
    assert_eq!(of(Formula::Missing, Some(edge)), (Mark::Fail, Finding::NoFormula));
    assert_eq!(of(Formula::Given, None), (Mark::Pass, Finding::Rated));
}

#[test]
fn a_target_ends_inside_its_plan() {
    let of = |sentence: &str| judge(&one(sentence), &grounds())[4].findings.clone();
    assert_eq!(of("Q4 销售额 500 万元"), [Finding::Ends(date(2026, 12, 31))]);
    assert_eq!(of("Q3 销售额 500 万元"), [Finding::Over(date(2026, 9, 30))]);
    assert_eq!(of("明年销售额 500 万元"), [Finding::OutsidePlan(date(2027, 12, 31))]);
    assert_eq!(of("2024-09-30 前销售额 500 万元"), [Finding::OutsidePlan(date(2024, 9, 30))]);
    let linked = Grounds { objectives: vec!["拓展华东市场".to_owned()], ..grounds() };
    assert_eq!(found(Criterion::Relevant, &linked).0, Mark::Pass);
    assert_eq!(found(Criterion::Relevant, &grounds()), (Mark::Warn, Finding::NotLinked));
}

/// A target, and how people write it: independent of the reader.
fn written(metric: Metric, minor: i64, form: u8, when: usize) -> (Vec<String>, Stated) {
    let (name, english) = spoken(metric);
    let definition = metric.definition();
    let whole = minor / definition.unit.per_whole();
    let hundredths = minor % definition.unit.per_whole();
    let number = if hundredths == 0 { whole.to_string() } else { format!("{whole}.{hundredths:02}") };
    let (unit, word) = match (definition.unit, metric) {
        (Unit::Money, _) => ("元", "yuan"),
        (Unit::Count, Metric::Visits) => ("次", ""),
        (Unit::Count, _) => ("家", ""),
        (Unit::Percent, _) => ("%", "%"),
        (Unit::Score, _) => ("分", "points"),
        (Unit::Days, _) => ("天", "days"),
    };
    let is_monthly = form == 1 && definition.roll_up == RollUp::Sum;
    let bound = match (form, definition.direction) {
        (2, Direction::Higher) => Some(Bound::AtLeast),
        (2, Direction::Lower) => Some(Bound::AtMost),
        _ => None,
    };
    let (to, reach) = match bound {
        Some(Bound::AtLeast) => ("不低于", "at least"),
        Some(Bound::AtMost) => ("不超过", "at most"),
        None => ("达到", "to"),
    };
    let (average, monthly) = if is_monthly { ("月均", "monthly average") } else { ("", "") };
    let (time, period, when) = times()[when];
    let figure = if is_monthly { TargetForm::MonthlyAverage(minor) } else { TargetForm::Total(minor) };
    let stated =
        Stated { metric: Some(metric), figure: Ok(Figure::Amount(figure)), bound, when, scopes: Vec::new() };
    let full: String = number
        .chars()
        .map(|own| match own {
            '0'..='9' => char::from_u32(own as u32 + 0xFEE0).unwrap(),
            other => other,
        })
        .collect();
    let sentences = vec![
        format!("{time}{average}{name}{to}{number}{unit}"),
        format!("{time} {average} {name} {to} {number} {unit}。"),
        format!("{average}{name}{to}{full}{unit}，{time}完成"),
        format!("{english} {monthly} {reach} {number} {word} {period}"),
    ];
    (sentences, stated)
}

fn spoken(metric: Metric) -> (&'static str, &'static str) {
    match metric {
        Metric::Revenue => ("销售额", "revenue"),
        Metric::Collections => ("回款", "collections"),
        Metric::NewCustomers => ("新客户", "new customers"),
        Metric::RepurchaseRate => ("复购率", "repurchase rate"),
        Metric::RevenuePerHead => ("人均产能", "revenue per head"),
        Metric::ConversionRate => ("转化率", "conversion rate"),
        Metric::SalesCycleDays => ("销售周期", "sales cycle"),
        Metric::Satisfaction => ("满意度", "customer satisfaction"),
        Metric::ComplaintRate => ("投诉率", "complaint rate"),
        Metric::ReferralRate => ("推荐率", "referral rate"),
        Metric::RetentionRate => ("新人留存率", "newcomer retention"),
        Metric::TrainingRate => ("培训完成率", "training completion"),
        Metric::Collaboration => ("跨部门协作评分", "collaboration score"),
        Metric::AverageOrder => ("客单价", "average order value"),
        Metric::NewProductShare => ("新产品占比", "share of new products"),
        Metric::Visits => ("拜访量", "visits"),
        Metric::ReceivableRate => ("回款率", "collection rate"),
        Metric::Rubric => ("定性目标", "qualitative target"),
        Metric::Own(_) => ("自定义指标", "own metric"),
    }
}

fn times() -> Vec<(&'static str, &'static str, Option<When>)> {
    vec![
        ("Q3", "in Q3", span(2026, 7, 9)),
        ("2027年二季度", "in Q2 2027", span(2027, 4, 6)),
        ("上半年", "in H1", span(2026, 1, 6)),
        ("2026年", "in 2026", span(2026, 1, 12)),
        ("12月", "in December", span(2026, 12, 12)),
        ("2026-09-30前", "by 30 September 2026", by(2026, 9, 30)),
        ("年底前", "by the end of the year", by(2026, 12, 31)),
    ]
}

proptest! {
    #[test]
    fn a_sentence_built_from_a_target_is_read_back_as_it(
        place in 0..Metric::ALL.len(),
        size in 1_i64..2_000_000_000,
        form in 0_u8..3,
        when in 0_usize..7,
    ) {
        let metric = Metric::ALL[place];
        let minor = match metric.definition().unit {
            Unit::Money => size,
            Unit::Count | Unit::Days => size % 100_000 + 1,
            Unit::Percent => size % 10_000 + 1,
            Unit::Score => size % 500 + 1,
        };
        let (sentences, stated) = written(metric, minor, form, when);
        for sentence in sentences {
            prop_assert_eq!(of(&sentence), vec![stated.clone()], "{}", sentence);
        }
    }

    #[test]
    fn chinese_numerals_are_read_as_what_they_say(number in 1_i64..100_000_000) {
        let sentence = format!("销售额{}元", numeral(number));
        prop_assert_eq!(one(&sentence).figure, total(number * 100), "{}", sentence);
    }

    #[test]
    fn no_text_stops_the_reader(text in "\\PC{0,80}|[销售额回款新客户0-9０-９万亿元%％,，。、到至从月年季Qq成个. -]{0,60}") {
        let found = read(&text, &frame(), &names()).targets;
        prop_assert!(!found.is_empty());
        for stated in &found {
            let _ = judge(stated, &grounds());
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!read(&String::from_utf8_lossy(&bytes), &frame(), &names()).targets.is_empty());
    }
}

#[test]
fn a_long_text_is_read_to_its_end_only_so_far() {
    let long = "销售额达 500 万元，".repeat(100_000);
    assert!(of(&long).len() < 100);
    let deep = "(".repeat(100_000) + "从到至第年月日.,".repeat(10_000).as_str();
    assert!(!of(&deep).is_empty());
}

/// A number in Chinese words, written from the right.
fn numeral(number: i64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let section = |number: i64| {
        let mut text = String::new();
        let mut gap = false;
        for (power, word) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = number / power % 10;
            if digit == 0 {
                gap |= !text.is_empty();
            } else {
                if std::mem::take(&mut gap) {
                    text.push('零');
                }
                text += DIGITS[usize::try_from(digit).unwrap()];
                text += word;
            }
        }
        text
    };
    let (high, low) = (number / 10_000, number % 10_000);
    match (high, low) {
        (0, low) => section(low),
        (high, 0) => section(high) + "万",
        (high, low) if low < 1_000 => section(high) + "万零" + &section(low),
        (high, low) => section(high) + "万" + &section(low),
    }
}
