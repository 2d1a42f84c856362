-- The models to choose from are counted with all else.
DROP INDEX "IX_Speakers_Counts";
CREATE INDEX "IX_Speakers_Counts" ON "Speakers" ("State", "Vendor", "Model", "Presence", "RefusedReason", "Alarms", "UnitId", "Horns", "Search");
-- How many of what is listed stand in each unit and are alike, and a page of them in any order, are found in here alone.
DROP INDEX "IX_Speakers_Unit";
CREATE INDEX "IX_Speakers_Unit" ON "Speakers" ("UnitId", "NameKey", "Id", "State", "Vendor", "Model", "Presence", "RefusedReason", "Alarms", "Horns", "Volume", "Search");
