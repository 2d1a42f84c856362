ALTER TABLE "Speakers" ADD COLUMN "Line" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Speakers" ADD COLUMN "Node" TEXT NULL;

ALTER TABLE "Keys" ADD COLUMN "PlacedBy" TEXT NOT NULL DEFAULT '';
CREATE INDEX "IX_Keys_PlacedBy" ON "Keys" ("PlacedBy");
CREATE INDEX "IX_Keys_Kid" ON "Keys" ("Kid");

-- A command is ordered before it is sent, and may wait: what was Sent (0) before is 1 now, and so on.
DROP INDEX "IX_Commands_Last";
ALTER TABLE "Commands" RENAME TO "OldCommands";
CREATE TABLE "Commands" (
    "Id" TEXT PRIMARY KEY,
    "SpeakerId" TEXT NOT NULL,
    "JobId" TEXT NULL,
    "Name" TEXT NOT NULL,
    "Args" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "OrderedAt" INTEGER NOT NULL,
    "Deadline" INTEGER NOT NULL,
    "Stage" INTEGER NOT NULL,
    "SentAt" INTEGER NULL,
    "Expires" INTEGER NULL,
    "Jws" TEXT NULL,
    "ReceivedAt" INTEGER NULL,
    "EndedAt" INTEGER NULL,
    "Reason" TEXT NULL,
    "Found" TEXT NULL,
    "LogParts" INTEGER NULL,
    "LogHeld" INTEGER NOT NULL
);
INSERT INTO "Commands" ("Id", "SpeakerId", "Name", "Args", "By", "OrderedAt", "Deadline", "Stage", "SentAt", "Expires", "ReceivedAt", "EndedAt", "Reason", "LogHeld")
SELECT "Id", "SpeakerId", "Name", CASE WHEN "Level" IS NULL THEN '{}' ELSE '{"level":' || "Level" || '}' END, "By", "SentAt", "Expires", "Stage" + 1, "SentAt", "Expires", "ReceivedAt", "EndedAt", "Reason", 0
FROM "OldCommands";
DROP TABLE "OldCommands";
CREATE INDEX "IX_Commands_Last" ON "Commands" ("SpeakerId", "OrderedAt");
CREATE INDEX "IX_Commands_Job" ON "Commands" ("JobId", "Stage") WHERE "JobId" IS NOT NULL;
-- What waits or may have to be sent again: 0 and 1 are the stages before an answer.
CREATE INDEX "IX_Commands_Open" ON "Commands" ("SpeakerId", "Deadline") WHERE "Stage" < 2;

CREATE TABLE "Logs" (
    "CommandId" TEXT NOT NULL,
    "Part" INTEGER NOT NULL,
    "SpeakerId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    PRIMARY KEY ("CommandId", "Part")
);
CREATE INDEX "IX_Logs_At" ON "Logs" ("At");

CREATE TABLE "ExpectedKeys" (
    "SpeakerId" TEXT PRIMARY KEY,
    "Kid" TEXT NOT NULL,
    "Placement" TEXT NOT NULL,
    "PlacementVersion" INTEGER NOT NULL,
    "Delegations" TEXT NOT NULL
);
CREATE UNIQUE INDEX "IX_ExpectedKeys_Kid" ON "ExpectedKeys" ("Kid");

CREATE TABLE "PreRegistrations" (
    "Id" TEXT PRIMARY KEY,
    "OfficerId" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "DoneAt" INTEGER NULL,
    "Speakers" INTEGER NOT NULL
);
CREATE INDEX "IX_PreRegistrations_At" ON "PreRegistrations" ("At");

CREATE TABLE "WithdrawnKeys" (
    "Kid" TEXT PRIMARY KEY,
    "SpeakerId" TEXT NOT NULL,
    "At" INTEGER NOT NULL
);
