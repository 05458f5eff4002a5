CREATE TABLE source_verdicts (
"row" INTEGER NOT NULL,
id TEXT NOT NULL,
name TEXT NOT NULL,
other TEXT NOT NULL,
verdict TEXT NOT NULL,
"by" TEXT NOT NULL,
at TEXT NOT NULL,
evidence TEXT,
CONSTRAINT pk_source_verdicts PRIMARY KEY ("row"),
CONSTRAINT uq_source_verdicts_id UNIQUE (id)
)
STRICT
-- next
CREATE TRIGGER source_verdicts_no_update BEFORE UPDATE ON source_verdicts WHEN NOT (NEW."row" IS OLD."row" AND NEW."id" IS OLD."id" AND NEW."verdict" IS OLD."verdict" AND NEW."by" IS OLD."by" AND NEW."at" IS OLD."at" AND NEW."name" IS '' AND NEW."other" IS '' AND NEW."evidence" IS NULL AND EXISTS (SELECT 1 FROM erasures e JOIN documents d ON d.id = e.what JOIN readings r ON r.document = d."row" JOIN sources s ON s.reading = r."row" WHERE e.kind = 'document' AND s.name IN (OLD.name, OLD.other) AND NOT EXISTS (SELECT 1 FROM claims c WHERE c.speaker = s.name OR c.via = s.name))) BEGIN SELECT RAISE(ABORT, 'source_verdicts: rows are never changed; write a new row'); END
-- next
CREATE TRIGGER source_verdicts_no_delete BEFORE DELETE ON source_verdicts BEGIN SELECT RAISE(ABORT, 'source_verdicts: rows are never deleted; erase the document instead'); END