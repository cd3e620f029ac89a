//! The catalogue: the category tree, and as many products as wanted, spread over all families.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::{
    awkward,
    barcode::upc,
    documented,
    families::{Family, families},
    organizations::{ACME, GLOBEX},
    rates::{Style, list_price},
    shelf::{Article, Price, Shelf},
};
use crate::rng::Rng;

/// How many products the second organization has; some of its SKUs are the first one's, too.
const GLOBEX_PRODUCTS: usize = 120;

const DATES: [(&str, &str); 6] = [
    ("2023-11-20T08:15:00Z", "2024-03-04T10:00:00Z"),
    ("2024-01-15T09:00:00Z", "2024-05-20T14:32:00Z"),
    ("2024-02-27T13:40:00Z", "2024-06-11T07:55:00Z"),
    ("2024-06-03T09:30:00Z", "2024-09-19T16:20:00Z"),
    ("2024-09-24T11:05:00Z", "2025-01-13T09:12:00Z"),
    ("2025-02-10T08:00:00Z", "2025-04-02T12:45:00Z"),
];

/// Writes both organizations' catalogues.
pub(super) fn seed(db: &Connection, products: usize, seed: u64) -> rusqlite::Result<()> {
    let mut tree = Tree::new(db, ACME)?;
    let widgets = tree.key("Widgets", "widget")?;
    let odd = tree.key("Odds & Ends", "crate")?;
    let mut shelf = Shelf::of(db, ACME)?;
    let mut put = 0;
    for article in documented::widgets(widgets)
        .iter()
        .chain(&awkward::articles(odd))
    {
        shelf.put(article)?;
        put += 1;
    }
    fill(&mut shelf, &mut tree, products.saturating_sub(put), seed)?;

    let mut tree = Tree::new(db, GLOBEX)?;
    let widgets = tree.key("Widgets", "widget")?;
    let mut shelf = Shelf::of(db, GLOBEX)?;
    for mut article in documented::widgets(widgets) {
        // The same SKUs at another tenant: other ids, names and prices.
        article.product_id = article.product_id.replace("prod_", "prod_gx_");
        article.name = format!("Globex {}", article.name);
        for price in &mut article.prices {
            price.amount += 10_000;
        }
        shelf.put(&article)?;
    }
    fill(
        &mut shelf,
        &mut tree,
        GLOBEX_PRODUCTS.min(products),
        seed ^ 0x61,
    )
}

/// The category tree of one organization, grown as paths are asked for.
struct Tree<'db> {
    db: &'db Connection,
    org: i64,
    next: i64,
    known: BTreeMap<&'static str, i64>,
}

impl<'db> Tree<'db> {
    fn new(db: &'db Connection, org: i64) -> rusqlite::Result<Self> {
        let next = db.query_row(
            "SELECT coalesce(max(category), 0) + 1 FROM categories",
            [],
            |row| row.get(0),
        )?;
        Ok(Self {
            db,
            org,
            next,
            known: BTreeMap::new(),
        })
    }

    /// The key of a category by its path, made with its parents when it is new.
    fn key(&mut self, path: &'static str, glyph: &str) -> rusqlite::Result<i64> {
        if let Some(key) = self.known.get(path) {
            return Ok(*key);
        }
        let (parent, name) = match path.rsplit_once('/') {
            Some((above, name)) => (Some(self.key(above, glyph)?), name),
            None => (None, path),
        };
        let key = self.next;
        self.next += 1;
        self.db.execute(
            "INSERT INTO categories (category, org, category_id, parent, name, breadcrumb, glyph)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                self.org,
                format!("cat_{key:03}"),
                parent,
                name,
                path.replace('/', " "),
                format!("{glyph}-0"),
            ),
        )?;
        self.known.insert(path, key);
        Ok(key)
    }
}

/// A family with its place in the tree and its order of variants.
struct Prepared {
    family: Family,
    category: i64,
    combinations: u64,
    stride: u64,
}

impl Prepared {
    fn of(family: Family, category: i64) -> Self {
        let combinations = family
            .axes
            .iter()
            .map(|axis| axis.values.len() as u64)
            .product();
        Self {
            family,
            category,
            combinations,
            stride: coprime(combinations),
        }
    }
}

/// A step that visits every one of `count` places once, far from the one before.
fn coprime(count: u64) -> u64 {
    let shares = |step: u64| {
        let (mut a, mut b) = (count, step);
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a > 1
    };
    let mut step = (count * 5 / 13).max(1);
    while shares(step) {
        step += 1;
    }
    step
}

fn fill(
    shelf: &mut Shelf<'_>,
    tree: &mut Tree<'_>,
    products: usize,
    seed: u64,
) -> rusqlite::Result<()> {
    let mut prepared = Vec::new();
    for family in families() {
        let category = tree.key(family.path, family.glyph)?;
        prepared.push(Prepared::of(family, category));
    }
    let mut number = 0;
    let mut turn = 0;
    while number < products {
        for family in &prepared {
            if number == products {
                break;
            }
            shelf.put(&article(family, turn, number as u64, seed))?;
            number += 1;
        }
        turn += 1;
    }
    Ok(())
}

/// The variant a family shows in its `turn`; beyond its last combination, another series begins.
fn article(prepared: &Prepared, turn: u64, number: u64, seed: u64) -> Article<'static> {
    let Prepared {
        family,
        category,

        combinations,
        stride,
    } = prepared;
    let series = turn / combinations;
    let mut place = (turn % combinations) * stride % combinations;
    let mut rng = Rng::of(seed, number);
    let (mut sku, mut name, mut about) = (
        family.code.to_owned(),
        family.name.to_owned(),
        family.about.to_owned(),
    );
    let mut attributes = serde_json::Map::new();
    let (mut cents, mut grams) = (family.cents * 1_000, family.grams * 1_000);
    for (position, axis) in family.axes.iter().enumerate() {
        let count = axis.values.len() as u64;
        let step = place % count;
        place /= count;
        let Some(value) = axis.values.get(usize::try_from(step).unwrap_or(0)) else {
            continue;
        };
        sku = format!("{sku}-{}", value.code);
        let mark = format!("{{{position}}}");
        name = name.replace(&mark, value.text);
        about = about.replace(&mark, value.text);
        attributes.insert(axis.name.to_owned(), value.text.into());
        for _ in 0..step {
            cents = cents * (100 + axis.growth) / 100;
            grams = grams * (100 + axis.growth / 2) / 100;
        }
    }
    if series > 0 {
        sku = format!("{sku}-S{}", series + 1);
        name = format!("{name} (series {})", series + 1);
    }
    let retail = (cents / 1_000 * (94 + rng.below(13)) / 100).max(2);
    let (minimum, increment) = rng.pick(&family.packs).unwrap_or((1, 1));
    let (created_at, updated_at) = rng.pick(&DATES).unwrap_or(DATES[0]);
    let grams = (grams / 1_000).max(1);
    let edge = edge(grams);
    Article {
        product_id: format!("prod_{:016x}", Rng::of(seed ^ 0x9e37, number).draw()),
        images: (0..=rng.below(3))
            .map(|shot| format!("{}-{}", family.glyph, number % 12 + 12 * shot))
            .collect::<Vec<_>>()
            .join("\n"),
        sku,
        name,
        description: about,
        category: *category,
        on_hand: stock(&mut rng),
        minimum,
        increment,
        weight: format!("{}.{:03}", grams / 1_000, grams % 1_000),
        weight_unit: "kg",
        dimensions: format!("{}x{}x{}", edge * 2, edge + rng.below(edge), edge),
        dimensions_unit: "cm",
        upc: upc(40_000_000_000 + (seed % 1_000) * 10_000_000 + number),
        inactive: rng.below(400) == 0,
        attributes: serde_json::Value::Object(attributes).to_string(),
        external_id: format!("ERP-{number:07}"),
        created_at,
        updated_at,
        prices: prices(retail, minimum, &mut rng),
    }
}

/// The shortest edge of a box for that weight, in centimetres.
fn edge(grams: u64) -> u64 {
    (1..60)
        .find(|edge| edge * edge * edge * 2 >= grams)
        .unwrap_or(60)
}

/// A few are out of stock, a few nearly so.
fn stock(rng: &mut Rng) -> i64 {
    let most = match rng.below(20) {
        0 => return 0,
        1..=3 => 12,
        4..=12 => 400,
        _ => 6_000,
    };
    i64::try_from(rng.below(most)).unwrap_or(0) + 1
}

/// Every tier and currency, one to four breaks each.
fn prices(retail: u64, minimum: i64, rng: &mut Rng) -> Vec<Price> {
    let base = minimum.max(5);
    let quantities = [1, base * 5, base * 20, base * 100];
    let mut prices = Vec::with_capacity(24);
    let breaks: Vec<usize> = (0..3)
        .map(|_| 1 + usize::try_from(rng.below(4)).unwrap_or(0))
        .collect();
    for (currency, style) in [(0, Style::Dollars), (1, Style::Euros), (2, Style::Yen)] {
        prices.push(Price {
            currency,
            tier: 0,
            at_quantity: 1,
            amount: list_price(retail, style),
        });
        for ((tier, percent), count) in [(1, 76_u64), (2, 100), (3, 69)].into_iter().zip(&breaks) {
            let mut last = i64::MAX;
            for (place, at_quantity) in quantities.into_iter().enumerate().take(*count) {
                let cents = retail * (percent - percent * 7 * place as u64 / 100) / 100;
                let amount = list_price(cents.max(1), style);
                // A break that rounds to the price before it is none.
                if amount < last {
                    prices.push(Price {
                        currency,
                        tier,
                        at_quantity,
                        amount,
                    });
                    last = amount;
                }
            }
        }
    }
    prices
}
