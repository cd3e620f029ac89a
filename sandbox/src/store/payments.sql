-- Which provider takes an organization's cards; it is the organization's setting.
CREATE TABLE payment_providers (
  org      INTEGER PRIMARY KEY REFERENCES organizations(org),
  provider TEXT NOT NULL CHECK (provider IN ('AuthorizeNet', 'WorldPay'))
);

-- The provider's one-time tokens for cards typed into its own form: what saving such a card will need.
CREATE TABLE card_tokens (
  token          TEXT PRIMARY KEY,
  provider_token TEXT NOT NULL,
  brand          TEXT NOT NULL,
  last_four      TEXT NOT NULL CHECK (length(last_four) = 4),
  expiry_month   INTEGER NOT NULL,
  expiry_year    INTEGER NOT NULL,
  cardholder     TEXT NOT NULL,
  -- seconds since 1970
  expires_at     INTEGER NOT NULL
) WITHOUT ROWID;

-- Visits to the provider's page. `amount` is exact decimal text in `currency`; 0 only saves the card.
CREATE TABLE transaction_setups (
  setup_id        TEXT PRIMARY KEY,
  org             INTEGER NOT NULL REFERENCES organizations(org),
  customer_number TEXT NOT NULL,
  amount          TEXT NOT NULL,
  currency        TEXT NOT NULL,
  invoice_id      TEXT,
  return_url      TEXT NOT NULL,
  make_default    INTEGER NOT NULL,
  market_code     TEXT NOT NULL,
  -- seconds since 1970
  expires_at      INTEGER NOT NULL,
  -- the page was finished: it is good for one use
  used            INTEGER NOT NULL DEFAULT 0,
  -- what the provider told: Pending until it did
  status          TEXT NOT NULL DEFAULT 'Pending',
  transaction_id  TEXT,
  profile_id      TEXT,
  created_at      TEXT NOT NULL
) WITHOUT ROWID;
