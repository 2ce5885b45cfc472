-- What a claim can be found by: names as written, in lower case, and the cell of the map that its place lies in. Computed from claims
-- and rulings when the record is settled, so that one question need not read every claim.
CREATE TABLE name (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL
);

CREATE TABLE named (
  name INTEGER NOT NULL,
  claim TEXT NOT NULL,
  PRIMARY KEY (name, claim)
) WITHOUT ROWID;

CREATE TABLE spot (
  cell INTEGER NOT NULL,
  claim TEXT NOT NULL,
  PRIMARY KEY (cell, claim)
) WITHOUT ROWID;

-- Which page translates which.
CREATE TABLE original (
  page TEXT PRIMARY KEY,
  of_page TEXT NOT NULL
) WITHOUT ROWID;

CREATE INDEX document_by_outlet ON document (outlet);
CREATE INDEX document_by_published ON document (published);
CREATE INDEX claim_by_day ON claim (first_day, last_day);
CREATE INDEX dispute_by_event ON dispute (event);
CREATE INDEX link_by_to ON link (to_claim);
CREATE INDEX forecast_by_claim ON forecast (claim);
CREATE INDEX copy_by_of ON copy (of_page);
