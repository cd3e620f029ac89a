//! The reference documents' own products, with exactly the documented values, and their relatives.

use super::{
    rates::{Style, list_price},
    shelf::{Article, Price},
};

/// Documented amounts in US dollars, in ten-thousandths.
fn dollars(tier: usize, at_quantity: i64, amount: i64) -> Price {
    Price {
        currency: 0,
        tier,
        at_quantity,
        amount,
    }
}

/// Prices in the other currencies: the documents show dollars only.
fn elsewhere(base: u64, wholesale: &[(i64, u64)], premium: &[(i64, u64)]) -> Vec<Price> {
    let mut prices = Vec::new();
    for (currency, style) in [(1, Style::Euros), (2, Style::Yen)] {
        let single = [(1, base)];
        for (tier, entries) in [
            (0, &single[..]),
            (1, wholesale),
            (2, &single[..]),
            (3, premium),
        ] {
            prices.extend(entries.iter().map(|&(at_quantity, cents)| Price {
                currency,
                tier,
                at_quantity,
                amount: list_price(cents, style),
            }));
        }
    }
    prices
}

fn widget(id: &str, sku: &str, name: &str, description: &str, category: i64) -> Article<'static> {
    Article {
        product_id: id.to_owned(),
        sku: sku.to_owned(),
        name: name.to_owned(),
        description: description.to_owned(),
        category,
        minimum: 1,
        increment: 1,
        weight_unit: "lb",
        dimensions_unit: "in",
        created_at: "2024-01-15T09:00:00Z",
        updated_at: "2024-05-20T14:32:00Z",
        ..Article::default()
    }
}

/// All widgets; `category` is the key of `Widgets`.
pub(super) fn widgets(category: i64) -> Vec<Article<'static>> {
    let mut blue_large = widget(
        "prod_a1b2c3d4",
        "WIDGET-BLU-L",
        "Blue Widget — Large",
        "Heavy-duty blue widget, large format.",
        category,
    );
    blue_large.on_hand = 240;
    blue_large.weight = "1.2".into();
    blue_large.dimensions = "10x8x4".into();
    blue_large.upc = "012345678905".into();
    blue_large.external_id = "ERP-SKU-00421".into();
    blue_large.images = "widget-blue-1\nwidget-blue-2\nwidget-blue-3".into();
    blue_large.attributes = r#"{"color":"blue","material":"steel"}"#.into();
    blue_large.prices = vec![
        dollars(0, 1, 249_900),
        dollars(1, 1, 185_000),
        dollars(1, 50, 160_000),
        dollars(2, 1, 249_900),
    ];
    blue_large.prices.extend(elsewhere(
        2_499,
        &[(1, 1_850), (50, 1_600)],
        &[(1, 1_720), (25, 1_540)],
    ));

    let mut red_medium = widget(
        "prod_b7c1d9e2",
        "WIDGET-RED-M",
        "Red Widget — Medium",
        "General-purpose red widget, medium format.",
        category,
    );
    red_medium.on_hand = 85;
    red_medium.weight = "0.8".into();
    red_medium.dimensions = "8x6x3".into();
    red_medium.upc = super::barcode::upc(1_234_567_891);
    red_medium.external_id = "ERP-SKU-00422".into();
    red_medium.images = "widget-red-1\nwidget-red-2".into();
    red_medium.attributes = r#"{"color":"red","material":"steel"}"#.into();
    red_medium.prices = vec![
        dollars(0, 1, 229_900),
        dollars(1, 1, 150_000),
        dollars(2, 1, 229_900),
    ];
    red_medium
        .prices
        .extend(elsewhere(2_299, &[(1, 1_500)], &[(1, 1_390)]));

    // With these, a search for "blue widget" finds three, as the documents' example does.
    let mut relatives = Vec::new();
    for (place, (size, sku, letter, cents)) in [
        ("Medium", "WIDGET-BLU-M", "M", 2_199_u64),
        ("Small", "WIDGET-BLU-S", "S", 1_899),
    ]
    .into_iter()
    .enumerate()
    {
        let mut relative = widget(
            &format!("prod_c0ffee0{place}"),
            sku,
            &format!("Blue Widget — {size}"),
            &format!("Heavy-duty blue widget, {} format.", size.to_lowercase()),
            category,
        );
        relative.on_hand = 120 - 118 * i64::try_from(place).unwrap_or(0);
        relative.minimum = 6;
        relative.increment = 6;
        relative.weight = "0.9".into();
        relative.dimensions = "8x6x3".into();
        relative.upc = super::barcode::upc(1_234_567_900 + place as u64);
        relative.external_id = format!("ERP-SKU-0042{}", 3 + place);
        relative.images = format!("widget-blue-{}", 4 + place);
        relative.attributes = format!(r#"{{"color":"blue","material":"steel","size":"{letter}"}}"#);
        let list = |cents| list_price(cents, Style::Dollars);
        relative.prices = vec![
            dollars(0, 1, list(cents)),
            dollars(1, 1, list(cents * 74 / 100)),
            dollars(1, 60, list(cents * 66 / 100)),
            dollars(2, 1, list(cents)),
            dollars(3, 1, list(cents * 70 / 100)),
        ];
        relative.prices.extend(elsewhere(
            cents,
            &[(1, cents * 74 / 100), (60, cents * 66 / 100)],
            &[(1, cents * 7 / 10)],
        ));
        relatives.push(relative);
    }
    let mut all = vec![blue_large, red_medium];
    all.append(&mut relatives);
    all
}
