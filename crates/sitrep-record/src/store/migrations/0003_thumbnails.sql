-- Small stills of the pictures that pages showed, by the hash of the picture file. For people to look at; nothing is computed from them.
CREATE TABLE thumbnail (
  sha256 TEXT PRIMARY KEY,
  width_px INTEGER NOT NULL,
  height_px INTEGER NOT NULL,
  jpeg BLOB NOT NULL
) WITHOUT ROWID;
