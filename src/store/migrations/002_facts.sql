-- What a query asks of articles: who and where is named in them, who said what, who did what to whom. It is written with the
-- annotations (`facts.rs`). What was annotated before is put in afterwards, in portions, from the annotations that are kept.

-- The index, with the places of words: phrases are found in it, and words weighed (bm25). It takes 17 KB for 10
-- articles, not 6; phrases of frequent words would otherwise be looked for in thousands of texts.
DROP TABLE words;
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
UPDATE article SET indexed = 0 WHERE indexed;
CREATE INDEX article_to_index ON article (date DESC) WHERE indexed = 0 AND engine <> 0;
CREATE INDEX article_changed ON article (changed) WHERE changed = 1;
CREATE INDEX version_by_language ON version (language COLLATE NOCASE, article) WHERE language IS NOT NULL;

-- Which names stand in which articles: `rowid` is the article's id, and "x0x" stands between two names. Of
-- officials it has the names, the offices and their bodies.
CREATE VIRTUAL TABLE article_names USING fts5 (
  person, org, place, official, author, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

-- Every name once, and the index of the words in them, to complete what is typed. `roles` is the sum of 1 person, 2 body,
-- 4 place, 8 office or official, 16 author. A name that no article has any more stays until the library is vacuumed.
CREATE TABLE name (
  id    INTEGER PRIMARY KEY,
  name  TEXT NOT NULL UNIQUE,
  roles INTEGER NOT NULL
);
CREATE VIRTUAL TABLE name_words USING fts5 (
  name, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE TRIGGER name_dropped AFTER DELETE ON name BEGIN
  DELETE FROM name_words WHERE rowid = OLD.id;
END;

-- Tags that the user gave.
CREATE TABLE article_tag (
  tag     TEXT NOT NULL COLLATE NOCASE,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  PRIMARY KEY (tag, article)
) WITHOUT ROWID;
CREATE INDEX tag_by_article ON article_tag (article);

-- Statements and events, a row each: what is asked of one of them is asked of one row. `rowid` is the article's id times
-- 65536 plus the number in its annotations; what is shown of them is read from these. Countries are words: "bycir" the
-- speaker is of Iran, "oncir" the statement names it, "cir" one who acts is of it (`facts.rs`).
CREATE VIRTUAL TABLE statement_words USING fts5 (
  words, speaker, office, codes, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE VIRTUAL TABLE event_words USING fts5 (
  kind, actor, recipient, content = '', contentless_delete = 1,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
CREATE TRIGGER article_unlearned AFTER DELETE ON article WHEN OLD.indexed BEGIN
  DELETE FROM article_names WHERE rowid = OLD.id;
  DELETE FROM statement_words WHERE rowid BETWEEN OLD.id * 65536 AND OLD.id * 65536 + 65535;
  DELETE FROM event_words WHERE rowid BETWEEN OLD.id * 65536 AND OLD.id * 65536 + 65535;
END;
