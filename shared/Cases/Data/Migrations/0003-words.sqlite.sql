-- Cases by their words. A row bears the position of the case's last act, so the last moved are found first and no look is longer
-- than what it shows. What narrows a search stands beside the words: procedure, unit and state.
CREATE VIRTUAL TABLE "CaseWords" USING fts5("Marks", "Words", content='', contentless_delete=1, detail=column, prefix='1 2', tokenize='unicode61 remove_diacritics 0');
CREATE TRIGGER "Cases_worded" AFTER INSERT ON "Cases" BEGIN
    INSERT INTO "CaseWords" (rowid, "Marks", "Words")
    SELECT "Position", 'p' || replace(NEW."Procedure", '-', '') || ' u' || replace(NEW."UnitId", '-', '') || ' s' || replace(NEW."State", '-', ''), NEW."Search"
    FROM "Acts" WHERE "CaseId" = NEW."Id" AND "Seq" = NEW."Seq";
END;
CREATE TRIGGER "Cases_reworded" AFTER UPDATE OF "Seq", "Search", "UnitId", "State" ON "Cases" BEGIN
    DELETE FROM "CaseWords" WHERE rowid = (SELECT "Position" FROM "Acts" WHERE "CaseId" = OLD."Id" AND "Seq" = OLD."Seq");
    INSERT INTO "CaseWords" (rowid, "Marks", "Words")
    SELECT "Position", 'p' || replace(NEW."Procedure", '-', '') || ' u' || replace(NEW."UnitId", '-', '') || ' s' || replace(NEW."State", '-', ''), NEW."Search"
    FROM "Acts" WHERE "CaseId" = NEW."Id" AND "Seq" = NEW."Seq";
END;
CREATE TRIGGER "Cases_unworded" AFTER DELETE ON "Cases" BEGIN
    DELETE FROM "CaseWords" WHERE rowid = (SELECT "Position" FROM "Acts" WHERE "CaseId" = OLD."Id" AND "Seq" = OLD."Seq");
END;
INSERT INTO "CaseWords" (rowid, "Marks", "Words")
SELECT a."Position", 'p' || replace(c."Procedure", '-', '') || ' u' || replace(c."UnitId", '-', '') || ' s' || replace(c."State", '-', ''), c."Search"
FROM "Cases" c JOIN "Acts" a ON a."CaseId" = c."Id" AND a."Seq" = c."Seq";

-- A page of a list, however far from the first, and the counts beside it are found in these alone.
DROP INDEX "IX_Cases_MovedAt";
CREATE INDEX "IX_Cases_MovedAt" ON "Cases" ("Procedure", "MovedAt" DESC, "Id" DESC, "State", "UnitId");
CREATE INDEX "IX_Cases_State" ON "Cases" ("Procedure", "State", "MovedAt" DESC, "Id" DESC, "UnitId");
CREATE INDEX "IX_Cases_OpenedAt" ON "Cases" ("Procedure", "OpenedAt");
