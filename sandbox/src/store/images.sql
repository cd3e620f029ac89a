-- Uploaded pictures in their three sizes. Products and categories name one by its key, `<organization id>/<name>`;
-- drawn ones have no slash in their names. A category's picture has a name that begins with `category/`.

CREATE TABLE images (
  org          INTEGER NOT NULL REFERENCES organizations(org),
  name         TEXT NOT NULL,
  content_type TEXT NOT NULL,
  width        INTEGER NOT NULL,
  height       INTEGER NOT NULL,
  small        BLOB NOT NULL,
  medium       BLOB NOT NULL,
  large        BLOB NOT NULL,
  created_at   TEXT NOT NULL,
  updated_at   TEXT NOT NULL,
  PRIMARY KEY (org, name)
);
