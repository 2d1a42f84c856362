ALTER TABLE "Speakers" ADD COLUMN "Line" bigint NOT NULL DEFAULT 0;
ALTER TABLE "Speakers" ADD COLUMN "Node" text NULL;

ALTER TABLE "Keys" ADD COLUMN "PlacedBy" text NOT NULL DEFAULT '';
CREATE INDEX "IX_Keys_PlacedBy" ON "Keys" ("PlacedBy");
CREATE INDEX "IX_Keys_Kid" ON "Keys" ("Kid");

-- A command is ordered before it is sent, and may wait: what was Sent (0) before is 1 now, and so on.
DROP INDEX "IX_Commands_Last";
ALTER TABLE "Commands" RENAME TO "OldCommands";
CREATE TABLE "Commands" (
    "Id" uuid PRIMARY KEY,
    "SpeakerId" uuid NOT NULL,
    "JobId" uuid NULL,
    "Name" text NOT NULL,
    "Args" text NOT NULL,
    "By" text NOT NULL,
    "OrderedAt" timestamptz NOT NULL,
    "Deadline" timestamptz NOT NULL,
    "Stage" integer NOT NULL,
    "SentAt" timestamptz NULL,
    "Expires" timestamptz NULL,
    "Jws" text NULL,
    "ReceivedAt" timestamptz NULL,
    "EndedAt" timestamptz NULL,
    "Reason" text NULL,
    "Found" text NULL,
    "LogParts" integer NULL,
    "LogHeld" integer NOT NULL
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
    "CommandId" uuid NOT NULL,
    "Part" integer NOT NULL,
    "SpeakerId" uuid NOT NULL,
    "Text" text NOT NULL,
    "At" timestamptz NOT NULL,
    PRIMARY KEY ("CommandId", "Part")
);
CREATE INDEX "IX_Logs_At" ON "Logs" ("At");

CREATE TABLE "ExpectedKeys" (
    "SpeakerId" uuid PRIMARY KEY,
    "Kid" text NOT NULL,
    "Placement" text NOT NULL,
    "PlacementVersion" bigint NOT NULL,
    "Delegations" text NOT NULL
);
CREATE UNIQUE INDEX "IX_ExpectedKeys_Kid" ON "ExpectedKeys" ("Kid");

CREATE TABLE "PreRegistrations" (
    "Id" uuid PRIMARY KEY,
    "OfficerId" uuid NOT NULL,
    "By" text NOT NULL,
    "FileName" text NOT NULL,
    "Text" text NOT NULL,
    "At" timestamptz NOT NULL,
    "DoneAt" timestamptz NULL,
    "Speakers" integer NOT NULL
);
CREATE INDEX "IX_PreRegistrations_At" ON "PreRegistrations" ("At");

CREATE TABLE "WithdrawnKeys" (
    "Kid" text PRIMARY KEY,
    "SpeakerId" uuid NOT NULL,
    "At" timestamptz NOT NULL
);
