//! Comparisons, copies and merges as JSON, for the command line and the API alike: amounts as files have them, rates as exact decimals.

use dacheng_domain::Ratio;
use dacheng_domain::metrics::Metric;
use dacheng_forecast::Chance;
use serde_json::{Value, json};

use super::compare::Comparison;
use super::copy::CopyPreview;
use super::merge::{MergePreview, Part};
use super::rows::{CompareCell, CompareRow};
use crate::planning::written;

impl Comparison {
    /// The whole of it.
    pub fn json(&self) -> Value {
        let plans = self.plans.iter().map(|own| {
            json!({
                "code": own.plan.code, "name": own.plan.name, "state": own.plan.state,
                "pay_assumption": own.pay.map(|pay| json!({ "rate": hundredths(pay.rate()), "beyond": hundredths(pay.beyond()) })),
            })
        });
        json!({
            "year": self.year.name(),
            "metric": self.metric.code(),
            "plans": plans.collect::<Vec<_>>(),
            "month_of_work": self.each.map(|each| self.amount(each)),
            "rows": self.rows.iter().map(|row| self.row(row)).collect::<Vec<_>>(),
        })
    }

    fn amount(&self, minor: i64) -> String {
        written(self.metric, minor)
    }

    fn row(&self, row: &CompareRow) -> Value {
        json!({
            "owner": row.owner.to_string(),
            "name": row.name,
            "depth": row.depth,
            "capacity": row.capacity.map(|own| self.amount(own)),
            "p10": row.band.map(|band| self.amount(band.p10)),
            "p50": row.band.map(|band| self.amount(band.p50)),
            "p90": row.band.map(|band| self.amount(band.p90)),
            "cells": row.cells.iter().map(|cell| self.cell(cell)).collect::<Vec<_>>(),
        })
    }

    fn cell(&self, cell: &CompareCell) -> Value {
        json!({
            "target": cell.amount.map(|own| self.amount(own)),
            "difference": cell.apart.map(|apart| self.amount(apart.amount)),
            "difference_rate": cell.apart.and_then(|apart| apart.rate).map(rate),
            "probability": cell.chance.map(probability),
            "capacity_load": cell.load.map(rate),
            "pay_at_target": cell.pay.map(|own| self.amount(own)),
            "pay_expected": cell.pay_expected.map(|own| self.amount(own)),
        })
    }
}

impl CopyPreview {
    /// What a copy comes to.
    pub fn json(&self) -> Value {
        let metrics = self.metrics.iter().map(|own| {
            let amount = |minor: Option<i64>| minor.map(|minor| written(own.metric, minor));
            json!({
                "metric": own.metric.code(), "before": amount(own.before), "after": amount(own.after),
                "carried_by": own.owners,
            })
        });
        let not_taken = self.not_taken.iter().map(|own| {
            json!({
                "metric": own.metric, "owner": own.owner, "name": own.name, "unit": own.unit, "why": own.why,
                "months": own.months, "amount": own.of().map(|metric| written(metric, own.amount)),
                "became": own.became, "below": own.below,
            })
        });
        json!({
            "from": self.source.code, "code": self.code, "year": self.year.name(),
            "metrics": metrics.collect::<Vec<_>>(), "not_taken": not_taken.collect::<Vec<_>>(),
        })
    }
}

impl MergePreview {
    /// What a merge changes.
    pub fn json(&self, metric: Metric) -> Value {
        let amount = |minor: i64| written(metric, minor);
        let rows = self.rows.iter().map(|row| {
            let part = match row.part {
                Part::Above => "above",
                Part::Branch => "branch",
                Part::Beside => "beside",
            };
            json!({
                "owner": row.owner.to_string(), "name": row.name, "part": part,
                "before": row.old.map(amount), "after": row.new.map(amount),
            })
        });
        let [before, after] = self
            .declared
            .map(|(reserve, buffer)| json!({ "reserve": amount(reserve), "buffer": amount(buffer) }));
        json!({
            "from": self.from.code, "into": self.into.code, "name": self.name,
            "above": self.above.as_ref().map(|(unit, _)| unit.to_string()),
            "before": self.old.map(amount), "after": amount(self.new),
            "declared": { "before": before, "after": after },
            "rows": rows.collect::<Vec<_>>(), "token": self.token,
        })
    }
}

/// Hundredths of a per cent in per cent: `1.50`.
fn hundredths(rate: i64) -> String {
    format!("{}.{:02}", rate / 100, rate % 100)
}

/// Four decimals.
fn rate(ratio: Ratio) -> String {
    let parts = ratio.scaled(10_000);
    let sign = if parts < 0 { "-" } else { "" };
    format!("{sign}{}.{:04}", parts.abs() / 10_000, parts.abs() % 10_000)
}

fn probability(chance: Chance) -> String {
    let parts = chance.ten_thousandths();
    format!("{}.{:04}", parts / 10_000, parts % 10_000)
}
