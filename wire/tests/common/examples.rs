//! The documents' own examples, verbatim (the pages hide e-mail addresses), and those of the companion
//! pages with values of our own.

/// Overview: a user to create; its fields are those of a contact.
pub(crate) const USER: &str =
    r#"{"FirstName": "Jane", "LastName": "Smith", "Email": "[email protected]"}"#;

/// Overview: a single resource.
pub(crate) const ORGANIZATION: &str = r#"{
"organizationId": "org_abc123",
"name": "Acme Corp",
"slug": "acme-corp"
}"#;

/// Overview: a page of any list.
pub(crate) const PASCAL_PAGE: &str = r#"{
"Data": [
{ "...": "..." }
],
"TotalCount": 150,
"PageNumber": 1,
"PageSize": 25
}"#;

/// Overview: a bulk-create record.
pub(crate) const IDEMPOTENT: &str = r#"{
"ExternalId": "your-system-id-9001",
"CustomerNumber": "C-10042",
"UserId": "kp_abc123"
}"#;

/// Overview: an error.
pub(crate) const PROBLEM: &str = r#"{
"type": "https://httpstatuses.com/400",
"title": "Bad Request",
"status": 400,
"errors": [
{
"name": "Email",
"reason": "'Email' must not be empty."
}
]
}"#;

/// Overview: a typical list; its records are left out there.
pub(crate) const SHORT_PAGE: &str = r#"{
"data": [],
"totalCount": 42
}"#;

/// Products: the answer of `GET /api/products`.
pub(crate) const PRODUCT_PAGE: &str = r#"{
  "data": [
    {
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
    }
  ],
  "totalRecords": 380,
  "currentPage": 1,
  "totalPages": 16
}"#;

/// Products: the answer of `GET /api/products/search`.
pub(crate) const PRODUCT_SEARCH: &str = r#"{
  "data": [
    {
      "productId": "prod_a1b2c3d4",
      "sku": "WIDGET-BLU-L",
      "name": "Blue Widget — Large",
      "price": 24.99,
      "priceFormatted": "$24.99",
      "active": true
    }
  ],
  "totalRecords": 3,
  "currentPage": 1,
  "totalPages": 1
}"#;

/// Products: the answer of `GET /api/products/{sku}`.
pub(crate) const PRODUCT: &str = r#"{
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

/// Products: the `prices` of a product to create.
pub(crate) const PRODUCT_PRICES: &str = r#"[
  { "tier": "Wholesale", "price": 18.50, "atQuantity": 1 },
  { "tier": "Wholesale", "price": 16.00, "atQuantity": 50 },
  { "tier": "Retail",    "price": 24.99, "atQuantity": 1 }
]"#;

/// Products: the body of `PUT /api/products`.
pub(crate) const PRODUCT_TO_CREATE: &str = r#"{
  "sku": "WIDGET-BLU-L",
  "name": "Blue Widget — Large",
  "description": "Heavy-duty blue widget, large format.",
  "category": "Widgets",
  "price": 24.99,
  "prices": [
    { "tier": "Wholesale", "price": 18.50, "atQuantity": 1 },
    { "tier": "Wholesale", "price": 16.00, "atQuantity": 50 },
    { "tier": "Retail",    "price": 24.99, "atQuantity": 1 }
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
  "productAttributes": { "color": "blue", "material": "steel" }
}"#;

/// Products: the `productUpdates` of new prices.
pub(crate) const PRODUCT_UPDATES: &str = r#"[
  {
    "sku": "WIDGET-BLU-L",
    "prices": [
      { "tier": "Wholesale", "price": 17.00, "atQuantity": 1 },
      { "tier": "Retail",    "price": 25.99, "atQuantity": 1 }
    ]
  }
]"#;

/// Products: the body of `PUT /api/products/prices`.
pub(crate) const PRODUCT_NEW_PRICES: &str = r#"{
  "productUpdates": [
    {
      "sku": "WIDGET-BLU-L",
      "prices": [
        { "tier": "Wholesale", "price": 17.00, "atQuantity": 1 },
        { "tier": "Wholesale", "price": 14.50, "atQuantity": 100 },
        { "tier": "Retail",    "price": 25.99, "atQuantity": 1 }
      ]
    },
    {
      "sku": "WIDGET-RED-M",
      "prices": [
        { "tier": "Wholesale", "price": 15.00, "atQuantity": 1 },
        { "tier": "Retail",    "price": 22.99, "atQuantity": 1 }
      ]
    }
  ]
}"#;

/// Products: the `productAttributes` of a product to create.
pub(crate) const PRODUCT_ATTRIBUTES: &str = r#"{ "color": "blue", "material": "steel" }"#;

/// Customers: the answer of `GET /api/customers`.
pub(crate) const CUSTOMER_PAGE: &str = r#"{
  "data": [
    {
      "customerNumber": "ACME-001",
      "companyName": "Acme Industrial Supply",
      "companyEmail": "[email protected]",
      "companyPhone": "555-800-1000",
      "pricing": "Wholesale",
      "active": true,
      "repNumber": "SR-019",
      "terms": "NET30",
      "currencyCode": "USD"
    }
  ],
  "totalRecords": 214,
  "currentPage": 1,
  "totalPages": 9
}"#;

/// Customers: the answer of `GET /api/customers/{customerNumber}`.
pub(crate) const CUSTOMER: &str = r#"{
  "customerNumber": "ACME-001",
  "companyName": "Acme Industrial Supply",
  "companyEmail": "[email protected]",
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
      "email": "[email protected]",
      "phone": "555-800-1002",
      "fax": "",
      "isPrimary": true,
      "contactType": "Purchasing"
    }
  ]
}"#;

/// Customers: the body of `PUT /api/customers`.
pub(crate) const CUSTOMER_TO_CREATE: &str = r#"{
  "customerNumber": "ACME-001",
  "companyName": "Acme Industrial Supply",
  "companyEmail": "[email protected]",
  "companyPhone": "555-800-1000",
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
      "email": "[email protected]",
      "phone": "555-800-1002",
      "isPrimary": true,
      "contactType": "Purchasing"
    }
  ]
}"#;

/// Customers: the body of `PUT /api/customers/{customerNumber}`.
pub(crate) const CUSTOMER_CHANGES: &str = r#"{
  "companyPhone": "555-800-2000",
  "pricing": "Premium",
  "repNumber": "SR-022"
}"#;

/// Customers: the `customerAttributes` of a customer to create.
pub(crate) const CUSTOMER_ATTRIBUTES: &str = r#"{ "region": "Southwest", "accountTier": "Gold" }"#;

/// Carts: the body of `POST /api/carts/{customerNumber}`.
pub(crate) const CREATE_CART: &str = r#"{
  "customerNumber": "ACME-001",
  "sku": "WIDGET-BLU-L",
  "quantity": 10,
  "orderType": "Standard"
}"#;

/// Carts: its answer.
pub(crate) const CART: &str = r#"{
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

/// Carts: the body of `PUT /api/carts/{customerNumber}/{shoppingCartId}`.
pub(crate) const UPDATE_CART: &str = r#"{
  "cart": {
    "orderType": "Quote",
    "specialInstructions": "Ship to dock B. Call before delivery."
  }
}"#;

/// Carts: the body of `POST …/items`.
pub(crate) const ADD_ITEM: &str = r#"{
  "customerNumber": "ACME-001",
  "sku": "WIDGET-RED-M",
  "quantity": 5
}"#;

/// Carts: the body of `PUT …/items/{sku}`.
pub(crate) const UPDATE_ITEM: &str = r#"{
  "customerNumber": "ACME-001",
  "quantity": 12
}"#;

/// Carts: the body of `PUT …/shipping`.
pub(crate) const SET_SHIPPING: &str = r#"{
  "customerNumber": "ACME-001",
  "shippingAddress": {
    "line1": "500 Commerce Drive",
    "line2": "Dock B",
    "city": "Austin",
    "state": "TX",
    "postalCode": "78701",
    "country": "US",
    "phone": "555-800-1000",
    "addressType": "Shipping",
    "isPrimary": true
  }
}"#;

/// Carts: the body of `PUT …/po-number`.
pub(crate) const SET_PO_NUMBER: &str = r#"{
  "customerNumber": "ACME-001",
  "poNumber": "PO-2024-88412"
}"#;

/// Carts: the body of `POST …/complete-checkout`.
pub(crate) const COMPLETE_CHECKOUT: &str = r#"{
  "customerNumber": "ACME-001",
  "channel": "Web",
  "payment": {
    "billingAddress": {
      "address1": "500 Commerce Drive",
      "address2": "Suite 200",
      "city": "Austin",
      "stateProvince": "TX",
      "zipPostalCode": "78701",
      "country": "US"
    },
    "creditCard": {
      "cardNumber": "4111111111111111",
      "cardholderName": "Jane Smith",
      "expiryMonth": "10",
      "expiryYear": 2028,
      "cvv": "123"
    }
  }
}"#;

/// Carts: its answer.
pub(crate) const CHECKOUT_ANSWER: &str = r#"{
  "orderNumber": "MOM-00482",
  "confirmationId": "conf_a3f91bc2"
}"#;

/// Companion pages: the body of `POST /api/auth/login`.
pub(crate) const LOGIN: &str =
    r#"{ "OrgCode": "org_0a1b2c3d4e5", "ClientId": "shop-client", "ClientSecret": "hush" }"#;

/// Companion pages: its answer.
pub(crate) const LOGIN_ANSWER: &str =
    r#"{ "AccessToken": "eyJ0.eyJz.c2ln", "TokenType": "api-key", "ExpiresIn": 86400 }"#;

/// Companion pages: a validation error, with `errors` as an object.
pub(crate) const PROBLEM_BY_FIELD: &str = r#"{
  "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
  "title": "One or more validation errors occurred",
  "status": 400,
  "errors": { "PoNumber": ["must not be empty"] }
}"#;

/// Companion pages: an error about something that is not there.
pub(crate) const PROBLEM_NOT_FOUND: &str = r#"{
  "type": "https://tools.ietf.org/html/rfc9110#section-15.5.5",
  "title": "Not Found",
  "status": 404
}"#;

/// Companion pages: an error of the server.
pub(crate) const PROBLEM_UNEXPECTED: &str = r#"{
  "type": "https://tools.ietf.org/html/rfc9110#section-15.6.1",
  "title": "An error occurred while processing your request",
  "status": 500
}"#;

/// Companion pages: the answer of `GET /api/categories`.
pub(crate) const CATEGORY_TREE: &str = r#"{
  "categories": [
    {
      "id": "cat_020",
      "name": "Glassware",
      "breadcrumb": "Glassware",
      "parentId": null,
      "active": true,
      "imageUrl": "https://images.nymblecommerce.com/cdn-cgi/imagedelivery/acc/org_0a1bglassware/medium",
      "subCategories": [
        {
          "id": "cat_021",
          "name": "Beer Mugs",
          "breadcrumb": "Glassware Beer Mugs",
          "parentId": "cat_020",
          "active": true,
          "imageUrl": "https://images.nymblecommerce.com/cdn-cgi/imagedelivery/acc/org_0a1bglassware-beer-mugs/medium",
          "subCategories": []
        }
      ]
    }
  ]
}"#;

/// Companion pages: the short answer of creating a cart, without prices.
pub(crate) const SHORT_CART: &str = r#"{
  "shoppingCartId": "cart_77",
  "customerNumber": "C-10042",
  "organizationId": "org_0a1b",
  "orderType": "Standard",
  "status": "PENDING",
  "items": [{ "sku": "MUG-05", "quantity": 24 }],
  "createdAt": "2024-06-01T10:00:00Z"
}"#;

/// Companion pages: an address in the concept page's spelling.
pub(crate) const CONCEPT_ADDRESS: &str = r#"{
  "Code": "WH-2",
  "Address1": "500 Commerce Drive",
  "Address2": "Suite 200",
  "City": "Austin",
  "StateProvince": "TX",
  "ZipPostalCode": "78701",
  "Country": "US",
  "AddressType": "Shipping",
  "Default": true
}"#;

/// Companion pages: a checkout answered with the order itself.
pub(crate) const ORDER_AS_ANSWER: &str = r#"{
  "id": "6f9619ff-8b86-d011-b42d-00cf4fc964ff",
  "orderNumber": "ORD-00412",
  "orderDate": "2024-06-01T10:00:00Z",
  "orderStatus": "Pending",
  "orderType": "Web",
  "poNumber": "PO-2024-88412",
  "originationCartId": "cart_8f3a2c1d",
  "items": [{ "sku": "WIDGET-BLU-L", "quantity": 10 }]
}"#;
