//! Coverage as JSON, for the command line and the API alike: money in yuan, rates as exact decimals.

use dacheng_domain::Fen;
use dacheng_domain::Ratio;
use dacheng_domain::facts::value::Code;
use dacheng_domain::tracking::pipeline::{Coverage, Origin, WHOLE, Weight};
use dacheng_rollup::Owner;
use serde_json::{Value, json};

use super::{Covered, Listed, METRIC, Pipeline};

impl Pipeline {
    /// The whole.
    pub fn json(&self) -> Value {
        let mut whole = self.whole.json();
        if let Value::Object(own) = &mut whole {
            own.insert("metric".into(), METRIC.code().into());
            own.insert("period".into(), self.period.to_string().into());
            own.insert("data_through".into(), json!(self.footing.through));
            own.insert("red_below".into(), self.settled.red_below.to_string().into());
            own.insert("settings_version".into(), self.settled.version.into());
            own.insert("rows".into(), self.rows.code().into());
            own.insert("below".into(), self.below.iter().map(|(_, own)| own.json()).collect());
            own.insert("stages".into(), self.stages.iter().map(stage).collect());
            own.insert("opportunities".into(), self.opportunities.iter().map(listed).collect());
        }
        whole
    }
}

/// The word of scripts.
const fn word(coverage: Coverage) -> &'static str {
    match coverage {
        Coverage::Over => "over",
        Coverage::NoTarget => "no_target",
        Coverage::NoGap => "no_gap",
        Coverage::Times { .. } => "covered",
    }
}

impl Covered {
    fn json(&self) -> Value {
        json!({
            "owner": owner(&self.owner),
            "target": self.target.map(fen),
            "booked": fen(self.booked),
            "gap": self.coverage.gap().map(fen),
            "weighted": fen(self.weighted),
            "amount": fen(self.amount),
            "opportunities_counted": self.count,
            "coverage": self.coverage.ratio().map(|ratio| ratio.to_string()),
            "state": word(self.coverage),
            "red": self.is_short,
        })
    }
}

fn stage((stage, weight): &(String, Option<Weight>)) -> Value {
    json!({ "stage": stage, "weight": weight.map(probability), "origin": weight.map(|own| origin(own.origin)) })
}

fn origin(origin: Origin) -> Value {
    match origin {
        Origin::Own => json!("own"),
        Origin::Settled => json!("settled"),
        Origin::Stage { decided } => json!({ "stage": { "decided": decided } }),
        Origin::All { decided } => json!({ "all": { "decided": decided } }),
    }
}

fn listed(own: &Listed) -> Value {
    let (counted, left) = (own.counted.ok(), own.counted.err());
    json!({
        "opportunity": own.row.opportunity.as_str(),
        "member": own.row.member.as_str(),
        "customer": own.row.customer.as_ref().map(Code::as_str),
        "stage": own.row.stage,
        "amount": own.row.amount.map(|amount| amount.to_string()),
        "expected": own.row.expected,
        "active": own.row.heard_of(),
        "weight": counted.map(|own| probability(own.weight)),
        "origin": counted.map(|own| origin(own.weight.origin)),
        "weighted": counted.map(|own| own.weighted.to_string()),
        "overdue": counted.map(|own| own.overdue),
        "left_out": left,
    })
}

fn probability(weight: Weight) -> String {
    Ratio::new(weight.parts, WHOLE).map_or_else(String::new, |ratio| ratio.to_string())
}

fn owner(owner: &Owner) -> String {
    match owner {
        Owner::Company => "company".to_owned(),
        Owner::Unit(code) => format!("unit:{code}"),
        Owner::Member(code) => format!("member:{code}"),
    }
}

fn fen(minor: i64) -> String {
    Fen(minor).to_string()
}
