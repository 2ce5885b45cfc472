-- The first layout of a record. Tables with text keys have no row ids, so the file does not remember the order of arrival.
-- `body` holds the thing itself as JSON; the other columns repeat parts of it for queries.

-- Given: what the record was made with, the pages, the rulings.
CREATE TABLE edition (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE page (
  id TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  media_type TEXT NOT NULL,
  meta TEXT NOT NULL,
  custody TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  n_bytes INTEGER NOT NULL,
  notes TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE page_bytes (
  page TEXT PRIMARY KEY REFERENCES page (id),
  raw BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE ruling (
  number INTEGER PRIMARY KEY,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  value TEXT,
  reviewer TEXT NOT NULL,
  why TEXT
);

-- Computed from one page each.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  page TEXT NOT NULL REFERENCES page (id),
  path TEXT NOT NULL,
  outlet TEXT,
  published TEXT,
  text_sha256 TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX document_by_page ON document (page);

CREATE TABLE claim (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document (id),
  start_byte INTEGER NOT NULL,
  voice TEXT NOT NULL,
  event TEXT NOT NULL,
  status TEXT NOT NULL,
  polarity TEXT NOT NULL,
  place TEXT,
  first_day TEXT,
  last_day TEXT,
  body TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX claim_by_document ON claim (document, start_byte);
CREATE INDEX claim_by_event ON claim (event, first_day);

-- Computed from all claims and rulings together; `settled` in `state` says whether they are up to date.
CREATE TABLE state (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE event (
  id TEXT PRIMARY KEY,
  event TEXT NOT NULL,
  place TEXT,
  first_day TEXT,
  last_day TEXT,
  roots INTEGER NOT NULL,
  information INTEGER NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE account (
  event TEXT NOT NULL,
  claim TEXT NOT NULL,
  stance TEXT NOT NULL,
  root TEXT NOT NULL,
  PRIMARY KEY (event, claim)
) WITHOUT ROWID;
CREATE INDEX account_by_claim ON account (claim);

CREATE TABLE dispute (
  id TEXT PRIMARY KEY,
  event TEXT NOT NULL,
  field TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE link (
  from_claim TEXT NOT NULL,
  to_claim TEXT NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (from_claim, to_claim, kind)
) WITHOUT ROWID;

CREATE TABLE forecast (
  id TEXT PRIMARY KEY,
  claim TEXT NOT NULL,
  state TEXT NOT NULL,
  body TEXT NOT NULL
) WITHOUT ROWID;
