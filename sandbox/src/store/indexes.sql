-- What is cheaper to build once, after the catalogue has been filled, than to keep up row by row while filling it.

CREATE UNIQUE INDEX products_sku ON products (org, sku);
CREATE INDEX products_listed_by_sku ON products (org, sku COLLATE NOCASE) WHERE active = 1;
CREATE INDEX products_listed_by_name ON products (org, name COLLATE NOCASE, sku COLLATE NOCASE) WHERE active = 1;
CREATE INDEX products_by_category ON products (org, category, sku COLLATE NOCASE);
CREATE INDEX products_by_upc ON products (org, upc) WHERE upc IS NOT NULL;
CREATE INDEX products_by_external_id ON products (org, external_id) WHERE external_id IS NOT NULL;

CREATE VIRTUAL TABLE products_text USING fts5(
  sku, name, description, upc,
  content = 'products', content_rowid = 'product',
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO products_text (products_text) VALUES ('rebuild');

CREATE TRIGGER products_text_insert AFTER INSERT ON products BEGIN
  INSERT INTO products_text (rowid, sku, name, description, upc)
  VALUES (new.product, new.sku, new.name, new.description, new.upc);
END;
CREATE TRIGGER products_text_update AFTER UPDATE OF sku, name, description, upc ON products BEGIN
  INSERT INTO products_text (products_text, rowid, sku, name, description, upc)
  VALUES ('delete', old.product, old.sku, old.name, old.description, old.upc);
  INSERT INTO products_text (rowid, sku, name, description, upc)
  VALUES (new.product, new.sku, new.name, new.description, new.upc);
END;
CREATE TRIGGER products_text_delete AFTER DELETE ON products BEGIN
  INSERT INTO products_text (products_text, rowid, sku, name, description, upc)
  VALUES ('delete', old.product, old.sku, old.name, old.description, old.upc);
END;
