//! Versions of cells and the volume of facts answer alike on both engines.

use dacheng_domain::Fen;
use dacheng_domain::facts::row::{OrderRow, PaymentRow, ReturnRow};
use dacheng_domain::facts::value::{Code, OrderStatus};
use dacheng_store::facts;
use dacheng_store::plans::{self, Plan};
use dacheng_store::targets::{self, Cell, OwnerKind, Version};
use dacheng_store::testing::on_both;
use jiff::civil::date;

fn cell(owner_kind: OwnerKind, line: &str, month: i64, amount: i64) -> Cell {
    Cell {
        owner_kind,
        owner: "喆".into(),
        product_line: line.into(),
        customer_type: String::new(),
        month,
        floor: None,
        amount,
        stretch: None,
    }
}

#[test]
fn versions_of_whole_cells_come_oldest_first_with_when_they_held() {
    on_both(|store| {
        let mut tx = store.write()?;
        let plan = Plan {
            id: 0,
            code: "2027".into(),
            name: "赟".into(),
            year: 2027,
            state: "draft".into(),
            basis: "signed".into(),
            reason: None,
            created_at: 5,
            actor: "ops".into(),
            version: 1,
        };
        let of = (plans::insert(&mut tx, &plan)?.unwrap(), "revenue");
        let (unit, member) = (OwnerKind::Unit, OwnerKind::Member);
        let mut replace = |cells: &[Cell]| targets::replace(&mut tx, of.0, of.1, cells);
        let first = replace(&[cell(member, "", 202_702, i64::MIN), cell(member, "", 202_701, 1)])?;
        replace(&[cell(unit, "", 202_701, 9), cell(member, "line", 202_701, 9)])?;
        let third = replace(&[cell(member, "", 202_701, i64::MAX), cell(member, "", 202_702, i64::MIN)])?;
        let fourth = targets::end(&mut tx, of.0, of.1, &[cell(member, "", 202_702, 0)])?;
        let version = |month, sequence, until, amount| Version { month, sequence, until, amount };
        let expected = [
            version(202_701, first, Some(third), 1),
            version(202_702, first, Some(fourth), i64::MIN),
            version(202_701, third, None, i64::MAX),
        ];
        assert_eq!(targets::versions(&mut tx, of, member, "喆")?, expected);
        assert_eq!(targets::versions(&mut tx, of, member, "镕")?, []);
        assert_eq!(targets::versions(&mut tx, (of.0, "visits"), member, "喆")?, []);
        Ok(())
    })
    .unwrap();
}

#[test]
fn volume_is_counted_up_to_what_is_too_much() {
    on_both(|store| {
        let mut tx = store.write()?;
        let code = |text: &str| Code::read(text).unwrap();
        assert_eq!(facts::volume(&mut tx, (-9, 9), 9)?, 0);
        for import in [1, 2] {
            let order = OrderRow {
                order: code("A"),
                customer: code("c"),
                member: code("m"),
                date: date(1969, 12, 31),
                amount: None,
                status: OrderStatus::Normal,
            };
            facts::append(&mut tx, import, &[order])?;
        }
        let back = ReturnRow { code: code("r"), order: code("A"), date: date(1970, 1, 1), amount: Fen(1) };
        facts::append(&mut tx, 1, &[back])?;
        let (order, customer, member) = (None, None, None);
        let date = date(1970, 1, 2);
        let payment = PaymentRow { payment: code("p"), order, customer, member, date, amount: Fen(1) };
        facts::append(&mut tx, 1, &[payment])?;
        let mut volume = |days, most| facts::volume(&mut tx, days, most);
        assert_eq!((volume((-1, 1), 9)?, volume((-1, 1), 4)?, volume((-1, 1), 3)?), (4, 4, 3));
        assert_eq!((volume((-1, -1), 9)?, volume((0, 0), 9)?, volume((1, 1), 9)?), (2, 1, 1));
        assert_eq!((volume((2, 9), 9)?, volume((-1, 1), 0)?), (0, 0));
        Ok(())
    })
    .unwrap();
}
