//! `GET /analysis.xlsx`, `.csv`: everything on the page as one list, a row a figure, each with its section.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_app::figures::attainment::rounded;
use dacheng_app::figures::history::{History, Part, SpanCell};
use dacheng_domain::calendar::Year;
use dacheng_domain::metrics::{Step, Unit};
use dacheng_domain::{Fen, Ratio};
use dacheng_text::{Lang, date};

use super::handler::{Asked, looked};
use super::quality;
use super::view::{band_name, part_name, part_title, span_name};
use crate::exports::{List, Wanted};
use crate::http::{Desk, Reply};
use crate::pages::figure_cells::nps_cell;
use crate::pages::standing::metric_name;
use crate::pages::{choices, measures};

/// `GET /analysis.xlsx?p=2026&org=hd&m=revenue`.
pub async fn file(file: Wanted<Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        if let Some(own) = choices::without_units(desk)? {
            return Ok(own);
        }
        let (_, found) = looked(desk, &asked)?;
        let rows = if found.begins.is_some() { rows(desk.lang(), &found) } else { Vec::new() };
        desk.export(format, list(desk, &found), rows.into_iter().map(Ok::<_, dacheng_app::Error>))
    })
    .await
}

fn list(desk: &Desk<'_>, found: &History) -> List {
    let (lang, say) = (desk.lang(), desk.lang().history());
    let years = found.years.map(|year| date::year(lang, year.name())).join(lang.overview().comma());
    List {
        title: say.sheet().to_owned(),
        filter: vec![desk.owner_name(&found.owner), metric_name(lang, found.metric).to_owned(), years],
        order: None,
        as_of: Some(desk.known(None)),
        columns: vec![
            Column::text(say.section(), 16),
            Column::text(say.item(), 20),
            Column::text(say.year(), 8),
            Column::of(Holds::Amount, say.value()),
            Column::text(say.unit(), 8),
            Column::of(Holds::Amount, say.before()),
            Column::of(Holds::Percent, say.year_on_year()),
            Column::of(Holds::Percent, say.on_previous()),
            Column::of(Holds::Percent, say.share()),
            Column::of(Holds::Points, say.contribution_plain()),
        ],
        total: None,
    }
}

/// A row in the making: what is not said of it is blank.
#[derive(Default)]
struct Line {
    section: String,
    item: String,
    year: String,
    value: Option<Value>,
    unit: &'static str,
    before: Option<Value>,
    year_on_year: Option<Ratio>,
    on_previous: Option<Ratio>,
    share: Option<Ratio>,
    contribution: Option<Ratio>,
}

impl Line {
    fn cells(self) -> Vec<Value> {
        vec![
            Value::text(self.section),
            Value::text(self.item),
            Value::text(self.year),
            self.value.unwrap_or(Value::Blank),
            Value::text(self.unit),
            self.before.unwrap_or(Value::Blank),
            Value::percent(self.year_on_year),
            Value::percent(self.on_previous),
            Value::percent(self.share),
            Value::percent(self.contribution),
        ]
    }
}

/// What writes the lines: words and how an amount of the metric is written.
struct Writer<'h> {
    lang: Lang,
    found: &'h History,
}

impl Writer<'_> {
    fn amount(&self, amount: i64) -> Value {
        match self.found.metric.definition().unit {
            Unit::Money => Value::money(Fen(amount)),
            Unit::Count | Unit::Percent | Unit::Score | Unit::Days => Value::number(amount),
        }
    }

    fn unit(&self) -> &'static str {
        match self.found.metric.definition().unit {
            Unit::Money => self.lang.history().unit_yuan(),
            Unit::Count | Unit::Percent | Unit::Score | Unit::Days => "",
        }
    }

    fn line(&self, section: &str, item: impl Into<String>, year: Option<Year>) -> Line {
        Line {
            section: section.to_owned(),
            item: item.into(),
            year: year.map_or_else(String::new, |year| year.to_string()),
            unit: self.unit(),
            ..Line::default()
        }
    }
}

fn rows(lang: Lang, found: &History) -> Vec<Vec<Value>> {
    let writer = Writer { lang, found };
    let all = [
        spans(&writer),
        seasons(&writer),
        parts(&writer),
        customers(&writer),
        largest(&writer),
        efficiency(&writer),
        visits(&writer),
        team(&writer),
        skills(&writer),
    ];
    all.into_iter().flatten().map(Line::cells).collect()
}

fn spans(writer: &Writer<'_>) -> Vec<Line> {
    let section = writer.lang.history().by_period();
    let mut lines = Vec::new();
    for row in &writer.found.spans {
        let name = span_name(writer.lang, row.kind);
        for (cell, year) in row.cells.iter().zip(writer.found.years) {
            if cell.amount.is_some() {
                lines.push(span(writer, writer.line(section, &name, Some(year)), cell));
            }
        }
    }
    lines
}

fn span(writer: &Writer<'_>, line: Line, cell: &SpanCell) -> Line {
    let change = cell.year_on_year.change();
    Line {
        value: cell.amount.map(|amount| writer.amount(amount)),
        before: change.and_then(|change| change.base).map(|base| writer.amount(base)),
        year_on_year: change.and_then(|change| change.rate),
        on_previous: cell.on_previous.change().and_then(|change| change.rate),
        ..line
    }
}

fn seasons(writer: &Writer<'_>) -> Vec<Line> {
    let say = writer.lang.history();
    let numbers = writer.found.years[2].months().map(dacheng_domain::calendar::Month::number);
    let months = writer.found.seasons.months.iter().flatten().zip(numbers);
    let lines = months.map(|(month, number)| Line {
        value: Some(Value::percent(Ratio::new(month.mean, 10_000))),
        unit: say.unit_percent(),
        ..writer.line(say.seasons(), date::month_name(writer.lang, number), None)
    });
    lines.collect()
}

fn parts(writer: &Writer<'_>) -> Vec<Line> {
    let year = writer.found.years[2];
    let mut lines = Vec::new();
    for parts in &writer.found.parts {
        let section = part_title(writer.lang, parts.by);
        let line = |name: String, part: &Part| Line {
            value: Some(writer.amount(part.now)),
            before: part.before.map(|before| writer.amount(before)),
            year_on_year: part.change.and_then(|change| change.rate),
            share: part.share,
            contribution: part.contribution,
            ..writer.line(section, name, Some(year))
        };
        lines.extend(parts.rows.iter().map(|part| line(part_name(writer.lang, parts.by, part), part)));
        lines.push(line(writer.lang.overview().total().to_owned(), &parts.whole));
    }
    lines
}

fn customers(writer: &Writer<'_>) -> Vec<Line> {
    let say = writer.lang.history();
    let mut lines = Vec::new();
    for own in &writer.found.customers.years {
        let Some(spread) = own.spread else { continue };
        let line = |item: &str, value: Value, unit, share| Line {
            value: Some(value),
            unit,
            share,
            ..writer.line(say.customers(), item, Some(own.year))
        };
        let families = say.unit_customers();
        lines.push(line(say.customer_count(), Value::number(spread.customers), families, None));
        lines.push(line(say.top_count(), Value::number(spread.top), families, Some(spread.top_share())));
        lines.push(line(say.behind_most(), Value::number(spread.behind_most), families, None));
        let largest = i64::try_from(spread.of_largest).unwrap_or(i64::MAX);
        let share = Some(spread.largest_share());
        lines.push(line(say.largest_share(), writer.amount(largest), writer.unit(), share));
    }
    lines
}

fn largest(writer: &Writer<'_>) -> Vec<Line> {
    let say = writer.lang.history();
    let all = writer.found.customers.largest.iter().flatten();
    let lines = all.map(|own| Line {
        value: Some(writer.amount(own.now)),
        share: own.share,
        ..writer.line(say.largest(), &own.name, Some(writer.found.years[2]))
    });
    lines.collect()
}

fn efficiency(writer: &Writer<'_>) -> Vec<Line> {
    let say = writer.lang.history();
    let mut lines = Vec::new();
    for own in &writer.found.efficiency {
        let cell = |figure: Option<Ratio>| figure.map(|figure| measures::cell(own.metric, Some(figure)));
        lines.extend(own.years.iter().map(|year| Line {
            value: cell(year.actual),
            before: cell(year.moved.and_then(|moved| moved.base)),
            unit: quality::unit(writer.lang, own.metric),
            year_on_year: year.moved.and_then(|moved| moved.step).map(Step::size),
            ..writer.line(say.efficiency(), metric_name(writer.lang, own.metric), Some(year.year))
        }));
        let with_net = own.years.iter().filter(|_| own.metric.has_net());
        lines.extend(with_net.map(|year| Line {
            value: year.nps.map(|nps| nps_cell(Some(nps))),
            unit: say.unit_points(),
            ..writer.line(say.efficiency(), writer.lang.measures().nps(), Some(year.year))
        }));
    }
    lines
}

fn visits(writer: &Writer<'_>) -> Vec<Line> {
    let (lang, say) = (writer.lang, writer.lang.history());
    let Some(own) = &writer.found.visits else { return Vec::new() };
    let whole = (lang.overview().total(), &own.whole);
    let all = own.rows.iter().map(|(named, counts)| (named.name.as_str(), counts)).chain([whole]);
    let mut lines = Vec::new();
    for (name, counts) in all {
        let outcomes = own.outcomes.iter().map(|outcome| quality::outcome_name(lang, outcome.as_deref()));
        let outcomes = outcomes.zip(counts.by_outcome.iter().copied());
        let others = (own.whole.others > 0).then(|| (say.other_outcomes().to_owned(), counts.others));
        lines.extend(outcomes.chain(others).map(|(outcome, visits)| Line {
            value: Some(Value::number(visits)),
            unit: lang.metrics().visits_unit(),
            ..writer.line(say.visits(), format!("{name} · {outcome}"), Some(writer.found.years[2]))
        }));
    }
    lines
}

fn skills(writer: &Writer<'_>) -> Vec<Line> {
    let say = writer.lang.history();
    let points = |hundredths: Ratio| Value::money(Fen(rounded(hundredths)));
    let lines = writer.found.skills.iter().map(|own| Line {
        value: Some(points(own.mean)),
        before: own.before.map(points),
        unit: say.unit_points(),
        ..writer.line(say.skills(), &own.name, Some(writer.found.years[2]))
    });
    lines.collect()
}

fn team(writer: &Writer<'_>) -> Vec<Line> {
    let (say, team) = (writer.lang.history(), &writer.found.team);
    let members = say.unit_members();
    let mut lines = Vec::new();
    for own in &team.years {
        let average = Line {
            value: Some(tenths(own.average)),
            unit: members,
            ..writer.line(say.team(), say.average_headcount(), Some(own.year))
        };
        let per_head = own.per_head.and_then(|ratio| i64::try_from(ratio.scaled(1)).ok());
        let per_head = per_head.map(|amount| writer.amount(amount));
        lines.push(average);
        lines.push(Line { value: per_head, ..writer.line(say.team(), say.per_head(), Some(own.year)) });
    }
    let band = |name: &str, count: usize| Line {
        value: Some(Value::number(count)),
        unit: members,
        share: Ratio::new(count as i128, team.headcount as i128),
        ..writer.line(say.service(), name, None)
    };
    lines.extend(team.service.iter().map(|(own, count)| band(band_name(writer.lang, *own), *count)));
    if team.without_hire > 0 {
        lines.push(band(say.band_unknown(), team.without_hire));
    }
    lines
}

/// A headcount with two decimals.
fn tenths(average: Option<Ratio>) -> Value {
    let hundredths = average.and_then(|average| i64::try_from(average.scaled(100)).ok());
    Value::money_of(hundredths.map(Fen))
}
