CREATE TABLE story_versions (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
made_at TEXT NOT NULL,
gone INTEGER NOT NULL,
name TEXT NOT NULL,
first_day TEXT,
last_day TEXT,
made_of TEXT NOT NULL,
record TEXT NOT NULL,
states TEXT NOT NULL,
CONSTRAINT pk_story_versions PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE claim_states (
"row" INTEGER NOT NULL,
claim TEXT NOT NULL,
story TEXT,
state TEXT,
independent_sources INTEGER,
"conflict" INTEGER NOT NULL,
made_at TEXT NOT NULL,
CONSTRAINT pk_claim_states PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE story_verdicts (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
verdict TEXT NOT NULL,
story TEXT,
articles TEXT NOT NULL,
others TEXT NOT NULL,
"by" TEXT NOT NULL,
at TEXT NOT NULL,
reason TEXT,
undoes TEXT,
CONSTRAINT pk_story_verdicts PRIMARY KEY ("row"),
CONSTRAINT uq_story_verdicts_id UNIQUE (id)
)
STRICT
-- next
CREATE TABLE makings (
"row" INTEGER NOT NULL,
made_at TEXT NOT NULL,
account INTEGER NOT NULL,
erasure INTEGER NOT NULL,
verdict INTEGER NOT NULL,
review INTEGER NOT NULL,
CONSTRAINT pk_makings PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE story_articles (
"row" INTEGER NOT NULL,
document INTEGER NOT NULL,
story TEXT,
copy_of INTEGER,
made_at TEXT NOT NULL,
CONSTRAINT pk_story_articles PRIMARY KEY ("row"),
CONSTRAINT fk_story_articles_document FOREIGN KEY(document) REFERENCES documents ("row"),
CONSTRAINT fk_story_articles_copy_of FOREIGN KEY(copy_of) REFERENCES documents ("row")
)
STRICT
-- next
CREATE TABLE accounts (
"row" INTEGER NOT NULL,
document INTEGER NOT NULL,
reading INTEGER NOT NULL,
day INTEGER,
record TEXT NOT NULL,
found_by BLOB NOT NULL,
CONSTRAINT pk_accounts PRIMARY KEY ("row"),
CONSTRAINT fk_accounts_document FOREIGN KEY(document) REFERENCES documents ("row"),
CONSTRAINT fk_accounts_reading FOREIGN KEY(reading) REFERENCES readings ("row")
)
STRICT
-- next
CREATE TABLE account_pairs (
a INTEGER NOT NULL,
b INTEGER NOT NULL,
likeness REAL,
kind TEXT,
share_a REAL,
share_b REAL,
run INTEGER,
CONSTRAINT pk_account_pairs PRIMARY KEY (a, b),
CONSTRAINT fk_account_pairs_a FOREIGN KEY(a) REFERENCES accounts ("row"),
CONSTRAINT fk_account_pairs_b FOREIGN KEY(b) REFERENCES accounts ("row")
)
WITHOUT ROWID,
STRICT
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
CREATE TRIGGER claim_states_no_update BEFORE UPDATE ON claim_states WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'claim_states: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER claim_states_no_delete BEFORE DELETE ON claim_states BEGIN SELECT RAISE(ABORT, 'claim_states: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER makings_no_update BEFORE UPDATE ON makings WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'makings: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER makings_no_delete BEFORE DELETE ON makings BEGIN SELECT RAISE(ABORT, 'makings: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER story_verdicts_no_update BEFORE UPDATE ON story_verdicts WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'story_verdicts: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER story_verdicts_no_delete BEFORE DELETE ON story_verdicts BEGIN SELECT RAISE(ABORT, 'story_verdicts: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER story_versions_no_update BEFORE UPDATE ON story_versions WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."made_at" IS OLD."made_at" AND NEW."gone" IS OLD."gone" AND NEW."first_day" IS OLD."first_day" AND NEW."last_day" IS OLD."last_day" AND NEW."made_of" IS OLD."made_of" AND NEW."name" IS '' AND NEW."record" IS '{}' AND NEW."states" IS '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN story_articles s ON s.document = d."row" WHERE e.kind = 'document' AND s.story = OLD.id)) BEGIN SELECT RAISE(ABORT, 'story_versions: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER story_versions_no_delete BEFORE DELETE ON story_versions BEGIN SELECT RAISE(ABORT, 'story_versions: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER story_articles_no_update BEFORE UPDATE ON story_articles WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'story_articles: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER story_articles_no_delete BEFORE DELETE ON story_articles BEGIN SELECT RAISE(ABORT, 'story_articles: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER accounts_no_update BEFORE UPDATE ON accounts WHEN NOT (NEW."row" IS OLD."row" AND NEW."document" IS OLD."document" AND NEW."reading" IS OLD."reading" AND NEW."day" IS OLD."day" AND NEW."record" IS '{}' AND NEW."found_by" IS x'' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND d."row" = OLD.document)) BEGIN SELECT RAISE(ABORT, 'accounts: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER accounts_no_delete BEFORE DELETE ON accounts BEGIN SELECT RAISE(ABORT, 'accounts: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER account_pairs_no_update BEFORE UPDATE ON account_pairs WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'account_pairs: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER account_pairs_no_delete BEFORE DELETE ON account_pairs BEGIN SELECT RAISE(ABORT, 'account_pairs: rows are never deleted; erase the document instead'); END