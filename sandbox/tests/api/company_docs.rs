//! Company documents: folders, uploads, signed addresses, and who may do what.

use std::time::Duration;

use crate::shop::{Answer, Shop, assert_holds, send};
use nymble_sandbox::Options;
use reqwest::Method;
use serde_json::{Value, json};

const FOLDERS: &str = "/api/companydocs/folders";
const DOCUMENTS: &str = "/api/companydocs/documents";
const UPLOAD: &str = "/api/companydocs/documents/upload";

/// Uploads a file with some more fields.
async fn upload(
    shop: &Shop,
    token: &str,
    name: &str,
    content: &[u8],
    fields: &[(&str, &str)],
) -> Answer {
    let mut body = Vec::new();
    for (field, value) in fields {
        body.extend_from_slice(
            format!(
                "--b0undary\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n"
            )
            .as_bytes(),
        );
    }
    body.extend_from_slice(
        format!("--b0undary\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n").as_bytes(),
    );
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--b0undary--\r\n");
    send(
        shop.request(Method::POST, UPLOAD)
            .bearer_auth(token)
            .header("content-type", "multipart/form-data; boundary=b0undary")
            .body(body),
    )
    .await
}

/// Follows a signed address as a browser does: without a token.
async fn follow(shop: &Shop, address: &str) -> Answer {
    let path = address.strip_prefix(&shop.url("")).unwrap();
    send(shop.request(Method::GET, path)).await
}

async fn folder(shop: &Shop, token: &str, body: &Value) -> Value {
    shop.post(token, FOLDERS, body).await.ok(201)["folder"].clone()
}

#[tokio::test]
async fn a_folder_is_made_listed_read_and_deleted() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let made = folder(
        &shop,
        &admin,
        &json!({ "name": " Safety sheets ", "externalId": "ERP-9" }),
    )
    .await;
    assert_holds(
        &made,
        &json!({ "organizationId": "org_4e9b7f22", "name": "Safety sheets", "path": "/Safety sheets", "externalId": "ERP-9" }),
        "folder",
    );
    assert_eq!(made["parentId"], Value::Null);
    assert_eq!(made["createdAt"], made["updatedAt"]);
    let id = made["folderId"].as_str().unwrap();
    let below = folder(&shop, &admin, &json!({ "Name": "2024", "ParentId": id })).await;
    assert_eq!(below["path"], "/Safety sheets/2024");
    assert_eq!(below["parentId"], id);

    let buyer = shop.token("acme-buyer").await;
    let listed = shop.get(&buyer, FOLDERS).await.ok(200);
    let paths: Vec<&str> = listed["folders"]
        .as_array()
        .unwrap()
        .iter()
        .map(|folder| folder["path"].as_str().unwrap())
        .collect();
    assert_eq!(
        paths,
        [
            "/Price lists",
            "/Safety sheets",
            "/Safety sheets/2024",
            "/Terms and drawings"
        ]
    );
    assert_eq!(
        shop.get(&buyer, &format!("{FOLDERS}/{id}")).await.ok(200)["folder"],
        made
    );

    let refused = shop.delete(&admin, &format!("{FOLDERS}/{id}")).await;
    assert_eq!(refused.problem(400)["title"], "Folder is not empty");
    let below = below["folderId"].as_str().unwrap();
    for gone in [below, id] {
        let answer = shop.delete(&admin, &format!("{FOLDERS}/{gone}")).await;
        assert_eq!((answer.status, answer.text.as_str()), (204, ""));
        shop.get(&buyer, &format!("{FOLDERS}/{gone}"))
            .await
            .problem(404);
        shop.delete(&admin, &format!("{FOLDERS}/{gone}"))
            .await
            .problem(404);
    }
    shop.close().await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_is_refused() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for name in ["", "  ", "a/b", "a\\b", &"x".repeat(256), "a\u{7}b", ".."] {
        let answer = shop.post(&admin, FOLDERS, &json!({ "name": name })).await;
        assert_eq!(answer.fields(), ["name"], "{name:?}");
    }
    assert_eq!(
        shop.post(&admin, FOLDERS, &json!({})).await.fields(),
        ["name"]
    );
    let lost = json!({ "name": "A", "parentId": "fold_none" });
    assert_eq!(
        shop.post(&admin, FOLDERS, &lost).await.fields(),
        ["parentId"]
    );
    let long = json!({ "name": "A", "externalId": "e".repeat(256) });
    assert_eq!(
        shop.post(&admin, FOLDERS, &long).await.fields(),
        ["externalId"]
    );
    // Taken in one place, free in another.
    shop.post(&admin, FOLDERS, &json!({ "name": "PRICE LISTS" }))
        .await
        .problem(409);
    let inner = json!({ "name": "Price lists", "parentId": "fold_6b1f0a94" });
    folder(&shop, &admin, &inner).await;
    shop.post(&admin, FOLDERS, &inner).await.problem(409);
    shop.close().await;
}

#[tokio::test]
async fn an_uploaded_document_is_read_back_byte_for_byte_without_a_token() {
    let shop = Shop::open().await;
    let rep = shop.token("acme-rep").await;
    let content: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let fields = [("folderId", "fold_6b1f0a94"), ("externalId", "ERP-DOC-7")];
    let made = upload(&shop, &rep, "見積 \"書\".PDF", &content, &fields).await;
    // A quote in a file name ends it in this header: what is left is a name all the same.
    let made = made.ok(201);
    assert_holds(
        &made,
        &json!({
            "organizationId": "org_4e9b7f22", "folderId": "fold_6b1f0a94", "externalId": "ERP-DOC-7", "size": 100_000
        }),
        "document",
    );

    let made = upload(
        &shop,
        &rep,
        "../../Blue widget.PDF",
        &content,
        &[("note", "passed over")],
    )
    .await
    .ok(201);
    assert_holds(
        &made,
        &json!({ "name": "Blue widget.PDF", "contentType": "application/pdf" }),
        "document",
    );
    assert_eq!(made["folderId"], Value::Null);
    let address = made["cdnUrl"].as_str().unwrap();
    assert!(!address.contains("/api/"), "{address}");
    let path = address.strip_prefix(&shop.url("")).unwrap();
    let got = shop.request(Method::GET, path).send().await.unwrap();
    assert_eq!(got.status(), 200);
    let header = |name: &str| got.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/pdf");
    assert_eq!(
        header("content-disposition"),
        "attachment; filename=\"Blue widget.PDF\"; filename*=UTF-8''Blue%20widget%2EPDF"
    );
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert!(header("content-security-policy").contains("sandbox"));
    assert_eq!(got.bytes().await.unwrap(), content);
    shop.close().await;
}

#[tokio::test]
async fn the_demo_documents_are_listed_and_open() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let all = shop.get(&buyer, DOCUMENTS).await.ok(200);
    let names: Vec<&str> = all["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|document| document["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "Bolt drawing.png",
            "Price list Wholesale.csv",
            "Terms of sale.pdf"
        ]
    );
    let one_folder = shop
        .get(&buyer, &format!("{DOCUMENTS}?FolderId=fold_6b1f0a94"))
        .await
        .ok(200);
    assert_eq!(one_folder["documents"].as_array().unwrap().len(), 1);
    shop.get(&buyer, &format!("{DOCUMENTS}?folderId=fold_none"))
        .await
        .problem(404);
    let drawing = follow(&shop, all["documents"][0]["cdnUrl"].as_str().unwrap()).await;
    assert_eq!(drawing.status, 200);
    assert_eq!(drawing.header("content-type"), "image/png");
    assert!(drawing.header("content-disposition").starts_with("inline;"));
    let prices = follow(&shop, all["documents"][1]["cdnUrl"].as_str().unwrap()).await;
    assert_eq!(prices.header("content-type"), "text/csv; charset=utf-8");
    assert!(prices.text.contains("WIDGET-BLU-L,Blue Widget — Large"));
    let terms = follow(&shop, all["documents"][2]["cdnUrl"].as_str().unwrap()).await;
    assert!(terms.text.starts_with("%PDF-1.4"));
    shop.close().await;
}

#[tokio::test]
async fn a_page_that_somebody_uploads_never_runs() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for name in ["evil.html", "evil.svg", "evil.xhtml", "evil.js"] {
        let made = upload(&shop, &admin, name, b"<script>alert(1)</script>", &[])
            .await
            .ok(201);
        let got = follow(&shop, made["cdnUrl"].as_str().unwrap()).await;
        assert_eq!(got.header("content-type"), "application/octet-stream");
        assert!(got.header("content-disposition").starts_with("attachment;"));
        assert_eq!(
            got.header("content-security-policy"),
            "default-src 'none'; sandbox"
        );
    }
    shop.close().await;
}

#[tokio::test]
async fn an_address_that_ran_out_is_renewed() {
    let shop = Shop::with(Options {
        document_address_life: Duration::from_secs(1),
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    let path = format!("{DOCUMENTS}/doc_84e1d6b3");
    let document = shop.get(&buyer, &path).await.ok(200);
    let address = document["cdnUrl"].as_str().unwrap();
    assert_eq!(follow(&shop, address).await.status, 200);
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    follow(&shop, address).await.problem(403);
    let renewed = shop
        .post(&buyer, &format!("{path}/refresh-url"), &json!({}))
        .await
        .ok(200);
    assert_eq!(renewed["documentId"], "doc_84e1d6b3");
    assert!(renewed["cdnUrlExpiresAt"].as_str() > document["cdnUrlExpiresAt"].as_str());
    assert_eq!(
        follow(&shop, renewed["cdnUrl"].as_str().unwrap())
            .await
            .status,
        200
    );
    shop.close().await;
}

#[tokio::test]
async fn an_address_is_good_for_an_hour_and_for_one_document() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let before = time::OffsetDateTime::now_utc().unix_timestamp();
    let terms = shop
        .get(&admin, &format!("{DOCUMENTS}/doc_84e1d6b3"))
        .await
        .ok(200);
    let (address, signature) = terms["cdnUrl"].as_str().unwrap().split_once('=').unwrap();
    let claims = signature.split('.').nth(1).unwrap();
    let expires = time::OffsetDateTime::parse(
        terms["cdnUrlExpiresAt"].as_str().unwrap(),
        &time::format_description::well_known::Rfc3339,
    )
    .unwrap()
    .unix_timestamp();
    assert!((3_600..=3_602).contains(&(expires - before)));

    let other = address.replace("doc_84e1d6b3", "doc_c05b3f7d");
    let changed = signature.replacen(&claims[..4], "AAAA", 1);
    for bad in [
        format!("{other}={signature}"),
        format!("{address}={changed}"),
        format!("{address}={admin}"),
        format!("{address}="),
        address.trim_end_matches("?signature").to_owned(),
    ] {
        follow(&shop, &bad).await.problem(403);
    }
    // The signature is no token for the API either.
    shop.get(signature, DOCUMENTS).await.problem(401);
    assert_eq!(
        follow(&shop, &format!("{address}={signature}"))
            .await
            .status,
        200
    );
    let gone = shop
        .delete(&admin, &format!("{DOCUMENTS}/doc_84e1d6b3"))
        .await;
    assert_eq!(gone.status, 204);
    follow(&shop, &format!("{address}={signature}"))
        .await
        .problem(404);
    shop.get(&admin, &format!("{DOCUMENTS}/doc_84e1d6b3"))
        .await
        .problem(404);
    shop.delete(&admin, &format!("{DOCUMENTS}/doc_84e1d6b3"))
        .await
        .problem(404);
    shop.close().await;
}

#[tokio::test]
async fn uploads_that_cannot_be_kept_are_refused() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let count = async || {
        let all = shop.get(&admin, DOCUMENTS).await.ok(200);
        all["documents"].as_array().unwrap().len()
    };
    let lost = [("folderId", "fold_none")];
    assert_eq!(
        upload(&shop, &admin, "a.txt", b"a", &lost).await.fields(),
        ["folderId"]
    );
    assert_eq!(
        upload(&shop, &admin, "a.txt", b"", &[]).await.fields(),
        ["file"]
    );
    assert_eq!(
        upload(&shop, &admin, "..", b"a", &[]).await.fields(),
        ["file"]
    );
    shop.post(&admin, UPLOAD, &json!({ "file": "a" }))
        .await
        .problem(415);
    let form = |body: &'static str| {
        shop.request(Method::POST, UPLOAD)
            .bearer_auth(&admin)
            .header("content-type", "multipart/form-data; boundary=b0undary")
            .body(body)
    };
    send(form("--b0undary\r\nthis is no form"))
        .await
        .problem(400);
    assert_eq!(send(form("--b0undary--\r\n")).await.fields(), ["file"]);
    let taken = [("folderId", "fold_d83c57e2")];
    upload(&shop, &admin, "TERMS of sale.pdf", b"a", &taken)
        .await
        .problem(409);
    let largest = vec![b'x'; 10 * 1024 * 1024 + 1];
    upload(&shop, &admin, "large.txt", &largest, &[])
        .await
        .problem(413);
    assert_eq!(count().await, 3);
    upload(&shop, &admin, "large.txt", &largest[1..], &[])
        .await
        .ok(201);
    assert_eq!(count().await, 4);
    // The larger limit is the upload's alone.
    let name = "x".repeat(3 * 1024 * 1024);
    shop.post(&admin, FOLDERS, &json!({ "name": name }))
        .await
        .problem(413);
    shop.close().await;
}

#[tokio::test]
async fn buyers_read_and_another_organization_sees_nothing() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let one = format!("{DOCUMENTS}/doc_84e1d6b3");
    let in_folder = format!("{FOLDERS}/fold_6b1f0a94");
    shop.post(&buyer, FOLDERS, &json!({ "name": "A" }))
        .await
        .problem(403);
    shop.delete(&buyer, &in_folder).await.problem(403);
    shop.delete(&buyer, &one).await.problem(403);
    upload(&shop, &buyer, "a.txt", b"a", &[]).await.problem(403);

    for path in [FOLDERS, DOCUMENTS, &one, &in_folder] {
        shop.get("", path).await.problem(401);
        shop.get(&buyer, path).await.ok(200);
    }
    upload(&shop, "", "a.txt", b"a", &[]).await.problem(401);

    let stranger = shop.token("globex-admin").await;
    assert_eq!(
        shop.get(&stranger, FOLDERS).await.ok(200),
        json!({ "folders": [] })
    );
    assert_eq!(
        shop.get(&stranger, DOCUMENTS).await.ok(200),
        json!({ "documents": [] })
    );
    for path in [&one, &in_folder] {
        shop.get(&stranger, path).await.problem(404);
        shop.delete(&stranger, path).await.problem(404);
    }
    shop.post(&stranger, &format!("{one}/refresh-url"), &json!({}))
        .await
        .problem(404);
    let theirs = json!({ "name": "A", "parentId": "fold_6b1f0a94" });
    assert_eq!(
        shop.post(&stranger, FOLDERS, &theirs).await.fields(),
        ["parentId"]
    );
    let fields = [("folderId", "fold_6b1f0a94")];
    assert_eq!(
        upload(&shop, &stranger, "a.txt", b"a", &fields)
            .await
            .fields(),
        ["folderId"]
    );
    shop.close().await;
}
