-- The library. Moments are milliseconds since 1970 (UTC). Numbered files are added, never edited.

-- Folders of subscriptions, within one another. Their order is that of their ids.
CREATE TABLE folder (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  parent INTEGER REFERENCES folder (id) ON DELETE CASCADE,
  name   TEXT NOT NULL
);
CREATE UNIQUE INDEX folder_by_name ON folder (coalesce(parent, 0), name);

-- Subscriptions. An id is never given twice: another program may still hold it.
CREATE TABLE feed (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  url           TEXT NOT NULL UNIQUE,
  by_others     INTEGER NOT NULL DEFAULT 0, -- a server, feed or page named its host, not the user: it has to be public
  own_title     TEXT,                       -- the user's name for it
  title         TEXT,                       -- its own
  site          TEXT,                       -- as the user or an OPML list said
  link          TEXT,                       -- as the feed says
  folder        INTEGER REFERENCES folder (id) ON DELETE SET NULL,
  attributes    TEXT NOT NULL DEFAULT '[]', -- JSON: pairs, of its OPML outline
  added         INTEGER NOT NULL,
  etag          TEXT,
  last_modified TEXT,
  next_check    INTEGER,
  wait_until    INTEGER,                    -- its server asked to be left alone until then
  last_success  INTEGER,
  failures      INTEGER NOT NULL DEFAULT 0,
  problem       TEXT,
  is_gone       INTEGER NOT NULL DEFAULT 0,
  delivery      BLOB                        -- hash of all that the last delivery said
);
CREATE INDEX feed_by_folder ON feed (folder);

-- Articles, as lists need them. Their text is in `version`.
CREATE TABLE article (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  feed      INTEGER REFERENCES feed (id),   -- NULL: a page that the user saved, or left of a feed that was ended
  date      INTEGER NOT NULL,               -- what it is sorted by: published, else first seen; never in the future
  seen      INTEGER NOT NULL,               -- when it was first seen
  published INTEGER,                        -- as said first
  read      INTEGER NOT NULL DEFAULT 0,
  starred   INTEGER NOT NULL DEFAULT 0,
  changed   INTEGER NOT NULL DEFAULT 0,     -- a version came after it was read
  versions  INTEGER NOT NULL DEFAULT 1,
  engine    INTEGER NOT NULL DEFAULT 0,     -- what annotated the text that is shown (`engine.id`); 0: nothing
  indexed   INTEGER NOT NULL DEFAULT 0,     -- in `words`
  current   INTEGER,                        -- the version that the feed delivered last
  shown     INTEGER,                        -- the version that is shown
  title     TEXT NOT NULL DEFAULT '',
  source    TEXT,                           -- the page's site, or the name of the feed it is left of
  url       TEXT,
  about     TEXT NOT NULL DEFAULT '',       -- codes of the countries it is about, two letters each
  origin    TEXT,                           -- the address of the feed it is left of
  page_key  INTEGER                         -- hash of the address of a saved page
);
-- Lists read these alone. The order is total: date, then first seen, then (in a delivery) the feed's own order.
CREATE INDEX article_by_date ON article (date DESC, seen DESC, id, feed, read, starred);
CREATE INDEX article_by_feed ON article (feed, date DESC, seen DESC, id, read, starred);
CREATE INDEX article_starred ON article (date DESC, seen DESC, id, feed, read, starred) WHERE starred = 1;
CREATE INDEX article_by_engine ON article (engine, read, date DESC);
CREATE UNIQUE INDEX article_page ON article (page_key) WHERE page_key IS NOT NULL;

-- Versions of articles, whole.
CREATE TABLE version (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  article    INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  seen       INTEGER NOT NULL,
  is_page    INTEGER NOT NULL DEFAULT 0,    -- extracted from the page, not delivered by the feed
  hash       BLOB NOT NULL,                 -- what annotations are filed under
  title      TEXT,
  url        TEXT,
  language   TEXT,
  authors    TEXT,                          -- JSON: names
  enclosures TEXT,                          -- JSON: [address, media type, bytes]
  is_html    INTEGER NOT NULL DEFAULT 0,
  base       TEXT,                          -- what relative addresses are relative to
  body       BLOB NOT NULL                  -- one byte (0 plain, 1 zstd), then the text, or the document (postcard)
);
CREATE INDEX version_by_article ON version (article, hash);

-- By what entries of a feed are known again (`identity.rs`); also of articles that were dropped.
CREATE TABLE identity (
  feed    INTEGER NOT NULL,                 -- 0: of an article left of a feed that was ended
  article INTEGER NOT NULL,
  keys    BLOB NOT NULL,                    -- four hashes of 8 bytes
  raw     BLOB NOT NULL,                    -- hash of all that the entry said last
  gone    INTEGER,                          -- dropped; when it was last seen in the feed
  PRIMARY KEY (feed, article)
) WITHOUT ROWID;

-- How many articles a feed has (0: those without a feed). Kept by the triggers below; whoever adds articles or
-- marks them as read counts them himself: with a trigger SQLite would copy every page that a row touches, lest it fails.
CREATE TABLE tally (
  feed   INTEGER PRIMARY KEY,
  total  INTEGER NOT NULL,
  unread INTEGER NOT NULL
);
INSERT INTO tally VALUES (0, 0, 0);

-- What annotates: the engine and its version.
CREATE TABLE engine (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE
);

-- What was found in a text, once for all articles with that text.
CREATE TABLE annotation (
  id     INTEGER PRIMARY KEY,
  hash   BLOB NOT NULL,
  engine INTEGER NOT NULL REFERENCES engine (id),
  body   BLOB NOT NULL                      -- one byte (0 plain, 1 zstd), then postcard
);
CREATE UNIQUE INDEX annotation_by_hash ON annotation (hash, engine);

-- Which articles name which countries. `rank`: 1 is the country it is most about; NULL: named only.
CREATE TABLE article_country (
  country TEXT NOT NULL,
  article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
  rank    INTEGER,
  PRIMARY KEY (country, article)
) WITHOUT ROWID;
CREATE INDEX country_by_article ON article_country (article);

-- The index. It keeps no text of its own, and of words not their places, only the column: with places it would be three
-- times as large (16 KB for 10 articles, not 6), and phrases are looked for in the texts that have all their words.
-- `rowid` is the article's id.
CREATE VIRTUAL TABLE words USING fts5 (
  title, text, content = '', contentless_delete = 1, detail = column,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);

CREATE TRIGGER feed_added AFTER INSERT ON feed BEGIN
  INSERT INTO tally VALUES (NEW.id, 0, 0);
END;
CREATE TRIGGER feed_ended AFTER DELETE ON feed BEGIN
  DELETE FROM tally WHERE feed = OLD.id;
  DELETE FROM identity WHERE feed = OLD.id;
END;
CREATE TRIGGER article_dropped AFTER DELETE ON article BEGIN
  UPDATE tally SET total = total - 1, unread = unread - (OLD.read = 0) WHERE feed = coalesce(OLD.feed, 0);
END;
CREATE TRIGGER article_unindexed AFTER DELETE ON article WHEN OLD.indexed BEGIN
  DELETE FROM words WHERE rowid = OLD.id;
END;
CREATE TRIGGER article_moved AFTER UPDATE OF feed ON article WHEN OLD.feed IS NOT NEW.feed BEGIN
  UPDATE tally SET total = total - 1, unread = unread - (OLD.read = 0) WHERE feed = coalesce(OLD.feed, 0);
  UPDATE tally SET total = total + 1, unread = unread + (NEW.read = 0) WHERE feed = coalesce(NEW.feed, 0);
END;
