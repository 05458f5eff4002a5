CREATE TABLE runs (
"row" INTEGER NOT NULL,
kind TEXT NOT NULL,
began_at TEXT NOT NULL,
reader_version TEXT NOT NULL,
model TEXT NOT NULL,
CONSTRAINT pk_runs PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE pages (
"row" INTEGER NOT NULL,
sha256 TEXT NOT NULL,
media_type TEXT NOT NULL,
size INTEGER NOT NULL,
CONSTRAINT pk_pages PRIMARY KEY ("row"),
CONSTRAINT uq_pages_sha256 UNIQUE (sha256)
)
STRICT
-- next
CREATE TABLE documents (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
url TEXT,
name TEXT NOT NULL,
CONSTRAINT pk_documents PRIMARY KEY ("row"),
CONSTRAINT uq_documents_id UNIQUE (id),
CONSTRAINT uq_documents_name UNIQUE (name)
)
STRICT
-- next
CREATE TABLE stories (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
made_at TEXT NOT NULL,
CONSTRAINT pk_stories PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE aliases (
"row" INTEGER NOT NULL,
name TEXT NOT NULL,
stands_for TEXT NOT NULL,
"by" TEXT NOT NULL,
at TEXT NOT NULL,
CONSTRAINT pk_aliases PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE reviews (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
claim TEXT NOT NULL,
action TEXT NOT NULL,
"by" TEXT NOT NULL,
at TEXT NOT NULL,
anchor TEXT NOT NULL,
value TEXT,
undoes TEXT,
CONSTRAINT pk_reviews PRIMARY KEY ("row"),
CONSTRAINT uq_reviews_id UNIQUE (id)
)
STRICT
-- next
CREATE TABLE erasures (
"row" INTEGER NOT NULL,
kind TEXT NOT NULL,
what TEXT NOT NULL,
"by" TEXT NOT NULL,
at TEXT NOT NULL,
reason TEXT NOT NULL,
CONSTRAINT pk_erasures PRIMARY KEY ("row")
)
STRICT
-- next
CREATE TABLE run_ends (
"row" INTEGER NOT NULL,
run INTEGER NOT NULL,
ended_at TEXT NOT NULL,
new INTEGER NOT NULL,
same INTEGER NOT NULL,
revised INTEGER NOT NULL,
failed INTEGER NOT NULL,
CONSTRAINT pk_run_ends PRIMARY KEY ("row"),
CONSTRAINT fk_run_ends_run FOREIGN KEY(run) REFERENCES runs ("row")
)
STRICT
-- next
CREATE TABLE archive (
page INTEGER NOT NULL,
encoding TEXT NOT NULL,
data BLOB NOT NULL,
CONSTRAINT pk_archive PRIMARY KEY (page),
CONSTRAINT fk_archive_page FOREIGN KEY(page) REFERENCES pages ("row")
)
STRICT
-- next
CREATE TABLE page_versions (
"row" INTEGER NOT NULL,
document INTEGER NOT NULL,
number INTEGER NOT NULL,
page INTEGER NOT NULL,
given TEXT NOT NULL,
run INTEGER NOT NULL,
seen_at TEXT NOT NULL,
silent_edit INTEGER NOT NULL,
CONSTRAINT pk_page_versions PRIMARY KEY ("row"),
CONSTRAINT uq_page_versions_document_number UNIQUE (document, number),
CONSTRAINT fk_page_versions_document FOREIGN KEY(document) REFERENCES documents ("row"),
CONSTRAINT fk_page_versions_page FOREIGN KEY(page) REFERENCES pages ("row"),
CONSTRAINT fk_page_versions_run FOREIGN KEY(run) REFERENCES runs ("row")
)
STRICT
-- next
CREATE TABLE articles (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
page INTEGER NOT NULL,
url TEXT,
outlet TEXT,
headline TEXT,
published TEXT,
modified TEXT,
language TEXT,
edition TEXT NOT NULL,
text TEXT NOT NULL,
body TEXT NOT NULL,
record TEXT NOT NULL,
CONSTRAINT pk_articles PRIMARY KEY ("row"),
CONSTRAINT uq_articles_id UNIQUE (id),
CONSTRAINT fk_articles_page FOREIGN KEY(page) REFERENCES pages ("row")
)
STRICT
-- next
CREATE TABLE sightings (
"row" INTEGER NOT NULL,
"key" TEXT NOT NULL,
version INTEGER NOT NULL,
run INTEGER NOT NULL,
seen_at TEXT NOT NULL,
CONSTRAINT pk_sightings PRIMARY KEY ("row"),
CONSTRAINT fk_sightings_version FOREIGN KEY(version) REFERENCES page_versions ("row"),
CONSTRAINT fk_sightings_run FOREIGN KEY(run) REFERENCES runs ("row")
)
STRICT
-- next
CREATE TABLE readings (
"row" INTEGER NOT NULL,
version INTEGER NOT NULL,
document INTEGER NOT NULL,
article INTEGER NOT NULL,
reader_version TEXT NOT NULL,
model TEXT NOT NULL,
run INTEGER NOT NULL,
read_at TEXT NOT NULL,
reported TEXT NOT NULL,
CONSTRAINT pk_readings PRIMARY KEY ("row"),
CONSTRAINT uq_readings_version_reader_version_model UNIQUE (version, reader_version, model),
CONSTRAINT fk_readings_version FOREIGN KEY(version) REFERENCES page_versions ("row"),
CONSTRAINT fk_readings_document FOREIGN KEY(document) REFERENCES documents ("row"),
CONSTRAINT fk_readings_article FOREIGN KEY(article) REFERENCES articles ("row"),
CONSTRAINT fk_readings_run FOREIGN KEY(run) REFERENCES runs ("row")
)
STRICT
-- next
CREATE TABLE claim_status (
"row" INTEGER NOT NULL,
claim TEXT NOT NULL,
status TEXT NOT NULL,
by_claim TEXT,
by_version INTEGER,
"by" TEXT,
effective_at TEXT,
recorded_at TEXT NOT NULL,
reason TEXT,
CONSTRAINT pk_claim_status PRIMARY KEY ("row"),
CONSTRAINT fk_claim_status_by_version FOREIGN KEY(by_version) REFERENCES page_versions ("row")
)
STRICT
-- next
CREATE TABLE claims (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
form INTEGER NOT NULL,
kind TEXT NOT NULL,
document INTEGER NOT NULL,
reading INTEGER NOT NULL,
sentence TEXT NOT NULL,
words TEXT NOT NULL,
record TEXT NOT NULL,
low REAL,
high REAL,
point REAL,
bound TEXT,
figure_kind TEXT,
unit TEXT,
counted TEXT,
counted_class TEXT,
outcome TEXT,
modality TEXT,
act TEXT,
form_of_speech TEXT,
addressee TEXT,
event_type TEXT,
status TEXT,
polarity TEXT,
speaker TEXT,
speaker_kind TEXT,
via TEXT,
place TEXT,
country TEXT,
geonames INTEGER,
latitude REAL,
longitude REAL,
said_from TEXT,
said_to TEXT,
happened_from TEXT,
happened_to TEXT,
confidence REAL NOT NULL,
CONSTRAINT pk_claims PRIMARY KEY ("row"),
CONSTRAINT uq_claims_document_form UNIQUE (document, form),
CONSTRAINT fk_claims_document FOREIGN KEY(document) REFERENCES documents ("row"),
CONSTRAINT fk_claims_reading FOREIGN KEY(reading) REFERENCES readings ("row")
)
STRICT
-- next
CREATE TABLE checks (
"row" INTEGER NOT NULL,
reading INTEGER NOT NULL,
position INTEGER NOT NULL,
kind TEXT NOT NULL,
figures TEXT NOT NULL,
holds INTEGER NOT NULL,
says TEXT NOT NULL,
CONSTRAINT pk_checks PRIMARY KEY ("row"),
CONSTRAINT fk_checks_reading FOREIGN KEY(reading) REFERENCES readings ("row")
)
STRICT
-- next
CREATE TABLE problems (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
name TEXT NOT NULL,
kind TEXT NOT NULL,
says TEXT NOT NULL,
reading INTEGER,
run INTEGER NOT NULL,
seen_at TEXT NOT NULL,
CONSTRAINT pk_problems PRIMARY KEY ("row"),
CONSTRAINT uq_problems_id UNIQUE (id),
CONSTRAINT fk_problems_reading FOREIGN KEY(reading) REFERENCES readings ("row"),
CONSTRAINT fk_problems_run FOREIGN KEY(run) REFERENCES runs ("row")
)
STRICT
-- next
CREATE TABLE sources (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
name TEXT NOT NULL,
kind TEXT,
reading INTEGER NOT NULL,
CONSTRAINT pk_sources PRIMARY KEY ("row"),
CONSTRAINT uq_sources_id UNIQUE (id),
CONSTRAINT fk_sources_reading FOREIGN KEY(reading) REFERENCES readings ("row")
)
STRICT
-- next
CREATE TABLE claim_links (
claim INTEGER NOT NULL,
reading INTEGER NOT NULL,
position INTEGER NOT NULL,
start INTEGER NOT NULL,
CONSTRAINT pk_claim_links PRIMARY KEY (claim, reading),
CONSTRAINT fk_claim_links_claim FOREIGN KEY(claim) REFERENCES claims ("row"),
CONSTRAINT fk_claim_links_reading FOREIGN KEY(reading) REFERENCES readings ("row")
)
WITHOUT ROWID,
STRICT
-- next
CREATE TABLE story_claims (
story INTEGER NOT NULL,
claim INTEGER NOT NULL,
CONSTRAINT pk_story_claims PRIMARY KEY (story, claim),
CONSTRAINT fk_story_claims_story FOREIGN KEY(story) REFERENCES stories ("row"),
CONSTRAINT fk_story_claims_claim FOREIGN KEY(claim) REFERENCES claims ("row")
)
WITHOUT ROWID,
STRICT
-- next
CREATE INDEX ix_articles_page ON articles (page)
-- next
CREATE INDEX ix_checks_reading ON checks (reading)
-- next
CREATE INDEX ix_claim_links_reading ON claim_links (reading)
-- next
CREATE INDEX ix_claim_status_claim ON claim_status (claim)
-- next
CREATE INDEX ix_claim_status_recorded_at ON claim_status (recorded_at)
-- next
CREATE INDEX ix_claims_figures ON claims (kind, outcome, coalesce("high", "low", "point"))
-- next
CREATE INDEX ix_claims_id ON claims (id)
-- next
CREATE INDEX ix_claims_place ON claims (place, kind, outcome) WHERE place IS NOT NULL
-- next
CREATE INDEX ix_claims_speaker ON claims (speaker, kind) WHERE speaker IS NOT NULL
-- next
CREATE INDEX ix_claims_via ON claims (via, kind) WHERE via IS NOT NULL
-- next
CREATE INDEX ix_page_versions_page ON page_versions (page)
-- next
CREATE INDEX ix_page_versions_seen_at ON page_versions (seen_at)
-- next
CREATE INDEX ix_problems_reading ON problems (reading)
-- next
CREATE INDEX ix_problems_seen_at ON problems (seen_at)
-- next
CREATE INDEX ix_readings_article ON readings (article)
-- next
CREATE INDEX ix_readings_latest ON readings (document, version, "row")
-- next
CREATE INDEX ix_readings_read_at ON readings (read_at)
-- next
CREATE INDEX ix_readings_reported ON readings (reported, document)
-- next
CREATE INDEX ix_reviews_at ON reviews (at)
-- next
CREATE INDEX ix_reviews_claim ON reviews (claim)
-- next
CREATE INDEX ix_run_ends_run ON run_ends (run)
-- next
CREATE INDEX ix_sightings_key ON sightings ("key")
-- next
CREATE INDEX ix_sightings_version ON sightings (version)
-- next
CREATE INDEX ix_stories_id ON stories (id)
-- next
CREATE INDEX ix_story_claims_claim ON story_claims (claim)
-- next
CREATE TRIGGER aliases_no_update BEFORE UPDATE ON aliases WHEN NOT (NEW."row" IS OLD."row" AND NEW."by" IS OLD."by" AND NEW."at" IS OLD."at" AND NEW."name" IS '' AND NEW."stands_for" IS '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" JOIN sources s ON s.reading = r."row" WHERE e.kind = 'document' AND s.name IN (OLD.name, OLD.stands_for) AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = s.name OR c.via = s.name))) BEGIN SELECT RAISE(ABORT, 'aliases: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER aliases_no_delete BEFORE DELETE ON aliases BEGIN SELECT RAISE(ABORT, 'aliases: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."url" IS NULL AND NEW."name" IS OLD.id AND EXISTS (SELECT 1 FROM erasures e WHERE e.kind = 'document' AND e.what = OLD.id)) BEGIN SELECT RAISE(ABORT, 'documents: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'erasures: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures BEGIN SELECT RAISE(ABORT, 'erasures: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER pages_no_update BEFORE UPDATE ON pages WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'pages: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER pages_no_delete BEFORE DELETE ON pages BEGIN SELECT RAISE(ABORT, 'pages: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."claim" IS OLD."claim" AND NEW."action" IS OLD."action" AND NEW."by" IS OLD."by" AND NEW."at" IS OLD."at" AND NEW."undoes" IS OLD."undoes" AND NEW."anchor" IS '{}' AND NEW."value" IS NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN claims c ON c.document = d."row" WHERE e.kind = 'document' AND c.id = OLD.claim)) BEGIN SELECT RAISE(ABORT, 'reviews: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews BEGIN SELECT RAISE(ABORT, 'reviews: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'runs: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs BEGIN SELECT RAISE(ABORT, 'runs: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER stories_no_update BEFORE UPDATE ON stories WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'stories: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER stories_no_delete BEFORE DELETE ON stories BEGIN SELECT RAISE(ABORT, 'stories: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER archive_no_update BEFORE UPDATE ON archive WHEN NOT (NEW."page" IS OLD."page" AND NEW."encoding" IS 'erased' AND NEW."data" IS x'' AND EXISTS (SELECT 1 FROM erasures e JOIN pages p ON p.sha256 = e.what WHERE e.kind = 'page' AND p."row" = OLD.page)) BEGIN SELECT RAISE(ABORT, 'archive: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER archive_no_delete BEFORE DELETE ON archive BEGIN SELECT RAISE(ABORT, 'archive: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER articles_no_update BEFORE UPDATE ON articles WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."page" IS OLD."page" AND NEW."published" IS OLD."published" AND NEW."modified" IS OLD."modified" AND NEW."language" IS OLD."language" AND NEW."edition" IS OLD."edition" AND NEW."url" IS NULL AND NEW."outlet" IS NULL AND NEW."headline" IS NULL AND NEW."text" IS '' AND NEW."body" IS '' AND NEW."record" IS '{}' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" WHERE e.kind = 'document' AND r.article = OLD."row")) BEGIN SELECT RAISE(ABORT, 'articles: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER articles_no_delete BEFORE DELETE ON articles BEGIN SELECT RAISE(ABORT, 'articles: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER page_versions_no_update BEFORE UPDATE ON page_versions WHEN NOT (NEW."row" IS OLD."row" AND NEW."document" IS OLD."document" AND NEW."number" IS OLD."number" AND NEW."page" IS OLD."page" AND NEW."run" IS OLD."run" AND NEW."seen_at" IS OLD."seen_at" AND NEW."silent_edit" IS OLD."silent_edit" AND NEW."given" IS '{}' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND d."row" = OLD.document)) BEGIN SELECT RAISE(ABORT, 'page_versions: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER page_versions_no_delete BEFORE DELETE ON page_versions BEGIN SELECT RAISE(ABORT, 'page_versions: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER run_ends_no_update BEFORE UPDATE ON run_ends WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'run_ends: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER run_ends_no_delete BEFORE DELETE ON run_ends BEGIN SELECT RAISE(ABORT, 'run_ends: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER claim_status_no_update BEFORE UPDATE ON claim_status WHEN NOT (NEW."row" IS OLD."row" AND NEW."claim" IS OLD."claim" AND NEW."status" IS OLD."status" AND NEW."by_claim" IS OLD."by_claim" AND NEW."by_version" IS OLD."by_version" AND NEW."effective_at" IS OLD."effective_at" AND NEW."recorded_at" IS OLD."recorded_at" AND NEW."by" IS NULL AND NEW."reason" IS NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN claims c ON c.document = d."row" WHERE e.kind = 'document' AND c.id = OLD.claim)) BEGIN SELECT RAISE(ABORT, 'claim_status: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER claim_status_no_delete BEFORE DELETE ON claim_status BEGIN SELECT RAISE(ABORT, 'claim_status: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'readings: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings BEGIN SELECT RAISE(ABORT, 'readings: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER sightings_no_update BEFORE UPDATE ON sightings WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'sightings: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER sightings_no_delete BEFORE DELETE ON sightings BEGIN SELECT RAISE(ABORT, 'sightings: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER checks_no_update BEFORE UPDATE ON checks WHEN NOT (NEW."row" IS OLD."row" AND NEW."reading" IS OLD."reading" AND NEW."position" IS OLD."position" AND NEW."kind" IS OLD."kind" AND NEW."figures" IS OLD."figures" AND NEW."holds" IS OLD."holds" AND NEW."says" IS '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" WHERE e.kind = 'document' AND r."row" = OLD.reading)) BEGIN SELECT RAISE(ABORT, 'checks: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER checks_no_delete BEFORE DELETE ON checks BEGIN SELECT RAISE(ABORT, 'checks: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER claims_no_update BEFORE UPDATE ON claims WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."form" IS OLD."form" AND NEW."kind" IS OLD."kind" AND NEW."document" IS OLD."document" AND NEW."reading" IS OLD."reading" AND NEW."low" IS OLD."low" AND NEW."high" IS OLD."high" AND NEW."point" IS OLD."point" AND NEW."bound" IS OLD."bound" AND NEW."figure_kind" IS OLD."figure_kind" AND NEW."unit" IS OLD."unit" AND NEW."counted_class" IS OLD."counted_class" AND NEW."outcome" IS OLD."outcome" AND NEW."modality" IS OLD."modality" AND NEW."act" IS OLD."act" AND NEW."form_of_speech" IS OLD."form_of_speech" AND NEW."event_type" IS OLD."event_type" AND NEW."status" IS OLD."status" AND NEW."polarity" IS OLD."polarity" AND NEW."speaker_kind" IS OLD."speaker_kind" AND NEW."country" IS OLD."country" AND NEW."geonames" IS OLD."geonames" AND NEW."latitude" IS OLD."latitude" AND NEW."longitude" IS OLD."longitude" AND NEW."said_from" IS OLD."said_from" AND NEW."said_to" IS OLD."said_to" AND NEW."happened_from" IS OLD."happened_from" AND NEW."happened_to" IS OLD."happened_to" AND NEW."confidence" IS OLD."confidence" AND NEW."sentence" IS '' AND NEW."words" IS '' AND NEW."record" IS '{}' AND NEW."counted" IS NULL AND NEW."addressee" IS NULL AND NEW."speaker" IS NULL AND NEW."via" IS NULL AND NEW."place" IS NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND d."row" = OLD.document)) BEGIN SELECT RAISE(ABORT, 'claims: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims BEGIN SELECT RAISE(ABORT, 'claims: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER problems_no_update BEFORE UPDATE ON problems WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."kind" IS OLD."kind" AND NEW."reading" IS OLD."reading" AND NEW."run" IS OLD."run" AND NEW."seen_at" IS OLD."seen_at" AND NEW."name" IS '' AND NEW."says" IS '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND (d.name = OLD.name OR d.url = OLD.name OR OLD.reading IN (SELECT r."row" FROM readings r WHERE r.document = d."row")))) BEGIN SELECT RAISE(ABORT, 'problems: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER problems_no_delete BEFORE DELETE ON problems BEGIN SELECT RAISE(ABORT, 'problems: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER sources_no_update BEFORE UPDATE ON sources WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."kind" IS OLD."kind" AND NEW."reading" IS OLD."reading" AND NEW."name" IS '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" WHERE e.kind = 'document' AND r."row" = OLD.reading AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = OLD.name OR c.via = OLD.name))) BEGIN SELECT RAISE(ABORT, 'sources: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER sources_no_delete BEFORE DELETE ON sources BEGIN SELECT RAISE(ABORT, 'sources: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER claim_links_no_update BEFORE UPDATE ON claim_links WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'claim_links: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER claim_links_no_delete BEFORE DELETE ON claim_links BEGIN SELECT RAISE(ABORT, 'claim_links: rows are never deleted; erase the document instead'); END
-- next
CREATE TRIGGER story_claims_no_update BEFORE UPDATE ON story_claims WHEN NOT (0) BEGIN SELECT RAISE(ABORT, 'story_claims: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER story_claims_no_delete BEFORE DELETE ON story_claims BEGIN SELECT RAISE(ABORT, 'story_claims: rows are never deleted; erase the document instead'); END
-- next
CREATE VIRTUAL TABLE articles_fts USING fts5(headline, body, content='articles', content_rowid='row', tokenize='unicode61 remove_diacritics 2')
-- next
CREATE TRIGGER articles_fts_blank AFTER UPDATE ON articles BEGIN INSERT INTO articles_fts(articles_fts, rowid, headline, body) VALUES ('delete', OLD."row", OLD.headline, OLD.body); INSERT INTO articles_fts(rowid, headline, body) VALUES (NEW."row", NEW.headline, NEW.body); END
-- next
CREATE VIRTUAL TABLE claims_fts USING fts5(sentence, words, content='claims', content_rowid='row', tokenize='unicode61 remove_diacritics 2')
-- next
CREATE TRIGGER claims_fts_blank AFTER UPDATE ON claims BEGIN INSERT INTO claims_fts(claims_fts, rowid, sentence, words) VALUES ('delete', OLD."row", OLD.sentence, OLD.words); INSERT INTO claims_fts(rowid, sentence, words) VALUES (NEW."row", NEW.sentence, NEW.words); END
-- next
CREATE TABLE places (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID