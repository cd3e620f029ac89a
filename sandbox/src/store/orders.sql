-- Orders and their lines. `customer`, the addresses and the lines are snapshots: an order never changes because its
-- customer does. Sales reps are not: who calls about an order wants the number that works today.
CREATE TABLE orders (
  order_id         TEXT PRIMARY KEY,
  org              INTEGER NOT NULL REFERENCES organizations(org),
  order_number     TEXT NOT NULL,
  confirmation_id  TEXT,
  cart_id          TEXT,
  external_id      TEXT,
  customer_number  TEXT NOT NULL,
  status           TEXT NOT NULL,
  order_type       TEXT NOT NULL,
  channel          TEXT NOT NULL,
  tier             TEXT NOT NULL,
  currency         TEXT NOT NULL,
  terms            TEXT,
  po_number        TEXT,
  notes            TEXT,
  rep_number       TEXT,
  taken_by         TEXT,
  customer         TEXT NOT NULL,
  shipping_address TEXT,
  billing_address  TEXT,
  shipping_method  TEXT,
  carrier          TEXT,
  tracking_number  TEXT,
  payment_method   TEXT NOT NULL,
  payment_brand    TEXT,
  payment_last_four TEXT,
  payment_profile  TEXT,
  subtotal         TEXT NOT NULL,
  tax              TEXT NOT NULL,
  shipping         TEXT NOT NULL,
  total            TEXT NOT NULL,
  ordered_at       TEXT NOT NULL,
  updated_at       TEXT NOT NULL,
  UNIQUE (org, order_number)
) WITHOUT ROWID;
-- A cart becomes at most one order, whatever the code above thinks.
CREATE UNIQUE INDEX one_order_per_cart ON orders (org, cart_id) WHERE cart_id IS NOT NULL;
-- Importing an order twice makes one.
CREATE UNIQUE INDEX one_order_per_external_id ON orders (org, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX orders_by_customer ON orders (org, customer_number, ordered_at);
CREATE INDEX orders_by_date ON orders (org, ordered_at);

CREATE TABLE order_lines (
  order_id   TEXT NOT NULL REFERENCES orders(order_id),
  line       INTEGER NOT NULL,
  sku        TEXT NOT NULL,
  name       TEXT NOT NULL,
  quantity   INTEGER NOT NULL,
  unit_price TEXT NOT NULL,
  line_total TEXT NOT NULL,
  PRIMARY KEY (order_id, line)
) WITHOUT ROWID;

-- What happened to an order, in the order it happened.
CREATE TABLE order_history (
  order_id TEXT NOT NULL REFERENCES orders(order_id),
  step     INTEGER NOT NULL,
  status   TEXT NOT NULL,
  at       TEXT NOT NULL,
  note     TEXT,
  PRIMARY KEY (order_id, step)
) WITHOUT ROWID;
