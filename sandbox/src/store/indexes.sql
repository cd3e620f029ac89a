-- What is cheaper to build once, after the catalogue has been filled, than to keep up row by row while filling it.

--
-- Those of products end with the tenant rather than begin with it: nearly all products may be one tenant's, and to
-- wander through all of them by an index takes ten times as long as to read the table from end to end.
CREATE UNIQUE INDEX products_sku ON products (sku, org);
CREATE INDEX products_listed_by_sku ON products (sku COLLATE NOCASE, org, active);
CREATE INDEX products_by_category ON products (category);
CREATE INDEX products_by_external_id ON products (external_id, org) WHERE external_id IS NOT NULL;

CREATE VIEW products_words AS
  SELECT p.product, p.sku, p.name, t.text AS description, p.upc
  FROM products p LEFT JOIN texts t ON t.text_key = p.description;
CREATE VIRTUAL TABLE products_text USING fts5(
  sku, name, description, upc,
  content = 'products_words', content_rowid = 'product', columnsize = 0,
  tokenize = "unicode61 remove_diacritics 2"
);
INSERT INTO products_text (products_text) VALUES ('rebuild');

CREATE TRIGGER products_text_insert AFTER INSERT ON products BEGIN
  INSERT INTO products_text (rowid, sku, name, description, upc)
  VALUES (new.product, new.sku, new.name, (SELECT text FROM texts WHERE text_key = new.description), new.upc);
END;
CREATE TRIGGER products_text_update AFTER UPDATE OF sku, name, description, upc ON products BEGIN
  INSERT INTO products_text (products_text, rowid, sku, name, description, upc)
  VALUES ('delete', old.product, old.sku, old.name, (SELECT text FROM texts WHERE text_key = old.description), old.upc);
  INSERT INTO products_text (rowid, sku, name, description, upc)
  VALUES (new.product, new.sku, new.name, (SELECT text FROM texts WHERE text_key = new.description), new.upc);
END;
CREATE TRIGGER products_text_delete AFTER DELETE ON products BEGIN
  INSERT INTO products_text (products_text, rowid, sku, name, description, upc)
  VALUES ('delete', old.product, old.sku, old.name, (SELECT text FROM texts WHERE text_key = old.description), old.upc);
END;

CREATE TRIGGER catalogue_gains_product AFTER INSERT ON products BEGIN
  UPDATE catalogue SET version = version + 1;
END;
CREATE TRIGGER catalogue_changes_product AFTER UPDATE ON products BEGIN
  UPDATE catalogue SET version = version + 1;
END;
CREATE TRIGGER catalogue_loses_product AFTER DELETE ON products BEGIN
  UPDATE catalogue SET version = version + 1;
END;
CREATE TRIGGER catalogue_gains_category AFTER INSERT ON categories BEGIN
  UPDATE catalogue SET version = version + 1;
END;
CREATE TRIGGER catalogue_changes_category AFTER UPDATE ON categories BEGIN
  UPDATE catalogue SET version = version + 1;
END;
