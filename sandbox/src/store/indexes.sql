-- What is cheaper to build once, after the catalogue has been filled, than to keep up row by row while filling it.

CREATE UNIQUE INDEX products_sku ON products (org, sku);
CREATE INDEX products_listed_by_sku ON products (org, sku COLLATE NOCASE, active);
CREATE INDEX products_by_category ON products (org, category);
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
