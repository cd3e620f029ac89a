//! Categories that are not active: shown as such, and still there for the products in them.

use crate::shop::Shop;
use nymble_sandbox::{Db, Options};
use rusqlite::Connection;
use serde_json::Value;

/// A category of a tree by its name.
fn named<'a>(categories: &'a Value, name: &str) -> Option<&'a Value> {
    categories.as_array()?.iter().find_map(|category| {
        if category["name"] == name {
            return Some(category);
        }
        named(&category["subCategories"], name)
    })
}

#[tokio::test]
async fn an_inactive_category_says_so_wherever_it_is_shown() {
    let folder =
        std::env::temp_dir().join(format!("nymble-sandbox-categories-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let options = || Options {
        db: Db::File(folder.join("shop.db")),
        products: 300,
        ..Options::default()
    };
    Shop::with(options()).await.close().await;
    // No call of the API deactivates one: it is the merchant's setting.
    let db = Connection::open(folder.join("shop.db")).unwrap();
    let changed = db
        .execute(
            "UPDATE categories SET active = 0 WHERE org = 1 AND name = 'Nuts'",
            [],
        )
        .unwrap();
    assert_eq!(changed, 1);
    drop(db);

    let shop = Shop::with(options()).await;
    let buyer = shop.token("acme-buyer").await;
    let tree = shop.get(&buyer, "/api/categories").await.ok(200);
    let nuts = named(&tree["categories"], "Nuts").unwrap();
    assert_eq!(nuts["active"], false);
    assert_eq!(
        named(&tree["categories"], "Fasteners").unwrap()["active"],
        true
    );
    assert_eq!(
        named(&nuts["subCategories"], "Hex Nuts").unwrap()["active"],
        true,
        "each for itself"
    );
    let children = shop
        .get(&buyer, "/api/categories/fasteners/subcategories")
        .await
        .ok(200);
    assert_eq!(named(&children, "Nuts").unwrap()["active"], false);
    let filter = "filters[0].field=Category&filters[0].operator=equals&filters[0].value=Nuts";
    let inside = shop
        .get(&buyer, &format!("/api/products?{filter}"))
        .await
        .ok(200);
    assert!(
        inside["totalRecords"].as_u64() > Some(0),
        "its products are sold as before"
    );
    shop.close().await;
    std::fs::remove_dir_all(folder).ok();
}
