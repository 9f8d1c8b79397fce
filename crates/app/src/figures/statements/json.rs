//! What people said as JSON, for the command line and the API alike: money in yuan, rates as exact decimals.

use dacheng_domain::Fen;
use dacheng_domain::tracking::statement::{Accuracy, Reach, Standing};
use dacheng_rollup::Owner;
use dacheng_store::statements::{Judgement, Statement};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Line, Own, PastWord, Person, Statements, Sums, Word, week_of};
use crate::tracking::statements::Says;

impl Statements {
    /// The whole.
    pub fn json(&self) -> Value {
        let reach = self.asked.reach;
        let mut whole = self.whole.json(reach);
        if let Value::Object(own) = &mut whole {
            own.insert("metric".into(), self.asked.metric.code().into());
            own.insert("of".into(), reach.code().into());
            own.insert("week".into(), self.asked.week.to_string().into());
            own.insert("period".into(), self.period.to_string().into());
            own.insert("data_through".into(), json!(self.footing.through));
            own.insert("below".into(), self.below.iter().map(|(_, line)| line.json(reach)).collect());
        }
        whole
    }
}

impl Line {
    fn json(&self, reach: Reach) -> Value {
        let band = self.outlook.band();
        json!({
            "owner": owner(&self.outlook.owner),
            "target": self.outlook.target.map(fen),
            "booked": fen(self.outlook.booked),
            "p10": band.map(|band| fen(band.p10)),
            "p50": band.map(|band| fen(band.p50)),
            "p90": band.map(|band| fen(band.p90)),
            "said": sums(&self.sums),
            "word": self.word.as_ref().map(|own| word(own, reach)),
        })
    }
}

fn sums(sums: &Sums) -> Value {
    json!({
        "commit": fen(sums.commit), "judged": fen(sums.judged), "best": fen(sums.best),
        "people_counted": sums.counted, "judgements": sums.judgements,
        "asked": sums.asked, "on_time": sums.on_time, "late": sums.late, "missing": sums.missing,
        "waiting": sums.waiting,
    })
}

fn word(own: &Word, reach: Reach) -> Value {
    let said = own.statement.as_ref().map(|own| (own, own.said(reach)));
    json!({
        "commit": said.map(|(_, said)| fen(said.commit)),
        "best": said.map(|(_, said)| fen(said.best)),
        "week": said.map(|(own, _)| week_of(own.week).to_string()),
        "note": said.map(|(own, _)| own.note.as_str()),
        "judgement": own.judgement.as_ref().map(|(own, name)| judgement(own, name)),
        "standing": standing(own.standing),
        "accuracy": own.accuracy.map(accuracy),
    })
}

fn judgement(own: &Judgement, name: &str) -> Value {
    json!({
        "amount": own.amount.map(fen), "reason": own.reason, "by": name, "week": week_of(own.week).to_string(),
        "version": own.version, "at": moment(own.recorded_at),
    })
}

const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::OnTime => "on_time",
        Standing::Late => "late",
        Standing::Waiting => "waiting",
        Standing::Overdue => "overdue",
        Standing::Missing => "missing",
        Standing::Excused => "excused",
    }
}

fn accuracy(own: Accuracy) -> Value {
    json!({ "periods": own.periods, "error": own.error.to_string(), "bias": own.bias.to_string() })
}

impl Person {
    /// The whole.
    pub fn json(&self) -> Value {
        json!({
            "member": self.code,
            "name": self.name,
            "metric": self.metric.code(),
            "week": self.week.to_string(),
            "standing": standing(self.standing),
            "due": self.due,
            "may": match self.says {
                Says::Own => "state",
                Says::Beside => "judge",
                Says::Nothing => "read",
            },
            "version": self.seen(),
            "periods": self.own.iter().map(of_reach).collect::<Vec<_>>(),
            "statements": self.versions.iter().map(statement).collect::<Vec<_>>(),
        })
    }
}

fn of_reach(own: &Own) -> Value {
    let band = own.outlook.band();
    json!({
        "of": own.reach.code(),
        "period": own.period.to_string(),
        "target": own.outlook.target.map(fen),
        "booked": fen(own.outlook.booked),
        "p50": band.map(|band| fen(band.p50)),
        "word": word(&own.word, own.reach),
        "judgements": own.judgements.iter().map(|(own, name)| judgement(own, name)).collect::<Vec<_>>(),
        "past": own.past.iter().map(past).collect::<Vec<_>>(),
    })
}

fn past(own: &PastWord) -> Value {
    json!({ "period": own.period.to_string(), "said": fen(own.said), "came": fen(own.came) })
}

fn statement(own: &Statement) -> Value {
    json!({
        "week": week_of(own.week).to_string(), "version": own.version, "at": moment(own.recorded_at),
        "month": { "commit": fen(own.of_month.commit), "best": fen(own.of_month.best) },
        "quarter": { "commit": fen(own.of_quarter.commit), "best": fen(own.of_quarter.best) },
        "note": own.note, "by": own.actor,
    })
}

fn moment(millisecond: i64) -> String {
    Timestamp::from_millisecond(millisecond).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
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
