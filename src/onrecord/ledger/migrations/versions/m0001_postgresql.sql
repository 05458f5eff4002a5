CREATE TABLE runs (
row BIGSERIAL NOT NULL,
kind TEXT COLLATE "C" NOT NULL,
began_at TEXT COLLATE "C" NOT NULL,
reader_version TEXT COLLATE "C" NOT NULL,
model TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_runs PRIMARY KEY (row)
)
-- next
CREATE TABLE pages (
row BIGSERIAL NOT NULL,
sha256 TEXT COLLATE "C" NOT NULL,
media_type TEXT COLLATE "C" NOT NULL,
size INTEGER NOT NULL,
CONSTRAINT pk_pages PRIMARY KEY (row),
CONSTRAINT uq_pages_sha256 UNIQUE (sha256)
)
-- next
CREATE TABLE documents (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
url TEXT COLLATE "C",
name TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_documents PRIMARY KEY (row),
CONSTRAINT uq_documents_id UNIQUE (id),
CONSTRAINT uq_documents_name UNIQUE (name)
)
-- next
CREATE TABLE stories (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
made_at TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_stories PRIMARY KEY (row)
)
-- next
CREATE TABLE aliases (
row BIGSERIAL NOT NULL,
name TEXT COLLATE "C" NOT NULL,
stands_for TEXT COLLATE "C" NOT NULL,
by TEXT COLLATE "C" NOT NULL,
at TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_aliases PRIMARY KEY (row)
)
-- next
CREATE TABLE reviews (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
claim TEXT COLLATE "C" NOT NULL,
action TEXT COLLATE "C" NOT NULL,
by TEXT COLLATE "C" NOT NULL,
at TEXT COLLATE "C" NOT NULL,
anchor TEXT COLLATE "C" NOT NULL,
value TEXT COLLATE "C",
undoes TEXT COLLATE "C",
CONSTRAINT pk_reviews PRIMARY KEY (row),
CONSTRAINT uq_reviews_id UNIQUE (id)
)
-- next
CREATE TABLE erasures (
row BIGSERIAL NOT NULL,
kind TEXT COLLATE "C" NOT NULL,
what TEXT COLLATE "C" NOT NULL,
by TEXT COLLATE "C" NOT NULL,
at TEXT COLLATE "C" NOT NULL,
reason TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_erasures PRIMARY KEY (row)
)
-- next
CREATE TABLE run_ends (
row BIGSERIAL NOT NULL,
run BIGINT NOT NULL,
ended_at TEXT COLLATE "C" NOT NULL,
"new" INTEGER NOT NULL,
same INTEGER NOT NULL,
revised INTEGER NOT NULL,
failed INTEGER NOT NULL,
CONSTRAINT pk_run_ends PRIMARY KEY (row),
CONSTRAINT fk_run_ends_run FOREIGN KEY(run) REFERENCES runs (row)
)
-- next
CREATE TABLE archive (
page BIGINT NOT NULL,
encoding TEXT COLLATE "C" NOT NULL,
data BYTEA NOT NULL,
CONSTRAINT pk_archive PRIMARY KEY (page),
CONSTRAINT fk_archive_page FOREIGN KEY(page) REFERENCES pages (row)
)
-- next
CREATE TABLE page_versions (
row BIGSERIAL NOT NULL,
document BIGINT NOT NULL,
number INTEGER NOT NULL,
page BIGINT NOT NULL,
given TEXT COLLATE "C" NOT NULL,
run BIGINT NOT NULL,
seen_at TEXT COLLATE "C" NOT NULL,
silent_edit INTEGER NOT NULL,
CONSTRAINT pk_page_versions PRIMARY KEY (row),
CONSTRAINT uq_page_versions_document_number UNIQUE (document, number),
CONSTRAINT fk_page_versions_document FOREIGN KEY(document) REFERENCES documents (row),
CONSTRAINT fk_page_versions_page FOREIGN KEY(page) REFERENCES pages (row),
CONSTRAINT fk_page_versions_run FOREIGN KEY(run) REFERENCES runs (row)
)
-- next
CREATE TABLE articles (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
page BIGINT NOT NULL,
url TEXT COLLATE "C",
outlet TEXT COLLATE "C",
headline TEXT COLLATE "C",
published TEXT COLLATE "C",
modified TEXT COLLATE "C",
language TEXT COLLATE "C",
edition TEXT COLLATE "C" NOT NULL,
text TEXT COLLATE "C" NOT NULL,
body TEXT COLLATE "C" NOT NULL,
record TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_articles PRIMARY KEY (row),
CONSTRAINT uq_articles_id UNIQUE (id),
CONSTRAINT fk_articles_page FOREIGN KEY(page) REFERENCES pages (row)
)
-- next
CREATE TABLE sightings (
row BIGSERIAL NOT NULL,
key TEXT COLLATE "C" NOT NULL,
version BIGINT NOT NULL,
run BIGINT NOT NULL,
seen_at TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_sightings PRIMARY KEY (row),
CONSTRAINT fk_sightings_version FOREIGN KEY(version) REFERENCES page_versions (row),
CONSTRAINT fk_sightings_run FOREIGN KEY(run) REFERENCES runs (row)
)
-- next
CREATE TABLE readings (
row BIGSERIAL NOT NULL,
version BIGINT NOT NULL,
document BIGINT NOT NULL,
article BIGINT NOT NULL,
reader_version TEXT COLLATE "C" NOT NULL,
model TEXT COLLATE "C" NOT NULL,
run BIGINT NOT NULL,
read_at TEXT COLLATE "C" NOT NULL,
reported TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_readings PRIMARY KEY (row),
CONSTRAINT uq_readings_version_reader_version_model UNIQUE (version, reader_version, model),
CONSTRAINT fk_readings_version FOREIGN KEY(version) REFERENCES page_versions (row),
CONSTRAINT fk_readings_document FOREIGN KEY(document) REFERENCES documents (row),
CONSTRAINT fk_readings_article FOREIGN KEY(article) REFERENCES articles (row),
CONSTRAINT fk_readings_run FOREIGN KEY(run) REFERENCES runs (row)
)
-- next
CREATE TABLE claim_status (
row BIGSERIAL NOT NULL,
claim TEXT COLLATE "C" NOT NULL,
status TEXT COLLATE "C" NOT NULL,
by_claim TEXT COLLATE "C",
by_version BIGINT,
by TEXT COLLATE "C",
effective_at TEXT COLLATE "C",
recorded_at TEXT COLLATE "C" NOT NULL,
reason TEXT COLLATE "C",
CONSTRAINT pk_claim_status PRIMARY KEY (row),
CONSTRAINT fk_claim_status_by_version FOREIGN KEY(by_version) REFERENCES page_versions (row)
)
-- next
CREATE TABLE claims (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
form BIGINT NOT NULL,
kind TEXT COLLATE "C" NOT NULL,
document BIGINT NOT NULL,
reading BIGINT NOT NULL,
sentence TEXT COLLATE "C" NOT NULL,
words TEXT COLLATE "C" NOT NULL,
record TEXT COLLATE "C" NOT NULL,
low DOUBLE PRECISION,
high DOUBLE PRECISION,
point DOUBLE PRECISION,
bound TEXT COLLATE "C",
figure_kind TEXT COLLATE "C",
unit TEXT COLLATE "C",
counted TEXT COLLATE "C",
counted_class TEXT COLLATE "C",
outcome TEXT COLLATE "C",
modality TEXT COLLATE "C",
act TEXT COLLATE "C",
form_of_speech TEXT COLLATE "C",
addressee TEXT COLLATE "C",
event_type TEXT COLLATE "C",
status TEXT COLLATE "C",
polarity TEXT COLLATE "C",
speaker TEXT COLLATE "C",
speaker_kind TEXT COLLATE "C",
via TEXT COLLATE "C",
place TEXT COLLATE "C",
country TEXT COLLATE "C",
geonames INTEGER,
latitude DOUBLE PRECISION,
longitude DOUBLE PRECISION,
said_from TEXT COLLATE "C",
said_to TEXT COLLATE "C",
happened_from TEXT COLLATE "C",
happened_to TEXT COLLATE "C",
confidence DOUBLE PRECISION NOT NULL,
CONSTRAINT pk_claims PRIMARY KEY (row),
CONSTRAINT uq_claims_document_form UNIQUE (document, form),
CONSTRAINT fk_claims_document FOREIGN KEY(document) REFERENCES documents (row),
CONSTRAINT fk_claims_reading FOREIGN KEY(reading) REFERENCES readings (row)
)
-- next
CREATE TABLE checks (
row BIGSERIAL NOT NULL,
reading BIGINT NOT NULL,
position INTEGER NOT NULL,
kind TEXT COLLATE "C" NOT NULL,
figures TEXT COLLATE "C" NOT NULL,
holds INTEGER NOT NULL,
says TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_checks PRIMARY KEY (row),
CONSTRAINT fk_checks_reading FOREIGN KEY(reading) REFERENCES readings (row)
)
-- next
CREATE TABLE problems (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
name TEXT COLLATE "C" NOT NULL,
kind TEXT COLLATE "C" NOT NULL,
says TEXT COLLATE "C" NOT NULL,
reading BIGINT,
run BIGINT NOT NULL,
seen_at TEXT COLLATE "C" NOT NULL,
CONSTRAINT pk_problems PRIMARY KEY (row),
CONSTRAINT uq_problems_id UNIQUE (id),
CONSTRAINT fk_problems_reading FOREIGN KEY(reading) REFERENCES readings (row),
CONSTRAINT fk_problems_run FOREIGN KEY(run) REFERENCES runs (row)
)
-- next
CREATE TABLE sources (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
name TEXT COLLATE "C" NOT NULL,
kind TEXT COLLATE "C",
reading BIGINT NOT NULL,
CONSTRAINT pk_sources PRIMARY KEY (row),
CONSTRAINT uq_sources_id UNIQUE (id),
CONSTRAINT fk_sources_reading FOREIGN KEY(reading) REFERENCES readings (row)
)
-- next
CREATE TABLE claim_links (
claim BIGINT NOT NULL,
reading BIGINT NOT NULL,
position INTEGER NOT NULL,
start INTEGER NOT NULL,
CONSTRAINT pk_claim_links PRIMARY KEY (claim, reading),
CONSTRAINT fk_claim_links_claim FOREIGN KEY(claim) REFERENCES claims (row),
CONSTRAINT fk_claim_links_reading FOREIGN KEY(reading) REFERENCES readings (row)
)
-- next
CREATE TABLE story_claims (
story BIGINT NOT NULL,
claim BIGINT NOT NULL,
CONSTRAINT pk_story_claims PRIMARY KEY (story, claim),
CONSTRAINT fk_story_claims_story FOREIGN KEY(story) REFERENCES stories (row),
CONSTRAINT fk_story_claims_claim FOREIGN KEY(claim) REFERENCES claims (row)
)
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
CREATE INDEX ix_claims_place_hash ON claims USING hash (place) WHERE place IS NOT NULL
-- next
CREATE INDEX ix_claims_speaker_hash ON claims USING hash (speaker) WHERE speaker IS NOT NULL
-- next
CREATE INDEX ix_claims_via_hash ON claims USING hash (via) WHERE via IS NOT NULL
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
CREATE INDEX ix_readings_latest ON readings (document, version, row)
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
CREATE INDEX ix_sightings_key ON sightings (key)
-- next
CREATE INDEX ix_sightings_version ON sightings (version)
-- next
CREATE INDEX ix_stories_id ON stories (id)
-- next
CREATE INDEX ix_story_claims_claim ON story_claims (claim)
-- next
CREATE FUNCTION onrecord_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%%: rows are never changed or deleted; write a new row', TG_TABLE_NAME; END $$
-- next
CREATE TRIGGER aliases_no_delete BEFORE DELETE ON aliases FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER aliases_no_truncate BEFORE TRUNCATE ON aliases EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION aliases_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."by" IS NOT DISTINCT FROM OLD."by" AND NEW."at" IS NOT DISTINCT FROM OLD."at" AND NEW."name" IS NOT DISTINCT FROM '' AND NEW."stands_for" IS NOT DISTINCT FROM '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" JOIN sources s ON s.reading = r."row" WHERE e.kind = 'document' AND s.name IN (OLD.name, OLD.stands_for) AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = s.name OR c.via = s.name)) THEN RETURN NEW; END IF; RAISE EXCEPTION 'aliases: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER aliases_no_update BEFORE UPDATE ON aliases FOR EACH ROW EXECUTE FUNCTION aliases_blank()
-- next
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER documents_no_truncate BEFORE TRUNCATE ON documents EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION documents_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."url" IS NOT DISTINCT FROM NULL AND NEW."name" IS NOT DISTINCT FROM OLD.id AND EXISTS (SELECT 1 FROM erasures e WHERE e.kind = 'document' AND e.what = OLD.id) THEN RETURN NEW; END IF; RAISE EXCEPTION 'documents: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents FOR EACH ROW EXECUTE FUNCTION documents_blank()
-- next
CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER erasures_no_truncate BEFORE TRUNCATE ON erasures EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER erasures_no_update BEFORE UPDATE ON erasures FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER pages_no_delete BEFORE DELETE ON pages FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER pages_no_truncate BEFORE TRUNCATE ON pages EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER pages_no_update BEFORE UPDATE ON pages FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER reviews_no_delete BEFORE DELETE ON reviews FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER reviews_no_truncate BEFORE TRUNCATE ON reviews EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION reviews_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."claim" IS NOT DISTINCT FROM OLD."claim" AND NEW."action" IS NOT DISTINCT FROM OLD."action" AND NEW."by" IS NOT DISTINCT FROM OLD."by" AND NEW."at" IS NOT DISTINCT FROM OLD."at" AND NEW."undoes" IS NOT DISTINCT FROM OLD."undoes" AND NEW."anchor" IS NOT DISTINCT FROM '{}' AND NEW."value" IS NOT DISTINCT FROM NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN claims c ON c.document = d."row" WHERE e.kind = 'document' AND c.id = OLD.claim) THEN RETURN NEW; END IF; RAISE EXCEPTION 'reviews: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER reviews_no_update BEFORE UPDATE ON reviews FOR EACH ROW EXECUTE FUNCTION reviews_blank()
-- next
CREATE TRIGGER runs_no_delete BEFORE DELETE ON runs FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER runs_no_truncate BEFORE TRUNCATE ON runs EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER runs_no_update BEFORE UPDATE ON runs FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER stories_no_delete BEFORE DELETE ON stories FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER stories_no_truncate BEFORE TRUNCATE ON stories EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER stories_no_update BEFORE UPDATE ON stories FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER archive_no_delete BEFORE DELETE ON archive FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER archive_no_truncate BEFORE TRUNCATE ON archive EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION archive_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."page" IS NOT DISTINCT FROM OLD."page" AND NEW."encoding" IS NOT DISTINCT FROM 'erased' AND NEW."data" IS NOT DISTINCT FROM ''::bytea AND EXISTS (SELECT 1 FROM erasures e JOIN pages p ON p.sha256 = e.what WHERE e.kind = 'page' AND p."row" = OLD.page) THEN RETURN NEW; END IF; RAISE EXCEPTION 'archive: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER archive_no_update BEFORE UPDATE ON archive FOR EACH ROW EXECUTE FUNCTION archive_blank()
-- next
CREATE TRIGGER articles_no_delete BEFORE DELETE ON articles FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER articles_no_truncate BEFORE TRUNCATE ON articles EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION articles_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."page" IS NOT DISTINCT FROM OLD."page" AND NEW."published" IS NOT DISTINCT FROM OLD."published" AND NEW."modified" IS NOT DISTINCT FROM OLD."modified" AND NEW."language" IS NOT DISTINCT FROM OLD."language" AND NEW."edition" IS NOT DISTINCT FROM OLD."edition" AND NEW."url" IS NOT DISTINCT FROM NULL AND NEW."outlet" IS NOT DISTINCT FROM NULL AND NEW."headline" IS NOT DISTINCT FROM NULL AND NEW."text" IS NOT DISTINCT FROM '' AND NEW."body" IS NOT DISTINCT FROM '' AND NEW."record" IS NOT DISTINCT FROM '{}' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" WHERE e.kind = 'document' AND r.article = OLD."row") THEN RETURN NEW; END IF; RAISE EXCEPTION 'articles: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER articles_no_update BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION articles_blank()
-- next
CREATE TRIGGER page_versions_no_delete BEFORE DELETE ON page_versions FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER page_versions_no_truncate BEFORE TRUNCATE ON page_versions EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION page_versions_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."document" IS NOT DISTINCT FROM OLD."document" AND NEW."number" IS NOT DISTINCT FROM OLD."number" AND NEW."page" IS NOT DISTINCT FROM OLD."page" AND NEW."run" IS NOT DISTINCT FROM OLD."run" AND NEW."seen_at" IS NOT DISTINCT FROM OLD."seen_at" AND NEW."silent_edit" IS NOT DISTINCT FROM OLD."silent_edit" AND NEW."given" IS NOT DISTINCT FROM '{}' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND d."row" = OLD.document) THEN RETURN NEW; END IF; RAISE EXCEPTION 'page_versions: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER page_versions_no_update BEFORE UPDATE ON page_versions FOR EACH ROW EXECUTE FUNCTION page_versions_blank()
-- next
CREATE TRIGGER run_ends_no_delete BEFORE DELETE ON run_ends FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER run_ends_no_truncate BEFORE TRUNCATE ON run_ends EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER run_ends_no_update BEFORE UPDATE ON run_ends FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claim_status_no_delete BEFORE DELETE ON claim_status FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claim_status_no_truncate BEFORE TRUNCATE ON claim_status EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION claim_status_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."claim" IS NOT DISTINCT FROM OLD."claim" AND NEW."status" IS NOT DISTINCT FROM OLD."status" AND NEW."by_claim" IS NOT DISTINCT FROM OLD."by_claim" AND NEW."by_version" IS NOT DISTINCT FROM OLD."by_version" AND NEW."effective_at" IS NOT DISTINCT FROM OLD."effective_at" AND NEW."recorded_at" IS NOT DISTINCT FROM OLD."recorded_at" AND NEW."by" IS NOT DISTINCT FROM NULL AND NEW."reason" IS NOT DISTINCT FROM NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN claims c ON c.document = d."row" WHERE e.kind = 'document' AND c.id = OLD.claim) THEN RETURN NEW; END IF; RAISE EXCEPTION 'claim_status: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER claim_status_no_update BEFORE UPDATE ON claim_status FOR EACH ROW EXECUTE FUNCTION claim_status_blank()
-- next
CREATE TRIGGER readings_no_delete BEFORE DELETE ON readings FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER readings_no_truncate BEFORE TRUNCATE ON readings EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER readings_no_update BEFORE UPDATE ON readings FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER sightings_no_delete BEFORE DELETE ON sightings FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER sightings_no_truncate BEFORE TRUNCATE ON sightings EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER sightings_no_update BEFORE UPDATE ON sightings FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER checks_no_delete BEFORE DELETE ON checks FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER checks_no_truncate BEFORE TRUNCATE ON checks EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION checks_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."reading" IS NOT DISTINCT FROM OLD."reading" AND NEW."position" IS NOT DISTINCT FROM OLD."position" AND NEW."kind" IS NOT DISTINCT FROM OLD."kind" AND NEW."figures" IS NOT DISTINCT FROM OLD."figures" AND NEW."holds" IS NOT DISTINCT FROM OLD."holds" AND NEW."says" IS NOT DISTINCT FROM '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" WHERE e.kind = 'document' AND r."row" = OLD.reading) THEN RETURN NEW; END IF; RAISE EXCEPTION 'checks: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER checks_no_update BEFORE UPDATE ON checks FOR EACH ROW EXECUTE FUNCTION checks_blank()
-- next
CREATE TRIGGER claims_no_delete BEFORE DELETE ON claims FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claims_no_truncate BEFORE TRUNCATE ON claims EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION claims_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."form" IS NOT DISTINCT FROM OLD."form" AND NEW."kind" IS NOT DISTINCT FROM OLD."kind" AND NEW."document" IS NOT DISTINCT FROM OLD."document" AND NEW."reading" IS NOT DISTINCT FROM OLD."reading" AND NEW."low" IS NOT DISTINCT FROM OLD."low" AND NEW."high" IS NOT DISTINCT FROM OLD."high" AND NEW."point" IS NOT DISTINCT FROM OLD."point" AND NEW."bound" IS NOT DISTINCT FROM OLD."bound" AND NEW."figure_kind" IS NOT DISTINCT FROM OLD."figure_kind" AND NEW."unit" IS NOT DISTINCT FROM OLD."unit" AND NEW."counted_class" IS NOT DISTINCT FROM OLD."counted_class" AND NEW."outcome" IS NOT DISTINCT FROM OLD."outcome" AND NEW."modality" IS NOT DISTINCT FROM OLD."modality" AND NEW."act" IS NOT DISTINCT FROM OLD."act" AND NEW."form_of_speech" IS NOT DISTINCT FROM OLD."form_of_speech" AND NEW."event_type" IS NOT DISTINCT FROM OLD."event_type" AND NEW."status" IS NOT DISTINCT FROM OLD."status" AND NEW."polarity" IS NOT DISTINCT FROM OLD."polarity" AND NEW."speaker_kind" IS NOT DISTINCT FROM OLD."speaker_kind" AND NEW."country" IS NOT DISTINCT FROM OLD."country" AND NEW."geonames" IS NOT DISTINCT FROM OLD."geonames" AND NEW."latitude" IS NOT DISTINCT FROM OLD."latitude" AND NEW."longitude" IS NOT DISTINCT FROM OLD."longitude" AND NEW."said_from" IS NOT DISTINCT FROM OLD."said_from" AND NEW."said_to" IS NOT DISTINCT FROM OLD."said_to" AND NEW."happened_from" IS NOT DISTINCT FROM OLD."happened_from" AND NEW."happened_to" IS NOT DISTINCT FROM OLD."happened_to" AND NEW."confidence" IS NOT DISTINCT FROM OLD."confidence" AND NEW."sentence" IS NOT DISTINCT FROM '' AND NEW."words" IS NOT DISTINCT FROM '' AND NEW."record" IS NOT DISTINCT FROM '{}' AND NEW."counted" IS NOT DISTINCT FROM NULL AND NEW."addressee" IS NOT DISTINCT FROM NULL AND NEW."speaker" IS NOT DISTINCT FROM NULL AND NEW."via" IS NOT DISTINCT FROM NULL AND NEW."place" IS NOT DISTINCT FROM NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND d."row" = OLD.document) THEN RETURN NEW; END IF; RAISE EXCEPTION 'claims: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER claims_no_update BEFORE UPDATE ON claims FOR EACH ROW EXECUTE FUNCTION claims_blank()
-- next
CREATE TRIGGER problems_no_delete BEFORE DELETE ON problems FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER problems_no_truncate BEFORE TRUNCATE ON problems EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION problems_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."kind" IS NOT DISTINCT FROM OLD."kind" AND NEW."reading" IS NOT DISTINCT FROM OLD."reading" AND NEW."run" IS NOT DISTINCT FROM OLD."run" AND NEW."seen_at" IS NOT DISTINCT FROM OLD."seen_at" AND NEW."name" IS NOT DISTINCT FROM '' AND NEW."says" IS NOT DISTINCT FROM '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what WHERE e.kind = 'document' AND (d.name = OLD.name OR d.url = OLD.name OR OLD.reading IN (SELECT r."row" FROM readings r WHERE r.document = d."row"))) THEN RETURN NEW; END IF; RAISE EXCEPTION 'problems: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER problems_no_update BEFORE UPDATE ON problems FOR EACH ROW EXECUTE FUNCTION problems_blank()
-- next
CREATE TRIGGER sources_no_delete BEFORE DELETE ON sources FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER sources_no_truncate BEFORE TRUNCATE ON sources EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION sources_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."kind" IS NOT DISTINCT FROM OLD."kind" AND NEW."reading" IS NOT DISTINCT FROM OLD."reading" AND NEW."name" IS NOT DISTINCT FROM '' AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" WHERE e.kind = 'document' AND r."row" = OLD.reading AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = OLD.name OR c.via = OLD.name)) THEN RETURN NEW; END IF; RAISE EXCEPTION 'sources: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER sources_no_update BEFORE UPDATE ON sources FOR EACH ROW EXECUTE FUNCTION sources_blank()
-- next
CREATE TRIGGER claim_links_no_delete BEFORE DELETE ON claim_links FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claim_links_no_truncate BEFORE TRUNCATE ON claim_links EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER claim_links_no_update BEFORE UPDATE ON claim_links FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_claims_no_delete BEFORE DELETE ON story_claims FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_claims_no_truncate BEFORE TRUNCATE ON story_claims EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER story_claims_no_update BEFORE UPDATE ON story_claims FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
ALTER TABLE articles ADD COLUMN fts tsvector GENERATED ALWAYS AS (to_tsvector('simple', regexp_replace(regexp_replace(lower(normalize(left(coalesce(headline, '') || ' onrecordpartbreak ' || coalesce(body, ''), 200000), NFD) COLLATE "und-x-icu"), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))) STORED
-- next
CREATE INDEX ix_articles_fts ON articles USING gin (fts)
-- next
ALTER TABLE claims ADD COLUMN fts tsvector GENERATED ALWAYS AS (to_tsvector('simple', regexp_replace(regexp_replace(lower(normalize(left(coalesce(sentence, '') || ' onrecordpartbreak ' || coalesce(words, ''), 200000), NFD) COLLATE "und-x-icu"), '[\u0300-\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))) STORED
-- next
CREATE INDEX ix_claims_fts ON claims USING gin (fts)
-- next
CREATE TABLE places (name TEXT COLLATE "C" NOT NULL PRIMARY KEY)