//! Quiet hours, back-off, limits, digests, addresses and who is told, against counts and lists made independently.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::net::IpAddr;

use dacheng_domain::access::{Action, Right, TABLE};
use dacheng_domain::calendar::{Calendar, Week};
use dacheng_domain::metrics::Metric;
use dacheng_domain::notification::{
    AlertChange, Allowed, ChannelKind, ChannelNews, CloseNews, Event, ImportResult, ImprovementStep, Part,
    PlanNews, QuietHours, Refused, RobotNews, digest_due, free, is_public, next_attempt,
};
use dacheng_domain::tracking::alert::Level;
use dacheng_domain::tracking::statement::Reach;
use jiff::civil::{Time, date};
use jiff::tz::{TimeZone, offset};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;

fn events() -> Vec<(Event, Action)> {
    let month = "2026-10".parse().unwrap();
    let alert = |change| Event::Alert {
        change,
        alert: 7,
        owner: "冯镕".into(),
        place: None,
        metric: Metric::Revenue,
        month,
        level: Level::Red,
    };
    let improvement = |step| Event::Improvement {
        step,
        plan: 3,
        alert: 7,
        owner: "冯镕".into(),
        metric: Metric::Revenue,
        due: Some(date(2026, 11, 5)),
        version: 2,
    };
    let close = |step| Event::Close { step, month, red: 1, yellow: 2, version: 4 };
    let plan = |step| Event::Plan { step, code: "2027".into(), name: "年度".into(), version: 5 };
    let import = |result| Event::Import { result, import: 9, file: "orders.csv".into() };
    let channel = |news| Event::Channel { news, channel: 1, name: "群".into(), at: "1".into() };
    let changes = [AlertChange::Raised, AlertChange::Withdrawn];
    let steps = [
        ImprovementStep::DueSoon,
        ImprovementStep::Overdue,
        ImprovementStep::Submitted,
        ImprovementStep::Returned,
        ImprovementStep::Accepted,
    ];
    let closes = [
        CloseNews::Proposed,
        CloseNews::SentBack,
        CloseNews::Closed,
        CloseNews::ReopeningSigned,
        CloseNews::Reopened,
    ];
    let news = [ChannelNews::Proposed, ChannelNews::Approved, ChannelNews::Rejected, ChannelNews::Failing];
    let mut all = Vec::new();
    all.extend(changes.map(|own| (alert(own), Action::Alerts)));
    all.extend(steps.map(|own| (improvement(own), Action::Alerts)));
    all.extend(closes.map(|own| (close(own), Action::MonthClose)));
    let plans = [PlanNews::Submitted, PlanNews::Returned, PlanNews::InForce];
    all.extend(plans.map(|own| (plan(own), Action::CompanyTargets)));
    all.extend([ImportResult::Finished, ImportResult::Refused].map(|own| (import(own), Action::Facts)));
    all.extend(news.map(|own| (channel(own), Action::Integrations)));
    let week = Week::of(date(2026, 11, 23));
    let judged = Event::Judgement {
        member: "E000013".into(),
        metric: Metric::Revenue,
        reach: Reach::Quarter,
        week,
        version: 1,
    };
    all.push((judged, Action::BreakDown));
    all.push((Event::Accounts { first: 1, count: 2 }, Action::AccountsOrg));
    all.push((Event::Damage { entry: 12, day: date(2026, 11, 5) }, Action::AuditTrail));
    all.push((
        Event::Digest { day: date(2026, 11, 5), overdue: 0, today: 1, later: 0, unread: 0 },
        Action::Alerts,
    ));
    all.push((Event::Confirm { address: "冯镕@corp.example".into(), at: 1 }, Action::Integrations));
    all.push((Event::Test { at: 1 }, Action::Integrations));
    all
}

#[test]
fn every_role_that_is_told_may_read_what_it_is_about() {
    for (event, action) in events() {
        let line = TABLE.iter().find(|line| line.action == action).unwrap();
        for part in event.told() {
            if let Part::Role(role) = part {
                let reads = line.cells.of(*role).iter().any(|grant| grant.rights.contains(&Right::Read));
                assert!(reads, "{role:?} is told {event:?}");
            }
        }
    }
}

#[test]
fn events_have_keys_of_their_own_and_survive_being_kept() {
    let events = events();
    let keys: BTreeSet<String> = events.iter().map(|(event, _)| event.key()).collect();
    assert_eq!(keys.len(), events.len());
    for (event, _) in events {
        let text = serde_json::to_string(&event).unwrap();
        assert_eq!(serde_json::from_str::<Event>(&text).unwrap(), event);
    }
}

#[test]
fn robots_hear_of_nobody_by_name() {
    for (event, _) in events() {
        let text = serde_json::to_string(&event).unwrap();
        assert!(event.robots() == RobotNews::NotTold || !text.contains("冯镕"), "{text}");
    }
}

#[test]
fn programs_are_told_ids_and_codes_and_nothing_that_names_anybody() {
    let mut told = 0;
    for (event, _) in events() {
        let Some(hook) = event.hook() else { continue };
        told += 1;
        let text = serde_json::to_string(&hook).unwrap();
        for name in ["冯镕", "年度", "群", "orders.csv", "@"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
        assert!(event.kind() == "test" || text.chars().any(|own| own.is_ascii_digit()), "no id in {text}");
    }
    assert_eq!(told, 19, "accounts, channels and mails of a person are not told");
    let (raised, _) = events().remove(0);
    let told = serde_json::to_value(raised.hook()).unwrap();
    let wanted = serde_json::json!({ "alert": 7, "metric": "revenue", "month": "2026-10", "level": "red" });
    assert_eq!((raised.kind(), told), ("alert.raised", wanted));
}

#[test]
fn a_message_is_tried_six_times_in_about_nine_hours() {
    let waits: Vec<i64> = (1..).map_while(next_attempt).map(|wait| wait.as_mins()).collect();
    assert_eq!(waits, [1, 5, 30, 120, 360]);
    assert_eq!((next_attempt(0), next_attempt(u32::MAX)), (None, None));
}

#[test]
fn a_digest_is_due_on_working_mornings() {
    let calendar = Calendar::shipped();
    let due = |day: jiff::civil::Date, hour, minute| digest_due(day.at(hour, minute, 0, 0), &calendar);
    let monday = date(2026, 11, 23);
    assert_eq!((due(monday, 8, 29), due(monday, 8, 30)), (None, Some(monday)));
    assert_eq!(due(monday, 23, 0), Some(monday));
    assert_eq!(due(date(2026, 11, 22), 9, 0), None, "a Sunday");
    assert_eq!(due(date(2026, 10, 1), 9, 0), None, "the national holiday");
    assert_eq!(due(date(2026, 10, 10), 9, 0), Some(date(2026, 10, 10)), "a Saturday that was moved");
    assert_eq!(due(date(2040, 1, 2), 9, 0), Some(date(2040, 1, 2)), "a Monday of a year without calendar");
}

#[test]
fn only_public_addresses_are_dialled() {
    let refused = "0.0.0.0 10.1.2.3 100.64.0.1 100.127.255.255 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 \
         172.31.255.255 192.0.0.170 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1 198.19.255.255 198.51.100.7 \
         203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 64:ff9b::7f00:1 \
         100::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fec0::1 ff02::1";
    for text in refused.split_whitespace() {
        assert!(!is_public(text.parse().unwrap()), "{text}");
    }
    for text in
        "8.8.8.8 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.0.1.1 198.17.0.1 223.255.255.254 \
                 2400:3200::1 2606:4700::1111 2001:4860:4860::8888"
            .split_whitespace()
    {
        assert!(is_public(text.parse().unwrap()), "{text}");
    }
    let nothing = Allowed::read("").unwrap();
    assert_eq!(nothing.dial("qyapi.weixin.qq.com", "8.8.8.8".parse().unwrap()), Err(Refused::Host));
}

fn times() -> impl Strategy<Value = Time> {
    (0i8..24, 0i8..60).prop_map(|(hour, minute)| Time::new(hour, minute, 0, 0).unwrap())
}

fn moments() -> impl Strategy<Value = Timestamp> {
    (1_700_000_000i64..1_900_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
}

proptest! {
    #[test]
    fn nothing_leaves_in_quiet_hours_and_nothing_waits_longer(
        from in times(), until in times(), at in moments(), hours in -11i8..=12,
    ) {
        let (zone, quiet) = (TimeZone::fixed(offset(hours)), QuietHours { from, until });
        let end = quiet.end(at, &zone);
        prop_assert!(!quiet.contains(zone.to_datetime(end).time()));
        prop_assert!(end >= at && end.duration_since(at) < SignedDuration::from_hours(24));
        prop_assert_eq!(quiet.end(end, &zone), end);
        // Every minute in between is quiet.
        let mut minute = at;
        while minute < end {
            prop_assert!(quiet.contains(zone.to_datetime(minute).time()));
            minute += SignedDuration::from_mins(1);
        }
        prop_assert_eq!(QuietHours::NONE.end(at, &zone), at);
    }

    #[test]
    fn no_stretch_of_time_holds_more_than_the_limit(
        steps in prop::collection::vec((0i64..4_000, 0usize..30), 1..60), kind in 0usize..ChannelKind::ALL.len(),
    ) {
        let limits = ChannelKind::ALL[kind].limits();
        let (mut now, mut sent) = (0, Vec::new());
        for (pause, wanted) in steps {
            now += pause;
            let allowed = free(limits, &sent, now).min(wanted);
            sent.extend(std::iter::repeat_n(now, allowed));
        }
        for limit in limits {
            for first in &sent {
                let within = sent.iter().filter(|at| (*first..=first + limit.within).contains(at)).count();
                prop_assert!(within <= limit.most, "{} in {} ms", within, limit.within);
            }
        }
    }

    #[test]
    fn no_address_within_an_ipv6_address_is_dialled(bits in any::<u32>()) {
        let [a, b, c, d] = bits.to_be_bytes();
        let (high, low) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
        for prefix in ["::ffff:0:0", "64:ff9b::", "::"] {
            let base: std::net::Ipv6Addr = prefix.parse().unwrap();
            let mut parts = base.segments();
            (parts[6], parts[7]) = (high, low);
            prop_assert!(!is_public(IpAddr::V6(parts.into())));
        }
        let translated: std::net::Ipv6Addr = [0x2002, high, low, 0, 0, 0, 0, 1].into();
        prop_assert!(!is_public(IpAddr::V6(translated)));
    }
}
