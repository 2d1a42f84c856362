-- Who obeys which root, counted along this index, in its order, from it alone.
CREATE INDEX "IX_Speakers_Roots" ON "Speakers" ("RootHeld", "Protocol", "State", "UnitId");
-- A page of those who do not yet obey it is found by name without a look at their rows.
DROP INDEX "IX_Speakers_Name";
CREATE INDEX "IX_Speakers_Name" ON "Speakers" ("NameKey", "Id", "State", "Vendor", "Presence", "RefusedReason", "UnitId", "Alarms", "RootHeld", "Search");
-- How far a rollout has come is counted in this alone.
DROP INDEX "IX_RolloutTargets_State";
CREATE INDEX "IX_RolloutTargets_State" ON "RolloutTargets" ("RolloutId", "State", "Group", "EndedAt");
