-- Invoices, what is on them, and what was paid. Amounts are exact decimal text in the invoice's currency.
CREATE TABLE invoices (
  invoice_id      TEXT PRIMARY KEY,
  org             INTEGER NOT NULL REFERENCES organizations(org),
  invoice_number  TEXT NOT NULL,
  external_id     TEXT,
  order_id        TEXT NOT NULL REFERENCES orders(order_id),
  order_number    TEXT NOT NULL,
  customer_number TEXT NOT NULL,
  status          TEXT NOT NULL,
  invoice_date    TEXT NOT NULL,
  due_date        TEXT NOT NULL,
  terms           TEXT,
  currency        TEXT NOT NULL,
  po_number       TEXT,
  notes           TEXT,
  rep_number      TEXT,
  customer        TEXT NOT NULL,
  subtotal        TEXT NOT NULL,
  discount        TEXT NOT NULL,
  tax             TEXT NOT NULL,
  shipping        TEXT NOT NULL,
  total           TEXT NOT NULL,
  paid            TEXT NOT NULL,
  refunded        TEXT NOT NULL,
  -- total less paid; nothing once the invoice is voided or cancelled
  balance         TEXT NOT NULL,
  created_at      TEXT NOT NULL,
  updated_at      TEXT NOT NULL,
  UNIQUE (org, invoice_number)
) WITHOUT ROWID;
CREATE INDEX invoices_by_order ON invoices (order_id);
CREATE INDEX invoices_by_customer ON invoices (org, customer_number, invoice_date);
CREATE INDEX invoices_by_date ON invoices (org, invoice_date);

-- Later imports of an order change its lines, an invoice keeps those it was made with.
CREATE TABLE invoice_lines (
  invoice_id TEXT NOT NULL REFERENCES invoices(invoice_id),
  line       INTEGER NOT NULL,
  sku        TEXT NOT NULL,
  name       TEXT NOT NULL,
  quantity   INTEGER NOT NULL,
  unit_price TEXT NOT NULL,
  line_total TEXT NOT NULL,
  PRIMARY KEY (invoice_id, line)
) WITHOUT ROWID;

-- Payments and refunds, in the order they were made. There is no column a card number would fit.
CREATE TABLE invoice_payments (
  invoice_id TEXT NOT NULL REFERENCES invoices(invoice_id),
  step       INTEGER NOT NULL,
  payment_id TEXT NOT NULL UNIQUE,
  -- the payer's own id of this payment: the same payment twice is one
  external_id TEXT,
  kind       TEXT NOT NULL,
  method     TEXT NOT NULL,
  amount     TEXT NOT NULL,
  brand      TEXT,
  last_four  TEXT CHECK (length(last_four) = 4),
  profile    TEXT,
  reference  TEXT,
  notes      TEXT,
  paid_at    TEXT NOT NULL,
  PRIMARY KEY (invoice_id, step)
) WITHOUT ROWID;
CREATE UNIQUE INDEX one_payment_per_external_id ON invoice_payments (invoice_id, external_id)
  WHERE external_id IS NOT NULL;
