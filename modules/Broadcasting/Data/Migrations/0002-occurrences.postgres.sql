-- When each broadcast is heard: asked by time, however long ago it was ordered.
CREATE TABLE "Occurrences" (
    "Id" uuid PRIMARY KEY,
    "BroadcastId" uuid NOT NULL,
    "Start" timestamptz NOT NULL,
    "OverAt" timestamptz NOT NULL
);
CREATE INDEX "IX_Occurrences_OverAt" ON "Occurrences" ("OverAt", "Start", "BroadcastId");
