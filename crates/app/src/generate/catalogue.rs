//! What is sold and to whom: products and customers.

use std::io::Result;
use std::path::Path;

use dacheng_domain::facts::kind::Kind;
use jiff::ToSpan;
use jiff::civil::Date;

use super::company::{Company, code};
use super::names::{self, LINES, REGIONS};
use super::table::Table;
use super::{Size, Written, happens};

/// Orders a customer places, on average.
const ORDERS: usize = 15;
/// The most customers: they are what a program holds whole.
const MOST: usize = 300_000;

/// The products, and how many customers there are. Customer `c` belongs to seat `c` modulo the seats.
pub struct Catalogue {
    /// The products.
    pub products: Vec<Product>,
    /// How many customers there are.
    pub customers: usize,
}

/// A product.
pub struct Product {
    /// The price of a piece, in fen.
    pub price: u64,
    /// From when it is sold, where it is new.
    pub new_since: Option<Date>,
}

/// A product's code.
pub fn product_code(product: usize) -> String {
    format!("P{:05}", product + 1)
}

impl Catalogue {
    /// Makes the catalogue that suits the company.
    pub fn made(random: &mut fastrand::Rng, size: Size, company: &Company) -> Self {
        let count = (size.orders as usize / 2_000).clamp(3 * LINES.len(), 50 * LINES.len());
        let customers =
            (size.orders as usize / ORDERS).clamp(company.seats.len(), MOST.max(company.seats.len()));
        let products = (0..count).map(|product| {
            let (_, _, yuan) = LINES[product % LINES.len()];
            let price = u64::from(yuan) * random.u64(40..=200);
            // Those in which the file is oldest are there from the beginning.
            let new = product > LINES.len() && happens(random, 20);
            let new_since = new.then(|| size.first.saturating_add(random.i32(0..900).days()));
            Product { price, new_since }
        });
        Self { products: products.collect(), customers }
    }

    /// Writes products and customers.
    pub fn write(
        &self,
        random: &mut fastrand::Rng,
        out: &Path,
        size: Size,
        company: &Company,
    ) -> Result<Written> {
        let mut products = Table::begin(out, Kind::Products, "product,name,line,new_since")?;
        for (at, product) in self.products.iter().enumerate() {
            let (line, thing, _) = LINES[at % LINES.len()];
            let since = product.new_since.map_or_else(String::new, |day| day.to_string());
            products.row(format_args!(
                "{},{thing} {},{line},{since}",
                product_code(at),
                at / LINES.len() + 1
            ))?;
        }
        let header = "customer,name,region,type,owner,first_order";
        let mut customers = Table::begin(out, Kind::Customers, header)?;
        for customer in 0..self.customers {
            let seat = &company.seats[customer % company.seats.len()];
            let near = !happens(random, 8);
            let region = if near { seat.region } else { random.usize(..REGIONS.len()) };
            let size_of_customer = match random.u32(..100) {
                0..5 => "KA",
                5..35 => "渠道",
                _ => "中小",
            };
            let known = happens(random, 30);
            let before = size.first.saturating_sub(random.i32(1..2_000).days());
            let first_order = if known { before.to_string() } else { String::new() };
            customers.row(format_args!(
                "{},{},{},{size_of_customer},{},{first_order}",
                customer_code(customer),
                names::firm(random, region),
                REGIONS[region].0,
                code(seat.keeper()),
            ))?;
        }
        Ok(vec![products.end()?, customers.end()?])
    }
}

/// A customer's code.
pub fn customer_code(customer: usize) -> String {
    format!("C{:07}", customer + 1)
}
