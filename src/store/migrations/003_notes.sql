-- What the user, or somebody whose notes were imported, says about articles and words in them (`notes.rs`).

-- `iri` is what tells a note from all others. `source` is the article's address as the note has it. `quotes` is JSON:
-- [exact, prefix, suffix, first character or null, one past the last or null]; where the words stand now is looked for when
-- the note is read. `bodies` is JSON: [purpose, words]. `created` is as the note says. A note does not go with its article:
-- whoever drops articles leaves those that have notes.
CREATE TABLE note (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  iri        TEXT NOT NULL UNIQUE,
  article    INTEGER NOT NULL REFERENCES article (id),
  source     TEXT NOT NULL,
  quotes     TEXT NOT NULL,
  bodies     TEXT NOT NULL,
  creator    TEXT,
  is_program INTEGER NOT NULL DEFAULT 0,
  created    INTEGER,
  changed    INTEGER NOT NULL
);
CREATE INDEX note_by_article ON note (article);
