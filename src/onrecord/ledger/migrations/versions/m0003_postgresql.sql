CREATE TABLE story_versions (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
made_at TEXT COLLATE "C" NOT NULL,
gone INTEGER NOT NULL,
name TEXT COLLATE "C" NOT NULL,
first_day TEXT COLLATE "C",
last_day TEXT COLLATE "C",
made_of TEXT COLLATE "C" NOT NULL,
record TEXT COLLATE "C" NOT NULL,
states TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_story_versions PRIMARY KEY (row)
)
-- next
CREATE TABLE claim_states (
row BIGSERIAL NOT NULL,
claim TEXT COLLATE "C" NOT NULL,
story TEXT COLLATE "C",
state TEXT COLLATE "C",
independent_sources INTEGER,
conflict INTEGER NOT NULL,
made_at TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_claim_states PRIMARY KEY (row)
)
-- next
CREATE TABLE story_verdicts (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
verdict TEXT COLLATE "C" NOT NULL,
story TEXT COLLATE "C",
articles TEXT COLLATE "C" NOT NULL,
others TEXT COLLATE "C" NOT NULL,
by TEXT COLLATE "C" NOT NULL,
at TEXT COLLATE "C" NOT NULL,
reason TEXT COLLATE "C",
undoes TEXT COLLATE "C",
CONSTRAINT pk_story_verdicts PRIMARY KEY (row),
CONSTRAINT uq_story_verdicts_id UNIQUE (id)
)
-- next
CREATE TABLE makings (
row BIGSERIAL NOT NULL,
made_at TEXT COLLATE "C" NOT NULL,
account BIGINT NOT NULL,
erasure BIGINT NOT NULL,
verdict BIGINT NOT NULL,
review BIGINT NOT NULL,
CONSTRAINT pk_makings PRIMARY KEY (row)
)
-- next
CREATE TABLE story_articles (
row BIGSERIAL NOT NULL,
document BIGINT NOT NULL,
story TEXT COLLATE "C",
copy_of BIGINT,
made_at TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_story_articles PRIMARY KEY (row),
CONSTRAINT fk_story_articles_document FOREIGN KEY(document) REFERENCES documents (row),
CONSTRAINT fk_story_articles_copy_of FOREIGN KEY(copy_of) REFERENCES documents (row)
)
-- next
CREATE TABLE accounts (
row BIGSERIAL NOT NULL,
document BIGINT NOT NULL,
reading BIGINT NOT NULL,
day INTEGER,
record TEXT COLLATE "C" NOT NULL,
found_by BYTEA NOT NULL,
CONSTRAINT pk_accounts PRIMARY KEY (row),
CONSTRAINT fk_accounts_document FOREIGN KEY(document) REFERENCES documents (row),
CONSTRAINT fk_accounts_reading FOREIGN KEY(reading) REFERENCES readings (row)
)
-- next
CREATE TABLE account_pairs (
a BIGINT NOT NULL,
b BIGINT NOT NULL,
likeness DOUBLE PRECISION,
kind TEXT COLLATE "C",
share_a DOUBLE PRECISION,
share_b DOUBLE PRECISION,
run INTEGER,
CONSTRAINT pk_account_pairs PRIMARY KEY (a, b),
CONSTRAINT fk_account_pairs_a FOREIGN KEY(a) REFERENCES accounts (row),
CONSTRAINT fk_account_pairs_b FOREIGN KEY(b) REFERENCES accounts (row)
)
-- next
CREATE INDEX ix_account_pairs_b ON account_pairs (b)
-- next
CREATE INDEX ix_accounts_day ON accounts (day)
-- next
CREATE INDEX ix_accounts_document ON accounts (document)
-- next
CREATE INDEX ix_accounts_reading ON accounts (reading)
-- next
CREATE INDEX ix_claim_states_claim ON claim_states (claim)
-- next
CREATE INDEX ix_story_articles_document ON story_articles (document)
-- next
CREATE INDEX ix_story_articles_story ON story_articles (story)
-- next
CREATE INDEX ix_story_verdicts_at ON story_verdicts (at)
-- next
CREATE INDEX ix_story_versions_id ON story_versions (id)
-- next
CREATE INDEX ix_story_versions_made_at ON story_versions (made_at)
-- next
CREATE TRIGGER claim_states_no_delete BEFORE DELETE ON claim_states FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claim_states_no_truncate BEFORE TRUNCATE ON claim_states EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claim_states_no_update BEFORE UPDATE ON claim_states FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER makings_no_delete BEFORE DELETE ON makings FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER makings_no_truncate BEFORE TRUNCATE ON makings EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER makings_no_update BEFORE UPDATE ON makings FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_verdicts_no_delete BEFORE DELETE ON story_verdicts FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_verdicts_no_truncate BEFORE TRUNCATE ON story_verdicts EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_verdicts_no_update BEFORE UPDATE ON story_verdicts FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_versions_no_delete BEFORE DELETE ON story_versions FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_versions_no_truncate BEFORE TRUNCATE ON story_versions EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION story_versions_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."made_at" IS NOT DISTINCT FROM OLD."made_at" AND NEW."gone" IS NOT DISTINCT FROM OLD."gone" AND NEW."first_day" IS NOT DISTINCT FROM OLD."first_day" AND NEW."last_day" IS NOT DISTINCT FROM OLD."last_day" AND NEW."made_of" IS NOT DISTINCT FROM OLD."made_of" AND NEW."name" IS NOT DISTINCT FROM '' AND NEW."record" IS NOT DISTINCT FROM '{}' AND NEW."states" IS NOT DISTINCT FROM '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN story_articles s ON s.document = d."row" WHERE e.kind = 'document' AND s.story = OLD.id) THEN RETURN NEW; END IF; RAISE EXCEPTION 'story_versions: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER story_versions_no_update BEFORE UPDATE ON story_versions FOR EACH ROW EXECUTE FUNCTION story_versions_blank()
-- next
CREATE TRIGGER story_articles_no_delete BEFORE DELETE ON story_articles FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_articles_no_truncate BEFORE TRUNCATE ON story_articles EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_articles_no_update BEFORE UPDATE ON story_articles FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER accounts_no_truncate BEFORE TRUNCATE ON accounts EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION accounts_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."document" IS NOT DISTINCT FROM OLD."document" AND NEW."reading" IS NOT DISTINCT FROM OLD."reading" AND NEW."day" IS NOT DISTINCT FROM OLD."day" AND NEW."record" IS NOT DISTINCT FROM '{}' AND NEW."found_by" IS NOT DISTINCT FROM ''::bytea AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND d."row" = OLD.document) THEN RETURN NEW; END IF; RAISE EXCEPTION 'accounts: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER accounts_no_update BEFORE UPDATE ON accounts FOR EACH ROW EXECUTE FUNCTION accounts_blank()
-- next
CREATE TRIGGER account_pairs_no_delete BEFORE DELETE ON account_pairs FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER account_pairs_no_truncate BEFORE TRUNCATE ON account_pairs EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER account_pairs_no_update BEFORE UPDATE ON account_pairs FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()