//! A proposal as JSON, for the command line and the API alike: money in yuan, rates as exact decimals.

use dacheng_domain::metrics::{Metric, Unit};
use dacheng_domain::planning::proposal::CannotPropose;
use dacheng_domain::{Fen, Ratio};
use dacheng_forecast::Chance;
use serde_json::{Value, json};

use super::market::Growth;
use super::proposal::{Base, Proposed};

impl Proposed {
    /// The whole.
    pub fn json(&self) -> Value {
        let amount = |minor: i64| amount(self.metric, minor);
        let totals = |own: &dacheng_domain::planning::proposal::Proposal| json!({ "floor": amount(own.floor), "target": amount(own.target), "stretch": amount(own.stretch) });
        let steps = |own: &dacheng_domain::planning::proposal::Proposal| {
            let step = |moved: &dacheng_domain::planning::proposal::Moved| {
                json!({
                    "factor": moved.step.code(), "change": amount(moved.change), "total": amount(moved.total),
                })
            };
            own.steps.iter().map(step).collect::<Vec<Value>>()
        };
        let proposal = self.proposal.as_ref().ok();
        json!({
            "metric": self.metric.code(),
            "year": self.year.name(),
            "version": self.version,
            "totals": proposal.map(totals),
            "probabilities": {
                "floor": self.chances[0].map(chance), "target": self.chances[1].map(chance),
                "stretch": self.chances[2].map(chance),
            },
            "steps": proposal.map(steps),
            "missing": self.proposal.as_ref().err().map(|why| word(*why)),
            "market": {
                "growth": rate(self.typed.market),
                "source": self.typed.market_source,
                "from_note": self.market_noted,
                "notes": self.growth.iter().map(note).collect::<Vec<Value>>(),
            },
            "spread": { "below": rate(self.spread.0), "above": rate(self.spread.1), "by_band": self.by_band },
            "base": self.base.as_ref().map(|own| base(self.metric, own)),
            "forecast": self.band.map(|band| {
                json!({ "p10": amount(band.p10), "p50": amount(band.p50), "p90": amount(band.p90) })
            }),
            "open_opportunities": self.pipeline.map(|(weighted, count)| {
                json!({ "weighted": Fen(weighted).to_string(), "count": count })
            }),
        })
    }
}

fn base(metric: Metric, own: &Base) -> Value {
    json!({
        "first": own.first.to_string(), "last": own.last.to_string(), "months": own.months,
        "achieved": amount(metric, own.achieved), "season": own.season.to_string(),
        "season_years": own.season_years, "heads": own.heads, "ramping": own.ramping, "leavers": own.leavers,
    })
}

fn note(own: &Growth) -> Value {
    json!({ "note": own.note, "subject": own.subject, "growth": own.rate.to_string(), "source": own.source })
}

fn amount(metric: Metric, minor: i64) -> String {
    match metric.definition().unit {
        Unit::Money => Fen(minor).to_string(),
        Unit::Count | Unit::Percent | Unit::Score | Unit::Days => minor.to_string(),
    }
}

fn rate(hundredths: i64) -> String {
    Ratio::new(hundredths, 10_000).map_or_else(String::new, |ratio| ratio.to_string())
}

fn chance(chance: Chance) -> String {
    let parts = chance.ten_thousandths();
    format!("{}.{:04}", parts / 10_000, parts % 10_000)
}

/// Why there is none, for scripts.
const fn word(why: CannotPropose) -> &'static str {
    match why {
        CannotPropose::Season => "season",
        CannotPropose::Market => "market",
        CannotPropose::Own => "own",
        CannotPropose::Below => "below",
        CannotPropose::Above => "above",
        CannotPropose::Capacity => "capacity",
        CannotPropose::Rounding => "rounding",
        CannotPropose::Nothing => "nothing",
        CannotPropose::TooLarge => "too_large",
    }
}
