-- What lets a little news be fitted in without reading the whole: computed, and made anew whenever the whole is.
-- A claim ready for comparing.
CREATE TABLE gist (
  claim INTEGER PRIMARY KEY,
  body BLOB NOT NULL
);

-- What stands under which key, in the order in which it meets: claims by place, actor, words; pages by their marks.
CREATE TABLE block (
  key INTEGER NOT NULL,
  sort INTEGER NOT NULL,
  member INTEGER NOT NULL,
  PRIMARY KEY (key, sort, member)
) WITHOUT ROWID;

-- Pages that came since events were last computed.
CREATE TABLE fresh (
  page TEXT PRIMARY KEY
) WITHOUT ROWID;
