//! The sandbox's own page: there, safe, and made of what the sandbox itself serves.

use crate::shop::Shop;
use nymble_sandbox::SIGN_INS;

#[tokio::test]
async fn it_has_a_token_for_each_sign_in_and_runs_only_its_own_script() {
    let shop = Shop::open().await;
    let page = shop.get("", "/_sandbox/").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"),
        "{policy}"
    );
    for (client_id, _) in SIGN_INS {
        assert!(
            page.text.contains(&format!("data-token=\"{client_id}\"")),
            "{client_id}"
        );
    }
    // Nothing that the policy would stop, and nothing from elsewhere.
    assert!(
        !page.text.contains("style=\"") && !page.text.contains(" onclick"),
        "{}",
        page.text
    );
    for reference in ["href=\"", "src=\""] {
        for target in page.text.split(reference).skip(1) {
            let target = target.split('"').next().unwrap();
            assert!(target.starts_with("/_sandbox/"), "{target}");
            assert_eq!(shop.get("", target).await.status, 200, "{target}");
        }
    }
    let script = shop.get("", "/_sandbox/admin.js").await;
    assert_eq!(
        script.header("content-type"),
        "text/javascript; charset=utf-8"
    );
    assert_eq!(
        shop.get("", "/_sandbox").await.status,
        200,
        "leads to the page"
    );
    shop.close().await;
}
