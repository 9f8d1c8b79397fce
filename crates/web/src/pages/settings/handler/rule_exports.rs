//! What the company has settled as files: the days of a year, the alert rules.

use dacheng_app::exports::{Column, Holds, Value};
use dacheng_text::date;

use super::{calendar, rules};
use crate::exports::{List, Wanted, Whole};
use crate::http::Reply;

/// `GET /settings/calendar.xlsx?year=2026`: every day of the year, with what it is and why.
pub async fn calendar(file: Wanted<calendar::Asked>) -> Reply {
    file.answer(|desk, asked, format| {
        let (lang, say) = (desk.lang(), desk.lang().settings());
        let page = calendar::page(desk, asked.year(desk)?)?;
        let list = List {
            title: say.calendar().to_owned(),
            filter: vec![date::year(lang, page.year)],
            columns: vec![
                Column::of(Holds::Day, say.day()),
                Column::text(say.weekday(), 10),
                Column::text(say.day_kind(), 14),
                Column::text(say.name_of_day(), 24),
            ],
            ..List::default()
        };
        let days = page.months.iter().flat_map(|month| month.weeks.iter().flatten().flatten());
        let rows = days.map(|day| {
            Ok(vec![
                Value::Day(day.date),
                Value::text(date::weekday(lang, day.date.weekday())),
                Value::text(day.look.word(lang)),
                Value::text(&day.name),
            ])
        });
        desk.export(format, list, rows)
    })
    .await
}

/// `GET /settings/rules.xlsx`: every version of every rule, in sentences.
pub async fn rules(file: Wanted<Whole>) -> Reply {
    file.answer(|desk, _, format| {
        let say = desk.lang().settings();
        let list = List {
            title: say.rules().to_owned(),
            columns: vec![
                Column::text(say.rule_metric(), 14),
                Column::text(say.rule_number(), 10),
                Column::text(say.rule_from(), 16),
                Column::text(desk.lang().dashboard().standing(), 12),
                Column::text(say.rule_says(), 80),
            ],
            ..List::default()
        };
        let metrics = rules::page(desk)?.metrics;
        let rows = metrics.iter().flat_map(|metric| {
            metric.versions.iter().map(|version| {
                Ok(vec![
                    Value::text(&metric.metric),
                    Value::text(&version.version),
                    Value::text(&version.since),
                    Value::text(&version.state.text),
                    Value::text(version.sentences.join("\n")),
                ])
            })
        });
        desk.export(format, list, rows)
    })
    .await
}
