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
        (_, "payment") => say.payment(),
        _other => "",
    }
}

/// An example of what stands in a column.
pub fn example(subject: Subject, field: &str) -> &'static str {
    match (subject.name(), field) {
        ("calendar", "kind") => "holiday",
        ("calendar", "name") => "国庆节",
        ("calendar", "date") => "2027-10-01",
        ("units", "name") => "华东大区",
        ("members", "name") => "王敏",
        ("products", "name") => "控制器 X2",
        ("customers", "name") => "云帆贸易",
        ("order_lines", "line") => "1",
        ("employments", "share") => "100%",
        ("employments", "from") | (_, "hired") => "2026-03-01",
        (_, "unit") => "EAST",
        (_, "parent") => "ALL",
        (_, "leader" | "member" | "owner") => "HC0417",
        (_, "position") => "specialist",
        (_, "product") => "P-1002",
        (_, "line") => "硬件",
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
        _other => "",
    }
}
