//! A forecast as JSON, for the command line and the API alike: money in yuan, rates as exact decimals.

use dacheng_domain::Fen;
use dacheng_forecast::{Chance, Flag, Forecast, Method, Side, Why};
use dacheng_rollup::Owner;
use serde_json::{Value, json};

use super::{Outlook, Outlooks, Told};

impl Outlooks {
    /// The whole; `attain` is an amount whose chance is asked for besides the target's.
    pub fn json(&self, attain: Option<i64>) -> Value {
        let mut whole = self.whole.json(attain);
        let rows: Vec<Value> = self.below.iter().map(|(_, outlook)| outlook.json(None)).collect();
        let flags: Vec<Value> = self.flags.iter().copied().map(flag).collect();
        let months = self.months.iter().filter_map(|month| {
            let band = month.band?;
            Some(json!({
                "month": month.month.to_string(), "p10": fen(band.p10), "p50": fen(band.p50),
                "p90": fen(band.p90), "target": month.target.map(fen),
            }))
        });
        if let Value::Object(own) = &mut whole {
            own.insert("metric".into(), self.metric.code().into());
            own.insert("period".into(), self.period.to_string().into());
            own.insert("data_through".into(), json!(self.footing.through));
            own.insert("history_months".into(), self.history.into());
            own.insert("provisional_year".into(), json!(self.provisional));
            own.insert("flags".into(), flags.into());
            own.insert("months".into(), months.collect());
            own.insert("below".into(), rows.into());
        }
        whole
    }
}

impl Outlook {
    fn json(&self, attain: Option<i64>) -> Value {
        let band = self.band();
        let mut own = json!({
            "owner": owner(&self.owner),
            "booked": fen(self.booked),
            "target": self.target.map(fen),
            "p10": band.map(|band| fen(band.p10)),
            "p50": band.map(|band| fen(band.p50)),
            "p90": band.map(|band| fen(band.p90)),
            "probability": self.chance().map(rate),
            "state": self.told.word(),
        });
        if let Some(amount) = attain {
            own["attain"] = json!({ "amount": fen(amount), "probability": self.reaches(amount).map(rate) });
        }
        match &self.told {
            Told::Ahead(forecast) => own["basis"] = basis(forecast),
            Told::TooShort(months) => own["missing_months"] = json!(months),
            Told::Over | Told::TooFar => {}
        }
        own
    }
}

impl Told {
    /// The word of scripts.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Ahead(_) => "forecast",
            Self::TooShort(_) => "history_too_short",
            Self::TooFar => "too_far_ahead",
        }
    }
}

/// By which method, why, and what that rests on.
fn basis(forecast: &Forecast) -> Value {
    let method = match forecast.chosen.method {
        Method::Model => "mstl",
        Method::Naive => "seasonal_naive",
        Method::Mean => "mean",
    };
    let (why, missing) = match forecast.chosen.why {
        Why::Better => ("model_beats_naive", None),
        Why::NotBetter => ("model_does_not_beat_naive", None),
        Why::TooShortForModel(months) => ("history_too_short_for_model", Some(months)),
        Why::TooShortForNaive(months) => ("history_too_short_for_naive", Some(months)),
    };
    let mase = |hundredths: u32| format!("{}.{:02}", hundredths / 100, hundredths % 100);
    json!({
        "method": method, "why": why, "missing_months": missing,
        "past_errors": forecast.chosen.errors, "errors_over_months": forecast.chosen.borrowed,
        "mase": { "model": forecast.errors.model.map(mase), "naive": forecast.errors.naive.map(mase) },
        "band_held": { "held": forecast.record.held, "of": forecast.record.months },
    })
}

fn flag(flag: Flag) -> Value {
    let kind = match flag {
        Flag::BeganLate(_) => "began_late",
        Flag::Gap(_) => "gap",
        Flag::Outlier(_, Side::Above) => "outlier_above",
        Flag::Outlier(_, Side::Below) => "outlier_below",
    };
    json!({ "month": flag.month().to_string(), "kind": kind })
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

/// Four decimals.
fn rate(chance: Chance) -> String {
    let parts = chance.ten_thousandths();
    format!("{}.{:04}", parts / 10_000, parts % 10_000)
}
