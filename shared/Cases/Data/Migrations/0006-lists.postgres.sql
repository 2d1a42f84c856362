-- Lists go by the alphabet and are narrowed to a kind: a title's place and the kind stand beside the case, and every index that a
-- list is read along holds all that it may be narrowed by. Compared sign by sign, a title's key has one order everywhere.
ALTER TABLE "Cases" ADD COLUMN "TitleKey" text COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE "Cases" ADD COLUMN "Kind" text NOT NULL DEFAULT '';
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
