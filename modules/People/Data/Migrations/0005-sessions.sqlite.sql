CREATE TABLE "Sessions" (
    "Id" TEXT PRIMARY KEY,
    "OfficerId" TEXT NOT NULL,
    "StartedAt" INTEGER NOT NULL,
    "LastSeenAt" INTEGER NOT NULL,
    "Network" TEXT NOT NULL,
    "Device" TEXT NOT NULL,
    "EndedAt" INTEGER NULL,
    "Why" TEXT NULL
);
CREATE INDEX "IX_Sessions_Officer" ON "Sessions" ("OfficerId", "StartedAt");
CREATE INDEX "IX_Sessions_Open" ON "Sessions" ("LastSeenAt") WHERE "EndedAt" IS NULL;

CREATE TABLE "SignIns" (
    "Id" TEXT PRIMARY KEY,
    "OfficerId" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Hour" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "Count" INTEGER NOT NULL,
    "Network" TEXT NOT NULL,
    "Device" TEXT NOT NULL,
    "Outcome" TEXT NOT NULL
);
CREATE UNIQUE INDEX "IX_SignIns_Fold" ON "SignIns" ("OfficerId", "Hour", "Outcome", "Network", "Device");
CREATE INDEX "IX_SignIns_Hour" ON "SignIns" ("Hour", "Outcome");
CREATE INDEX "IX_SignIns_At" ON "SignIns" ("At");
