-- Who may come in: people, what they are in each organization, and the two kinds of secrets. Of passwords, client
-- secrets and API keys only hashes are kept.

-- A person, known to the whole platform by the e-mail.
CREATE TABLE users (
  user_id       TEXT PRIMARY KEY,
  email         TEXT NOT NULL UNIQUE COLLATE NOCASE,
  first_name    TEXT NOT NULL,
  last_name     TEXT NOT NULL,
  phone         TEXT,
  -- Argon2id in PHC form; none: no sign-in by password
  password_hash TEXT,
  created_at    TEXT NOT NULL
) WITHOUT ROWID;

-- What a person is in an organization, and for which customer.
CREATE TABLE memberships (
  org             INTEGER NOT NULL REFERENCES organizations(org),
  user_id         TEXT NOT NULL REFERENCES users(user_id),
  role            TEXT NOT NULL,
  customer_number TEXT,
  PRIMARY KEY (org, user_id)
) WITHOUT ROWID;

-- A ClientId/ClientSecret pair and whom it signs in.
CREATE TABLE credentials (
  client_id   TEXT PRIMARY KEY,
  org         INTEGER NOT NULL,
  user_id     TEXT NOT NULL,
  salt        TEXT NOT NULL,
  secret_hash TEXT NOT NULL,
  FOREIGN KEY (org, user_id) REFERENCES memberships(org, user_id)
) WITHOUT ROWID;

-- `key_id` is the key's public part, shown in lists and found by it.
CREATE TABLE api_keys (
  key_id     TEXT PRIMARY KEY,
  org        INTEGER NOT NULL REFERENCES organizations(org),
  name       TEXT NOT NULL,
  salt       TEXT NOT NULL,
  key_hash   TEXT NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX api_keys_by_organization ON api_keys (org, created_at);
