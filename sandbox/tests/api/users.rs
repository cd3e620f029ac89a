//! People: creating them, who they are, whether they exist.

use crate::shop::{Shop, send};
use nymble_sandbox::{Db, Options};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn the_overviews_example_call_creates_a_user() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let body = json!({ "FirstName": "Jane", "LastName": "Smith", "Email": "[email protected]" });
    let mut user = shop.post(&admin, "/api/users", &body).await.ok(201);
    let user_id = user.as_object_mut().unwrap().remove("UserId").unwrap();
    assert!(user_id.as_str().unwrap().starts_with("kp_"));
    assert_eq!(user, body);
    shop.close().await;
}

#[tokio::test]
async fn the_overviews_example_error_is_that_of_a_user_without_an_email() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let body = json!({ "FirstName": "Jane", "LastName": "Smith" });
    let answer = shop.post(&admin, "/api/users", &body).await;
    let expected = json!({
        "type": "https://httpstatuses.com/400", "title": "Bad Request", "status": 400,
        "errors": [ { "name": "Email", "reason": "'Email' must not be empty." } ]
    });
    assert_eq!(answer.problem(400), expected);
    let all = shop.post(&admin, "/api/users", &json!({})).await.fields();
    assert_eq!(all, ["FirstName", "LastName", "Email"]);
    let odd = json!({
        "FirstName": "J", "LastName": "S", "Email": "a\u{7}", "Role": "Super", "PhoneNumber": "5".repeat(201)
    });
    let odd = shop.post(&admin, "/api/users", &odd).await.fields();
    assert_eq!(odd, ["Email", "PhoneNumber", "Role"]);
    shop.close().await;
}

#[tokio::test]
async fn a_user_with_a_password_signs_in_and_sees_the_own_customer_only() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let body = json!({
        "FirstName": "Aiko", "LastName": "Mori", "Email": "Aiko.Mori@tokyo-seimitsu.example", "Password": "correct horse",
        "PhoneNumber": "+81 3 5550 0199", "CustomerNumber": "TYO-003"
    });
    let user = shop.post(&admin, "/api/users", &body).await.ok(201);
    assert!(user.get("Password").is_none());
    let login = |email: &str, password: &str, code: &str| json!({ "OrgCode": code, "ClientId": email, "ClientSecret": password });
    let email = "aiko.mori@tokyo-seimitsu.example";
    for wrong in [
        login(email, "wrong horse", "acme-dist"),
        login(email, "correct horse", "globex"),
        // A demo person has no password.
        login("jane.smith@acme-industrial.example", "sandbox", "acme-dist"),
    ] {
        shop.post("", "/api/auth/login", &wrong).await.problem(401);
    }
    let signed_in = shop
        .post(
            "",
            "/api/auth/login",
            &login(email, "correct horse", "acme-dist"),
        )
        .await
        .ok(200);
    let token = signed_in["AccessToken"].as_str().unwrap();
    shop.get(token, "/api/customers/TYO-003").await.ok(200);
    shop.get(token, "/api/customers/ACME-001")
        .await
        .problem(403);
    let profile = shop.get(token, "/api/users/profile").await.ok(200);
    assert_eq!(profile, user);
    assert_eq!(profile["Email"], "Aiko.Mori@tokyo-seimitsu.example");
    shop.close().await;
}

#[tokio::test]
async fn a_known_email_keeps_its_account_and_only_joins() {
    let shop = Shop::open().await;
    let (acme, globex) = (
        shop.token("acme-admin").await,
        shop.token("globex-admin").await,
    );
    let body = json!({ "FirstName": "J.", "LastName": "S.", "Email": "JANE.SMITH@acme-industrial.example", "Password": "mine" });
    let joined = shop.post(&globex, "/api/users", &body).await.ok(200);
    assert_eq!(joined["FirstName"], "Jane");
    assert_eq!(joined["UserId"], "kp_buyer001");
    let login = json!({ "OrgCode": "globex", "ClientId": body["Email"], "ClientSecret": "mine" });
    shop.post("", "/api/auth/login", &login).await.problem(401);

    // In the first organization nothing changed: the user still buys for ACME-001.
    let access = json!({ "OrganizationId": "org_4e9b7f22", "UserId": "kp_buyer001" });
    let scoped = shop.post(&acme, "/api/auth/access", &access).await.ok(200);
    assert_eq!(scoped["CustomerNumber"], "ACME-001");
    // In the second it is a member without a customer, until it is linked to one.
    let access = json!({ "OrganizationId": "globex", "UserId": "kp_buyer001" });
    let scoped = shop
        .post(&globex, "/api/auth/access", &access)
        .await
        .ok(200);
    assert!(scoped.get("CustomerNumber").is_none());
    let foreign = json!({ "FirstName": "J", "LastName": "S", "Email": body["Email"], "CustomerNumber": "ACME-001" });
    shop.post(&globex, "/api/users", &foreign)
        .await
        .problem(404);
    let link = json!({ "FirstName": "J", "LastName": "S", "Email": body["Email"], "CustomerNumber": "GLX-001" });
    shop.post(&globex, "/api/users", &link).await.ok(200);
    let scoped = shop
        .post(&globex, "/api/auth/access", &access)
        .await
        .ok(200);
    assert_eq!(scoped["CustomerNumber"], "GLX-001");
    shop.close().await;
}

#[tokio::test]
async fn only_administrators_create_users() {
    let shop = Shop::open().await;
    let body = json!({ "FirstName": "Eve", "LastName": "L", "Email": "eve@acme.example" });
    for client in ["acme-buyer", "acme-rep"] {
        let token = shop.token(client).await;
        shop.post(&token, "/api/users", &body).await.problem(403);
    }
    send(
        shop.request(Method::POST, "/api/users")
            .header("content-type", "application/json")
            .body(body.to_string()),
    )
    .await
    .problem(401);
    assert_eq!(
        shop.get("", "/api/users/exists?email=eve@acme.example")
            .await
            .ok(200)["Exists"],
        false
    );
    // A rep's role is not changed by the way.
    let admin = shop.token("acme-admin").await;
    let rep = json!({
        "FirstName": "Dana", "LastName": "W", "Email": "dana.whitfield@acme-dist.example", "Role": "Admin"
    });
    shop.post(&admin, "/api/users", &rep).await.problem(409);
    shop.close().await;
}

#[tokio::test]
async fn the_profile_is_for_customers_with_an_account() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    assert_eq!(
        shop.get(&buyer, "/api/users/profile").await.ok(200),
        json!({
            "UserId": "kp_buyer001", "FirstName": "Jane", "LastName": "Smith",
            "Email": "jane.smith@acme-industrial.example", "PhoneNumber": "555-800-1002"
        })
    );
    let admin = shop.token("acme-admin").await;
    shop.get(&admin, "/api/users/profile").await.problem(403);
    shop.get("", "/api/users/profile").await.problem(401);
    let nobody = json!({ "clientId": "acme-buyer", "claims": { "UserId": "kp_nobody" } });
    let nobody = shop.post("", "/_sandbox/tokens", &nobody).await.ok(201);
    let nobody = nobody["accessToken"].as_str().unwrap();
    shop.get(nobody, "/api/users/profile").await.problem(404);
    shop.close().await;
}

#[tokio::test]
async fn anybody_may_ask_ten_times_a_minute_whether_an_email_is_known() {
    let shop = Shop::open().await;
    let path = "/api/users/exists";
    let ask = |query: &str| send(shop.request(Method::GET, &format!("{path}{query}")));
    assert_eq!(
        ask("?email=Jane.Smith@ACME-industrial.example")
            .await
            .ok(200),
        json!({ "Exists": true })
    );
    assert_eq!(
        ask("?Email=nobody@acme.example").await.ok(200),
        json!({ "Exists": false })
    );
    for query in ["", "?email=", "?email=%20", "?email=a%00b"] {
        assert_eq!(ask(query).await.fields(), ["email"]);
    }
    for _ in 0..4 {
        ask("?email='%20OR%201=1%20--").await.ok(200);
    }
    let refused = ask("?email=a@b.example").await;
    refused.problem(429);
    assert!((1..=61).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    // Whoever says to be somebody else is still the same.
    let posing = shop
        .request(Method::GET, path)
        .header("x-forwarded-for", "198.51.100.7");
    send(posing).await.problem(429);
    shop.post("", "/_sandbox/reset", &json!({})).await;
    ask("?email=a@b.example").await.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn the_database_file_holds_no_password_and_no_api_key() {
    let directory = std::env::temp_dir().join(format!("nymble-users-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    let file = directory.join("sandbox.db");
    let shop = Shop::with(Options {
        db: Db::File(file.clone()),
        products: 1,
        ..Options::default()
    })
    .await;
    let admin = shop.token("acme-admin").await;
    let password = "unmistakable-pass-phrase";
    let body = json!({ "FirstName": "A", "LastName": "B", "Email": "findable@acme.example", "Password": password });
    shop.post(&admin, "/api/users", &body).await.ok(201);
    let key = shop
        .post(&admin, "/api/organizations/api-access", &json!({}))
        .await
        .ok(201);
    let key = key["ApiKey"].as_str().unwrap().to_owned();
    let secret = key.rsplit('_').next().unwrap().to_owned();
    shop.close().await;
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(&directory).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    std::fs::remove_dir_all(&directory).unwrap();
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|window| window == text.as_bytes())
    };
    assert!(holds("findable@acme.example"));
    assert!(!holds(password));
    assert!(!holds(&secret));
}
