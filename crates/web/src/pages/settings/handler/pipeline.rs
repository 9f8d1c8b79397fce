//! `GET /settings/pipeline`: what stages weigh and where coverage is red, and a new version of it.

use std::collections::BTreeMap;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use dacheng_app::figures::pipeline::{settled, stages};
use dacheng_app::{Error, Result, settings};
use dacheng_domain::Ratio;
use dacheng_domain::calendar::Month;
use dacheng_domain::number::{self, CellUnit};
use dacheng_domain::tracking::pipeline::{ENOUGH, PipelineVersion, WHOLE};
use dacheng_text::{Lang, date, number as said, rate};

use super::super::{PipelineForm, PipelinePage};
use super::shell;
use crate::components::{Input, Tone};
use crate::http::{Desk, Posted, Reply, Visitor, Web};
use crate::pages::coverage::{stage_line, times};
use crate::respond;

/// `GET /settings/pipeline`.
pub async fn show(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk)?))).await
}

fn page(desk: &Desk<'_>) -> Result<PipelinePage> {
    let lang = desk.lang();
    let mut tx = desk.read()?;
    let (all, version) = settled::current(&mut tx)?;
    let month = Month::of(desk.context.today);
    let known = stages(desk.app, &mut tx, &desk.context)?;
    let may = settings::may_change(&desk.context, desk.organisation()).is_ok();
    let now = all.at(month);
    Ok(PipelinePage {
        shell: shell(desk)?,
        stages: known.iter().map(|own| stage_line(lang, own)).collect(),
        stages_about: lang.pipeline().stages_hint(ENOUGH),
        versions: all.versions().iter().rev().map(|own| version_said(lang, own)).collect(),
        form: may.then(|| PipelineForm {
            from: Input::of(month.to_string()),
            red: Input::of(decimal(now.red_below)),
            stages: Input::of(lines(&now.stages)),
            version,
        }),
        refused: None,
    })
}

/// `3`, `2.5`.
fn decimal(ratio: Ratio) -> String {
    let text = said::quotient(ratio.num(), ratio.den(), 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn lines(stages: &BTreeMap<String, i64>) -> String {
    let line = |(stage, parts): (&String, &i64)| {
        format!("{stage} = {}", decimal(Ratio::new(*parts, 100).unwrap_or(Ratio::whole(0))))
    };
    stages.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn version_said(lang: Lang, own: &PipelineVersion) -> String {
    let say = lang.pipeline();
    let from = date::month(lang, own.valid_from.year(), own.valid_from.number());
    let stage = |(stage, parts): (&String, &i64)| {
        format!("{stage} {}", rate::percent(Ratio::new(*parts, WHOLE).unwrap_or(Ratio::percent(0))))
    };
    let stages: Vec<String> = own.stages.iter().map(stage).collect();
    let stages = if stages.is_empty() {
        say.all_by_history().to_owned()
    } else {
        stages.join(lang.overview().comma())
    };
    say.version(own.version, from, times(lang, own.red_below), stages)
}

/// `POST /settings/pipeline` with `from`, `red`, `stages`, `version`.
pub async fn settle(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        settings::may_change(&desk.context, desk.organisation())?;
        let mut page = page(desk)?;
        let Some(kept) = &mut page.form else { return Ok(respond::page(StatusCode::OK, &page)) };
        let version = read(desk, &form, kept);
        page.refused = match version {
            None => None,
            Some(version) => {
                match settled::settle(
                    desk.app,
                    &desk.context,
                    version,
                    form.number("version").unwrap_or_default(),
                ) {
                    Ok(_) => {
                        let done = desk.lang().pipeline().saved();
                        return Ok(respond::done("/settings/pipeline", Tone::Ok, done));
                    }
                    Err(Error::Refused(sentences)) => Some(sentences.join(" ")),
                    Err(other) => return Err(other),
                }
            }
        };
        Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page))
    })
    .await
}

/// Reads the form and keeps what was typed; `None` where a field cannot be read.
fn read(desk: &Desk<'_>, posted: &Posted, form: &mut PipelineForm) -> Option<PipelineVersion> {
    let (lang, say) = (desk.lang(), desk.lang().pipeline());
    let from: Option<Month> = posted.value("from").parse().ok();
    form.from = Input::of(posted.value("from"));
    form.from.error = from.is_none().then(|| lang.settings().month_hint().to_owned());
    let red = hundredths(posted.value("red")).and_then(|parts| Ratio::new(parts, 100));
    form.red = Input::of(posted.value("red"));
    form.red.error = red.is_none().then(|| say.refused_limit().to_owned());
    let stages = weights(lang, posted.value("stages"));
    form.stages = match &stages {
        Ok(_) => Input::of(posted.value("stages")),
        Err(wrong) => Input::wrong(posted.value("stages"), wrong),
    };
    form.version = posted.number("version").unwrap_or_default();
    Some(PipelineVersion { version: 0, valid_from: from?, red_below: red?, stages: stages.ok()? })
}

/// A number of two decimals in hundredths.
fn hundredths(text: &str) -> Option<i64> {
    let text = text.trim_end_matches(['%', '％', '倍', '×']);
    number::money(text, CellUnit::Yuan).ok().flatten().map(|parts| parts.0)
}

/// One weight a line: `报价 = 45`.
fn weights(lang: Lang, text: &str) -> std::result::Result<BTreeMap<String, i64>, String> {
    let mut found = BTreeMap::new();
    for (number, line) in (1_usize..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let read = line.split_once(['=', '＝']).and_then(|(stage, parts)| {
            let stage = stage.trim();
            (!stage.is_empty()).then_some((stage.to_owned(), hundredths(parts.trim())?))
        });
        let (stage, parts) = read.ok_or_else(|| lang.pipeline().refused_line(number, line.trim()))?;
        found.insert(stage, parts);
    }
    Ok(found)
}
