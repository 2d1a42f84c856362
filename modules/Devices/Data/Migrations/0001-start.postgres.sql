CREATE TABLE "Speakers" (
    "Id" uuid PRIMARY KEY,
    "Serial" text NOT NULL,
    "Name" text NOT NULL,
    "Search" text NOT NULL,
    "Vendor" text NOT NULL,
    "Model" text NOT NULL,
    "Horns" integer NOT NULL,
    "UnitId" uuid NOT NULL,
    "State" text NOT NULL,
    "MadeUp" boolean NOT NULL,
    "Kid" text NULL,
    "PlacementVersion" bigint NOT NULL,
    "Presence" integer NOT NULL,
    "PresenceAt" timestamptz NULL,
    "LastSeen" timestamptz NULL,
    "Firmware" text NULL,
    "Volume" integer NULL,
    "Playing" uuid NULL,
    "StorageFree" bigint NULL,
    "TimetableHeld" bigint NULL,
    "PlacementHeld" bigint NULL,
    "RevocationsHeld" bigint NULL,
    "RefusedReason" text NULL,
    "RefusedAt" timestamptz NULL,
    "RecordSeq" bigint NOT NULL,
    "RecordHash" text NOT NULL,
    "RecordFault" text NULL
);
CREATE UNIQUE INDEX "IX_Speakers_Serial" ON "Speakers" ("Serial");
CREATE UNIQUE INDEX "IX_Speakers_Kid" ON "Speakers" ("Kid");
-- A page of the list is found in here alone, however far it is from the first.
CREATE INDEX "IX_Speakers_Name" ON "Speakers" ("Name", "Id", "State", "Vendor", "Presence", "RefusedReason", "UnitId");
CREATE INDEX "IX_Speakers_Unit" ON "Speakers" ("UnitId", "State");
-- The counts of the list are read from here alone.
CREATE INDEX "IX_Speakers_Counts" ON "Speakers" ("State", "Vendor", "Presence", "RefusedReason", "UnitId");

CREATE TABLE "Keys" (
    "SpeakerId" uuid PRIMARY KEY,
    "Kid" text NOT NULL,
    "Jwk" text NOT NULL,
    "Placement" text NOT NULL,
    "PlacementVersion" bigint NOT NULL,
    "Delegations" text NOT NULL
);

CREATE TABLE "Enrolments" (
    "Id" uuid PRIMARY KEY,
    "Kid" text NOT NULL,
    "Jwk" text NOT NULL,
    "Serial" text NOT NULL,
    "Model" text NOT NULL,
    "Firmware" text NOT NULL,
    "Horns" integer NOT NULL,
    "Code" text NOT NULL,
    "Expires" timestamptz NOT NULL,
    "SpeakerId" uuid NULL,
    "ClaimedAt" timestamptz NULL
);
CREATE UNIQUE INDEX "IX_Enrolments_Kid" ON "Enrolments" ("Kid");
CREATE UNIQUE INDEX "IX_Enrolments_Code" ON "Enrolments" ("Code");
CREATE INDEX "IX_Enrolments_Waiting" ON "Enrolments" ("Expires") WHERE "SpeakerId" IS NULL;

CREATE TABLE "Timetables" (
    "SpeakerId" uuid PRIMARY KEY,
    "Version" bigint NOT NULL,
    "Jws" text NOT NULL,
    "Delegation" text NOT NULL,
    "Releases" text NOT NULL,
    "Content" text NOT NULL,
    "MadeAt" timestamptz NOT NULL,
    "To" timestamptz NOT NULL
);
CREATE INDEX "IX_Timetables_To" ON "Timetables" ("To");

CREATE TABLE "Releases" (
    "Digest" text PRIMARY KEY,
    "Jws" text NOT NULL,
    "MediaDigest" text NOT NULL,
    "BulletinId" uuid NOT NULL,
    "Title" text NOT NULL,
    "Delegations" text NOT NULL,
    "HeldSince" timestamptz NOT NULL
);
CREATE INDEX "IX_Releases_Media" ON "Releases" ("MediaDigest");

CREATE TABLE "Plays" (
    "SpeakerId" uuid NOT NULL,
    "ItemId" uuid NOT NULL,
    "BroadcastId" uuid NOT NULL,
    "Title" text NOT NULL,
    "Stage" integer NOT NULL,
    "Reason" text NULL,
    "At" timestamptz NULL,
    "Start" timestamptz NOT NULL,
    "OverAt" timestamptz NOT NULL,
    "StartedAt" timestamptz NULL,
    "EndedAt" timestamptz NULL,
    "LateMs" integer NULL,
    "Decided" boolean NOT NULL,
    PRIMARY KEY ("SpeakerId", "ItemId")
);
CREATE INDEX "IX_Plays_Broadcast" ON "Plays" ("BroadcastId", "Stage");
CREATE INDEX "IX_Plays_Last" ON "Plays" ("SpeakerId", "Start");
-- Plays of which nothing was heard yet: 0 to 3 are the stages that are not over.
CREATE INDEX "IX_Plays_Open" ON "Plays" ("OverAt") WHERE "Stage" < 4;

CREATE TABLE "Records" (
    "SpeakerId" uuid NOT NULL,
    "Kid" text NOT NULL,
    "Seq" bigint NOT NULL,
    "Digest" text NOT NULL,
    "Jws" text NOT NULL,
    "At" timestamptz NOT NULL,
    "Kind" integer NOT NULL,
    "ItemId" uuid NULL,
    "BroadcastId" uuid NULL,
    "Outcome" integer NULL,
    "Subject" integer NULL,
    "Reason" text NULL,
    "Detail" text NULL,
    "StoredAt" timestamptz NOT NULL,
    PRIMARY KEY ("SpeakerId", "Kid", "Seq")
);
CREATE INDEX "IX_Records_Last" ON "Records" ("SpeakerId", "At");

CREATE TABLE "Commands" (
    "Id" uuid PRIMARY KEY,
    "SpeakerId" uuid NOT NULL,
    "Name" text NOT NULL,
    "Level" integer NULL,
    "By" text NOT NULL,
    "SentAt" timestamptz NOT NULL,
    "Expires" timestamptz NOT NULL,
    "Stage" integer NOT NULL,
    "ReceivedAt" timestamptz NULL,
    "EndedAt" timestamptz NULL,
    "Reason" text NULL
);
CREATE INDEX "IX_Commands_Last" ON "Commands" ("SpeakerId", "SentAt");
