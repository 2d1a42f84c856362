CREATE TABLE "Speakers" (
    "Id" TEXT PRIMARY KEY,
    "Serial" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Search" TEXT NOT NULL,
    "Vendor" TEXT NOT NULL,
    "Model" TEXT NOT NULL,
    "Horns" INTEGER NOT NULL,
    "UnitId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "MadeUp" INTEGER NOT NULL,
    "Kid" TEXT NULL,
    "PlacementVersion" INTEGER NOT NULL,
    "Presence" INTEGER NOT NULL,
    "PresenceAt" INTEGER NULL,
    "LastSeen" INTEGER NULL,
    "Firmware" TEXT NULL,
    "Volume" INTEGER NULL,
    "Playing" TEXT NULL,
    "StorageFree" INTEGER NULL,
    "TimetableHeld" INTEGER NULL,
    "PlacementHeld" INTEGER NULL,
    "RevocationsHeld" INTEGER NULL,
    "RefusedReason" TEXT NULL,
    "RefusedAt" INTEGER NULL,
    "RecordSeq" INTEGER NOT NULL,
    "RecordHash" TEXT NOT NULL,
    "RecordFault" TEXT NULL
);
CREATE UNIQUE INDEX "IX_Speakers_Serial" ON "Speakers" ("Serial");
CREATE UNIQUE INDEX "IX_Speakers_Kid" ON "Speakers" ("Kid");
-- A page of the list is found in here alone, however far it is from the first.
CREATE INDEX "IX_Speakers_Name" ON "Speakers" ("Name", "Id", "State", "Vendor", "Presence", "RefusedReason", "UnitId");
CREATE INDEX "IX_Speakers_Unit" ON "Speakers" ("UnitId", "State");
-- The counts of the list are read from here alone.
CREATE INDEX "IX_Speakers_Counts" ON "Speakers" ("State", "Vendor", "Presence", "RefusedReason", "UnitId");

CREATE TABLE "Keys" (
    "SpeakerId" TEXT PRIMARY KEY,
    "Kid" TEXT NOT NULL,
    "Jwk" TEXT NOT NULL,
    "Placement" TEXT NOT NULL,
    "PlacementVersion" INTEGER NOT NULL,
    "Delegations" TEXT NOT NULL
);

CREATE TABLE "Enrolments" (
    "Id" TEXT PRIMARY KEY,
    "Kid" TEXT NOT NULL,
    "Jwk" TEXT NOT NULL,
    "Serial" TEXT NOT NULL,
    "Model" TEXT NOT NULL,
    "Firmware" TEXT NOT NULL,
    "Horns" INTEGER NOT NULL,
    "Code" TEXT NOT NULL,
    "Expires" INTEGER NOT NULL,
    "SpeakerId" TEXT NULL,
    "ClaimedAt" INTEGER NULL
);
CREATE UNIQUE INDEX "IX_Enrolments_Kid" ON "Enrolments" ("Kid");
CREATE UNIQUE INDEX "IX_Enrolments_Code" ON "Enrolments" ("Code");
CREATE INDEX "IX_Enrolments_Waiting" ON "Enrolments" ("Expires") WHERE "SpeakerId" IS NULL;

CREATE TABLE "Timetables" (
    "SpeakerId" TEXT PRIMARY KEY,
    "Version" INTEGER NOT NULL,
    "Jws" TEXT NOT NULL,
    "Delegation" TEXT NOT NULL,
    "Releases" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "MadeAt" INTEGER NOT NULL,
    "To" INTEGER NOT NULL
);
CREATE INDEX "IX_Timetables_To" ON "Timetables" ("To");

CREATE TABLE "Releases" (
    "Digest" TEXT PRIMARY KEY,
    "Jws" TEXT NOT NULL,
    "MediaDigest" TEXT NOT NULL,
    "BulletinId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Delegations" TEXT NOT NULL,
    "HeldSince" INTEGER NOT NULL
);
CREATE INDEX "IX_Releases_Media" ON "Releases" ("MediaDigest");

CREATE TABLE "Plays" (
    "SpeakerId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "BroadcastId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Stage" INTEGER NOT NULL,
    "Reason" TEXT NULL,
    "At" INTEGER NULL,
    "Start" INTEGER NOT NULL,
    "OverAt" INTEGER NOT NULL,
    "StartedAt" INTEGER NULL,
    "EndedAt" INTEGER NULL,
    "LateMs" INTEGER NULL,
    "Decided" INTEGER NOT NULL,
    PRIMARY KEY ("SpeakerId", "ItemId")
);
CREATE INDEX "IX_Plays_Broadcast" ON "Plays" ("BroadcastId", "Stage");
CREATE INDEX "IX_Plays_Last" ON "Plays" ("SpeakerId", "Start");
-- Plays of which nothing was heard yet: 0 to 3 are the stages that are not over.
CREATE INDEX "IX_Plays_Open" ON "Plays" ("OverAt") WHERE "Stage" < 4;

CREATE TABLE "Records" (
    "SpeakerId" TEXT NOT NULL,
    "Kid" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Digest" TEXT NOT NULL,
    "Jws" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "Kind" INTEGER NOT NULL,
    "ItemId" TEXT NULL,
    "BroadcastId" TEXT NULL,
    "Outcome" INTEGER NULL,
    "Subject" INTEGER NULL,
    "Reason" TEXT NULL,
    "Detail" TEXT NULL,
    "StoredAt" INTEGER NOT NULL,
    PRIMARY KEY ("SpeakerId", "Kid", "Seq")
);
CREATE INDEX "IX_Records_Last" ON "Records" ("SpeakerId", "At");

CREATE TABLE "Commands" (
    "Id" TEXT PRIMARY KEY,
    "SpeakerId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Level" INTEGER NULL,
    "By" TEXT NOT NULL,
    "SentAt" INTEGER NOT NULL,
    "Expires" INTEGER NOT NULL,
    "Stage" INTEGER NOT NULL,
    "ReceivedAt" INTEGER NULL,
    "EndedAt" INTEGER NULL,
    "Reason" TEXT NULL
);
CREATE INDEX "IX_Commands_Last" ON "Commands" ("SpeakerId", "SentAt");
