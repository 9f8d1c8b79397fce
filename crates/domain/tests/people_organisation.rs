//! What an organisation answers on a day, and which rows it refuses.

mod people_sample;

use dacheng_domain::Fen;
use dacheng_domain::people::{
    Leadership, MemberId, Organisation, PathId, Paths, Placement, Position, Problem, Rows, Sells, Share,
    Span, UnitId, split,
};
use jiff::civil::Date;
use people_sample::*;
use proptest::prelude::*;

/// Paths and whole per cents of a member on a day.
fn paths(organisation: &Organisation, member: MemberId, on: Date) -> Vec<(Vec<UnitId>, i64)> {
    let segments = organisation.segments(member, on).iter();
    segments
        .map(|segment| (organisation.paths().units(segment.path).to_vec(), segment.share.parts() / 1_000_000))
        .collect()
}

#[test]
fn a_sale_rolls_up_through_the_unit_of_its_member_on_its_date() {
    let mut rows = rows();
    let moved = [(TEAM1, 100, Span::before(day(3, 16))), (TEAM3, 100, Span::since(day(3, 16)))];
    seats_of(&mut rows, ANN, &moved);
    let organisation = build(rows);
    assert_eq!(paths(&organisation, ANN, day(3, 15)), [(vec![TEAM1, SOUTH, COMPANY], 100)]);
    assert_eq!(paths(&organisation, ANN, day(3, 16)), [(vec![TEAM3, EAST, COMPANY], 100)]);
    let march = span(Some(day(3, 1)), Some(day(4, 1)));
    let first_days: Vec<Date> = organisation.segments_during(ANN, march).iter().map(|step| step.0).collect();
    assert_eq!(first_days, [Date::MIN, day(3, 16)]);
}

#[test]
fn a_unit_that_moves_takes_the_later_sales_of_its_members_with_it() {
    let mut rows = rows();
    rows.placements.retain(|placement| placement.unit != TEAM1);
    rows.placements.push(placement(TEAM1, Some(SOUTH), Span::before(day(5, 1))));
    rows.placements.push(placement(TEAM1, Some(EAST), Span::since(day(5, 1))));
    let organisation = build(rows);
    assert_eq!(paths(&organisation, ANN, day(4, 30)), [(vec![TEAM1, SOUTH, COMPANY], 100)]);
    assert_eq!(paths(&organisation, ANN, day(5, 1)), [(vec![TEAM1, EAST, COMPANY], 100)]);
    assert_eq!(organisation.children(SOUTH, day(5, 1)).units, [TEAM2]);
    assert_eq!(organisation.subtree(EAST, day(5, 1)), [EAST, TEAM1, TEAM3]);
}

#[test]
fn two_seats_share_a_member_and_a_part_time_post_still_rolls_up_whole() {
    let mut rows = rows();
    seats_of(&mut rows, ANN, &[(TEAM1, 70, Span::ALWAYS), (TEAM3, 30, Span::ALWAYS)]);
    seats_of(&mut rows, BO, &[(TEAM2, 20, Span::ALWAYS), (TEAM1, 60, Span::ALWAYS)]);
    let organisation = build(rows);
    let (team1, team3) = (vec![TEAM1, SOUTH, COMPANY], vec![TEAM3, EAST, COMPANY]);
    assert_eq!(paths(&organisation, ANN, day(1, 1)), [(team1.clone(), 70), (team3, 30)]);
    assert_eq!(paths(&organisation, BO, day(1, 1)), [(vec![TEAM2, SOUTH, COMPANY], 25), (team1, 75)]);
    let year = span(Some(day(1, 1)), Some(day(12, 31)));
    let part_time = organisation.presences(TEAM2, year).into_iter().find(|presence| presence.member == BO);
    assert_eq!(part_time.map(|presence| (presence.share, presence.span)), Some((percent(20), year)));
    assert_eq!(organisation.home_unit(BO, day(1, 1)), Some(TEAM1));
}

#[test]
fn of_two_equal_seats_the_earlier_is_home() {
    let mut rows = rows();
    seats_of(&mut rows, ANN, &[(TEAM3, 50, Span::since(day(2, 1))), (TEAM1, 50, Span::since(day(1, 1)))]);
    let organisation = build(rows);
    assert_eq!(organisation.home_unit(ANN, day(3, 1)), Some(TEAM1));
    assert_eq!(organisation.superiors(ANN, day(3, 1)), [LEADER1, SOUTH_MANAGER, DIRECTOR]);
}

#[test]
fn only_days_employed_and_seated_count_as_days_in_post() {
    let mut rows = rows();
    rows.members.iter_mut().find(|member| member.id == ANN).unwrap().employed = Span::before(day(3, 21));
    seats_of(&mut rows, ANN, &[(TEAM1, 100, Span::since(day(3, 11)))]);
    let march = span(Some(day(3, 1)), Some(day(4, 1)));
    let presences = build(rows).presences(SOUTH, march);
    let days: Vec<Span> = presences.iter().filter(|at| at.member == ANN).map(|at| at.span).collect();
    assert_eq!(days, [span(Some(day(3, 11)), Some(day(3, 21)))]);
}

#[test]
fn late_payments_of_a_leaver_and_early_ones_of_a_newcomer_have_a_place() {
    let mut rows = rows();
    let first = span(Some(day(2, 1)), Some(day(3, 1)));
    let second = span(Some(day(6, 1)), Some(day(9, 1)));
    seats_of(&mut rows, ANN, &[(TEAM1, 100, first), (TEAM3, 100, second)]);
    let ann = rows.members.iter_mut().find(|member| member.id == ANN).unwrap();
    ann.employed = span(Some(day(2, 1)), Some(day(9, 1)));
    let organisation = build(rows);
    let leaf = |on| organisation.paths().units(organisation.segments(ANN, on)[0].path)[0];
    assert_eq!([leaf(day(1, 15)), leaf(day(4, 15))], [TEAM1, TEAM1]);
    assert_eq!([leaf(day(6, 1)), leaf(day(12, 31))], [TEAM3, TEAM3]);
    assert_eq!(
        organisation.seats_on(ANN, day(4, 15)).count() + organisation.seats_on(ANN, day(9, 1)).count(),
        0
    );
    assert!(organisation.segments(MemberId(99), day(1, 1)).is_empty());
}

#[test]
fn the_results_of_a_leaver_follow_the_unit_while_it_exists_and_stay_at_its_last_place_after() {
    let mut rows = rows();
    seats_of(&mut rows, ANN, &[(TEAM1, 100, Span::before(day(2, 1)))]);
    seats_of(&mut rows, LEADER1, &[(SOUTH, 100, Span::ALWAYS)]);
    rows.placements.retain(|placement| placement.unit != TEAM1);
    rows.placements.push(placement(TEAM1, Some(SOUTH), Span::before(day(4, 1))));
    rows.placements.push(placement(TEAM1, Some(EAST), span(Some(day(4, 1)), Some(day(6, 1)))));
    let organisation = build(rows);
    let region = |on| paths(&organisation, ANN, on)[0].0[1];
    assert_eq!([region(day(3, 31)), region(day(4, 1)), region(day(8, 1))], [SOUTH, EAST, EAST]);
    assert_eq!(organisation.unit_path(TEAM1, day(6, 1)), None);
    assert_eq!(organisation.nearest_unit_path(TEAM1, day(6, 1)), Some(&[TEAM1, EAST, COMPANY][..]));
}

#[test]
fn the_tree_is_walked_in_the_order_of_the_list_of_units() {
    let organisation = build(rows());
    let walk: Vec<(UnitId, usize)> =
        organisation.depth_first(day(1, 1)).iter().map(|at| (at.unit, at.depth)).collect();
    assert_eq!(walk, [(COMPANY, 0), (SOUTH, 1), (TEAM1, 2), (TEAM2, 2), (EAST, 1), (TEAM3, 2)]);
    assert_eq!(organisation.children(TEAM1, day(1, 1)).members, [LEADER1, ANN]);
    assert_eq!(organisation.members_on(EAST, day(1, 1)), [EAST_MANAGER, LEADER3, CAI]);
}

#[test]
fn somebody_who_passed_through_belongs_to_the_period_but_not_to_its_last_day() {
    let mut rows = rows();
    let passing = [(TEAM1, 100, Span::before(day(3, 10))), (TEAM3, 100, Span::since(day(3, 10)))];
    seats_of(&mut rows, ANN, &passing);
    let organisation = build(rows);
    let march = span(Some(day(3, 1)), Some(day(4, 1)));
    assert!(organisation.members_during(TEAM1, march).contains(&ANN));
    assert!(organisation.members_during(TEAM3, march).contains(&ANN));
    assert!(!organisation.members_on(TEAM1, day(3, 31)).contains(&ANN));
}

#[test]
fn superiors_are_the_leaders_above_without_vacancies_and_without_oneself() {
    let mut rows = rows();
    rows.leaderships.retain(|leadership| leadership.unit != SOUTH);
    rows.leaderships.push(Leadership { unit: SOUTH, member: SOUTH_MANAGER, span: Span::before(day(6, 1)) });
    rows.leaderships.push(Leadership { unit: SOUTH, member: DIRECTOR, span: Span::since(day(9, 1)) });
    let organisation = build(rows.clone());
    assert_eq!(organisation.superiors(ANN, day(5, 31)), [LEADER1, SOUTH_MANAGER, DIRECTOR]);
    assert_eq!(organisation.superiors(ANN, day(6, 1)), [LEADER1, DIRECTOR]);
    assert_eq!(organisation.superiors(LEADER1, day(9, 1)), [DIRECTOR]);
    assert_eq!(organisation.superiors(SOUTH_MANAGER, day(1, 1)), [DIRECTOR]);
    assert!(organisation.superiors(DIRECTOR, day(9, 1)).is_empty());
    assert_eq!(organisation.units_led(DIRECTOR, day(9, 1)), [COMPANY, SOUTH]);

    rows.members.iter_mut().find(|member| member.id == LEADER1).unwrap().employed = Span::before(day(4, 1));
    let organisation = build(rows);
    assert_eq!(organisation.leader(TEAM1, day(4, 1)), None);
    assert_eq!(organisation.superiors(ANN, day(4, 1)), [SOUTH_MANAGER, DIRECTOR]);
}

#[test]
fn a_leader_above_is_the_superior_even_where_the_leader_sits_elsewhere() {
    let mut rows = rows();
    seats_of(&mut rows, LEADER1, &[(TEAM3, 100, Span::ALWAYS)]);
    let organisation = build(rows);
    assert_eq!(organisation.superiors(LEADER1, day(1, 1)), [SOUTH_MANAGER, DIRECTOR]);
}

#[test]
fn leaders_sell_only_with_a_target_of_their_own_and_supporting_positions_never() {
    let mut rows = rows();
    rows.members.push(member(MemberId(20), Position::Finance));
    rows.seats.push(seat(MemberId(20), TEAM1, 100, Span::ALWAYS));
    let organisation = build(rows);
    assert_eq!(organisation.selling_members(TEAM1, day(1, 1), |_| false), [ANN]);
    assert_eq!(organisation.selling_members(TEAM1, day(1, 1), |_| true), [LEADER1, ANN]);
}

#[test]
fn paths_keep_their_numbers_and_new_ones_get_the_next() {
    let before = build(rows());
    let stored: Vec<Vec<UnitId>> = before.paths().iter().map(|(_, units)| units.to_vec()).collect();
    let moved = before.move_unit(TEAM1, Some(EAST), day(5, 1)).unwrap().organisation;
    let reread = Organisation::new(moved.rows().clone(), Paths::stored(stored.clone())).unwrap();
    assert_eq!(reread.paths(), moved.paths());
    assert_eq!(reread.paths().len(), stored.len() + 1);
    assert_eq!(reread.paths().id(&[TEAM1, EAST, COMPANY]), Some(PathId(6)));
    for (at, units) in (0..).zip(&stored) {
        assert_eq!(reread.paths().id(units), Some(PathId(at)));
    }
}

#[test]
fn codes_are_found_as_imported() {
    let organisation = build(rows());
    assert_eq!(organisation.unit_of_code("U4").map(|unit| unit.id), Some(TEAM1));
    assert_eq!(organisation.member_of_code("M7").map(|member| member.id), Some(ANN));
    assert_eq!(organisation.member_of_code("m7"), None);
    assert_eq!(
        " 001234 ".parse().map(|code: dacheng_domain::people::MemberCode| code.to_string()).unwrap(),
        "001234"
    );
    assert!("\u{7}".parse::<dacheng_domain::people::UnitCode>().is_err());
}

#[test]
fn rows_that_make_no_organisation_are_refused_with_every_reason() {
    type Break = fn(&mut Rows);
    let cases: [(Break, Vec<Problem>); 11] = [
        (
            |rows| rows.seats.push(seat(MemberId(99), UnitId(98), 100, Span::ALWAYS)),
            vec![Problem::UnknownUnit(UnitId(98)), Problem::UnknownMember(MemberId(99))],
        ),
        (|rows| rows.units[1].code = rows.units[0].code.clone(), vec![Problem::UnitTwice(SOUTH)]),
        (|rows| rows.members.push(member(ANN, Position::Hr)), vec![Problem::MemberTwice(ANN)]),
        (
            |rows| rows.placements.push(placement(TEAM1, None, Span::since(day(2, 1)))),
            vec![Problem::TwoPlaces { unit: TEAM1, on: day(2, 1) }],
        ),
        (
            |rows| rows.placements[1].parent = Some(TEAM1),
            vec![
                Problem::Cycle { unit: SOUTH, on: Date::MIN },
                Problem::Cycle { unit: TEAM1, on: Date::MIN },
            ],
        ),
        (
            |rows| rows.placements[2].span = span(Some(day(2, 1)), Some(day(8, 1))),
            vec![
                Problem::NoParent { unit: TEAM3, parent: EAST, on: Date::MIN },
                Problem::NoUnit { member: EAST_MANAGER, unit: EAST, on: Date::MIN },
            ],
        ),
        (
            |rows| {
                let second = Leadership { unit: TEAM1, member: ANN, span: Span::since(day(7, 1)) };
                rows.leaderships.push(second);
            },
            vec![Problem::TwoLeaders { unit: TEAM1, on: day(7, 1) }],
        ),
        (
            |rows| seats_of(rows, ANN, &[(TEAM1, 40, Span::ALWAYS), (TEAM1, 40, Span::since(day(3, 1)))]),
            vec![Problem::TwoSeats { member: ANN, unit: TEAM1, on: day(3, 1) }],
        ),
        (
            |rows| {
                let seats = [(TEAM1, 60, Span::before(day(9, 1))), (TEAM2, 41, Span::since(day(3, 1)))];
                seats_of(rows, ANN, &seats);
            },
            vec![Problem::OverFull { member: ANN, on: day(3, 1) }],
        ),
        (
            |rows| {
                rows.placements[5].span = Span::before(day(8, 1));
                rows.members[5].employed = Span::before(day(7, 1));
            },
            vec![Problem::NoUnit { member: CAI, unit: TEAM3, on: day(8, 1) }],
        ),
        (
            |rows| {
                rows.units.push(unit(UnitId(50)));
                rows.members[6].employed = Span::since(day(5, 1));
                seats_of(rows, ANN, &[(UnitId(50), 100, span(Some(day(2, 1)), Some(day(3, 1))))]);
            },
            vec![Problem::NoUnit { member: ANN, unit: UnitId(50), on: day(2, 1) }],
        ),
    ];
    for (change, expected) in cases {
        let mut rows = rows();
        change(&mut rows);
        assert_eq!(Organisation::new(rows, Paths::default()).unwrap_err(), expected);
    }
}

#[test]
fn a_cycle_of_dated_places_is_found_where_it_begins() {
    let mut rows = rows();
    rows.placements = vec![
        placement(COMPANY, None, Span::ALWAYS),
        placement(SOUTH, Some(COMPANY), Span::before(day(3, 1))),
        placement(SOUTH, Some(EAST), Span::since(day(3, 1))),
        placement(EAST, Some(COMPANY), Span::before(day(2, 1))),
        placement(EAST, Some(TEAM1), Span::since(day(2, 1))),
        placement(TEAM1, Some(SOUTH), Span::ALWAYS),
        placement(TEAM2, Some(SOUTH), Span::ALWAYS),
        placement(TEAM3, Some(EAST), Span::ALWAYS),
    ];
    let problems = Organisation::new(rows.clone(), Paths::default()).unwrap_err();
    assert_eq!(problems, [Problem::Cycle { unit: SOUTH, on: day(3, 1) }]);
    rows.placements[2] = Placement { parent: Some(COMPANY), ..rows.placements[2] };
    let organisation = build(rows);
    assert_eq!(organisation.unit_path(EAST, day(4, 1)), Some(&[EAST, TEAM1, SOUTH, COMPANY][..]));
}

#[test]
fn positions_are_read_in_chinese_and_english() {
    let read = |text: &str| text.parse::<Position>();
    for position in Position::ALL {
        assert_eq!(read(position.code()), Ok(position));
        assert_eq!(serde_json::to_value(position).unwrap(), position.code());
    }
    let names = ["总监以上", "总监", "经理", "组长", "专员", "销售运营", "市场", "财务", "薪酬"];
    assert_eq!(names.map(|name| read(name).unwrap()), Position::ALL);
    for (title, position) in [
        ("Sales Representative", Position::Specialist),
        ("Sales Manager", Position::Manager),
        ("Vice President, Sales", Position::Executive),
        ("Inside Sales Coordinator", Position::Specialist),
        (" Team Leader ", Position::TeamLeader),
        ("ＨＲ", Position::Hr),
        ("Sales-Operations", Position::SalesOperations),
    ] {
        assert_eq!(read(title), Ok(position), "{title}");
    }
    assert!(read("").is_err() && read("经理助理").is_err());
    assert_eq!(Position::TeamLeader.sells(), Sells::WithOwnTarget);
}

proptest! {
    #[test]
    fn parts_sum_to_the_amount_and_are_less_than_a_fen_from_exact(
        amount in any::<i64>(),
        shares in prop::collection::vec(1_i64..=100_000_000, 1..6),
    ) {
        let amount = Fen(amount.clamp(-i64::MAX, i64::MAX));
        let shares: Vec<Share> = shares.into_iter().map(|parts| Share::new(parts).unwrap()).collect();
        let parts = split(amount, &shares);
        prop_assert_eq!(parts.iter().map(|part| i128::from(part.0)).sum::<i128>(), i128::from(amount.0));
        let whole: i128 = shares.iter().map(|share| i128::from(share.parts())).sum();
        for (part, share) in parts.iter().zip(&shares) {
            let exact = i128::from(amount.0) * i128::from(share.parts());
            prop_assert!((i128::from(part.0) * whole - exact).abs() < whole);
        }
        let mirror: Vec<Fen> = split(-amount, &shares).into_iter().map(|part| -part).collect();
        prop_assert_eq!(mirror, parts);
    }
}
