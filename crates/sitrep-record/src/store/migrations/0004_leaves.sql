-- One hash over a page and what was read from it: a leaf of the record's tree. Filled in for older pages when the record is settled.
CREATE TABLE leaf (
  page TEXT PRIMARY KEY REFERENCES page (id),
  sha256 TEXT NOT NULL
) WITHOUT ROWID;
