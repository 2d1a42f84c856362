-- Who knows of a broadcast: the units whose posts ordered it and those it was ordered for, found by unit, the latest first.
-- Whose posts ordered it is also in its acts, so nothing is lost with the table of before.
CREATE TABLE "Audiences" (
    "UnitId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "BroadcastId" TEXT NOT NULL,
    PRIMARY KEY ("UnitId", "At", "BroadcastId")
) WITHOUT ROWID;
DROP TABLE "Owners";
