//! Sample pages of importing.

use dacheng_app::facts::subject::Subject;
use dacheng_domain::facts::kind::Kind;
use dacheng_text::Lang;

use super::{Sample, sample, say, shell_at};
use crate::components::{Choice, ImportState, Input, Link, Note, Pager, PickerEntry, Progress, Tone};
use crate::pages::imports::{
    BadRow, Counts, ImportPage, ImportRow, ImportStage, ImportsPage, Undo, UploadPage, columns,
};
use crate::shell::{Room, Theme};

pub(super) fn pages(lang: Lang, theme: Theme) -> Vec<Sample> {
    let empty = ImportsPage { rows: Vec::new(), pager: None, ..list(lang, theme) };
    vec![
        sample("/imports", list(lang, theme)),
        sample("/imports/empty", empty),
        sample("/imports/new", upload(lang, theme)),
        sample("/imports/running", import(lang, theme, ImportState::Checking, running(lang))),
        sample("/imports/refused", import(lang, theme, ImportState::Refused, refused(lang))),
        sample("/imports/checked", import(lang, theme, ImportState::Checked, checked(lang))),
        sample("/imports/done", import(lang, theme, ImportState::Done, done(lang))),
    ]
}

fn list(lang: Lang, theme: Theme) -> ImportsPage {
    let row = |file: &str,
               kind: (&str, &str),
               state,
               counts: (&str, &str),
               by: (&str, &str),
               when: (&str, &str)| ImportRow {
        file: Link::new(file, "/imports/done"),
        kind: say(lang, kind.0, kind.1).to_owned(),
        state,
        counts: say(lang, counts.0, counts.1).to_owned(),
        by: say(lang, by.0, by.1).to_owned(),
        when: say(lang, when.0, when.1).to_owned(),
    };
    let zhou = ("周海宁", "Zhou Haining");
    ImportsPage {
        shell: shell_at(lang, theme, Room::Imports, &[]),
        may_import: true,
        rows: vec![
            row(
                "ERP订单_20261123.xlsx",
                ("订单", "Orders"),
                ImportState::Writing,
                ("40,000 行", "40,000 rows"),
                zhou,
                ("刚刚", "just now"),
            ),
            row(
                "ERP订单_20261122.xlsx",
                ("订单", "Orders"),
                ImportState::Done,
                ("1,284 行：新增 64，变更 3", "1,284 rows: 64 new, 3 changed"),
                zhou,
                ("15 分钟前", "15 minutes ago"),
            ),
            row(
                "回款_11月第3周.csv",
                ("回款", "Payments"),
                ImportState::Refused,
                ("318 行：有误 3", "318 rows: 3 bad"),
                ("吴敏", "Wu Min"),
                ("11-23 10:12", "11-23 10:12"),
            ),
            row(
                "customers.csv",
                ("客户", "Customers"),
                ImportState::Checked,
                ("2,150 行：新增 12", "2,150 rows: 12 new"),
                zhou,
                ("11-23 09:40", "11-23 09:40"),
            ),
            row(
                "members_2026-11.csv",
                ("人员", "Members"),
                ImportState::Undone,
                ("60 行", "60 rows"),
                zhou,
                ("11-02 08:30", "11-02 08:30"),
            ),
        ],
        pager: Some(Pager { first: 1, last: 5, all: 212, earlier: None, later: Some("?page=2".to_owned()) }),
    }
}

fn upload(lang: Lang, theme: Theme) -> UploadPage {
    let s = |zh: &str, en: &str| say(lang, zh, en).to_owned();
    let kind = |kind: &str, text: String| PickerEntry {
        text,
        href: format!("/imports/new?kind={kind}"),
        current: kind == "orders",
        depth: 0,
    };
    UploadPage {
        shell: shell_at(lang, theme, Room::Imports, &[(say(lang, "数据导入", "Imports"), "/imports")]),
        kinds: vec![
            kind("orders", s("订单", "Orders")),
            kind("payments", s("回款", "Payments")),
            kind("customers", s("客户", "Customers")),
        ],
        kind: Input::of("orders"),
        columns: columns::table(lang, Subject::Facts(Kind::Orders)),
        template: Link::new(s("下载订单模板", "Download the template"), "/imports/templates/orders.xlsx"),
        mappings: vec![
            Choice::new("", s("不使用映射", "None")),
            Choice::new("erp", s("ERP 订单导出", "ERP orders")),
        ],
        saved_mapping: Input::of("erp"),
        file: Input::wrong("", s("请选择文件", "Choose a file")),
        mapping: Input::default(),
        takes_mapping: true,
        limits: s("64 MB、200,000 行", "64 MB, 200,000 rows"),
    }
}

fn import(lang: Lang, theme: Theme, state: ImportState, stage: ImportStage) -> ImportPage {
    ImportPage {
        shell: shell_at(lang, theme, Room::Imports, &[(say(lang, "数据导入", "Imports"), "/imports")]),
        path: "/imports/running".to_owned(),
        file: "ERP订单_20261122.xlsx".to_owned(),
        about: say(
            lang,
            "订单 · 1.8 MB · 周海宁 11-23 14:45 上传 · SHA-256 9f2c41d0…",
            "Orders · 1.8 MB · uploaded by Zhou Haining on 11-23 14:45 · SHA-256 9f2c41d0…",
        )
        .to_owned(),
        state,
        ignored: None,
        may_stop: true,
        stage,
    }
}

fn running(lang: Lang) -> ImportStage {
    ImportStage::Running(Progress {
        label: say(lang, "正在检查", "Checking").to_owned(),
        done: 12_000,
        all: 40_000,
        said: say(lang, "已检查 12,000 / 40,000 行", "12,000 of 40,000 rows checked").to_owned(),
        again: "/_ui/pages/imports/running".to_owned(),
    })
}

const COUNTS: Counts = Counts { read: 1_284, new: 64, changed: 3, unchanged: 1_217, skipped: 0, bad: 0 };

fn refused(lang: Lang) -> ImportStage {
    let bad = |row: u64, column: &str, value: &str, reason: (&str, &str)| BadRow {
        file: "ERP订单_20261122.xlsx".to_owned(),
        sheet: "Sheet1".to_owned(),
        row: row.to_string(),
        column: column.to_owned(),
        value: value.to_owned(),
        reason: say(lang, reason.0, reason.1).to_owned(),
    };
    ImportStage::Refused {
        note: Note::result(
            Tone::Bad,
            say(
                lang,
                "3 行有误，整份文件没有写入。请按下表修改后重新上传。",
                "3 rows are wrong; nothing of the file was written. Correct them and upload it again.",
            ),
        ),
        counts: Counts { bad: 3, ..COUNTS },
        bad: vec![
            bad(12, "amount", "1.2.3", ("不是数字", "not a number")),
            bad(
                318,
                "member",
                "HC0999",
                (
                    "工号（member 列）“HC0999”不存在，请先导入",
                    "code of the member (column member): “HC0999” is not known; import it first",
                ),
            ),
            bad(901, "date", "", ("不能为空", "must be filled in")),
        ],
        pager: None,
    }
}

fn sums(lang: Lang) -> Vec<(String, String)> {
    let sum = |zh, en, value: &str| (say(lang, zh, en).to_owned(), value.to_owned());
    vec![
        sum("金额合计", "Sum of amounts", say(lang, "12,684,000.00 元", "CNY 12,684,000.00")),
        sum("日期范围", "Days", "2026-11-02 – 2026-11-22"),
        sum("涉及人员", "People", "58"),
    ]
}

fn checked(lang: Lang) -> ImportStage {
    ImportStage::Checked {
        counts: COUNTS,
        sums: sums(lang),
        act: say(lang, "导入 1,284 行订单", "Import 1,284 orders").to_owned(),
        reason: None,
    }
}

fn done(lang: Lang) -> ImportStage {
    ImportStage::Done {
        note: Note::result(
            Tone::Ok,
            say(
                lang,
                "已导入。目标达成和看板已更新。",
                "Imported. Attainment and dashboards are up to date.",
            ),
        ),
        counts: COUNTS,
        sums: sums(lang),
        undo: Undo::Possible {
            until: say(lang, "11-24 14:47 前可撤销", "can be undone until 11-24 14:47").to_owned(),
            closed: None,
        },
    }
}
