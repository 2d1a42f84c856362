-- Who opened a case decides whether it is in sight before it is sent: lists and counts go on being found in these alone.
DROP INDEX "IX_Cases_MovedAt";
DROP INDEX "IX_Cases_State";
CREATE INDEX "IX_Cases_MovedAt" ON "Cases" ("Procedure", "MovedAt" DESC, "Id" DESC, "State", "UnitId", "OpenedBy");
CREATE INDEX "IX_Cases_State" ON "Cases" ("Procedure", "State", "MovedAt" DESC, "Id" DESC, "UnitId", "OpenedBy");
