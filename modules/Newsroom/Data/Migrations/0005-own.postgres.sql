-- The last bulletins of one author are found in here alone.
CREATE INDEX "IX_Cases_Own" ON "Cases" ("OpenedBy", "MovedAt", "State", "UnitId");
