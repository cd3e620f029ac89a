-- Company documents. `parent_id` and `folder_id` are '' at the root, so that names are unique there too.

CREATE TABLE document_folders (
  org         INTEGER NOT NULL REFERENCES organizations(org),
  folder_id   TEXT NOT NULL,
  parent_id   TEXT NOT NULL DEFAULT '',
  name        TEXT NOT NULL COLLATE NOCASE,
  path        TEXT NOT NULL,
  external_id TEXT,
  created_at  TEXT NOT NULL,
  updated_at  TEXT NOT NULL,
  PRIMARY KEY (org, folder_id),
  UNIQUE (org, parent_id, name)
) WITHOUT ROWID;

CREATE TABLE documents (
  org          INTEGER NOT NULL REFERENCES organizations(org),
  document_id  TEXT NOT NULL,
  folder_id    TEXT NOT NULL DEFAULT '',
  name         TEXT NOT NULL COLLATE NOCASE,
  content_type TEXT NOT NULL,
  -- bytes
  size         INTEGER NOT NULL,
  external_id  TEXT,
  created_at   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  -- last, so that lists do not read through it
  content      BLOB NOT NULL,
  PRIMARY KEY (org, document_id),
  UNIQUE (org, folder_id, name)
);
