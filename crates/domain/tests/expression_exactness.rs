//! Random expressions against an independent evaluator over exact rationals.

use dacheng_domain::expression::{Compiled, Expression, Failure};
use num_bigint::BigInt;
use num_rational::Ratio;
use proptest::prelude::*;
use rust_decimal::Decimal;

type Exact = Ratio<BigInt>;

/// What a test writes down and evaluates by itself.
#[derive(Debug, Clone)]
enum Tree {
    Number(i64, u32),
    Cell(usize),
    Negative(Box<Tree>),
    Binary(char, Box<Tree>, Box<Tree>),
}

/// The end of an evaluation without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    DivisionByZero,
    /// A step whose digits a decimal of 28 might not hold.
    Long,
}

const CELLS: usize = 3;

fn trees() -> impl Strategy<Value = Tree> {
    let leaf = prop_oneof![
        (0..100_000_i64, 0..4_u32).prop_map(|(digits, scale)| Tree::Number(digits, scale)),
        (0..i64::MAX, 0..28_u32).prop_map(|(digits, scale)| Tree::Number(digits, scale)),
        (0..CELLS).prop_map(Tree::Cell),
    ];
    leaf.prop_recursive(5, 24, 2, |inner| {
        prop_oneof![
            1 => inner.clone().prop_map(|inner| Tree::Negative(Box::new(inner))),
            6 => (prop::sample::select(vec!['+', '-', '*', '/']), inner.clone(), inner)
                .prop_map(|(sign, left, right)| Tree::Binary(sign, Box::new(left), Box::new(right))),
        ]
    })
}

fn exact(value: Decimal) -> Exact {
    Ratio::new(BigInt::from(value.mantissa()), BigInt::from(10).pow(value.scale()))
}

fn rounded(value: &Exact, decimals: u32) -> Exact {
    let scale = Ratio::from_integer(BigInt::from(10).pow(decimals));
    // `round` of a rational rounds half away from zero.
    (value * &scale).round() / scale
}

/// Whether a decimal of 28 digits holds the value, with room for twelve decimals: a product that comes out even may
/// have had them on the way.
fn is_held(value: &Exact) -> bool {
    if value.to_integer().magnitude() >= BigInt::from(10).pow(16).magnitude() {
        return false;
    }
    let scaled = value * Ratio::from_integer(BigInt::from(10).pow(28));
    let mut digits = scaled.to_integer();
    let mut scale = 28;
    while scale > 0 && &digits % 10 == BigInt::ZERO {
        (digits, scale) = (digits / 10, scale - 1);
    }
    scaled.is_integer() && digits.magnitude() < BigInt::from(10).pow(28).magnitude()
}

impl Tree {
    fn text(&self) -> String {
        match self {
            Self::Number(digits, scale) => Decimal::new(*digits, *scale).to_string(),
            Self::Cell(column) => format!("c{column}"),
            Self::Negative(inner) => format!("-({})", inner.text()),
            Self::Binary(sign, left, right) => format!("({}) {sign} ({})", left.text(), right.text()),
        }
    }

    fn value(&self, cells: &[Exact]) -> Result<Exact, End> {
        let value = match self {
            Self::Number(digits, scale) => exact(Decimal::new(*digits, *scale)),
            Self::Cell(column) => cells[*column].clone(),
            Self::Negative(inner) => -inner.value(cells)?,
            Self::Binary(sign, left, right) => {
                let (left, right) = (left.value(cells)?, right.value(cells)?);
                match sign {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    _ if right == Exact::ZERO => return Err(End::DivisionByZero),
                    _ => rounded(&(left / right), 12),
                }
            }
        };
        if is_held(&value) { Ok(value) } else { Err(End::Long) }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_value_equals_that_of_exact_rationals(tree in trees(), cells in prop::array::uniform3((-10_000_000..10_000_000_i64, 0..5_u32))) {
        let cells = cells.map(|(digits, scale)| Decimal::new(digits, scale));
        let texts = cells.map(|cell| cell.to_string());
        let wanted = tree.value(&cells.map(exact));
        let expression = Expression::parse(&tree.text()).unwrap();
        let find = |name: &str| Ok(name[1..].parse().unwrap());
        let evaluate = |expression: &Expression| match expression.compile(find) {
            Ok(Compiled::Formula(formula)) => formula.evaluate(&|column| texts[column].as_str()),
            Ok(Compiled::Column(column)) => Ok(cells[column]),
            other => panic!("{other:?}"),
        };
        let found = evaluate(&expression);
        match wanted {
            Ok(wanted) => prop_assert_eq!(found.map(exact), Ok(wanted)),
            Err(End::DivisionByZero) => prop_assert_eq!(found, Err(Failure::DivisionByZero)),
            Err(End::Long) => {}
        }

        // What an expression writes reads back as the same.
        let printed = expression.to_string();
        let again = Expression::parse(&printed).unwrap();
        prop_assert_eq!(again.to_string(), printed);
        prop_assert_eq!(evaluate(&again), found);
    }

    #[test]
    fn a_long_product_loses_nothing_before_the_twelfth_decimal(left: i64, right: i64, scales in (0..28_u32, 0..28_u32)) {
        let (left, right) = (Decimal::new(left, scales.0), Decimal::new(right, scales.1));
        let Ok(Compiled::Formula(formula)) =
            Expression::parse("a * b").unwrap().compile(|name| Ok(usize::from(name == "b"))) else { panic!() };
        let texts = [left.to_string(), right.to_string()];
        let wanted = exact(left) * exact(right);
        match formula.evaluate(&|column| texts[column].as_str()) {
            Ok(found) => {
                let off = exact(found) - wanted;
                let most = Ratio::new(BigInt::from(1), BigInt::from(10).pow(12));
                prop_assert!(off <= most && -off <= most);
            }
            Err(failure) => {
                prop_assert_eq!(failure, Failure::TooLarge);
                prop_assert!(wanted.to_integer().magnitude().to_string().len() >= 15);
            }
        }
    }
}
