//! `GET /analysis/notes`: what is said of the market, and writing it: a note with its versions, its form, its withdrawal.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use dacheng_app::exports::{Column as FileColumn, Holds, Value as Held};
use dacheng_app::planning::market::{self, Note};
use dacheng_app::{Error, Result};
use dacheng_domain::Ratio;
use dacheng_domain::planning::{MarketNote, NoteKind, WrittenNote};
use dacheng_text::{Count, Lang, rate};

use crate::components::{
    Badge, Choice, Column, Empty, ErrorSummary, Field, FigureTable, Icon, Input, Link, TableCell, TableHead,
    TableRow, Tone,
};
use crate::exports::{List, Wanted, Whole};
use crate::http::{Desk, Posted, Reply, Visitor, Web, encoded};
use crate::respond;
use crate::shell::{Room, Shell};

/// `GET /analysis/notes`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/analysis/notes.html")]
pub struct NotesPage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The notes, the youngest first.
    pub table: Option<FigureTable>,
    /// What stands where there are none.
    pub empty: Empty,
    /// Add one, where the viewer may.
    pub form: Option<NoteForm>,
}

/// `GET /analysis/notes/{note}`.
#[derive(Debug, Clone, Template)]
#[template(path = "pages/analysis/note.html")]
pub struct NotePage {
    /// What surrounds the page.
    pub shell: Shell,
    /// The code.
    pub code: String,
    /// The subject.
    pub title: String,
    /// Whether it counts.
    pub state: Badge,
    /// Everything it says, by name.
    pub facts: Vec<(String, String)>,
    /// Its paragraphs.
    pub text: Vec<String>,
    /// Its versions, the newest first.
    pub versions: Vec<NoteVersion>,
    /// Change it, where the viewer may.
    pub form: Option<NoteForm>,
}

/// A version of a note.
#[derive(Debug, Clone)]
pub struct NoteVersion {
    /// 第 2 版
    pub version: String,
    /// What it said: subject, growth.
    pub said: String,
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: String,
}

/// `POST /analysis/notes` or `/analysis/notes/{note}` with the fields of a note, `version`, `csrf`.
#[derive(Debug, Clone)]
pub struct NoteForm {
    /// Where it is sent.
    pub action: String,
    /// Where the note is withdrawn; none for a new one and for one that is withdrawn.
    pub withdraw: Option<String>,
    /// The version that is seen; 0 for a new one.
    pub version: i64,
    /// The kinds.
    pub kinds: Vec<Choice>,
    /// What is typed, by field.
    pub inputs: BTreeMap<&'static str, Input>,
    /// What was refused as a whole.
    pub refused: Option<String>,
}

/// The fields of the form.
const FIELDS: [&str; 10] =
    ["note", "date", "kind", "subject", "year", "region", "product_line", "growth", "source", "text"];

impl NoteForm {
    fn input(&self, name: &str) -> &Input {
        self.inputs.get(name).unwrap_or(&NOTHING)
    }

    /// Everything that is wrong with it.
    pub fn errors(&self) -> ErrorSummary {
        ErrorSummary::of(FIELDS.into_iter().map(|name| (name, self.input(name)))).and(self.refused.as_ref())
    }
}

static NOTHING: Input = Input { value: String::new(), error: None };

impl NotesPage {
    fn has_errors(&self) -> bool {
        self.form.as_ref().is_some_and(NoteForm::is_wrong)
    }
}

impl NotePage {
    fn has_errors(&self) -> bool {
        self.form.as_ref().is_some_and(NoteForm::is_wrong)
    }
}

impl NoteForm {
    fn is_wrong(&self) -> bool {
        self.refused.is_some() || self.inputs.values().any(|input| input.error.is_some())
    }
}

/// The name of a kind; a word that is none stands for itself.
fn kind_name(lang: Lang, kind: &str) -> String {
    let say = lang.market();
    kind.parse().map_or_else(
        |_| kind.to_owned(),
        |kind| {
            match kind {
                NoteKind::Growth => say.kind_growth(),
                NoteKind::Competitor => say.kind_competitor(),
                NoteKind::Policy => say.kind_policy(),
                NoteKind::Other => say.kind_other(),
            }
            .to_owned()
        },
    )
}

fn address(code: &str) -> String {
    format!("/analysis/notes/{}", encoded(code).replace('/', "%2F"))
}

fn growth(lang: Lang, note: &Note) -> Option<String> {
    let rate = rate::said(Ratio::new(note.growth?, 10_000)?);
    Some(note.year.map_or_else(|| rate.clone(), |year| lang.market().growth_of(&rate, year)))
}

/// Region and product line, or that it is about everything.
fn about(lang: Lang, note: &Note) -> String {
    let parts: Vec<&str> =
        [&note.region, &note.product_line].into_iter().flatten().map(String::as_str).collect();
    if parts.is_empty() { lang.market().everywhere().to_owned() } else { parts.join(lang.overview().comma()) }
}

/// Notes as a table: what a page shows of them everywhere.
pub fn table(lang: Lang, notes: &[Note]) -> FigureTable {
    let say = lang.market();
    let heads = vec![
        TableHead::new(say.subject(), ""),
        TableHead::new(say.kind(), ""),
        TableHead::new(say.growth(), "n"),
        TableHead::new(say.about(), "wide-only"),
        TableHead::new(say.source(), "wide-only"),
        TableHead::new(say.date(), "n"),
    ];
    let row = |note: &Note| TableRow {
        name: Link::new(&note.subject, address(&note.code)),
        class: "",
        cells: vec![
            TableCell::Text(kind_name(lang, &note.kind)),
            TableCell::Text(growth(lang, note).unwrap_or_default()),
            TableCell::Text(about(lang, note)),
            TableCell::Text(note.source.clone()),
            TableCell::Text(note.day.to_string()),
        ],
    };
    FigureTable {
        caption: say.title().to_owned(),
        column: Column::Rate,
        heads,
        rows: notes.iter().map(row).collect(),
        total: None,
    }
}

fn crumbs(lang: Lang) -> Vec<Link> {
    vec![Link::new(lang.history().room(), "/analysis")]
}

fn may_write(desk: &Desk<'_>) -> bool {
    market::may_write(&desk.context, desk.organisation()).is_ok()
}

fn kinds(lang: Lang) -> Vec<Choice> {
    NoteKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind_name(lang, kind.code()))).collect()
}

/// `GET /analysis/notes`.
pub async fn list(State(web): State<Web>, Extension(visitor): Extension<Visitor>) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &page(desk, None)?))).await
}

fn page(desk: &Desk<'_>, form: Option<NoteForm>) -> Result<NotesPage> {
    let (lang, say) = (desk.lang(), desk.lang().market());
    let notes = market::notes(desk.app, &desk.context)?;
    let new = || NoteForm {
        action: "/analysis/notes".to_owned(),
        withdraw: None,
        version: 0,
        kinds: kinds(lang),
        inputs: BTreeMap::from([("date", Input::of(desk.context.today.to_string()))]),
        refused: None,
    };
    Ok(NotesPage {
        shell: desk.shell(Room::Analysis, crumbs(lang))?.exporting("/analysis/notes", "", notes.len()),
        table: (!notes.is_empty()).then(|| table(lang, &notes)),
        empty: Empty::not_yet(say.empty(), say.empty_text()),
        form: may_write(desk).then(|| form.unwrap_or_else(new)),
    })
}

/// `GET /analysis/notes/{note}`.
pub async fn one(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
) -> Reply {
    web.answer(&visitor, move |desk| Ok(respond::page(StatusCode::OK, &note_page(desk, &code, None)?))).await
}

fn note_page(desk: &Desk<'_>, code: &str, form: Option<NoteForm>) -> Result<NotePage> {
    let (lang, say) = (desk.lang(), desk.lang().market());
    let versions = market::note(desk.app, &desk.context, code)?;
    let newest = versions.first().ok_or_else(|| Error::missing("market note", code))?;
    let crumbs = [crumbs(lang), vec![Link::new(say.title(), "/analysis/notes")]].concat();
    let state = if newest.withdrawn {
        Badge::new(Tone::None, say.withdrawn())
    } else {
        Badge::new(Tone::Ok, say.in_force())
    };
    let known = || filled(lang, newest);
    Ok(NotePage {
        shell: desk.shell(Room::Analysis, crumbs)?,
        code: newest.code.clone(),
        title: newest.subject.clone(),
        state,
        facts: facts(lang, newest),
        text: newest.body.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        versions: versions.iter().map(|version| told(desk, version)).collect(),
        form: may_write(desk).then(|| form.map_or_else(known, Ok)).transpose()?,
    })
}

fn facts(lang: Lang, note: &Note) -> Vec<(String, String)> {
    let say = lang.market();
    let named = |name: &str, value: String| (name.to_owned(), value);
    let mut facts = vec![named(say.kind(), kind_name(lang, &note.kind))];
    facts.extend(growth(lang, note).map(|growth| named(say.growth(), growth)));
    facts.push(named(say.about(), about(lang, note)));
    facts.push(named(say.source(), note.source.clone()));
    facts.push(named(say.date(), note.day.to_string()));
    facts
}

fn told(desk: &Desk<'_>, version: &Note) -> NoteVersion {
    let (lang, say) = (desk.lang(), desk.lang().market());
    let said = [
        Some(version.subject.clone()),
        growth(lang, version),
        version.withdrawn.then(|| say.withdrawn().to_owned()),
    ];
    NoteVersion {
        version: say.version(Count::from(version.version)),
        said: said.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        by: desk.recorded(&version.actor),
        at: desk.moment(version.recorded_at),
    }
}

/// The form with what is kept.
fn filled(lang: Lang, note: &Note) -> Result<NoteForm> {
    let written = market::read(note)?.written();
    Ok(NoteForm {
        action: address(&note.code),
        withdraw: (!note.withdrawn).then(|| format!("{}/withdraw", address(&note.code))),
        version: note.version,
        kinds: kinds(lang),
        inputs: inputs(&WrittenNote { growth: written.growth.trim_end_matches('%').to_owned(), ..written }),
        refused: None,
    })
}

fn inputs(written: &WrittenNote) -> BTreeMap<&'static str, Input> {
    let WrittenNote { code, date, kind, subject, year, region, product_line, growth, source, text } = written;
    let values = [code, date, kind, subject, year, region, product_line, growth, source, text];
    FIELDS.into_iter().zip(values.map(Input::of)).collect()
}

/// What was typed. The field of the growth stands before its sign.
fn typed(posted: &Posted, code: Option<&str>) -> WrittenNote {
    let value = |name: &str| posted.value(name).to_owned();
    let growth = posted.value("growth");
    let has_sign = growth.is_empty() || growth.ends_with(['%', '％']);
    WrittenNote {
        code: code.map_or_else(|| value("note"), str::to_owned),
        date: value("date"),
        kind: value("kind"),
        subject: value("subject"),
        year: value("year"),
        region: value("region"),
        product_line: value("product_line"),
        growth: if has_sign { growth.to_owned() } else { format!("{growth}%") },
        source: value("source"),
        text: value("text"),
    }
}

/// What was typed, with what is wrong with each field.
fn judged(lang: Lang, written: &WrittenNote) -> BTreeMap<&'static str, Input> {
    let shown =
        WrittenNote { growth: written.growth.trim_end_matches(['%', '％']).to_owned(), ..written.clone() };
    let mut inputs = inputs(&shown);
    // A code is given where none is written.
    let code = if written.code.is_empty() { "M".to_owned() } else { written.code.clone() };
    for (field, wrong) in
        MarketNote::read(&WrittenNote { code, ..written.clone() }).err().into_iter().flatten()
    {
        if let Some(input) = inputs.get_mut(field) {
            input.error = Some(market::problem(lang, wrong));
        }
    }
    inputs
}

/// `POST /analysis/notes`.
pub async fn add(State(web): State<Web>, Extension(visitor): Extension<Visitor>, form: Posted) -> Reply {
    web.answer(&visitor, move |desk| {
        market::may_write(&desk.context, desk.organisation())?;
        let (lang, written) = (desk.lang(), typed(&form, None));
        let inputs = judged(lang, &written);
        let again = |refused| NoteForm {
            action: "/analysis/notes".to_owned(),
            withdraw: None,
            version: 0,
            kinds: kinds(lang),
            inputs: inputs.clone(),
            refused,
        };
        let wrong = |form| Ok(respond::page(StatusCode::UNPROCESSABLE_ENTITY, &page(desk, Some(form))?));
        if inputs.values().any(|input| input.error.is_some()) {
            return wrong(again(None));
        }
        match market::add(desk.app, &desk.context, written) {
            Ok(code) => Ok(respond::done(&address(&code), Tone::Ok, lang.market().added())),
            Err(Error::Refused(sentences)) => wrong(again(Some(sentences.join(" ")))),
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /analysis/notes/{note}`.
pub async fn edit(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| {
        market::may_write(&desk.context, desk.organisation())?;
        let (lang, written) = (desk.lang(), typed(&form, Some(&code)));
        let (inputs, seen) = (judged(lang, &written), form.number("version").unwrap_or_default());
        let again = |version, refused| NoteForm {
            action: address(&code),
            withdraw: None,
            version,
            kinds: kinds(lang),
            inputs: inputs.clone(),
            refused,
        };
        let wrong = |status, form| Ok(respond::page(status, &note_page(desk, &code, Some(form))?));
        if inputs.values().any(|input| input.error.is_some()) {
            return wrong(StatusCode::UNPROCESSABLE_ENTITY, again(seen, None));
        }
        match market::edit(desk.app, &desk.context, &code, seen, written) {
            Ok(_) => Ok(respond::done(&address(&code), Tone::Ok, lang.market().saved())),
            // What is kept stands on the page above the form, which holds what was typed.
            Err(Error::Stale { found, .. }) => {
                let said = lang.market().stale(Count::from(found));
                wrong(StatusCode::CONFLICT, again(found, Some(said)))
            }
            Err(Error::Refused(sentences)) => {
                wrong(StatusCode::UNPROCESSABLE_ENTITY, again(seen, Some(sentences.join(" "))))
            }
            Err(other) => Err(other),
        }
    })
    .await
}

/// `POST /analysis/notes/{note}/withdraw`.
pub async fn withdraw(
    State(web): State<Web>,
    Extension(visitor): Extension<Visitor>,
    Path(code): Path<String>,
    form: Posted,
) -> Reply {
    web.answer(&visitor, move |desk| -> Result<Response> {
        let seen = form.number("version").unwrap_or_default();
        market::withdraw(desk.app, &desk.context, &code, seen)?;
        Ok(respond::done("/analysis/notes", Tone::Ok, desk.lang().market().gone()))
    })
    .await
}

/// `GET /analysis/notes.xlsx`, `.csv`.
pub async fn file(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let (lang, say) = (desk.lang(), desk.lang().market());
        let notes = market::notes(desk.app, &desk.context)?;
        let list = List {
            title: say.title().to_owned(),
            columns: vec![
                FileColumn::text(say.subject(), 30),
                FileColumn::text(say.code(), 14),
                FileColumn::of(Holds::Day, say.date()),
                FileColumn::text(say.kind(), 12),
                FileColumn::text(say.year(), 10),
                FileColumn::text(say.region(), 12),
                FileColumn::text(say.product_line(), 12),
                FileColumn::of(Holds::Percent, say.growth()),
                FileColumn::text(say.source(), 30),
                FileColumn::text(say.text(), 60),
            ],
            ..List::default()
        };
        let row = |note: Note| {
            vec![
                Held::text(&note.subject),
                Held::text(&note.code),
                Held::day(Some(note.day)),
                Held::text(kind_name(lang, &note.kind)),
                Held::text(note.year.map_or_else(String::new, |year| year.to_string())),
                Held::text(note.region.unwrap_or_default()),
                Held::text(note.product_line.unwrap_or_default()),
                Held::percent(note.growth.and_then(|growth| Ratio::new(growth, 10_000))),
                Held::text(&note.source),
                Held::text(&note.body),
            ]
        };
        desk.export(format, list, notes.into_iter().map(|note| Ok(row(note))))
    })
    .await
}
