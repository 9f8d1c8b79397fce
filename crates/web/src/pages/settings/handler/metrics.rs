//! `GET /settings/metrics`: what every metric is, and a new version of what is settled about one.

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::figures::{offered, settled};
use dacheng_app::{Error, Result, settings};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_domain::facts::silence::{FEWEST_DAYS, MOST_DAYS};
use dacheng_domain::metrics::{Group, Metric, MetricSettings, MetricVersion, Window};
use dacheng_text::{Lang, date, metric, rate};

use super::super::{MetricCard, MetricForm, MetricGroup, MetricsPage};
use super::own_metric_form::versions as own_versions;
use super::shell;
use crate::components::{Badge, Choice, Definition, Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::respond;

/// The windows that can be chosen, in months; 0 is the period itself.
const WINDOWS: [u8; 5] = [0, 1, 3, 6, 12];

/// `GET /settings/metrics`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

fn page(desk: &Desk<'_>) -> Result<MetricsPage> {
    let lang = desk.lang();
    let mut tx = desk.read()?;
    let (settled, version) = settled::current(&mut tx)?;
    let offered = offered(desk.app, &mut tx, &desk.context)?;
    let may = settings::may_change(&desk.context, desk.organisation()).is_ok();
    let month = Month::of(desk.context.today);
    let card = |of: Metric| MetricCard {
        code: of.code(),
        definition: Definition::at(lang, of, &settled, month, true),
        state: if of.own().is_some_and(|own| own.is_retired(month)) {
            Badge::new(Tone::None, lang.own_metrics().retired_word())
        } else if offered.contains(&of) {
            Badge::new(Tone::Ok, lang.measures().has_facts())
        } else {
            Badge::new(Tone::None, lang.measures().without_facts())
        },
        versions: match of.own() {
            Some(own) => own_versions(lang, own),
            None => versions(lang, &settled, of),
        },
        change: of.own().filter(|_| may).map(|own| format!("/settings/metrics/{}", own.code())),
    };
    let mut groups: Vec<(Group, Vec<MetricCard>)> = Vec::new();
    for of in desk.catalogue.all() {
        match groups.last_mut() {
            Some((group, cards)) if *group == of.group() => cards.push(card(of)),
            Some(_) | None => groups.push((of.group(), vec![card(of)])),
        }
    }
    let group = |(group, metrics)| MetricGroup { name: metric::group(lang, group).to_owned(), metrics };
    Ok(MetricsPage {
        shell: shell(desk)?,
        groups: groups.into_iter().map(group).collect(),
        define: may.then(|| "/settings/metrics/new".to_owned()),
        form: may.then(|| form(desk, version)),
        refused: None,
    })
}

/// What was settled about a metric, the newest first.
fn versions(lang: Lang, settled: &MetricSettings, of: Metric) -> Vec<String> {
    let own = settled.versions().iter().rev().filter(|own| own.metric == of);
    let said = |own: &MetricVersion| {
        let from = date::month(lang, own.valid_from.year(), own.valid_from.number());
        let window = own.window.map_or_else(String::new, |window| metric::window(lang, window));
        let said = lang.measures().version(own.version, from, window, rate::said(own.lower_at_most));
        let silent = own.silent_days.map(|days| lang.measures().silent_said(u64::from(days)));
        [Some(said), silent].into_iter().flatten().collect::<Vec<_>>().join(lang.measures().and_also())
    };
    own.map(said).collect()
}

fn form(desk: &Desk<'_>, version: i64) -> MetricForm {
    let lang = desk.lang();
    let ratios = Metric::ALL.into_iter().filter(|of| Window::usual(*of).is_some());
    let choices: Vec<Metric> = ratios.collect();
    MetricForm {
        metric: Input::of(choices.first().map_or("", |of| of.code())),
        metrics: choices.iter().map(|of| Choice::new(of.code(), metric::name(lang, *of))).collect(),
        from: Input::of(Month::of(desk.context.today).next().to_string()),
        windows: WINDOWS
            .map(|months| Choice::new(months.to_string(), metric::window(lang, Window::of_months(months))))
            .to_vec(),
        window: Input::of("3"),
        most: Input::of("120"),
        silent: Input::default(),
        version,
    }
}

/// `POST /settings/metrics`.
pub async fn settle(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let page = match added(desk, &form) {
            Ok(Some(())) => {
                let done = desk.lang().measures().version_added();
                return Ok(respond::done("/settings/metrics", Tone::Ok, done));
            }
            Ok(None) => kept(desk, &form)?,
            Err(Error::Refused(sentences)) => {
                MetricsPage { refused: Some(sentences.join(" ")), ..kept(desk, &form)? }
            }
            Err(other) => return Err(other),
        };
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    })
    .await
}

/// Adds the version; `None` where a field cannot be read.
fn added(desk: &Desk<'_>, posted: &Posted) -> Result<Option<()>> {
    let read = || {
        Some(MetricVersion {
            metric: posted.value("metric").parse().ok()?,
            version: 0,
            valid_from: posted.value("from").parse().ok()?,
            window: Some(Window::of_months(months(posted.value("window"))?)),
            lower_at_most: percent(posted.value("most"))?,
            silent_days: silent(posted.value("silent")).ok()?,
        })
    };
    let Some(version) = read() else { return Ok(None) };
    settled::settle(desk.app, &desk.context, version, posted.number("version").unwrap_or_default())?;
    Ok(Some(()))
}

fn months(text: &str) -> Option<u8> {
    text.parse().ok().filter(|months| WINDOWS.contains(months))
}

/// Days of silence as they were typed: nothing leaves them as they are.
fn silent(text: &str) -> std::result::Result<Option<u16>, std::num::ParseIntError> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// A limit in whole per cent, as it was typed.
fn percent(text: &str) -> Option<Ratio> {
    let number: i64 = text.trim_end_matches(['%', '％']).trim().parse().ok()?;
    (100..=200).contains(&number).then(|| Ratio::percent(number))
}

/// The page with what was typed and what cannot be read of it.
fn kept(desk: &Desk<'_>, posted: &Posted) -> Result<MetricsPage> {
    let lang = desk.lang();
    let mut page = page(desk)?;
    if let Some(form) = &mut page.form {
        form.metric = Input::of(posted.value("metric"));
        form.from = Input::of(posted.value("from"));
        form.window = Input::of(posted.value("window"));
        form.most = Input::of(posted.value("most"));
        form.silent = Input::of(posted.value("silent"));
        form.version = posted.number("version").unwrap_or_default();
        let wrong_month = posted.value("from").parse::<Month>().is_err();
        form.from.error = wrong_month.then(|| lang.settings().month_hint().to_owned());
        let wrong_days = silent(posted.value("silent")).is_err();
        let bounds = || lang.measures().refused_silence_bounds(FEWEST_DAYS, MOST_DAYS);
        form.silent.error = wrong_days.then(bounds);
        let wrong_limit = percent(posted.value("most")).is_none();
        form.most.error = wrong_limit.then(|| lang.measures().refused_bounds().to_owned());
    }
    Ok(page)
}
