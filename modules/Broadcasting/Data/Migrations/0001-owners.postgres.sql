-- A broadcast ordered by more than one post belongs to each of their units, not only to that of its case.
CREATE TABLE "Owners" (
    "BroadcastId" uuid NOT NULL,
    "UnitId" uuid NOT NULL,
    PRIMARY KEY ("BroadcastId", "UnitId")
);
