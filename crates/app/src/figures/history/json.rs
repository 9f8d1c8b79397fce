//! The history as JSON, for programs and the command line: money in yuan, rates as decimals, `null` for what does not exist.

use dacheng_domain::metrics::{Change, Unit};
use dacheng_domain::planning::history::Risk;
use dacheng_domain::{Fen, Ratio};
use dacheng_rollup::Owner;
use serde_json::{Value, json};

use super::{Efficiency, Finding, History, Part, PartBy, Parts, Skill, SpanCell, Team, VisitCounts, Visits};
use crate::figures::Named;
use crate::figures::sight::Sight;

impl History {
    /// As JSON.
    pub fn json(&self) -> Value {
        let years: Vec<String> = self.years.iter().map(ToString::to_string).collect();
        json!({
            "metric": self.metric.code(),
            "years": years,
            "through": self.footing.through,
            "begins": self.begins.map(|month| month.to_string()),
            "aggregates_only": self.sight == Sight::Aggregates,
            "findings": self.findings.iter().map(|finding| self.finding(finding)).collect::<Vec<_>>(),
            "periods": self.spans.iter().map(|row| json!({
                "period": row.code(),
                "years": row.cells.iter().zip(&years).map(|(cell, year)| self.cell(cell, year)).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "seasonality": self.seasonality(),
            "parts": self.parts.iter().map(|parts| self.parts(parts)).collect::<Vec<_>>(),
            "customers": self.customers(),
            "efficiency": self.efficiency.iter().map(efficiency).collect::<Vec<_>>(),
            "visits": self.visits.as_ref().map(visits),
            "team": self.team(&self.team),
        })
    }

    /// An amount of the metric: yuan with two decimals, or a whole number.
    pub fn amount(&self, amount: i64) -> String {
        match self.metric.definition().unit {
            Unit::Money => Fen(amount).to_string(),
            Unit::Count | Unit::Percent | Unit::Score | Unit::Days => amount.to_string(),
        }
    }

    fn change(&self, change: Option<&Change>) -> Value {
        change.map_or(Value::Null, |change| {
            json!({
                "current": self.amount(change.current),
                "base": change.base.map(|base| self.amount(base)),
                "rate": change.rate.map(|rate| rate.to_string()),
            })
        })
    }

    fn cell(&self, cell: &SpanCell, year: &str) -> Value {
        json!({
            "year": year,
            "from": cell.days.0,
            "to": cell.days.1,
            "amount": cell.amount.map(|amount| self.amount(amount)),
            "running": cell.running,
            "year_on_year": self.change(cell.year_on_year.change()),
            "on_previous": self.change(cell.on_previous.change()),
        })
    }

    fn seasonality(&self) -> Value {
        let index = |index: i64| Ratio::new(index, 10_000).map(|index| index.to_string());
        let numbers = self.years[0].months().map(dacheng_domain::calendar::Month::number);
        let months = self.seasons.months.iter().flatten().zip(numbers).map(|(month, number)| {
            json!({
                "month": number,
                "index": index(month.mean),
                "low": index(month.low),
                "high": index(month.high),
                "years": month.years.iter().map(|own| index(*own)).collect::<Vec<_>>(),
            })
        });
        let years: Vec<String> = self.seasons.years.iter().map(ToString::to_string).collect();
        json!({ "years": years, "months": months.collect::<Vec<_>>() })
    }

    fn parts(&self, parts: &Parts) -> Value {
        json!({
            "by": parts.by.code(),
            "rows": parts.rows.iter().map(|row| self.part(row)).collect::<Vec<_>>(),
            "total": self.part(&parts.whole),
        })
    }

    fn part(&self, part: &Part) -> Value {
        use dacheng_rollup::Owner;
        let owner = part.owner.as_ref().map(|owner| match owner {
            Owner::Company => "company".to_owned(),
            Owner::Unit(code) => format!("unit:{code}"),
            Owner::Member(code) => format!("member:{code}"),
        });
        json!({
            "name": part.name,
            "owner": owner,
            "amount": self.amount(part.now),
            "before": part.before.map(|before| self.amount(before)),
            "share": part.share.map(|share| share.to_string()),
            "rate": part.change.and_then(|change| change.rate).map(|rate| rate.to_string()),
            "contribution": part.contribution.map(|points| points.to_string()),
        })
    }

    fn customers(&self) -> Value {
        let year = |own: &super::CustomerYear| {
            json!({
                "year": own.year.to_string(),
                "customers": own.spread.map(|spread| spread.customers),
                "top_count": own.spread.map(|spread| spread.top),
                "top_share": own.spread.map(|spread| spread.top_share().to_string()),
                "behind_80_percent": own.spread.map(|spread| spread.behind_most),
                "largest_share": own.spread.map(|spread| spread.largest_share().to_string()),
                "risk": own.spread.map(|spread| risk(spread.risk())),
            })
        };
        let large = |own: &super::LargeCustomer| {
            json!({
                "customer": own.code,
                "name": own.name,
                "amount": self.amount(own.now),
                "year_before": own.before.map(|before| self.amount(before)),
                "share": own.share.map(|share| share.to_string()),
            })
        };
        json!({
            "years": self.customers.years.iter().map(year).collect::<Vec<_>>(),
            "largest": self.customers.largest.as_ref().map(|all| all.iter().map(large).collect::<Vec<_>>()),
        })
    }

    fn team(&self, team: &Team) -> Value {
        let per_head = |ratio: Ratio| i64::try_from(ratio.scaled(1)).ok().map(|amount| self.amount(amount));
        let year = |own: &super::TeamYear| {
            json!({
                "year": own.year.to_string(),
                "average_headcount": own.average.map(|average| average.to_string()),
                "per_head": own.per_head.and_then(per_head),
            })
        };
        let bands =
            team.service.iter().map(|(band, count)| json!({ "months": band.code(), "members": count }));
        json!({
            "on": team.on,
            "headcount": team.headcount,
            "years": team.years.iter().map(year).collect::<Vec<_>>(),
            "service": bands.collect::<Vec<_>>(),
            "without_day_of_hire": team.without_hire,
            "mean_service_months": team.mean_service.map(|mean| mean.to_string()),
            "joined_12_months": team.joined,
            "left_12_months": team.left,
            "skill_scores": self.skills.iter().map(skill).collect::<Vec<_>>(),
        })
    }

    fn finding(&self, finding: &Finding) -> Value {
        let mut said = match finding {
            Finding::YearSoFar { year, change, running } => {
                json!({ "year": year.to_string(), "running": running, "change": self.change(Some(change)) })
            }
            Finding::LastMonth { month, spring, change } => json!({
                "month": month.to_string(),
                "january_and_february": spring,
                "change": self.change(Some(change)),
            }),
            Finding::Strongest(by, part) | Finding::Weakest(by, part) => self.named(*by, part),
            Finding::Customers(year, spread) => json!({
                "year": year.to_string(),
                "top_share": spread.top_share().to_string(),
                "behind_80_percent": spread.behind_most,
                "risk": risk(spread.risk()),
            }),
            Finding::Season { high, low, years } => {
                json!({ "high_month": high.0, "low_month": low.0, "years": years })
            }
        };
        if let Some(said) = said.as_object_mut() {
            said.insert("finding".to_owned(), finding.code().into());
        }
        said
    }

    fn named(&self, by: PartBy, part: &Part) -> Value {
        let mut said = self.part(part);
        if let Some(said) = said.as_object_mut() {
            said.insert("by".to_owned(), by.code().into());
        }
        said
    }
}

/// Figures and rates as programs read them; a change is a rate, or points of one in per cent.
fn efficiency(own: &Efficiency) -> Value {
    let unit = own.metric.definition().unit;
    let years = own.years.iter().map(|year| {
        let mut written = json!({
            "year": year.year.to_string(),
            "actual": year.actual.map(|figure| unit.written(figure)),
            "year_before": year.moved.and_then(|moved| moved.base).map(|figure| unit.written(figure)),
            "change": year.moved.and_then(|moved| moved.step).map(|step| step.size().to_string()),
        });
        if own.metric.has_net() {
            written["nps"] = Value::from(year.nps.map(|nps| Unit::Score.written(nps)));
        }
        written
    });
    json!({ "metric": own.metric.code(), "years": years.collect::<Vec<_>>() })
}

/// Visits by outcome; `""` is where nothing was said.
fn visits(found: &Visits) -> Value {
    let counts = |own: &VisitCounts| {
        let named = found.outcomes.iter().zip(&own.by_outcome);
        let by_outcome: serde_json::Map<String, Value> =
            named.map(|(name, visits)| (name.clone().unwrap_or_default(), Value::from(*visits))).collect();
        json!({ "visits": own.all, "by_outcome": by_outcome, "others": own.others })
    };
    let row = |(named, own): &(Named, VisitCounts)| {
        let mut row = counts(own);
        let kind = if matches!(named.owner, Owner::Member(_)) { "member" } else { "unit" };
        row["of"] = Value::from(format!("{kind}:{}", named.code));
        row
    };
    json!({
        "from": found.days.0.to_string(), "to": found.days.1.to_string(),
        "rows": found.rows.iter().map(row).collect::<Vec<_>>(), "total": counts(&found.whole),
    })
}

/// Scores in points.
fn skill(own: &Skill) -> Value {
    let points = |hundredths: Ratio| Unit::Score.written(hundredths);
    json!({
        "skill": own.name,
        "members": own.members,
        "mean": points(own.mean),
        "year_before": own.before.map(points),
        "measured_by": own.yardstick.as_ref().map(|by| by.unit.clone().unwrap_or_else(|| "company".to_owned())),
        "measure": own.yardstick.as_ref().map(|by| points(by.mean)),
        "gap": own.gap().map(points),
    })
}

const fn risk(risk: Risk) -> &'static str {
    match risk {
        Risk::OneCustomer => "one_customer",
        Risk::FewCustomers => "few_customers",
        Risk::Spread => "spread",
    }
}
