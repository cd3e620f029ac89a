//! What the documents' server says beyond the reference's own examples, which `wire` is tested with.

/// `GET /api/categories`.
pub(super) const CATEGORIES: &str = r#"{ "categories": [
  { "id": "cat_020", "name": "Widgets", "breadcrumb": "Widgets", "parentId": null, "active": true,
    "imageUrl": null, "subCategories": [] }
] }"#;

/// What a token says, as the overview lists it.
pub(super) const CLAIMS: &str = r#"{
  "sub": "user_77", "OrganizationId": "org_4e9b7f22", "OrgCode": "acme-dist", "PriceTier": "Wholesale",
  "CurrencyCode": "USD", "CustomerNumber": "ACME-001", "role": "Customer", "UserId": "kp_abc123"
}"#;
