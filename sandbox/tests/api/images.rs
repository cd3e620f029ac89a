//! Uploading pictures, and what is served of them.

use std::io::Cursor;

use crate::shop::{Answer, Shop, send};
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use serde_json::json;

const PATH: &str = "/api/images/from-local";

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, height)
        .write_to(&mut file, format)
        .unwrap();
    file.into_inner()
}

/// Uploads a form: the file, and text fields.
async fn upload(
    shop: &Shop,
    token: &str,
    path: &str,
    file_name: &str,
    file: &[u8],
    fields: &[(&str, &str)],
) -> Answer {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    let head = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"image\"; filename=\"{file_name}\"\r\n\r\n"
    );
    body.extend(head.into_bytes());
    body.extend(file);
    body.extend(b"\r\n--edge--\r\n");
    let request = shop
        .request(Method::POST, path)
        .bearer_auth(token)
        .header("content-type", "multipart/form-data; boundary=edge")
        .body(body);
    send(request).await
}

/// Content type and pixels of what is served.
async fn served(shop: &Shop, url: &str) -> (String, (u32, u32)) {
    let address = url.strip_prefix(&shop.url("")).unwrap();
    let url = shop.url(address);
    let response = reqwest::get(url).await.unwrap();
    assert_eq!(response.status(), 200);
    let kind = response.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    assert_eq!(response.headers()["x-content-type-options"], "nosniff");
    let picture = image::load_from_memory(&response.bytes().await.unwrap()).unwrap();
    (kind, (picture.width(), picture.height()))
}

#[tokio::test]
async fn an_uploaded_picture_is_shown_in_three_sizes() {
    let shop = Shop::open().await;
    let (admin, buyer) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
    );
    let png = picture(1_000, 500, ImageFormat::Png);
    let done = upload(
        &shop,
        &admin,
        PATH,
        "front.png",
        &png,
        &[("sku", "WIDGET-RED-M")],
    )
    .await;
    assert_eq!((done.status, done.text.as_str()), (204, ""));
    let product = shop.get(&buyer, "/api/products/WIDGET-RED-M").await.ok(200);
    let images = product["images"].as_array().unwrap();
    assert_eq!(images.len(), 3);
    assert_eq!(images[2]["name"], "front");
    let url = images[2]["url"].as_str().unwrap();
    for (size, pixels) in [
        ("small", (160, 80)),
        ("medium", (480, 240)),
        ("large", (1_000, 500)),
    ] {
        let found = served(&shop, &format!("{url}/{size}")).await;
        assert_eq!(found, ("image/png".to_owned(), pixels), "{size}");
    }
    // A second file of that name takes the place of the first, at the same address.
    let jpeg = picture(200, 400, ImageFormat::Jpeg);
    let fields = [("sku", "NO-SUCH"), ("extractSkuFromImageName", "true")];
    assert_eq!(
        upload(&shop, &admin, PATH, "WIDGET-RED-M.jpg", &jpeg, &fields)
            .await
            .status,
        204
    );
    assert_eq!(
        upload(&shop, &admin, PATH, "front.jpg", &jpeg, &[])
            .await
            .status,
        204
    );
    let found = served(&shop, &format!("{url}/small")).await;
    assert_eq!(found, ("image/jpeg".to_owned(), (80, 160)));
    let product = shop.get(&buyer, "/api/products/WIDGET-RED-M").await.ok(200);
    assert_eq!(product["images"].as_array().unwrap().len(), 4);
    assert_eq!(product["images"][3]["name"], "WIDGET-RED-M");
    let listed = shop.get(&admin, "/api/images").await.ok(200);
    assert_eq!(listed["totalRecords"], 2);
    assert_eq!(listed["data"][0]["name"], "front");
    assert_eq!(listed["data"][0]["url"], url);
    assert_eq!(
        (&listed["data"][0]["width"], &listed["data"][0]["height"]),
        (&json!(200), &json!(400))
    );
    // By name on a product, as it is read as well.
    for images in [json!(["front", "bolt-1"]), product["images"].clone()] {
        let body = json!({ "sku": "WIDGET-BLU-S", "images": images });
        let put = shop.put(&admin, "/api/products", &body).await.ok(200);
        assert_eq!(
            put["images"].as_array().unwrap().len(),
            images.as_array().unwrap().len()
        );
        let front = if images[0] == "front" { 0 } else { 2 };
        assert_eq!(put["images"][front]["url"], url);
    }
    shop.close().await;
}

#[tokio::test]
async fn a_category_shows_its_uploaded_picture() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let webp = picture(300, 300, ImageFormat::WebP);
    let path = "/api/images/category";
    let fields = [("categoryName", "bolts & screws")];
    assert_eq!(
        upload(&shop, &admin, path, "any.webp", &webp, &fields)
            .await
            .status,
        204
    );
    let children = shop
        .get(&admin, "/api/categories/FASTENERS/subcategories")
        .await
        .ok(200);
    let url = children[0]["imageUrl"].as_str().unwrap();
    assert_eq!(children[0]["name"], "Bolts & Screws");
    assert!(
        url.contains("org_4e9b7f22") && url.ends_with("/medium"),
        "{url}"
    );
    assert_eq!(
        served(&shop, url).await,
        ("image/png".to_owned(), (300, 300))
    );
    assert_eq!(
        shop.get(&admin, "/api/images").await.ok(200)["totalRecords"],
        0
    );
    let unknown = [("categoryName", "Nothing")];
    let refused = upload(&shop, &admin, path, "any.webp", &webp, &unknown).await;
    assert_eq!(refused.fields(), ["categoryName"]);
    shop.close().await;
}

#[tokio::test]
async fn what_is_no_picture_is_refused_and_nothing_is_kept() {
    let shop = Shop::open().await;
    let (admin, buyer) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
    );
    let png = picture(10, 10, ImageFormat::Png);
    upload(&shop, "", PATH, "a.png", &png, &[])
        .await
        .problem(401);
    upload(&shop, &buyer, PATH, "a.png", &png, &[])
        .await
        .problem(403);
    shop.get(&buyer, "/api/images").await.problem(403);
    shop.post(&admin, PATH, &json!({})).await.problem(415);
    for file in [
        b"GIF89a......".as_slice(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ] {
        upload(&shop, &admin, PATH, "a.png", file, &[])
            .await
            .problem(415);
    }
    let huge = vec![0; 10 * 1024 * 1024 + 1];
    upload(&shop, &admin, PATH, "a.png", &huge, &[])
        .await
        .problem(413);
    // A header that claims far more pixels than there are: dimensions are the two numbers after IHDR.
    let mut bomb = png.clone();
    bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let cut = &png[..png.len() / 2];
    for (name, file, fields, field) in [
        ("a.png", &b""[..], &[][..], "image"),
        (".png", &png, &[], "image"),
        ("a.png", &bomb, &[], "image"),
        ("a.png", cut, &[], "image"),
        ("a.png", &png, &[("sku", "NO-SUCH")], "sku"),
        ("a.png", &png, &[("extractSkuFromImageName", "true")], "sku"),
        (
            "a.png",
            &png,
            &[("extractSkuFromImageName", "maybe")],
            "extractSkuFromImageName",
        ),
    ] {
        let refused = upload(&shop, &admin, PATH, name, file, fields).await;
        assert_eq!(refused.fields(), [field], "{name} {fields:?}");
    }
    assert_eq!(
        shop.get(&admin, "/api/images").await.ok(200)["totalRecords"],
        0
    );
    shop.get("", "/_sandbox/images/org_4e9b7f22%2Fa/small")
        .await
        .problem(404);
    shop.close().await;
}

#[tokio::test]
async fn an_organization_knows_its_own_images_only() {
    let shop = Shop::open().await;
    let (admin, globex) = (
        shop.token("acme-admin").await,
        shop.token("globex-admin").await,
    );
    let png = picture(10, 10, ImageFormat::Png);
    assert_eq!(
        upload(&shop, &admin, PATH, "mine.png", &png, &[])
            .await
            .status,
        204
    );
    assert_eq!(
        shop.get(&globex, "/api/images").await.ok(200)["totalRecords"],
        0
    );
    let body = json!({ "sku": "GX-1", "images": ["mine"] });
    let refused = shop.put(&globex, "/api/products", &body).await;
    assert_eq!(refused.fields(), ["images[0]"]);
    shop.close().await;
}
