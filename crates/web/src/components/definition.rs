//! What a metric is: read on every page that shows it (`domain.md` §1, every number explains itself).

use askama::Template;
use askama::filters::HtmlSafe;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::kind::Kind;
use dacheng_domain::metrics::{Metric, MetricSettings, MetricVersion};
use dacheng_text::{Lang, date, kind, metric, own_metric};

use super::Icon;

/// A metric's definition.
#[derive(Debug, Clone)]
pub struct Definition {
    /// Its name.
    pub name: String,
    /// Formula, unit, direction, roll-up, window, sources: name and value.
    pub lines: Vec<(String, String)>,
    /// Which file would bring its facts, where there are none.
    pub needs: Option<String>,
}

impl Definition {
    /// The definition of a metric as the company settled it for a month; `has_facts` says whether anything was imported for it.
    pub fn at(lang: Lang, of: Metric, settings: &MetricSettings, month: Month, has_facts: bool) -> Self {
        let version = settings.at(of, month);
        let say = lang.measures();
        let name = metric::name(lang, of).to_owned();
        let mut lines = vec![
            (say.formula(), formula(lang, of, month)),
            (say.unit(), metric::unit_name(lang, of).to_owned()),
            (say.direction(), metric::direction(lang, of).to_owned()),
            (say.roll_up(), metric::roll_up(lang, of).to_owned()),
        ];
        if of.has_net() {
            lines.push((say.nps(), say.nps_definition().to_owned()));
        }
        if let Some(days) = version.silent_days {
            lines.push((say.silence(), say.silent_said(u64::from(days))));
        }
        if let Some(window) = version.window {
            lines.push((say.window(), metric::window(lang, window)));
        }
        let files = files(lang, of);
        lines.push((
            say.sources(),
            if files.is_empty() { by_hand(lang, of).to_owned() } else { files.clone() },
        ));
        lines.push((say.version_name(), version_said(lang, of, &version, month)));
        Self {
            needs: (!has_facts && !files.is_empty()).then(|| say.needs(&name, &files)),
            lines: lines.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            name,
        }
    }

    /// The definition in a language.
    pub fn shown<'a>(&'a self, lang: &'a Lang) -> ShownDefinition<'a> {
        ShownDefinition { definition: self, lang }
    }
}

/// How it is computed in a month: a company's own by the version of that month.
fn formula(lang: Lang, of: Metric, month: Month) -> String {
    match of.own() {
        Some(own) => own_metric::formula(lang, own, own.at(month)),
        None => metric::formula(lang, of).into_owned(),
    }
}

/// Which version holds, and from when on.
fn version_said(lang: Lang, of: Metric, settled: &MetricVersion, month: Month) -> String {
    let (number, from) = match of.own() {
        Some(own) => (own.at(month).version, own.at(month).valid_from),
        None => (settled.version, settled.valid_from),
    };
    let say = lang.measures();
    match number {
        0 => say.version_usual().to_owned(),
        _ => say.version_from(number, date::month(lang, from.year(), from.number())),
    }
}

/// Who says it, where no file does.
fn by_hand(lang: Lang, of: Metric) -> &'static str {
    match of.own() {
        Some(_) => lang.own_metrics().by_hand(),
        None => lang.measures().by_hand(),
    }
}

/// The files a metric is made from: 订单（orders）、投诉（complaints）.
pub fn files(lang: Lang, of: Metric) -> String {
    let file = |code: &&str| match code.parse::<Kind>() {
        Ok(known) => lang.measures().and_file(kind::name(lang, known), code),
        Err(_) => (*code).to_owned(),
    };
    of.sources().iter().map(file).collect::<Vec<_>>().join(lang.overview().comma())
}

/// A definition ready to stand below a page head.
#[derive(Template)]
#[template(path = "components/definition.html")]
pub struct ShownDefinition<'a> {
    definition: &'a Definition,
    lang: &'a Lang,
}

impl HtmlSafe for ShownDefinition<'_> {}
