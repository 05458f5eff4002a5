CREATE TABLE story_words (
version INTEGER NOT NULL,
name TEXT NOT NULL,
places TEXT NOT NULL,
articles INTEGER NOT NULL,
CONSTRAINT pk_story_words PRIMARY KEY (version),
CONSTRAINT fk_story_words_version FOREIGN KEY(version) REFERENCES story_versions ("row")
)
STRICT
-- next
CREATE INDEX ix_story_versions_listed ON story_versions (last_day DESC, id)
-- next
CREATE TRIGGER story_words_no_update BEFORE UPDATE ON story_words WHEN NOT (NEW."version" IS OLD."version" AND NEW."articles" IS OLD."articles" AND NEW."name" IS '' AND NEW."places" IS '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN story_articles s ON s.document = d."row" JOIN story_versions v ON v.id = s.story WHERE e.kind = 'document' AND v."row" = OLD.version)) BEGIN SELECT RAISE(ABORT, 'story_words: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER story_words_no_delete BEFORE DELETE ON story_words BEGIN SELECT RAISE(ABORT, 'story_words: rows are never deleted; erase the document instead'); END