//! Organizations: their record, new ones, administrators, API keys, sales reps.

use crate::shop::{Shop, assert_holds, send};
use reqwest::Method;
use serde_json::{Value, json};

const KEYS: &str = "/api/organizations/api-access";
const REPS: &str = "/api/organizations/salesreps";

async fn by_key(shop: &Shop, key: &str, path: &str) -> crate::shop::Answer {
    send(shop.request(Method::GET, path).header("x-api-key", key)).await
}

#[tokio::test]
async fn administrators_read_their_organization() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let answer = shop.get(&admin, "/api/organization").await.ok(200);
    assert_holds(
        &answer["organization"],
        &json!({
            "organizationId": "org_4e9b7f22", "identityOrganizationId": "kinde_org_4e9b7f22", "name": "Acme Distribution",
            "slug": "acme-dist", "currencyCode": "USD", "billingCity": "Dallas"
        }),
        "organization",
    );
    assert_eq!(answer["subscriptions"][0]["status"], "Active");
    assert!(answer["features"].as_array().unwrap().len() > 1);
    assert_eq!(answer.as_object().unwrap().len(), 3);
    for client in ["acme-buyer", "acme-rep"] {
        let token = shop.token(client).await;
        shop.get(&token, "/api/organization").await.problem(403);
        shop.get(&token, "/api/organizations/users/admins")
            .await
            .problem(403);
    }
    shop.get("", "/api/organization").await.problem(401);
    let lost = json!({ "clientId": "acme-admin", "claims": { "OrganizationId": "org_gone" } });
    let lost = shop.post("", "/_sandbox/tokens", &lost).await.ok(201);
    let lost = lost["accessToken"].as_str().unwrap();
    shop.get(lost, "/api/organization").await.problem(400);
    shop.get(lost, "/api/products").await.problem(401);
    shop.close().await;
}

#[tokio::test]
async fn only_super_crosses_organizations() {
    let shop = Shop::open().await;
    let (admin, superuser) = (
        shop.token("acme-admin").await,
        shop.token("acme-super").await,
    );
    for own in ["org_4e9b7f22", "kinde_org_4e9b7f22", "acme-dist"] {
        let path = format!("/api/organization?organizationId={own}");
        shop.get(&admin, &path).await.ok(200);
    }
    for path in [
        "/api/organization?organizationId=org_b81d03ce",
        "/api/organization?OrganizationId=globex",
        "/api/organization?organizationId=org_none",
        "/api/organizations/salesreps?organizationId=org_b81d03ce",
        "/api/customers/GLX-001?organizationId=org_b81d03ce",
        "/api/carts?organizationId=org_b81d03ce",
    ] {
        shop.get(&admin, path).await.problem(404);
    }
    let own = shop.get(&superuser, "/api/organization").await.ok(200);
    assert_eq!(own["organization"]["slug"], "acme-dist");
    let other = "organizationId=org_b81d03ce";
    let globex = shop
        .get(&superuser, &format!("/api/organization?{other}"))
        .await
        .ok(200);
    assert_eq!(globex["organization"]["name"], "Globex Trading");
    shop.get(&superuser, "/api/organization?organizationId=org_none")
        .await
        .problem(404);
    shop.get(&superuser, "/api/customers/GLX-001")
        .await
        .problem(404);
    shop.get(&superuser, &format!("/api/customers/GLX-001?{other}"))
        .await
        .ok(200);
    let product = shop
        .get(&superuser, &format!("/api/products/WIDGET-BLU-L?{other}"))
        .await
        .ok(200);
    assert_eq!(product["organizationId"], "org_b81d03ce");
    shop.close().await;
}

#[tokio::test]
async fn a_new_organization_is_a_tenant_of_its_own() {
    let shop = Shop::open().await;
    let body = json!({
        "Organization": { "Name": "Café Größe & Co.", "BillingCity": "Wien", "BillingCountry": "AT" },
        "User": { "FirstName": "Max", "LastName": "Muster", "Email": "max@groesse.example", "Password": "zehn Ziegen" }
    });
    let created = shop.post("", "/api/organizations", &body).await.ok(201);
    assert_eq!(created["Name"], "Café Größe & Co.");
    assert_eq!(created["Slug"], "caf-gr-e-co");
    let id = created["OrganizationId"].as_str().unwrap();
    assert!(id.starts_with("org_"));
    assert!(
        created["IdentityOrganizationId"]
            .as_str()
            .unwrap()
            .starts_with("kinde_org_")
    );
    let login = json!({
        "OrgCode": created["OrgCode"], "ClientId": created["ClientId"], "ClientSecret": "zehn Ziegen"
    });
    let signed_in = shop.post("", "/api/auth/login", &login).await.ok(200);
    let token = signed_in["AccessToken"].as_str().unwrap();
    let own = shop.get(token, "/api/organization").await.ok(200);
    assert_eq!(own["organization"]["organizationId"], id);
    assert_eq!(own["organization"]["billingCity"], "Wien");
    let admins = shop
        .get(token, "/api/organizations/users/admins")
        .await
        .ok(200);
    let admins = admins["OrganizationUsers"].as_array().unwrap();
    assert_eq!(admins.len(), 1);
    assert_eq!(admins[0]["Email"], "max@groesse.example");
    assert_eq!(admins[0]["Role"], "Admin");

    // It begins empty, sees nobody else's, and can be filled.
    assert_eq!(
        shop.get(token, "/api/products").await.ok(200)["totalRecords"],
        0
    );
    assert_eq!(shop.get(token, REPS).await.ok(200)["totalRecords"], 0);
    shop.get(token, "/api/customers/ACME-001")
        .await
        .problem(404);
    let product =
        json!({ "sku": "WIDGET-BLU-L", "name": "Ein Blauer", "category": "Dinge", "price": 3.5 });
    shop.put(token, "/api/products", &product).await.ok(201);
    let theirs = shop.token("acme-buyer").await;
    let theirs = shop
        .get(&theirs, "/api/products/WIDGET-BLU-L")
        .await
        .ok(200);
    assert_eq!(theirs["name"], "Blue Widget — Large");
    shop.close().await;
}

#[tokio::test]
async fn organizations_are_refused_without_a_name_of_their_own() {
    let shop = Shop::open().await;
    let missing = shop
        .post("", "/api/organizations", &json!({}))
        .await
        .fields();
    assert_eq!(
        missing,
        [
            "Organization.Name",
            "User.FirstName",
            "User.LastName",
            "User.Email",
            "User.Password"
        ]
    );
    let user =
        json!({ "FirstName": "E", "LastName": "V", "Email": "ev@e.example", "Password": "x" });
    let taken = json!({ "Organization": { "Name": " acme DISTRIBUTION " }, "User": user });
    let answer = shop.post("", "/api/organizations", &taken).await;
    assert_eq!(answer.fields(), ["Organization.Name"]);
    // Nothing of it was written.
    let known = shop.get("", "/api/users/exists?email=ev@e.example").await;
    assert_eq!(known.ok(200)["Exists"], false);
    // Another name that would come to the same slug gets one of its own.
    let close = json!({ "Organization": { "Name": "Acme! Dist" }, "User": user });
    assert_eq!(
        shop.post("", "/api/organizations", &close).await.ok(201)["Slug"],
        "acme-dist-2"
    );
    for _ in 0..7 {
        shop.post("", "/api/organizations", &json!({}))
            .await
            .problem(400);
    }
    let refused = shop.post("", "/api/organizations", &close).await;
    refused.problem(429);
    assert_ne!(refused.header("retry-after"), "");
    shop.close().await;
}

#[tokio::test]
async fn an_api_key_is_shown_once_and_works_until_it_is_revoked() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let made = shop
        .post(&admin, KEYS, &json!({ "Name": "ERP" }))
        .await
        .ok(201);
    let (id, key) = (
        made["ApiKeyId"].as_str().unwrap(),
        made["ApiKey"].as_str().unwrap(),
    );
    // A call without a body, as the documents have it.
    let bare = send(shop.request(Method::POST, KEYS).bearer_auth(&admin)).await;
    assert_eq!(bare.header("cache-control"), "no-store");
    assert_ne!(bare.ok(201)["ApiKey"], key);

    let listed = shop.get(&admin, KEYS).await.ok(200);
    let listed = listed["ApiKeys"].as_array().unwrap();
    assert_eq!(listed.len(), 2);
    let own = listed.iter().find(|known| known["ApiKeyId"] == id).unwrap();
    assert_eq!(own["Name"], "ERP");
    assert!(listed.iter().all(|known| known.get("ApiKey").is_none()));

    // It has the organization's Admin role, in either header, and outlives the tokens.
    by_key(&shop, key, "/api/organization").await.ok(200);
    shop.get(key, "/api/customers/RIV-002").await.ok(200);
    by_key(&shop, key, "/api/customers/GLX-001")
        .await
        .problem(404);
    let access = json!({ "OrganizationId": "org_4e9b7f22", "UserId": "kp_buyer001" });
    shop.post(key, "/api/auth/access", &access).await.ok(200);
    shop.post("", "/_sandbox/tokens/revoke", &json!({})).await;
    by_key(&shop, key, "/api/organization").await.ok(200);

    for wrong in [
        format!("{key}0"),
        key.replace("nck_", "nck_0"),
        key[..key.len() - 1].to_owned(),
        "nck_".to_owned(),
        "nck__".to_owned(),
        "nck_'_' OR 1=1".to_owned(),
    ] {
        let answer = by_key(&shop, &wrong, "/api/organization").await;
        answer.problem(401);
    }

    let admin = shop.token("acme-admin").await;
    let path = format!("{KEYS}/{id}");
    let foreign = shop.token("globex-admin").await;
    shop.delete(&foreign, &path).await.problem(404);
    for client in ["acme-buyer", "acme-rep"] {
        let token = shop.token(client).await;
        shop.delete(&token, &path).await.problem(403);
        shop.get(&token, KEYS).await.problem(403);
        shop.post(&token, KEYS, &json!({})).await.problem(403);
    }
    assert_eq!(shop.delete(&admin, &path).await.status, 204);
    by_key(&shop, key, "/api/organization").await.problem(401);
    shop.delete(&admin, &path).await.problem(404);
    shop.close().await;
}

#[tokio::test]
async fn sales_reps_are_listed_sorted_and_paged() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let page = shop.get(&admin, REPS).await.ok(200);
    assert_eq!(page["totalRecords"], 2);
    let first = &page["data"][0];
    assert_holds(
        first,
        &json!({
            "repNumber": "SR-019", "firstName": "Dana", "lastName": "Whitfield", "active": true, "roles": ["SalesRep"],
            "email": "dana.whitfield@acme-dist.example", "phoneNumber": "555-800-1190", "organizationId": "org_4e9b7f22",
            "organizationName": "Acme Distribution", "identityOrganizationId": "kinde_org_4e9b7f22",
            "identityProviderUserId": "kp_rep019"
        }),
        "rep",
    );
    let names = |page: &Value| -> Vec<String> {
        let reps = page["data"].as_array().unwrap().iter();
        reps.map(|rep| rep["firstName"].as_str().unwrap().to_owned())
            .collect()
    };
    let by_name = format!("{REPS}?sortOn=FirstName&sortDirection=desc");
    assert_eq!(
        names(&shop.get(&admin, &by_name).await.ok(200)),
        ["Marc", "Dana"]
    );
    let second = format!("{REPS}?pageNumber=2&pageSize=1");
    assert_eq!(names(&shop.get(&admin, &second).await.ok(200)), ["Marc"]);
    let some = format!(
        "{REPS}?filters[0].field=LastName&filters[0].operator=startswith&filters[0].value=oye"
    );
    assert_eq!(names(&shop.get(&admin, &some).await.ok(200)), ["Marc"]);
    shop.get(&admin, &format!("{REPS}?sortOn=Salary"))
        .await
        .problem(400);
    let rep = shop.token("acme-rep").await;
    shop.get(&rep, REPS).await.problem(403);
    shop.put(&rep, REPS, &json!({})).await.problem(403);
    shop.close().await;
}

#[tokio::test]
async fn a_rep_is_created_changed_and_locked_out() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let rep = json!({
        "repNumber": "SR-100", "firstName": "Ada", "lastName": "Quist", "email": "ada@acme-dist.example",
        "phoneNumber": "555-1"
    });
    let made = shop.put(&admin, REPS, &rep).await.ok(201);
    assert_holds(&made, &rep, "rep");
    assert_eq!(made["active"], true);
    let user_id = made["identityProviderUserId"].as_str().unwrap();
    let access = json!({ "OrganizationId": "acme-dist", "UserId": user_id });
    let scoped = shop.post(&admin, "/api/auth/access", &access).await.ok(200);
    let token = scoped["AccessToken"].as_str().unwrap();
    let organizations = shop
        .get(token, "/api/salesreps/organizations")
        .await
        .ok(200);
    assert_eq!(
        organizations["salesRepOrganizations"][0]["repNumber"],
        "SR-100"
    );
    shop.get(token, "/api/customers/ACME-001")
        .await
        .problem(403);

    let off = json!({ "RepNumber": "SR-100", "LastName": "Quist-Berg", "Active": false });
    let changed = shop.put(&admin, REPS, &off).await.ok(200);
    assert_holds(
        &changed,
        &json!({ "lastName": "Quist-Berg", "firstName": "Ada", "phoneNumber": "555-1", "active": false }),
        "rep",
    );
    let refused = shop.post(&admin, "/api/auth/access", &access).await;
    assert_eq!(refused.problem(403)["title"], "Account deactivated");
    let organizations = shop
        .get(token, "/api/salesreps/organizations")
        .await
        .ok(200);
    assert_eq!(organizations["salesRepOrganizations"], json!([]));

    shop.put(
        &admin,
        REPS,
        &json!({ "repNumber": "SR-019", "active": false }),
    )
    .await
    .ok(200);
    let login =
        json!({ "OrgCode": "acme-dist", "ClientId": "acme-rep", "ClientSecret": "sandbox" });
    let refused = shop.post("", "/api/auth/login", &login).await;
    assert_eq!(refused.problem(401)["title"], "Account deactivated");

    let fields = shop.put(&admin, REPS, &json!({})).await.fields();
    assert_eq!(fields, ["repNumber"]);
    let fields = shop
        .put(&admin, REPS, &json!({ "repNumber": "SR-101" }))
        .await
        .fields();
    assert_eq!(fields, ["firstName", "lastName", "email"]);
    let moved = json!({ "repNumber": "SR-100", "email": "other@acme-dist.example" });
    assert_eq!(shop.put(&admin, REPS, &moved).await.fields(), ["email"]);
    for taken in [
        "ada@acme-dist.example",
        "ruth.okafor@acme-dist.example",
        "jane.smith@acme-industrial.example",
    ] {
        let twice =
            json!({ "repNumber": "SR-102", "firstName": "A", "lastName": "B", "email": taken });
        shop.put(&admin, REPS, &twice).await.problem(409);
    }
    // A person known elsewhere is reused.
    let known = json!({
        "repNumber": "SR-103", "firstName": "Ines", "lastName": "Falk", "email": "ines.falk@globex.example"
    });
    let known = shop.put(&admin, REPS, &known).await.ok(201);
    assert_eq!(known["identityProviderUserId"], "kp_gx_rep");
    shop.close().await;
}

#[tokio::test]
async fn a_rep_sees_the_organizations_it_sells_for() {
    let shop = Shop::open().await;
    let rep = shop.token("acme-rep").await;
    let path = "/api/salesreps/organizations";
    let found = shop.get(&rep, path).await.ok(200);
    let found = found["salesRepOrganizations"].as_array().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["organizationName"], "Acme Distribution");
    let buyer = shop.token("acme-buyer").await;
    shop.get(&buyer, path).await.problem(403);
    let admin = shop.token("acme-admin").await;
    let none = shop.get(&admin, path).await.ok(200);
    assert_eq!(none["salesRepOrganizations"], json!([]));
    shop.close().await;
}
