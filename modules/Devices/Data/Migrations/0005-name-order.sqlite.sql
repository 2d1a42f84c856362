ALTER TABLE "Speakers" ADD COLUMN "NameKey" text NOT NULL DEFAULT '';
DROP INDEX "IX_Speakers_Name";
-- A page of the list, searched or not, is found in here alone, however far it is from the first.
CREATE INDEX "IX_Speakers_Name" ON "Speakers" ("NameKey", "Id", "State", "Vendor", "Presence", "RefusedReason", "UnitId", "Alarms", "Search");
