CREATE TABLE story_words (
version BIGINT NOT NULL,
name TEXT COLLATE "C" NOT NULL,
places TEXT COLLATE "C" NOT NULL,
articles INTEGER NOT NULL,
CONSTRAINT pk_story_words PRIMARY KEY (version),
CONSTRAINT fk_story_words_version FOREIGN KEY(version) REFERENCES story_versions (row)
)
-- next
CREATE INDEX ix_story_versions_listed_nulls ON story_versions (last_day DESC NULLS LAST, id)
-- next
CREATE TRIGGER story_words_no_delete BEFORE DELETE ON story_words FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_words_no_truncate BEFORE TRUNCATE ON story_words EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION story_words_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."version" IS NOT DISTINCT FROM OLD."version" AND NEW."articles" IS NOT DISTINCT FROM OLD."articles" AND NEW."name" IS NOT DISTINCT FROM '' AND NEW."places" IS NOT DISTINCT FROM '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN story_articles s ON s.document = d."row" JOIN story_versions v ON v.id = s.story WHERE e.kind = 'document' AND v."row" = OLD.version) THEN RETURN NEW; END IF; RAISE EXCEPTION 'story_words: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER story_words_no_update BEFORE UPDATE ON story_words FOR EACH ROW EXECUTE FUNCTION story_words_blank()