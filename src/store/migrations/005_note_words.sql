-- The words of notes: what they say, their tags, and the words of articles that they are about, with "x0x" between two of them.
-- `rowid` is the note's id. Whoever writes a note writes its words (`note_words.rs`); those of notes without (`indexed` is 0)
-- are put in when the library is opened.
CREATE VIRTUAL TABLE note_words USING fts5 (
  words, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
ALTER TABLE note ADD COLUMN indexed INTEGER NOT NULL DEFAULT 0;
CREATE INDEX note_to_index ON note (id) WHERE indexed = 0;
CREATE TRIGGER note_removed AFTER DELETE ON note WHEN OLD.indexed BEGIN
  DELETE FROM note_words WHERE rowid = OLD.id;
END;
