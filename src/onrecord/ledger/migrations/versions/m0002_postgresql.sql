CREATE TABLE source_verdicts (
row BIGSERIAL NOT NULL,
id TEXT COLLATE "C" NOT NULL,
name TEXT COLLATE "C" NOT NULL,
other TEXT COLLATE "C" NOT NULL,
verdict TEXT COLLATE "C" NOT NULL,
by TEXT COLLATE "C" NOT NULL,
at TEXT COLLATE "C" NOT NULL,
evidence TEXT COLLATE "C",
CONSTRAINT pk_source_verdicts PRIMARY KEY (row),
CONSTRAINT uq_source_verdicts_id UNIQUE (id)
)
-- next
CREATE TRIGGER source_verdicts_no_delete BEFORE DELETE ON source_verdicts FOR EACH ROW EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE TRIGGER source_verdicts_no_truncate BEFORE TRUNCATE ON source_verdicts EXECUTE FUNCTION onrecord_refuse()
-- next
CREATE FUNCTION source_verdicts_blank() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW."row" IS NOT DISTINCT FROM OLD."row" AND NEW."id" IS NOT DISTINCT FROM OLD."id" AND NEW."verdict" IS NOT DISTINCT FROM OLD."verdict" AND NEW."by" IS NOT DISTINCT FROM OLD."by" AND NEW."at" IS NOT DISTINCT FROM OLD."at" AND NEW."name" IS NOT DISTINCT FROM '' AND NEW."other" IS NOT DISTINCT FROM '' AND NEW."evidence" IS NOT DISTINCT FROM NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" JOIN sources s ON s.reading = r."row" WHERE e.kind = 'document' AND s.name IN (OLD.name, OLD.other) AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = s.name OR c.via = s.name)) THEN RETURN NEW; END IF; RAISE EXCEPTION 'source_verdicts: rows are never changed; write a new row'; END $$
-- next
CREATE TRIGGER source_verdicts_no_update BEFORE UPDATE ON source_verdicts FOR EACH ROW EXECUTE FUNCTION source_verdicts_blank()