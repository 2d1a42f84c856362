-- When each broadcast is heard: asked by time, however long ago it was ordered.
CREATE TABLE "Occurrences" (
    "Id" TEXT PRIMARY KEY,
    "BroadcastId" TEXT NOT NULL,
    "Start" INTEGER NOT NULL,
    "OverAt" INTEGER NOT NULL
);
CREATE INDEX "IX_Occurrences_OverAt" ON "Occurrences" ("OverAt", "Start", "BroadcastId");
