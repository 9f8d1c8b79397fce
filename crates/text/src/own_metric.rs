//! What is said of a company's own metrics: names, formulas, parts. Their rules live in `domain`.

use dacheng_domain::facts::Measure;
use dacheng_domain::metrics::own::{CarriedBy, Entering, MadeOf, Own, OwnKind, OwnVersion, Reporter};

use crate::{Lang, metric, role};

/// The name of an own metric, as its newest version has it.
pub fn name(lang: Lang, own: Own) -> &'static str {
    let newest = own.newest();
    match lang {
        Lang::Zh => &newest.zh,
        Lang::En => &newest.en,
    }
}

/// The word for one of what it counts; points and days have one of their own where none was chosen.
pub fn word(lang: Lang, own: Own) -> &'static str {
    let [zh, en] = &own.newest().word;
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// How a version is computed: Σ 销售额（产品线：软件；地区：华东）.
pub fn formula(lang: Lang, own: Own, version: &OwnVersion) -> String {
    let say = lang.own_metrics();
    match &version.made_of {
        MadeOf::Facts(facts) => {
            let name = measure(lang, facts.measure);
            let filter = &facts.filter;
            let listed = |names: &std::collections::BTreeSet<String>| {
                names.iter().map(String::as_str).collect::<Vec<_>>().join(lang.overview().comma())
            };
            let filters = [
                (say.product_lines(), &filter.product_lines),
                (say.regions(), &filter.regions),
                (say.customer_types(), &filter.customer_types),
            ];
            let parts: Vec<String> = filters
                .into_iter()
                .filter(|(_, names)| !names.is_empty())
                .map(|(what, names)| say.filtered_by(what, listed(names)))
                .collect();
            let sum = match own.kind() {
                OwnKind::Count => say.number_of(name),
                OwnKind::Sum | OwnKind::Ratio | OwnKind::EnteredSum | OwnKind::EnteredMean => {
                    say.sum_of(name)
                }
            };
            if parts.is_empty() { sum } else { say.with_filter(sum, parts.join(say.and_also())) }
        }
        MadeOf::Ratio { .. } => match own.ratio(version.version) {
            Some((over, under)) => say.ratio_of(metric::name(lang, over), metric::name(lang, under)),
            None => String::new(),
        },
        MadeOf::Entered(entering) => entered(lang, own, entering),
    }
}

fn entered(lang: Lang, own: Own, entering: &Entering) -> String {
    let say = lang.own_metrics();
    let whom = carried_by(lang, entering.carried_by);
    let who = reporter(lang, &entering.reporter);
    match own.kind() {
        OwnKind::EnteredMean => say.mean_entered(who, whom),
        OwnKind::EnteredSum | OwnKind::Sum | OwnKind::Count | OwnKind::Ratio => say.sum_entered(who, whom),
    }
}

/// Who enters a metric: a post by its name, a member by code.
pub fn reporter(lang: Lang, reporter: &Reporter) -> String {
    match reporter {
        Reporter::Member(code) => code.clone(),
        Reporter::Post(post) => role::name(lang, *post).to_owned(),
    }
}

/// For whom a value is entered.
pub fn carried_by(lang: Lang, carried: CarriedBy) -> &'static str {
    match carried {
        CarriedBy::Members => lang.own_metrics().each_member(),
        CarriedBy::Teams => lang.own_metrics().each_team(),
    }
}

/// The names of numerator and denominator; `None` for a sum.
pub fn parts(lang: Lang, own: Own) -> Option<(&'static str, &'static str)> {
    let say = lang.own_metrics();
    match own.kind() {
        OwnKind::Ratio => {
            let (over, under) = own.ratio(own.newest().version)?;
            Some((metric::name(lang, over), metric::name(lang, under)))
        }
        OwnKind::EnteredMean => Some((say.values_sum(), say.values_number())),
        OwnKind::Sum | OwnKind::Count | OwnKind::EnteredSum => None,
    }
}

/// The name of a way of making a metric.
pub fn kind(lang: Lang, kind: OwnKind) -> &'static str {
    let say = lang.own_metrics();
    match kind {
        OwnKind::Sum => say.kind_sum(),
        OwnKind::Count => say.kind_count(),
        OwnKind::Ratio => say.kind_ratio(),
        OwnKind::EnteredSum => say.kind_entered_sum(),
        OwnKind::EnteredMean => say.kind_entered_mean(),
    }
}

/// The name of a measure that an own metric may add up.
pub fn measure(lang: Lang, measure: Measure) -> &'static str {
    let (say, own) = (lang.metrics(), lang.own_metrics());
    match measure {
        Measure::Revenue | Measure::OpeningRevenue => say.revenue(),
        Measure::Collections | Measure::OpeningCollections => say.collections(),
        Measure::Receivables => say.receivables_due(),
        Measure::NewProductRevenue => say.new_revenue(),
        Measure::Orders => say.orders(),
        Measure::NewCustomers | Measure::OpeningNewCustomers => say.new_customers(),
        Measure::Buyers => own.buyers(),
        Measure::Visits | Measure::OpeningVisits => say.visits(),
        Measure::Satisfaction | Measure::PeerScore => say.scores_sum(),
        Measure::SatisfactionAnswers | Measure::RecommendAnswers | Measure::PeerScores => own.surveys(),
        Measure::Promoters => say.promoters(),
        Measure::Detractors => own.detractors(),
        Measure::Complaints => say.complaints(),
        Measure::Won => say.won(),
        Measure::Lost => own.lost(),
        Measure::WonDays => say.won_days(),
        Measure::CoursesDue => say.courses_due(),
        Measure::CoursesDone => say.courses_done(),
    }
}
