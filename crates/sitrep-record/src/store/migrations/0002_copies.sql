-- Pages that share their words. Computed from all pages together, like events.
CREATE TABLE copy (
  page TEXT NOT NULL,
  of_page TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (page, of_page)
) WITHOUT ROWID;

-- An older record was settled without them.
DELETE FROM state WHERE key = 'settled';
