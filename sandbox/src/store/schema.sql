-- The sandbox's database. Every tenant-owned table starts its keys with `org`, so no query can forget the tenant
-- and still use an index. Amounts of the catalogue are integers in ten-thousandths of the currency's unit; amounts
-- that were computed once and must never change (orders) are exact decimal text.

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- `profile` is what an organization says of itself (billing address, phone, …): the API's own JSON, read and written
-- whole.
CREATE TABLE organizations (
  org             INTEGER PRIMARY KEY,
  organization_id TEXT NOT NULL UNIQUE,
  identity_id     TEXT NOT NULL UNIQUE,
  org_code        TEXT NOT NULL UNIQUE COLLATE NOCASE,
  name            TEXT NOT NULL UNIQUE COLLATE NOCASE,
  currency        TEXT NOT NULL,
  profile         TEXT NOT NULL DEFAULT '{}',
  created_at      TEXT NOT NULL
);

CREATE TABLE sales_reps (
  org        INTEGER NOT NULL REFERENCES organizations(org),
  rep_number TEXT NOT NULL,
  user_id    TEXT NOT NULL,
  first_name TEXT NOT NULL,
  last_name  TEXT NOT NULL,
  email      TEXT NOT NULL,
  phone      TEXT NOT NULL,
  active     INTEGER NOT NULL DEFAULT 1,
  PRIMARY KEY (org, rep_number)
) WITHOUT ROWID;
CREATE INDEX sales_reps_by_user ON sales_reps (org, user_id);

-- Addresses, contacts and attributes are the API's own JSON: they are only ever read and written whole.
CREATE TABLE customers (
  org             INTEGER NOT NULL REFERENCES organizations(org),
  customer_number TEXT NOT NULL,
  company_name    TEXT NOT NULL,
  company_email   TEXT NOT NULL,
  company_phone   TEXT,
  company_fax     TEXT,
  pricing         TEXT NOT NULL,
  currency        TEXT NOT NULL,
  active          INTEGER NOT NULL DEFAULT 1,
  rep_number      TEXT,
  terms           TEXT,
  external_id     TEXT,
  addresses       TEXT NOT NULL DEFAULT '[]',
  contacts        TEXT NOT NULL DEFAULT '[]',
  attributes      TEXT NOT NULL DEFAULT '{}',
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  PRIMARY KEY (org, customer_number)
) WITHOUT ROWID;
CREATE INDEX customers_by_rep ON customers (org, rep_number);
CREATE UNIQUE INDEX customers_by_external_id ON customers (org, external_id) WHERE external_id IS NOT NULL;

CREATE TABLE categories (
  category    INTEGER PRIMARY KEY,
  org         INTEGER NOT NULL REFERENCES organizations(org),
  category_id TEXT NOT NULL,
  parent      INTEGER REFERENCES categories(category),
  name        TEXT NOT NULL COLLATE NOCASE,
  breadcrumb  TEXT NOT NULL,
  glyph       TEXT NOT NULL,
  active      INTEGER NOT NULL DEFAULT 1,
  UNIQUE (org, name)
);

-- What many products say alike, each once (`catalog/texts.rs`); never changed.
CREATE TABLE texts (
  text_key INTEGER PRIMARY KEY,
  text     TEXT NOT NULL UNIQUE
);

CREATE TABLE products (
  product        INTEGER PRIMARY KEY,
  org            INTEGER NOT NULL REFERENCES organizations(org),
  product_id     TEXT NOT NULL,
  sku            TEXT NOT NULL,
  name           TEXT NOT NULL,
  description    INTEGER REFERENCES texts(text_key),
  category       INTEGER REFERENCES categories(category),
  on_hand        INTEGER NOT NULL DEFAULT 0,
  minimum        INTEGER NOT NULL DEFAULT 1,
  increment      INTEGER NOT NULL DEFAULT 1,
  weight         TEXT,
  weight_unit    TEXT,
  dimensions     TEXT,
  dimensions_unit TEXT,
  upc            TEXT,
  active         INTEGER NOT NULL DEFAULT 1,
  -- names of images separated by line feeds; a name is `<glyph>-<variant>` for drawn ones
  images         TEXT,
  -- a JSON object
  attributes     INTEGER REFERENCES texts(text_key),
  external_id    TEXT,
  created_at     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  -- every price entry of every list, packed (`catalog/price_book.rs`)
  prices         BLOB NOT NULL DEFAULT x''
);

-- How often the catalogue has changed; triggers count (`indexes.sql`). What was read at another count is out of date.
CREATE TABLE catalogue (version INTEGER NOT NULL);
INSERT INTO catalogue (version) VALUES (0);

-- One price list per tier and currency. The tier '' holds the default base price.
CREATE TABLE price_lists (
  list     INTEGER PRIMARY KEY,
  org      INTEGER NOT NULL REFERENCES organizations(org),
  currency TEXT NOT NULL,
  tier     TEXT NOT NULL,
  UNIQUE (org, currency, tier)
);

CREATE TABLE carts (
  cart_id              TEXT PRIMARY KEY,
  org                  INTEGER NOT NULL REFERENCES organizations(org),
  customer_number      TEXT NOT NULL,
  status               TEXT NOT NULL,
  order_type           TEXT NOT NULL,
  tier                 TEXT NOT NULL,
  currency             TEXT NOT NULL,
  po_number            TEXT,
  special_instructions TEXT,
  shipping_address     TEXT,
  billing_address      TEXT,
  next_item            INTEGER NOT NULL DEFAULT 1,
  created_at           TEXT NOT NULL,
  updated_at           TEXT NOT NULL
) WITHOUT ROWID;
-- "Nymble Commerce enforces one active cart per customer", and so does the database.
CREATE UNIQUE INDEX one_active_cart ON carts (org, customer_number) WHERE status = 'PENDING';
CREATE INDEX carts_by_status ON carts (org, status, customer_number);

-- Name and price are the last known ones: an open cart is priced anew on every reading, a closed one never again.
CREATE TABLE cart_lines (
  cart_id    TEXT NOT NULL REFERENCES carts(cart_id),
  item       INTEGER NOT NULL,
  sku        TEXT NOT NULL,
  quantity   INTEGER NOT NULL CHECK (quantity > 0),
  name       TEXT NOT NULL,
  unit_price TEXT NOT NULL,
  PRIMARY KEY (cart_id, item),
  UNIQUE (cart_id, sku)
) WITHOUT ROWID;

-- A saved card: what the provider's token stands for. There is no column a card number would fit.
CREATE TABLE payment_profiles (
  org             INTEGER NOT NULL REFERENCES organizations(org),
  profile_id      TEXT NOT NULL,
  customer_number TEXT NOT NULL,
  provider_token  TEXT NOT NULL,
  brand           TEXT NOT NULL,
  last_four       TEXT NOT NULL CHECK (length(last_four) = 4),
  expiry_month    INTEGER NOT NULL,
  expiry_year     INTEGER NOT NULL,
  cardholder      TEXT NOT NULL,
  is_default      INTEGER NOT NULL DEFAULT 0,
  created_at      TEXT NOT NULL,
  PRIMARY KEY (org, profile_id)
) WITHOUT ROWID;
CREATE INDEX payment_profiles_by_customer ON payment_profiles (org, customer_number);

-- The next number of each kind, per tenant (`order` → 482 gives MOM-00482).
CREATE TABLE sequences (
  org  INTEGER NOT NULL,
  kind TEXT NOT NULL,
  next INTEGER NOT NULL,
  PRIMARY KEY (org, kind)
) WITHOUT ROWID;

-- Ids handed out before any random one, so that the reference documents' example calls, made on a fresh database,
-- answer with the documents' own ids.
CREATE TABLE reserved_ids (
  org   INTEGER NOT NULL,
  kind  TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (org, kind, value)
) WITHOUT ROWID;
