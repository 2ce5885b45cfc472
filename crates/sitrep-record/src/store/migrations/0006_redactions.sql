-- What was taken out of the record: given, like a ruling, and like it only appended.
CREATE TABLE redaction (
  number INTEGER PRIMARY KEY,
  body TEXT NOT NULL
);
