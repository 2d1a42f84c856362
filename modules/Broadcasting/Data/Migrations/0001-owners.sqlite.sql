-- A broadcast ordered by more than one post belongs to each of their units, not only to that of its case.
CREATE TABLE "Owners" (
    "BroadcastId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    PRIMARY KEY ("BroadcastId", "UnitId")
);
