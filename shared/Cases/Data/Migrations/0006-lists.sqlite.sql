-- Lists go by the alphabet and are narrowed to a kind: a title's place and the kind stand beside the case, and every index that a
-- list is read along holds all that it may be narrowed by.
ALTER TABLE "Cases" ADD COLUMN "TitleKey" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Cases" ADD COLUMN "Kind" TEXT NOT NULL DEFAULT '';
DROP INDEX "IX_Cases_MovedAt";
DROP INDEX "IX_Cases_State";
DROP INDEX "IX_Cases_OpenedAt";
DROP INDEX "IX_Cases_Title";
CREATE INDEX "IX_Cases_MovedAt" ON "Cases" ("Procedure", "MovedAt" DESC, "Id" DESC, "State", "UnitId", "OpenedBy", "Kind");
CREATE INDEX "IX_Cases_State" ON "Cases" ("Procedure", "State", "MovedAt" DESC, "Id" DESC, "UnitId", "OpenedBy", "Kind");
CREATE INDEX "IX_Cases_OpenedAt" ON "Cases" ("Procedure", "OpenedAt" DESC, "Id" DESC, "State", "UnitId", "OpenedBy", "Kind");
CREATE INDEX "IX_Cases_Title" ON "Cases" ("Procedure", "TitleKey", "Id", "State", "UnitId", "OpenedBy", "Kind", "MovedAt", "OpenedAt");

-- Whose acts they are and of which unit, the latest first.
CREATE INDEX "IX_Acts_Officer" ON "Acts" ("OfficerId", "At");
CREATE INDEX "IX_Acts_Unit" ON "Acts" ("UnitId", "At");

-- A search is narrowed by kind and maker too.
DROP TRIGGER "Cases_worded";
DROP TRIGGER "Cases_reworded";
CREATE TRIGGER "Cases_worded" AFTER INSERT ON "Cases" BEGIN
    INSERT INTO "CaseWords" (rowid, "Marks", "Words")
    SELECT "Position", 'p' || replace(NEW."Procedure", '-', '') || ' u' || replace(NEW."UnitId", '-', '') || ' s' || replace(NEW."State", '-', '') || ' o' || replace(NEW."OpenedBy", '-', '') || ' k' || replace(NEW."Kind", '-', ''), NEW."Search"
    FROM "Acts" WHERE "CaseId" = NEW."Id" AND "Seq" = NEW."Seq";
END;
CREATE TRIGGER "Cases_reworded" AFTER UPDATE OF "Seq", "Search", "UnitId", "State", "Kind" ON "Cases" BEGIN
    DELETE FROM "CaseWords" WHERE rowid = (SELECT "Position" FROM "Acts" WHERE "CaseId" = OLD."Id" AND "Seq" = OLD."Seq");
    INSERT INTO "CaseWords" (rowid, "Marks", "Words")
    SELECT "Position", 'p' || replace(NEW."Procedure", '-', '') || ' u' || replace(NEW."UnitId", '-', '') || ' s' || replace(NEW."State", '-', '') || ' o' || replace(NEW."OpenedBy", '-', '') || ' k' || replace(NEW."Kind", '-', ''), NEW."Search"
    FROM "Acts" WHERE "CaseId" = NEW."Id" AND "Seq" = NEW."Seq";
END;
INSERT INTO "CaseWords" ("CaseWords") VALUES ('delete-all');
INSERT INTO "CaseWords" (rowid, "Marks", "Words")
SELECT a."Position", 'p' || replace(c."Procedure", '-', '') || ' u' || replace(c."UnitId", '-', '') || ' s' || replace(c."State", '-', '') || ' o' || replace(c."OpenedBy", '-', '') || ' k', c."Search"
FROM "Cases" c JOIN "Acts" a ON a."CaseId" = c."Id" AND a."Seq" = c."Seq";
