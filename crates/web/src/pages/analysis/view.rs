//! From a history to the sections that show it. No figure is computed here.

use dacheng_app::figures::history::{
    CustomerYear, History, LargeCustomer, Part, PartBy, Parts, SpanKind, SpanRow, TeamYear,
};
use dacheng_domain::calendar::{Period, Year};
use dacheng_domain::planning::history::ServiceBand;
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use dacheng_text::number::decimal;
use dacheng_text::rate::Blank;
use dacheng_text::{Lang, date};

use super::sections::{Shown, count, rate, row};
use super::{Seasons, Sections, quality, said};
use crate::charts::{Amounts, MonthOfYears, SeasonColumn, SeasonColumns, YearsByMonth};
use crate::components::{Column, FigureTable, TableCell, TableHead, TableRow};
use crate::pages::standing::metric_name;

/// The sections of the page.
pub fn sections(lang: Lang, found: &History) -> Sections {
    let shown = Shown::of(lang, found);
    Sections {
        findings: said::findings(&shown),
        short: short(lang, found),
        spans_note: spans_note(lang, found),
        spans: spans(&shown),
        months: months(&shown),
        seasons: seasons(lang, found),
        parts: found.parts.iter().map(|parts| part_table(&shown, parts)).collect(),
        parts_note: parts_note(lang, found),
        customers: customers(lang, found),
        largest: largest(&shown),
        efficiency: quality::efficiency(lang, found),
        visits: quality::visits(lang, found),
        team_note: team_note(lang, found),
        team: team(&shown),
        service: service(lang, found),
        service_note: service_note(lang, found),
        skills: quality::skills(lang, found),
    }
}

pub(super) fn year_name(lang: Lang, year: Year) -> String {
    date::year(lang, year.name())
}

fn last(found: &History) -> Year {
    found.years[found.years.len() - 1]
}

/// What a row of spans is called.
pub(super) fn span_name(lang: Lang, kind: SpanKind) -> String {
    let say = lang.history();
    match kind {
        SpanKind::Year => say.whole_year().to_owned(),
        SpanKind::Quarter(number) => format!("Q{number}"),
        SpanKind::Month(number) => date::month_name(lang, number),
        SpanKind::Spring => say.spring().to_owned(),
    }
}

/// Where the history begins after the first of the three years.
fn short(lang: Lang, found: &History) -> Option<String> {
    let begins = found.begins.filter(|begins| begins.first_day() > found.years[0].first_day())?;
    Some(lang.history().short(date::period(lang, Period::Month(begins))))
}

fn spans_note(lang: Lang, found: &History) -> String {
    let say = lang.history();
    let running = found.spans.iter().any(|row| row.cells.iter().any(|cell| cell.running));
    match found.footing.through.filter(|_| running) {
        Some(day) => say.running(year_name(lang, last(found)), date::short(day)),
        None => say.over().to_owned(),
    }
}

fn spans(shown: &Shown<'_>) -> FigureTable {
    let (lang, say) = (shown.lang, shown.lang.history());
    let [first, before, now] = shown.found.years.map(|year| year_name(lang, year));
    let heads = vec![
        TableHead::new(say.period(), ""),
        TableHead::new(first, "n wide-only"),
        TableHead::new(&before, "n"),
        TableHead::new(say.year_on_year_of(&before), "n second wide-only"),
        TableHead::new(now, "n strong"),
        TableHead::new(say.year_on_year(), "n"),
        TableHead::new(say.on_previous(), "n second wide-only"),
    ];
    let rows = shown.found.spans.iter().map(|row| span_row(shown, row)).collect();
    FigureTable {
        caption: say.by_period().to_owned(),
        column: shown.column.clone(),
        heads,
        rows,
        total: None,
    }
}

fn span_row(shown: &Shown<'_>, span: &SpanRow) -> TableRow {
    let amount = |place: usize| {
        let cell = &span.cells[place];
        let why =
            cell.period.filter(|_| cell.amount.is_some()).map(|period| shown.why(period, &shown.found.owner));
        let ahead = shown.found.footing.through.is_none_or(|through| cell.days.0 > through);
        shown.amount(cell.amount, why, if ahead { Blank::NotYet } else { Blank::NoHistory })
    };
    let class = match span.kind {
        SpanKind::Year | SpanKind::Quarter(_) => "sum",
        SpanKind::Spring => "aside",
        SpanKind::Month(_) => "",
    };
    let cells = vec![
        amount(0),
        amount(1),
        shown.compared(&span.cells[1].year_on_year),
        amount(2),
        shown.compared(&span.cells[2].year_on_year),
        shown.compared(&span.cells[2].on_previous),
    ];
    row(span_name(shown.lang, span.kind), class, cells)
}

fn months(shown: &Shown<'_>) -> YearsByMonth {
    let (lang, found) = (shown.lang, shown.found);
    let months = found.spans.iter().filter(|row| matches!(row.kind, SpanKind::Month(_)));
    let amounts = match &shown.column {
        Column::Money(column) => Amounts::Money(*column),
        Column::Count(unit) => Amounts::Count(unit.clone()),
        Column::Rate | Column::Decimal(_) => Amounts::Count(String::new()),
    };
    YearsByMonth {
        subject: lang.history().by_period_chart(metric_name(lang, found.metric)),
        years: found.years.map(|year| year_name(lang, year)).to_vec(),
        months: months
            .map(|row| MonthOfYears {
                label: span_name(lang, row.kind),
                amounts: row.cells.iter().map(|cell| cell.amount).collect(),
                running: row.cells.iter().any(|cell| cell.running),
            })
            .collect(),
        amounts,
    }
}

fn seasons(lang: Lang, found: &History) -> Result<Seasons, String> {
    let say = lang.history();
    let Some(months) = &found.seasons.months else { return Err(say.seasons_none().to_owned()) };
    let names: Vec<String> =
        last(found).months().map(|month| date::month_name(lang, month.number())).collect();
    let years: Vec<String> = found.seasons.years.iter().map(|year| year_name(lang, *year)).collect();
    let index = |index: i64| rate(Ratio::new(index, 10_000));
    let heads = vec![
        TableHead::new(say.month(), ""),
        TableHead::new(say.season_index(), "n strong"),
        TableHead::new(say.season_low(), "n"),
        TableHead::new(say.season_high(), "n"),
    ];
    let pairs = || months.iter().zip(&names);
    let rows = pairs()
        .map(|(month, name)| row(name, "", vec![index(month.mean), index(month.low), index(month.high)]));
    let columns = pairs().map(|(month, name)| SeasonColumn {
        label: name.clone(),
        mean: month.mean,
        low: month.low,
        high: month.high,
    });
    Ok(Seasons {
        note: say.seasons_note(years.join(lang.overview().comma())),
        table: FigureTable {
            caption: say.seasons().to_owned(),
            column: Column::Rate,
            heads,
            rows: rows.collect(),
            total: None,
        },
        chart: SeasonColumns { subject: say.season_index().to_owned(), months: columns.collect() },
    })
}

/// What a dimension is called at the head of its table.
pub(super) fn part_title(lang: Lang, by: PartBy) -> &'static str {
    let say = lang.history();
    match by {
        PartBy::Region => say.by_region(),
        PartBy::ProductLine => say.by_product_line(),
        PartBy::CustomerType => say.by_customer_type(),
        PartBy::Below => say.by_below(),
    }
}

/// What a part is called.
pub(super) fn part_name(lang: Lang, by: PartBy, part: &Part) -> String {
    let say = lang.history();
    let unnamed = if by == PartBy::Below { say.others() } else { say.not_given() };
    part.name.clone().unwrap_or_else(|| unnamed.to_owned())
}

fn part_table(shown: &Shown<'_>, parts: &Parts) -> FigureTable {
    let (lang, say) = (shown.lang, shown.lang.history());
    let heads = vec![
        TableHead::new(say.part(), ""),
        TableHead::new(say.before(), "n"),
        TableHead::new(say.now(), "n strong"),
        TableHead::new(say.share(), "wide-only"),
        TableHead::new(say.year_on_year(), "n"),
        TableHead::new(say.contribution(), "n"),
    ];
    let period = Period::Year(last(shown.found));
    let cells = |part: &Part, owner: Option<&Owner>| {
        let why = owner.map(|owner| shown.why(period, owner));
        vec![
            shown.amount(part.before, None, Blank::NoHistory),
            shown.amount(Some(part.now), why, Blank::NoHistory),
            TableCell::Share(part.share),
            shown.beside(part.change.as_ref()),
            TableCell::Points(part.contribution),
        ]
    };
    let rows = parts
        .rows
        .iter()
        .map(|part| row(part_name(lang, parts.by, part), "", cells(part, part.owner.as_ref())));
    FigureTable {
        caption: part_title(lang, parts.by).to_owned(),
        column: shown.column.clone(),
        heads,
        rows: rows.collect(),
        total: Some(row(lang.overview().total(), "", cells(&parts.whole, Some(&shown.found.owner)))),
    }
}

fn parts_note(lang: Lang, found: &History) -> String {
    let year = last(found);
    let through = found.footing.through.unwrap_or(year.last_day()).min(year.last_day());
    lang.history().parts_note(format!("{} – {}", date::short(year.first_day()), date::short(through)))
}

fn customers(lang: Lang, found: &History) -> FigureTable {
    let say = lang.history();
    let heads = vec![
        TableHead::new(say.year(), ""),
        TableHead::new(say.customer_count(), "n"),
        TableHead::new(say.top_share(), ""),
        TableHead::new(say.behind_most(), "n"),
        TableHead::new(say.largest_share(), "n wide-only"),
    ];
    let dash = || TableCell::Text("—".to_owned());
    let of_year = |own: &CustomerYear| {
        let cells = match own.spread {
            None => vec![dash(), TableCell::Share(None), dash(), dash()],
            Some(spread) => vec![
                count(spread.customers),
                TableCell::Share(Some(spread.top_share())),
                count(spread.behind_most),
                rate(Some(spread.largest_share())),
            ],
        };
        row(year_name(lang, own.year), "", cells)
    };
    FigureTable {
        caption: say.customers().to_owned(),
        column: Column::Rate,
        heads,
        rows: found.customers.years.iter().map(of_year).collect(),
        total: None,
    }
}

fn largest(shown: &Shown<'_>) -> Result<FigureTable, String> {
    let say = shown.lang.history();
    let Some(largest) = &shown.found.customers.largest else { return Err(say.largest_hidden().to_owned()) };
    let heads = vec![
        TableHead::new(say.customer(), ""),
        TableHead::new(say.now(), "n strong"),
        TableHead::new(say.share(), ""),
        TableHead::new(say.before_whole(), "n wide-only"),
    ];
    let of_customer = |own: &LargeCustomer| {
        let cells = vec![
            shown.amount(Some(own.now), None, Blank::NoHistory),
            TableCell::Share(own.share),
            shown.amount(own.before, None, Blank::NoHistory),
        ];
        row(&own.name, "", cells)
    };
    Ok(FigureTable {
        caption: say.largest().to_owned(),
        column: shown.column.clone(),
        heads,
        rows: largest.iter().map(of_customer).collect(),
        total: None,
    })
}

fn team_note(lang: Lang, found: &History) -> String {
    let team = &found.team;
    lang.history().team_note(date::full(lang, team.on), team.headcount, team.joined, team.left)
}

fn team(shown: &Shown<'_>) -> FigureTable {
    let (lang, say, found) = (shown.lang, shown.lang.history(), shown.found);
    let heads = vec![
        TableHead::new(say.year(), ""),
        TableHead::new(say.average_headcount(), "n"),
        TableHead::new(say.per_head(), "n strong"),
    ];
    let per_head = |year: &TeamYear| year.per_head.and_then(|ratio| i64::try_from(ratio.scaled(1)).ok());
    let dash = || "—".to_owned();
    let rows = found.team.years.iter().map(|year| {
        let cells = vec![
            TableCell::Text(year.average.map_or_else(dash, decimal)),
            shown.amount(per_head(year), None, Blank::NoHistory),
        ];
        row(year_name(lang, year.year), "", cells)
    });
    let rows: Vec<TableRow> = rows.collect();
    let amounts = found.team.years.iter().filter_map(per_head).map(Fen);
    let column = match &shown.column {
        Column::Money(_) => Column::Money(dacheng_text::money::Column::fitting(amounts)),
        other => other.clone(),
    };
    FigureTable { caption: say.team().to_owned(), column, heads, rows, total: None }
}

/// What a band of service is called.
pub(super) fn band_name(lang: Lang, band: ServiceBand) -> &'static str {
    let say = lang.history();
    match band {
        ServiceBand::Newcomer => say.band_newcomer(),
        ServiceBand::FirstYear => say.band_first_year(),
        ServiceBand::ThreeYears => say.band_three_years(),
        ServiceBand::Longer => say.band_longer(),
    }
}

fn service(lang: Lang, found: &History) -> FigureTable {
    let (say, team) = (lang.history(), &found.team);
    let heads = vec![
        TableHead::new(say.service(), ""),
        TableHead::new(say.members(), "n"),
        TableHead::new(say.share(), ""),
    ];
    let cells = |members: usize| {
        vec![count(members), TableCell::Share(Ratio::new(members as i128, team.headcount as i128))]
    };
    let mut rows: Vec<TableRow> =
        team.service.iter().map(|(band, members)| row(band_name(lang, *band), "", cells(*members))).collect();
    if team.without_hire > 0 {
        rows.push(row(say.band_unknown(), "", cells(team.without_hire)));
    }
    FigureTable { caption: say.service().to_owned(), column: Column::Rate, heads, rows, total: None }
}

fn service_note(lang: Lang, found: &History) -> String {
    let say = lang.history();
    found
        .team
        .mean_service
        .map_or_else(|| say.service_none().to_owned(), |mean| say.service_note(decimal(mean)))
}
