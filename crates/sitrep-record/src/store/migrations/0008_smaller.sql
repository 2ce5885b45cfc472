-- Long rows stand by number, in tables that fill the file's pages; claims' ids are numbers where there are many rows of them: the hexadecimal
-- digits of `c_0123456789abcdef` as SQLite's integer, printf('c_%016x', n) being the way back; an id of another form is as it was.
CREATE TABLE page_bytes_now (
  number INTEGER PRIMARY KEY,
  page TEXT NOT NULL UNIQUE REFERENCES page (id),
  -- 1: `raw` is in zlib's format (RFC 1950); 0: the bytes themselves.
  zlib INTEGER NOT NULL,
  raw BLOB NOT NULL
);
INSERT INTO page_bytes_now SELECT row_number_of(page), page, shrinks(raw), shrunk(raw) FROM page_bytes ORDER BY page;
DROP TABLE page_bytes;
ALTER TABLE page_bytes_now RENAME TO page_bytes;

CREATE TABLE document_now (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  page TEXT NOT NULL REFERENCES page (id),
  path TEXT NOT NULL,
  outlet TEXT,
  published TEXT,
  text_sha256 TEXT NOT NULL,
  body TEXT NOT NULL
);
INSERT INTO document_now SELECT row_number_of(id), * FROM document ORDER BY id;
DROP TABLE document;
ALTER TABLE document_now RENAME TO document;
CREATE INDEX document_by_page ON document (page);
CREATE INDEX document_by_outlet ON document (outlet);
CREATE INDEX document_by_published ON document (published);

CREATE TABLE link_now (
  from_claim NOT NULL,
  to_claim NOT NULL,
  kind TEXT NOT NULL,
  body TEXT NOT NULL,
  PRIMARY KEY (from_claim, to_claim, kind)
) WITHOUT ROWID;
INSERT INTO link_now SELECT brief(from_claim), brief(to_claim), kind, body FROM link;
DROP TABLE link;
ALTER TABLE link_now RENAME TO link;
CREATE INDEX link_by_to ON link (to_claim);
-- For who asks the file with another program: links with the ids that the other tables know. Nothing here reads it.
CREATE VIEW claim_link AS SELECT
  CASE typeof(from_claim) WHEN 'integer' THEN printf('c_%016x', from_claim) ELSE from_claim END AS from_claim,
  CASE typeof(to_claim) WHEN 'integer' THEN printf('c_%016x', to_claim) ELSE to_claim END AS to_claim,
  kind, body FROM link;

CREATE TABLE named_now (
  name INTEGER NOT NULL,
  claim NOT NULL,
  PRIMARY KEY (name, claim)
) WITHOUT ROWID;
INSERT INTO named_now SELECT name, brief(claim) FROM named;
DROP TABLE named;
ALTER TABLE named_now RENAME TO named;

CREATE TABLE spot_now (
  cell INTEGER NOT NULL,
  claim NOT NULL,
  PRIMARY KEY (cell, claim)
) WITHOUT ROWID;
INSERT INTO spot_now SELECT cell, brief(claim) FROM spot;
DROP TABLE spot;
ALTER TABLE spot_now RENAME TO spot;

-- What outlets put on all their pages: runs of words as numbers of eight bytes, in order.
CREATE TABLE furniture (
  outlet INTEGER PRIMARY KEY,
  runs BLOB NOT NULL
);

-- The day of the last step in its history: what nobody dates is told of the day by which it was judged.
ALTER TABLE forecast ADD COLUMN as_of TEXT;
