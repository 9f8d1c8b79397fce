//! What is sold and to whom: products with their lines and prices, customers of each seat.

use std::io::Result;
use std::path::Path;

use dacheng_domain::facts::kind::Kind;

use super::people::Seat;
use crate::generate::names::firm;
use crate::generate::table::Table;

/// A product: code, name, line, list price in yuan, from when it is new.
pub struct Product {
    pub code: &'static str,
    name: &'static str,
    line: &'static str,
    pub yuan: i64,
    new_since: &'static str,
}

const fn product(
    code: &'static str,
    name: &'static str,
    line: &'static str,
    yuan: i64,
    new_since: &'static str,
) -> Product {
    Product { code, name, line, yuan, new_since }
}

/// The last ones are this year's new products.
pub const PRODUCTS: [Product; 12] = [
    product("P001", "变频器 V3", "变频驱动", 4_800, ""),
    product("P002", "变频器 V5", "变频驱动", 7_600, ""),
    product("P003", "伺服系统 S2", "伺服", 6_200, ""),
    product("P004", "伺服系统 S4", "伺服", 9_800, ""),
    product("P005", "可编程控制器 C100", "控制器", 2_350, ""),
    product("P006", "可编程控制器 C300", "控制器", 5_900, ""),
    product("P007", "触摸屏 H7", "人机界面", 1_280, ""),
    product("P008", "触摸屏 H10", "人机界面", 2_160, ""),
    product("P009", "年度维保", "服务", 3_600, ""),
    product("P010", "调试服务", "服务", 1_800, ""),
    product("P011", "边缘网关 G1", "智能网关", 3_980, "2026-01-05"),
    product("P012", "边缘网关 G2", "智能网关", 6_880, "2026-04-01"),
];
/// How many of them are not new.
pub const OLD: usize = 10;
/// Customers of each seat from the beginning.
pub const CUSTOMERS: usize = 7;
/// Customers of each specialist that come later, one after the other.
pub const NEWCOMERS: usize = 6;
/// The codes of customers that come later begin here.
const LATER: usize = 2_000;

const REGIONS: [&str; 3] = ["华东", "华南", "华北"];

/// The place of a region in which a seat's customers are.
const fn region_of(region: usize, team: usize) -> usize {
    match (region, team) {
        (3, 10) => 1,
        (3, 11) => 0,
        (3, _) => 2,
        (region, _) => region,
    }
}

/// A customer's code: `number` of a seat.
pub fn customer_code(seat: &Seat, number: usize) -> String {
    let place = match number.checked_sub(CUSTOMERS) {
        None => seat.number * CUSTOMERS + number,
        Some(later) => LATER + seat.number * NEWCOMERS + later,
    };
    format!("C{:05}", place + 1)
}

/// Writes products and customers.
pub fn write(out: &Path, seats: &[Seat]) -> Result<()> {
    let mut products = Table::begin(out, Kind::Products, "product,name,line,new_since")?;
    for Product { code, name, line, new_since, .. } in &PRODUCTS {
        products.row(format_args!("{code},{name},{line},{new_since}"))?;
    }
    products.end()?;
    let mut random = fastrand::Rng::with_seed(2026);
    let header = "customer,name,region,type,owner,first_order";
    let mut customers = Table::begin(out, Kind::Customers, header)?;
    for seat in seats {
        let region = region_of(seat.region(), seat.team());
        for number in 0..CUSTOMERS {
            let kind = match (seat.region(), number) {
                (3, _) => "渠道",
                (_, 0) => "KA",
                _ => "中小",
            };
            let name = firm(&mut random, region);
            let code = customer_code(seat, number);
            customers.row(format_args!("{code},{name},{},{kind},{},", REGIONS[region], seat.code))?;
        }
    }
    for seat in seats.iter().filter(|seat| seat.specialist.is_some()) {
        let region = region_of(seat.region(), seat.team());
        let kind = if seat.region() == 3 { "渠道" } else { "中小" };
        for number in CUSTOMERS..CUSTOMERS + NEWCOMERS {
            let (code, name) = (customer_code(seat, number), firm(&mut random, region));
            customers.row(format_args!("{code},{name},{},{kind},{},", REGIONS[region], seat.code))?;
        }
    }
    customers.end().map(drop)
}
