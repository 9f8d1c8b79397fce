//! From a copy that is asked for to its page.

use dacheng_app::Result;
use dacheng_app::planning::PlanView;
use dacheng_app::planning::scenarios::{Became, CopyPreview, NotTaken, Why};
use dacheng_domain::metrics::Metric;
use dacheng_domain::planning::scenario::{Leavers, Locks};
use dacheng_text::{Lang, date, metric};

use super::copying::usual_year;
use super::{CopyOutcome, CopyPage};
use crate::components::{Choice, ErrorSummary, Input, Link};
use crate::http::{Desk, Posted};
use crate::pages::plans::amount::Amount;
use crate::pages::plans::rounds::address;
use crate::shell::Room;

/// How many years after its own a plan is carried forward.
const YEARS_AHEAD: i16 = 2;

/// What was typed.
pub(super) struct Typed {
    pub year: String,
    pub code: String,
    pub name: String,
    pub growth: Vec<(Metric, String)>,
    pub leavers: String,
    pub locks: String,
}

impl Typed {
    /// What stands in the form before anybody typed.
    pub fn usual(plan: &PlanView, metrics: &[Metric]) -> Self {
        let year = usual_year(plan);
        let locks = if year == plan.year { Locks::Kept } else { Locks::Left };
        Self {
            year: year.to_string(),
            code: String::new(),
            name: String::new(),
            growth: metrics.iter().map(|metric| (*metric, String::new())).collect(),
            leavers: Leavers::default().word().to_owned(),
            locks: locks.word().to_owned(),
        }
    }

    /// What a form says.
    pub fn of(form: &Posted, metrics: &[Metric]) -> Self {
        let growth = |metric: &Metric| form.value(&format!("growth-{}", metric.code())).to_owned();
        Self {
            year: form.value("year").to_owned(),
            code: form.value("code").to_owned(),
            name: form.value("name").to_owned(),
            growth: metrics.iter().map(|metric| (*metric, growth(metric))).collect(),
            leavers: form.value("leavers").to_owned(),
            locks: form.value("locks").to_owned(),
        }
    }
}

/// What a copy comes to, or what is wrong: fields and sentences.
pub(super) type Found = std::result::Result<CopyPreview, Vec<(Option<String>, String)>>;

/// The page.
pub(super) fn page(
    desk: &Desk<'_>,
    plan: &PlanView,
    metrics: &[Metric],
    typed: &Typed,
    found: Found,
) -> Result<CopyPage> {
    let (lang, say) = (desk.lang(), desk.lang().scenarios());
    let years = (plan.year..=plan.year + YEARS_AHEAD).map(|year| {
        let name = date::year(lang, year);
        let said = if year == plan.year { say.same_year(name) } else { say.forward(name) };
        Choice::new(year.to_string(), said)
    });
    let (preview, wrong) = match found {
        Ok(found) => (Some(outcome(lang, &found)), Vec::new()),
        Err(wrong) => (None, wrong),
    };
    let error =
        |id: &str| wrong.iter().find(|(field, _)| field.as_deref() == Some(id)).map(|(_, said)| said.clone());
    let growth = metrics.iter().zip(&typed.growth).map(|(metric, (_, text))| {
        let id = format!("growth-{}", metric.code());
        let input = Input { value: text.clone(), error: error(&id) };
        (id, say.growth_of(metric::name(lang, *metric)), input)
    });
    let leavers = [(Leavers::Reserve, say.leavers_reserve()), (Leavers::Siblings, say.leavers_siblings())];
    let locks = [(Locks::Kept, say.locks_kept()), (Locks::Left, say.locks_left())];
    let crumbs = vec![Link::new(lang.shell().plans(), "/plans"), Link::new(&plan.name, address(&plan.code))];
    Ok(CopyPage {
        shell: desk.shell(Room::Plans, crumbs)?,
        title: say.copy_title(&plan.name),
        path: format!("{}/copy", address(&plan.code)),
        years: years.collect(),
        year: Input::of(&typed.year),
        code: Input::of(&typed.code),
        name: Input::of(&typed.name),
        growth: growth.collect(),
        leavers: (
            Input::of(&typed.leavers),
            leavers.map(|(own, text)| Choice::new(own.word(), text)).to_vec(),
        ),
        locks: (Input::of(&typed.locks), locks.map(|(own, text)| Choice::new(own.word(), text)).to_vec()),
        preview,
        wrong: ErrorSummary { errors: wrong },
    })
}

fn outcome(lang: Lang, found: &CopyPreview) -> CopyOutcome {
    let say = lang.scenarios();
    let metrics = found.metrics.iter().map(|own| {
        let amount = Amount { lang, metric: own.metric };
        let said = |minor: Option<i64>| minor.map_or_else(|| "—".to_owned(), |minor| amount.exact(minor));
        [metric::name(lang, own.metric).to_owned(), said(own.before), said(own.after), own.owners.to_string()]
    });
    CopyOutcome {
        about: say.new_code(&found.code, date::year(lang, found.year.name())),
        metrics: metrics.collect(),
        not_taken: found.not_taken.iter().map(|own| not_taken(lang, own)).collect(),
    }
}

/// Who does not come along, and what became of their part.
pub(in crate::pages) fn not_taken(lang: Lang, own: &NotTaken) -> String {
    let say = lang.scenarios();
    let why = match own.why {
        Why::Left => say.why_left(),
        Why::Closed => say.why_closed(),
        Why::Moved => say.why_moved(),
    };
    let became = match own.became {
        Became::Reserve => say.became_reserve(&own.unit),
        Became::Siblings => say.became_siblings(&own.unit),
        Became::Both => say.became_both(&own.unit),
        Became::Unit => say.became_unit(&own.unit),
        Became::Nothing => say.became_nothing().to_owned(),
    };
    let (of, amount) = match own.of() {
        Some(metric) => (metric::name(lang, metric).to_owned(), Amount { lang, metric }.said(own.amount)),
        None => (own.metric.clone(), own.amount.to_string()),
    };
    let said = say.not_taken(&own.name, why, of, own.months, amount, became);
    if own.below.is_empty() { said } else { said + &say.with_below(own.below.join(lang.overview().comma())) }
}
