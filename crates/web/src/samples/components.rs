//! The component gallery: every component in every state.

use askama::Template;
use dacheng_domain::Fen;
use dacheng_domain::planning::State;
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::improvement::PlanState;
use dacheng_text::countdown::Countdown;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, money};
use jiff::civil::date;

use super::{
    Sample, TODAY, amount, bullet, dashboard, periods, rate, sample, say, scopes, shell_at, targets, wan,
};
use crate::charts::{Amounts, Bullet, BurnUp, MonthColumns, Outlook, Waterfall, WaterfallStep};
use crate::components::{
    AccountState, Badge, Badged, Change, Choice, Column, Conflict, ConflictRow, DiffRow, Empty, ErrorSummary,
    Field, Figure, Icon, ImportState, Input, Link, MonthState, Note, PageBar, Pager, Progress, Sentence,
    SortHead, SortOrder, Standing, Steps, Tone, Value, countdown, countdown_cell,
};
use crate::shell::{Room, Shell, Theme};

pub(super) fn page(lang: Lang, theme: Theme, paths: Vec<&'static str>) -> Sample {
    sample("/_ui", gallery(lang, theme, paths))
}

#[derive(Template)]
#[template(path = "samples/components.html")]
struct Gallery {
    shell: Shell,
    paths: Vec<&'static str>,
    groups: Vec<(&'static str, Vec<String>)>,
    bar: PageBar,
}

fn gallery(lang: Lang, theme: Theme, paths: Vec<&'static str>) -> Gallery {
    Gallery {
        shell: shell_at(lang, theme, Room::Dashboard, &[]),
        paths,
        groups: vec![
            ("Badges and states", vec![badges(lang), states(lang)]),
            ("Figures", vec![figures(lang), changes(lang)]),
            ("Notes, sentences, deadlines", notes(lang)),
            ("Bullet bars", bullets()),
            ("Charts", charts(lang)),
            ("Pickers and pagers", pickers(lang)),
            ("Forms", forms(lang)),
            ("Lists and steps", lists(lang)),
            ("Empty states", empties(lang)),
            ("Icons", vec![icons()]),
        ],
        bar: PageBar {
            state: vec![say(lang, "15:42 已保存", "saved at 15:42").to_owned()],
            form: "sample",
            act: say(lang, "提交", "Submit").to_owned(),
            value: None,
            reason: None,
        },
    }
}

fn row(items: impl IntoIterator<Item = String>) -> String {
    format!("<div class=\"row\">{}</div>", items.into_iter().collect::<Vec<_>>().join(" "))
}

fn badges(lang: Lang) -> String {
    let tones = [Tone::Ok, Tone::Warn, Tone::Bad, Tone::None, Tone::Info];
    row(tones.map(|tone| Badge::new(tone, say(lang, "状态", "State")).to_string()))
}

fn states(lang: Lang) -> String {
    let mut all: Vec<Box<dyn Badged>> = vec![Box::new(Level::Yellow), Box::new(Level::Red)];
    for standing in [
        Standing::OnTrack,
        Standing::Behind,
        Standing::FarBehind,
        Standing::Reached,
        Standing::Missed,
        Standing::NotBegun,
        Standing::NoTarget,
    ] {
        all.push(Box::new(standing));
    }
    for state in [State::Draft, State::Review, State::InForce, State::Archived] {
        all.push(Box::new(state));
    }
    for state in [
        PlanState::Open,
        PlanState::Submitted,
        PlanState::Returned,
        PlanState::Accepted,
        PlanState::Running,
        PlanState::Recovered,
        PlanState::NotRecovered,
        PlanState::Withdrawn,
    ] {
        all.push(Box::new(state));
    }
    for state in
        [MonthState::Running, MonthState::Due, MonthState::Proposed, MonthState::Closed, MonthState::Reopened]
    {
        all.push(Box::new(state));
    }
    for state in [
        ImportState::Checking,
        ImportState::Refused,
        ImportState::Checked,
        ImportState::Writing,
        ImportState::Done,
        ImportState::Undone,
    ] {
        all.push(Box::new(state));
    }
    for state in [AccountState::None, AccountState::Invited, AccountState::Active, AccountState::Disabled] {
        all.push(Box::new(state));
    }
    row(all.iter().map(|state| state.badge(&lang).to_string()))
}

fn figures(lang: Lang) -> String {
    let values = [
        Value::Money(Fen(986_000)),
        Value::Money(Fen(986_050)),
        Value::Money(wan(12_684)),
        Value::Money(wan(160_140)),
        Value::Money(wan(-20)),
        Value::Count(46, say(lang, "家", "customers").to_owned()),
        Value::Rate(rate(737)),
        Value::Decimal(rate(31_400), say(lang, "天", "days").to_owned()),
        Value::Blank(Blank::NoTarget),
        Value::Blank(Blank::Newcomer),
        Value::Blank(Blank::Hidden),
    ];
    row(values.map(|value| Figure::explained(value, "/explain").said(&lang).to_string()))
}

fn changes(lang: Lang) -> String {
    let changes = [
        Change::By(rate(86)),
        Change::By(rate(-213)),
        Change::By(rate(0)),
        Change::Points(rate(-25)),
        Change::Blank(Blank::NoBase),
        Change::Blank(Blank::Newcomer),
    ];
    row(changes.map(|change| change.shown(&lang).to_string()))
}

fn notes(lang: Lang) -> Vec<String> {
    let tones = [Tone::Ok, Tone::Warn, Tone::Bad, Tone::Info, Tone::None];
    let text = say(lang, "说明发生了什么，以及可以做什么。", "What happened, and what can be done.");
    let mut notes: Vec<String> = tones.map(|tone| Note::new(tone, text).to_string()).to_vec();
    let sentence =
        Sentence::emphasised(say(lang, "距目标差 60 万元。", "CNY 600k to go."), &["60 万元", "CNY 600k"]);
    notes.push(format!("<p class=\"insight\">{}<span>{sentence}</span></p>", Icon::of("trending-up")));
    let due = date(2026, 11, 24);
    let deadlines = [
        Countdown::Left { days: 3, due },
        Countdown::Left { days: 1, due },
        Countdown::Today { due: TODAY },
        Countdown::Overdue { days: 2, due: date(2026, 11, 19) },
        Countdown::Pending { year: 2027 },
    ];
    notes.push(row(deadlines.map(|deadline| countdown(&lang, &deadline).to_string())));
    notes.push(row(deadlines.map(|deadline| countdown_cell(&lang, &deadline).to_string())));
    notes
}

fn bullets() -> Vec<String> {
    let usual = |share, standing| bullet("", share, standing);
    let mut forecast = usual(686, Standing::Behind);
    forecast.forecast = Some(rate(909));
    let blank = Bullet { attainment: None, ..usual(0, Standing::NoTarget) };
    let bars = [
        usual(824, Standing::OnTrack),
        forecast,
        usual(450, Standing::FarBehind),
        usual(0, Standing::FarBehind),
        usual(-100, Standing::FarBehind),
        usual(1_200, Standing::Reached),
        usual(1_834, Standing::Reached),
        blank,
    ];
    bars.map(|bar| bar.shown(&Lang::Zh).to_string()).to_vec()
}

fn charts(lang: Lang) -> Vec<String> {
    let mut expected = dashboard::burn_up(lang);
    expected.id = "burn-up-expected";
    for (step, point) in expected.points.iter_mut().skip(15).enumerate() {
        let middle = wan(12_684 + 780 * i64::try_from(step).unwrap_or_default()).0;
        let spread = wan(200 * i64::try_from(step).unwrap_or_default()).0;
        point.outlook = Some(Outlook { low: middle - spread, middle, high: middle + spread });
    }
    let mut one = dashboard::burn_up(lang);
    one.id = "burn-up-one";
    one.points.truncate(1);
    let empty = BurnUp { id: "burn-up-empty", points: Vec::new(), target: None, ..dashboard::burn_up(lang) };
    let step = |zh, en, change| WaterfallStep { label: say(lang, zh, en).to_owned(), change: wan(change).0 };
    let waterfall = Waterfall {
        subject: say(lang, "实际与目标的差异", "Actual against target").to_owned(),
        from: (say(lang, "目标", "Target").to_owned(), wan(17_200).0),
        steps: vec![
            step("新产品", "New products", 580),
            step("大客户增购", "Key accounts", 360),
            step("项目延期", "Late projects", -740),
            step("华东渠道拓展延迟及代理商更换", "Late channel expansion and a change of agents", -520),
            step("价格折让", "Discounts", -280),
        ],
        to: say(lang, "实际", "Actual").to_owned(),
        amounts: Amounts::Money(money::Column::Wan),
    };
    let months = targets::months(lang, say(lang, "月度销售额", "Revenue by month"), 10);
    let none = MonthColumns { months: Vec::new(), ..months.clone() };
    vec![
        expected.shown(&lang).to_string(),
        one.shown(&lang).to_string(),
        empty.shown(&lang).to_string(),
        waterfall.shown(&lang).to_string(),
        months.shown(&lang).to_string(),
        none.shown(&lang).to_string(),
        dashboard::heat(lang).shown(&lang).to_string(),
        targets::people(lang).to_string(),
    ]
}

fn pickers(lang: Lang) -> Vec<String> {
    let pager =
        Pager { first: 51, last: 100, all: 48_211, earlier: Some("?".into()), later: Some("?".into()) };
    let head = SortHead {
        text: say(lang, "完成率", "Attainment").to_owned(),
        href: "?sort=attainment".to_owned(),
        order: Some(SortOrder::Descending),
        class: "n",
    };
    vec![
        row([periods(lang).shown(&lang).to_string(), scopes(lang).shown(&lang).to_string()]),
        pager.shown(&lang).to_string(),
        format!(
            "<table class=\"table\"><thead><tr>{head}</tr></thead><tbody><tr><td class=\"n\">82.4%</td></tr></tbody></table>"
        ),
    ]
}

fn forms(lang: Lang) -> Vec<String> {
    let s = |zh: &'static str, en: &'static str| say(lang, zh, en);
    let (filled, wrong) =
        (Input::of("6,600"), Input::wrong("1.2.3", s("目标值：不是数字", "Target: not a number")));
    let (text, date) = (Input::of(s("华东大区", "East")), Input::of("2026-11-23"));
    let choices =
        [Choice::new("a", s("按近 3 年占比", "Share of 3 years")), Choice::new("b", s("平均", "Even"))];
    let chosen = Input::of("b");
    let fields = [
        Field::text(&lang, "sample-text", s("名称", "Name"), &text)
            .hint(s("写在这里的提示", "A hint stands here"))
            .to_string(),
        Field::amount(&lang, "sample-amount", s("目标值", "Target"), &filled)
            .unit(s("万元", "CNY 10k"))
            .to_string(),
        Field::amount(&lang, "sample-wrong", s("目标值", "Target"), &wrong)
            .unit(s("万元", "CNY 10k"))
            .to_string(),
        Field::date(&lang, "sample-date", s("完成日", "To"), &date).optional().to_string(),
        Field::select(&lang, "sample-select", s("方法", "Method"), &chosen, &choices).to_string(),
        Field::ticks(&lang, "sample-ticks", s("方法", "Method"), &chosen, &choices).to_string(),
        Field::password(&lang, "sample-password", s("密码", "Password"), &Input::default()).to_string(),
        Field::area(&lang, "sample-area", s("原因", "Reason"), &text).to_string(),
    ];
    let summary = ErrorSummary::of([("sample-wrong", &wrong)]);
    let conflict = Conflict {
        saved_by: s("王敏刚 15:31", "Wang Mingang 15:31").to_owned(),
        rows: vec![ConflictRow {
            field: s("苏州组 王敏刚 4月", "Suzhou, Wang Mingang, Apr").to_owned(),
            mine: "82".to_owned(),
            theirs: "78".to_owned(),
        }],
        version: "8".to_owned(),
        discard: "?".to_owned(),
    };
    let buttons = [
        ("primary", "保存", "Save"),
        ("", "取消", "Cancel"),
        ("danger", "撤销", "Undo"),
        ("plain", "更多", "More"),
    ];
    let buttons = buttons.map(|(class, zh, en)| {
        format!("<button class=\"button {class}\" type=\"button\">{}</button>", s(zh, en))
    });
    let off = format!(
        "<button class=\"button primary\" type=\"button\" aria-disabled=\"true\">{}</button>",
        s("提交", "Submit")
    );
    vec![
        summary.shown(&lang).to_string(),
        format!("<form class=\"form\" id=\"sample\"><div class=\"pair\">{}</div></form>", fields.join("")),
        row(buttons.into_iter().chain([off])),
        conflict.shown(&lang).to_string(),
    ]
}

fn lists(lang: Lang) -> Vec<String> {
    let names = [("上传", "Upload"), ("检查", "Check"), ("结果", "Result")];
    let steps = Steps { names: names.map(|(zh, en)| say(lang, zh, en).to_owned()).to_vec(), current: 1 };
    let progress = Progress {
        label: say(lang, "正在检查", "Checking").to_owned(),
        done: 12_000,
        all: 40_000,
        said: say(lang, "已检查 12,000 / 40,000 行", "12,000 of 40,000 rows checked").to_owned(),
        again: "/_ui/pages/imports/running".to_owned(),
    };
    let diff = DiffRow {
        field: say(lang, "4月 目标", "Apr target").to_owned(),
        old: Some("172.0".to_owned()),
        new: Some("182.0".to_owned()),
    };
    let alerts =
        dashboard::alerts(lang).lines.iter().map(|line| line.shown(&lang).to_string()).collect::<String>();
    let column = Column::Money(money::Column::Wan);
    let tree: String = targets::rows(lang).iter().map(|row| row.shown(&lang, &column).to_string()).collect();
    let card = &dashboard::cards(lang)[0];
    vec![
        steps.to_string(),
        progress.to_string(),
        format!("<div class=\"diff\">{}</div>", diff.shown(&lang)),
        format!("<ul>{alerts}</ul>"),
        format!(
            "<div class=\"scroll tree\" role=\"region\" tabindex=\"0\" aria-label=\"tree\"><table class=\"table\"><tbody>{tree}</tbody></table></div>"
        ),
        super::plans::history(lang).to_string(),
        format!("<div class=\"columns-3\">{}</div>", card.shown(&lang)),
        row([amount(12_684, "unit:all").headline(&lang).to_string()]),
    ]
}

fn empties(lang: Lang) -> Vec<String> {
    let s = |zh: &'static str, en: &'static str| say(lang, zh, en);
    vec![
        Empty::first_use(
            s("还没有数据", "Nothing yet"),
            s("这里会显示…", "Here you will see…"),
            Some(Link::new(s("开始", "Begin"), "?")),
        )
        .to_string(),
        Empty::filtered(
            s("没有符合条件的", "Nothing matches"),
            s("当前筛选：红灯", "Filter: red"),
            Link::new(s("清除筛选", "Clear"), "?"),
        )
        .to_string(),
        Empty::not_yet(s("尚未到期", "Not due yet"), s("12月1日 生成", "Made on 1 Dec")).to_string(),
        Empty::done(s("全部处理完了", "All done")).to_string(),
    ]
}

fn icons() -> String {
    let names = include_str!("../../../../assets/icons.txt").lines();
    row(names.map(|name| Icon::of(name).to_string()))
}
