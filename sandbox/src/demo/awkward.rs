//! Products whose SKUs are awkward in addresses and searches, on purpose.

use super::{
    rates::{Style, list_price},
    shelf::{Article, Price},
};

const ALL: [(&str, &str, &str); 10] = [
    (
        "A/B 100%",
        "Cleaning Wipes A/B, 100 % cotton",
        "A slash, a space and a percent sign in the SKU.",
    ),
    ("HASH#1", "Channel Marker #1", "A number sign in the SKU."),
    (
        "MÜLLER-Ø12",
        "Müller Spannring Ø 12 mm",
        "Umlaut and slashed O in the SKU.",
    ),
    (
        "東京-ネジ-01",
        "精密ネジ 01 (precision screw)",
        "Kanji and katakana in the SKU.",
    ),
    ("SPACE SKU 7", "Spacer Kit 7", "Spaces in the SKU."),
    ("PLUS+1", "Adapter Plus +1", "A plus sign in the SKU."),
    ("DOT.v2", "Dot Gauge v2", "A dot in the SKU."),
    (
        "Q?1&x=2",
        "Query Gauge Q?1",
        "A question mark, an ampersand and an equals sign in the SKU.",
    ),
    (
        "TAG<b>9",
        "Name plate <b>bold</b> & \"quoted\"",
        "Markup in SKU and name: <script>alert('text, not code')</script>",
    ),
    (
        "RETIRED-1",
        "Retired Bracket",
        "Inactive: only administrators see it.",
    ),
];

/// All of them; `category` is the key of `Odds & Ends`.
pub(super) fn articles(category: i64) -> Vec<Article<'static>> {
    let mut articles = Vec::new();
    for (place, (sku, name, about)) in ALL.into_iter().enumerate() {
        let number = place as u64;
        let mut prices = Vec::new();
        for (currency, style) in [(0, Style::Dollars), (1, Style::Euros), (2, Style::Yen)] {
            for (tier, percent) in [(0, 100), (1, 74), (2, 100), (3, 68)] {
                let amount = list_price((640 + 155 * number) * percent / 100, style);
                prices.push(Price {
                    currency,
                    tier,
                    at_quantity: 1,
                    amount,
                });
            }
        }
        articles.push(Article {
            product_id: format!("prod_awk{number:05}"),
            sku: sku.to_owned(),
            name: name.to_owned(),
            description: about.to_owned(),
            category,
            on_hand: 40 + 7 * i64::try_from(place).unwrap_or(0),
            minimum: 1,
            increment: 1,
            weight: "0.25".to_owned(),
            weight_unit: "kg",
            dimensions: "12x8x3".to_owned(),
            dimensions_unit: "cm",
            upc: super::barcode::upc(78_900_000_000 + number),
            inactive: sku == "RETIRED-1",
            images: format!("crate-{number}"),
            attributes: "{}".to_owned(),
            external_id: format!("ERP-ODD-{number:03}"),
            created_at: "2024-02-01T09:00:00Z",
            updated_at: "2024-06-01T09:00:00Z",
            prices,
        });
    }
    articles
}
