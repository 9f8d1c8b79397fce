//! The columns of each kind as the upload page explains them: what each holds, whether it is needed, an example.

use dacheng_app::facts::subject::Subject;
use dacheng_domain::facts::kind::{Field, Need};
use dacheng_text::Lang;

/// A column: name, meaning, whether it is needed, an example.
#[derive(Debug, Clone)]
pub struct ColumnRow {
    /// As the file names it.
    pub name: &'static str,
    /// What it holds.
    pub meaning: &'static str,
    /// 必填 or 选填.
    pub need: String,
    /// What may stand there.
    pub example: &'static str,
}

/// The columns of a subject.
pub fn table(lang: Lang, subject: Subject) -> Vec<ColumnRow> {
    let row = |field: &Field| ColumnRow {
        name: field.name,
        meaning: meaning(lang, subject, field.name),
        need: need(lang, field.need),
        example: example(subject, field.name),
    };
    subject.fields().iter().map(row).collect()
}

fn need(lang: Lang, need: Need) -> String {
    let say = lang.columns();
    match need {
        Need::Key | Need::Required => say.needed().to_owned(),
        Need::KeyOr(other) => say.needed_or(other),
        Need::KeyOrUsual | Need::Optional | Need::Usual | Need::Effective => say.optional().to_owned(),
    }
}

/// Fields have one meaning wherever they stand, but for the few that are named after their kind.
fn meaning(lang: Lang, subject: Subject, field: &str) -> &'static str {
    let say = lang.columns();
    match (subject.name(), field) {
        ("calendar", "kind") => say.day_kind(),
        ("calendar", "name") => say.day_name(),
        ("leaves", "from") => say.leave_from(),
        ("leaves", "to") => say.leave_to(),
        ("leaves", "kind") => say.leave_kind(),
        ("visits", "kind") => say.visit_kind(),
        ("visits", "outcome") => say.visit_outcome(),
        ("complaints", "member") => say.complaint_member(),
        ("trainings", "score") => say.course_score(),
        ("scores", "kind") => say.score_kind(),
        ("summaries", "amount") => say.total(),
        ("market_notes", "date") => say.note_date(),
        ("market_notes", "kind") => say.note_kind(),
        ("market_notes", "region") => say.note_region(),
        (_, "note") => say.note(),
        (_, "subject") => say.note_subject(),
        (_, "year") => say.note_year(),
        (_, "product_line") => say.note_line(),
        (_, "growth") => say.note_growth(),
        (_, "source") => say.note_source(),
        (_, "text") => say.note_text(),
        ("employments", "from") => say.employed_from(),
        ("employments", "share") => say.seat_share(),
        ("units", "leader") => say.leader(),
        (_, "unit") => say.unit(),
        (_, "name") => say.name(),
        (_, "parent") => say.parent(),
        (_, "from") => say.from(),
        (_, "to") => say.to(),
        (_, "member") => say.member(),
        (_, "position") => say.position(),
        (_, "hired") => say.hired(),
        (_, "left") => say.left(),
        (_, "product") => say.product(),
        ("order_lines", "line") => say.line(),
        (_, "line") => say.product_line(),
        (_, "new_since") => say.new_since(),
        (_, "customer") => say.customer(),
        (_, "region") => say.region(),
        (_, "type") => say.customer_type(),
        (_, "owner") => say.owner(),
        (_, "first_order") => say.first_order(),
        (_, "order") => say.order(),
        (_, "date") => say.date(),
        (_, "amount") => say.amount(),
        (_, "status") => say.status(),
        (_, "quantity") => say.quantity(),
        (_, "share") => say.share(),
        (_, "kind") => say.credit_kind(),
        (_, "return") => say.returned(),
        (_, "receivable") => say.receivable(),
        (_, "due") => say.due(),
        (_, "payment") => say.payment(),
        (_, "opportunity") => say.opportunity(),
        (_, "opened") => say.opened(),
        (_, "stage") => say.stage(),
        (_, "expected") => say.expected(),
        (_, "closed") => say.closed(),
        (_, "outcome") => say.outcome(),
        (_, "active") => say.active(),
        (_, "probability") => say.probability(),
        (_, "visit") => say.visit(),
        (_, "survey") => say.survey(),
        (_, "satisfaction") => say.satisfaction(),
        (_, "recommend") => say.recommend(),
        (_, "complaint") => say.complaint(),
        (_, "course") => say.course(),
        (_, "assigned") => say.assigned(),
        (_, "completed") => say.completed(),
        (_, "rater") => say.rater(),
        (_, "score") => say.score(),
        (_, "month") => say.month(),
        (_, "metric") => say.metric(),
        _other => "",
    }
}

/// An example of what stands in a column.
pub fn example(subject: Subject, field: &str) -> &'static str {
    match (subject.name(), field) {
        ("calendar", "kind") => "holiday",
        ("calendar", "name") => "国庆节",
        ("calendar", "date") => "2027-10-01",
        ("market_notes", "kind") => "growth",
        (_, "note") => "M-2026-07",
        (_, "subject") => "工控行业规模",
        (_, "year") => "2027",
        (_, "growth") => "8.5%",
        (_, "source") => "行业协会年度报告",
        (_, "text") => "增长主要来自新能源设备",
        ("units", "name") => "华东大区",
        ("members", "name") => "王敏",
        ("products", "name") => "控制器 X2",
        ("customers", "name") => "云帆贸易",
        ("order_lines", "line") => "1",
        ("employments", "share") => "100%",
        ("leaves", "from") => "2026-08-03",
        ("leaves", "to") => "2026-08-07",
        ("leaves", "kind") => "annual",
        ("visits", "kind") => "上门",
        ("visits", "outcome") => "约定演示",
        ("scores", "kind") => "collaboration",
        ("scores", "score") => "4.5",
        ("employments", "from") | (_, "hired") => "2026-03-01",
        (_, "unit") => "EAST",
        (_, "parent") => "ALL",
        (_, "leader" | "member" | "owner") => "HC0417",
        (_, "position") => "specialist",
        (_, "product") => "P-1002",
        (_, "line" | "product_line") => "硬件",
        (_, "customer") => "C00317",
        (_, "region") => "江苏",
        (_, "type") => "KA",
        (_, "order") => "SO-2026-11-0412",
        (_, "date") => "2026-11-20",
        (_, "from" | "new_since") => "2026-01-01",
        (_, "first_order") => "2024-05-18",
        (_, "amount") => "12,345.60",
        (_, "status") => "normal",
        (_, "quantity") => "30",
        (_, "share") => "60%",
        (_, "kind") => "credit",
        (_, "return") => "RT-0031",
        (_, "payment") => "PM-0927",
        (_, "receivable") => "AR-0418",
        (_, "opportunity") => "OP-2026-0188",
        (_, "opened") => "2026-09-14",
        (_, "stage") => "方案",
        (_, "expected" | "due") => "2026-12-15",
        (_, "closed" | "completed") => "2026-11-18",
        (_, "outcome") => "won",
        (_, "active") => "2026-11-16",
        (_, "probability") => "60",
        (_, "visit") => "VS-2026-3021",
        (_, "survey") => "SV-2026-0077",
        (_, "satisfaction") => "86",
        (_, "recommend") => "9",
        (_, "complaint") => "CP-0012",
        (_, "course") => "TR-01",
        (_, "assigned") => "2026-11-02",
        (_, "score") => "92.5",
        (_, "rater") => "HC0102",
        (_, "month") => "2026-03",
        (_, "metric") => "revenue",
        _other => "",
    }
}
