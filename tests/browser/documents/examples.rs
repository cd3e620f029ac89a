//! The reference documents' own examples, letter by letter.

/// `GET /api/products`: the one record of its page.
pub(super) const PRODUCT_IN_LIST: &str = r#"{
  "productId": "prod_a1b2c3d4",
  "organizationId": "org_4e9b7f22",
  "sku": "WIDGET-BLU-L",
  "name": "Blue Widget — Large",
  "description": "Heavy-duty blue widget, large format.",
  "category": "Widgets",
  "price": 24.99,
  "priceFormatted": "$24.99",
  "currencyCode": "USD",
  "prices": [
    { "tier": "Wholesale", "price": 18.50, "priceFormatted": "$18.50", "atQuantity": 1 },
    { "tier": "Wholesale", "price": 16.00, "priceFormatted": "$16.00", "atQuantity": 50 },
    { "tier": "Retail",    "price": 24.99, "priceFormatted": "$24.99", "atQuantity": 1 }
  ],
  "quantityOnHand": 240,
  "minimumOrderQuantity": 1,
  "quantityIncrement": 1,
  "weight": 1.2,
  "weightUnit": "lb",
  "dimensions": "10x8x4",
  "dimensionsUnit": "in",
  "upc": "012345678905",
  "active": true,
  "externalId": "ERP-SKU-00421",
  "createdAt": "2024-01-15T09:00:00Z",
  "updatedAt": "2024-05-20T14:32:00Z"
}"#;

/// `GET /api/products/search`: the one record of its page.
pub(super) const PRODUCT_IN_SEARCH: &str = r#"{
  "productId": "prod_a1b2c3d4",
  "sku": "WIDGET-BLU-L",
  "name": "Blue Widget — Large",
  "price": 24.99,
  "priceFormatted": "$24.99",
  "active": true
}"#;

/// `GET /api/products/WIDGET-BLU-L`.
pub(super) const PRODUCT: &str = r#"{
  "productId": "prod_a1b2c3d4",
  "organizationId": "org_4e9b7f22",
  "sku": "WIDGET-BLU-L",
  "name": "Blue Widget — Large",
  "description": "Heavy-duty blue widget, large format.",
  "category": "Widgets",
  "price": 24.99,
  "priceFormatted": "$24.99",
  "currencyCode": "USD",
  "prices": [
    { "tier": "Wholesale", "price": 18.50, "priceFormatted": "$18.50", "atQuantity": 1 }
  ],
  "quantityOnHand": 240,
  "minimumOrderQuantity": 1,
  "quantityIncrement": 1,
  "active": true,
  "externalId": "ERP-SKU-00421",
  "createdAt": "2024-01-15T09:00:00Z",
  "updatedAt": "2024-05-20T14:32:00Z"
}"#;

/// `GET /api/customers/ACME-001`.
pub(super) const CUSTOMER: &str = r#"{
  "customerNumber": "ACME-001",
  "companyName": "Acme Industrial Supply",
  "companyEmail": "orders@acme-industrial.example",
  "companyPhone": "555-800-1000",
  "companyFax": "555-800-1001",
  "pricing": "Wholesale",
  "active": true,
  "repNumber": "SR-019",
  "terms": "NET30",
  "externalId": "ERP-CUST-10042",
  "addresses": [
    {
      "externalId": "ADDR-001",
      "line1": "500 Commerce Drive",
      "line2": "Suite 200",
      "city": "Austin",
      "state": "TX",
      "postalCode": "78701",
      "country": "US",
      "addressType": "Shipping",
      "phone": "555-800-1000",
      "isPrimary": true
    }
  ],
  "contacts": [
    {
      "externalId": "CON-001",
      "title": "Ms.",
      "firstName": "Jane",
      "lastName": "Smith",
      "email": "jane.smith@acme-industrial.example",
      "phone": "555-800-1002",
      "fax": "",
      "isPrimary": true,
      "contactType": "Purchasing"
    }
  ]
}"#;

/// `POST /api/carts/ACME-001`.
pub(super) const CART: &str = r#"{
  "shoppingCartId": "cart_8f3a2c1d",
  "customerNumber": "ACME-001",
  "organizationId": "org_4e9b7f22",
  "companyName": "Acme Industrial Supply",
  "status": "PENDING",
  "pricingTier": "Wholesale",
  "currencyCode": "USD",
  "orderType": "Standard",
  "items": [
    {
      "itemId": "item_001",
      "sku": "WIDGET-BLU-L",
      "name": "Blue Widget — Large",
      "quantity": 10,
      "unitPrice": 18.50,
      "lineTotal": 185.00
    }
  ],
  "subtotal": 185.00,
  "createdAt": "2024-06-01T10:00:00Z",
  "updatedAt": "2024-06-01T10:00:00Z"
}"#;

/// `POST …/complete-checkout`.
pub(super) const CHECKOUT: &str =
    r#"{ "orderNumber": "MOM-00482", "confirmationId": "conf_a3f91bc2" }"#;

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
