CREATE TABLE "Sessions" (
    "Id" uuid PRIMARY KEY,
    "OfficerId" uuid NOT NULL,
    "StartedAt" timestamptz NOT NULL,
    "LastSeenAt" timestamptz NOT NULL,
    "Network" text NOT NULL,
    "Device" text NOT NULL,
    "EndedAt" timestamptz NULL,
    "Why" text NULL
);
CREATE INDEX "IX_Sessions_Officer" ON "Sessions" ("OfficerId", "StartedAt");
CREATE INDEX "IX_Sessions_Open" ON "Sessions" ("LastSeenAt") WHERE "EndedAt" IS NULL;

CREATE TABLE "SignIns" (
    "Id" uuid PRIMARY KEY,
    "OfficerId" uuid NOT NULL,
    "UnitId" uuid NOT NULL,
    "Hour" timestamptz NOT NULL,
    "At" timestamptz NOT NULL,
    "Count" bigint NOT NULL,
    "Network" text NOT NULL,
    "Device" text NOT NULL,
    "Outcome" text NOT NULL
);
CREATE UNIQUE INDEX "IX_SignIns_Fold" ON "SignIns" ("OfficerId", "Hour", "Outcome", "Network", "Device");
CREATE INDEX "IX_SignIns_Hour" ON "SignIns" ("Hour", "Outcome");
CREATE INDEX "IX_SignIns_At" ON "SignIns" ("At");
