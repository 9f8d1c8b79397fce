//! What marketing notes of the market in the year of the demo company. Sources are kinds of sources: nobody real is quoted.

use dacheng_app::planning::market::{add, edit};
use dacheng_app::{App, Result};
use dacheng_domain::planning::WrittenNote;
use jiff::civil::{Date, date};

use super::agenda::Hour;
use super::cast::{MARKETING, signed_in};

/// When a note is written, and what it says: code, day of the source, kind, subject, year, region, product line, growth, source, text.
type Written = (Date, Hour, [&'static str; 10]);

/// The notes, in the order in which they are written. A code that was written before is changed.
pub const NOTES: [Written; 8] = [
    (
        date(2026, 3, 12),
        (14, 20),
        [
            "M-2026-01",
            "2026-03-10",
            "growth",
            "工业自动化整体市场规模",
            "2026",
            "",
            "",
            "5.5%",
            "行业协会《年度运行报告》",
            "口径为含税出厂额。下游以锂电、光伏放缓，食品包装与物流回升。",
        ],
    ),
    (
        date(2026, 5, 19),
        (10, 5),
        [
            "M-2026-02",
            "2026-05-15",
            "policy",
            "设备更新改造贴息政策延续至 2027 年底",
            "",
            "",
            "",
            "",
            "主管部门公告",
            "覆盖电机与传动系统能效改造，客户申报窗口每季度一次。",
        ],
    ),
    (
        date(2026, 7, 8),
        (16, 40),
        [
            "M-2026-03",
            "2026-07-06",
            "competitor",
            "竞品 A 入门级变频器降价约 8%",
            "",
            "华东",
            "变频驱动",
            "",
            "渠道走访 12 家",
            "以项目价让利为主，账期未放宽；集成商表示交期仍在 4 周以上。",
        ],
    ),
    (
        date(2026, 9, 3),
        (9, 50),
        [
            "M-2026-04",
            "2026-09-01",
            "growth",
            "伺服系统国内需求",
            "2027",
            "",
            "伺服",
            "6.8%",
            "第三方研究机构季度跟踪",
            "增量来自机器人与电子装配。",
        ],
    ),
    (
        date(2026, 10, 15),
        (11, 15),
        [
            "M-2026-05",
            "2026-10-12",
            "growth",
            "边缘网关与工业物联网",
            "2027",
            "",
            "智能网关",
            "18%",
            "第三方研究机构季度跟踪",
            "基数小，集中在头部制造企业的示范项目。",
        ],
    ),
    (
        date(2026, 11, 6),
        (15, 30),
        [
            "M-2026-06",
            "2026-11-04",
            "growth",
            "华东制造业技改投资",
            "2027",
            "华东",
            "",
            "8.5%",
            "区域统计快报",
            "苏南、浙北开发区新开工技改项目。",
        ],
    ),
    (
        date(2026, 11, 9),
        (15, 5),
        [
            "M-2026-07",
            "2026-11-06",
            "growth",
            "工业自动化整体市场规模",
            "2027",
            "",
            "",
            "5.0%",
            "行业协会《下一年度展望》",
            "口径为含税出厂额。设备更新政策延续，传动类略高于整体。",
        ],
    ),
    // The rate of the year was corrected once the report was final.
    (
        date(2026, 11, 10),
        (10, 10),
        [
            "M-2026-01",
            "2026-11-09",
            "growth",
            "工业自动化整体市场规模",
            "2026",
            "",
            "",
            "4.2%",
            "行业协会《前三季度运行报告》",
            "口径为含税出厂额。较年初预计下调，传动类持平。",
        ],
    ),
];

/// Marketing writes a note, by its place.
pub fn write(app: &App, place: usize) -> Result<()> {
    let Some((_, _, fields)) = NOTES.get(place) else { return Ok(()) };
    let marketing = signed_in(app, MARKETING)?;
    let [code, date, kind, subject, year, region, product_line, growth, source, text] =
        fields.map(str::to_owned);
    let earlier = NOTES[..place].iter().filter(|(_, _, fields)| fields[0] == code).count();
    let seen = i64::try_from(earlier).unwrap_or(i64::MAX);
    let written = WrittenNote {
        code: code.clone(),
        date,
        kind,
        subject,
        year,
        region,
        product_line,
        growth,
        source,
        text,
    };
    if seen == 0 {
        add(app, &marketing, written).map(drop)
    } else {
        edit(app, &marketing, &code, seen, written).map(drop)
    }
}
