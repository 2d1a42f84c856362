-- How each officer wants to be told, and what is to be sent to whom.
CREATE TABLE "Choices" (
    "OfficerId" TEXT NOT NULL PRIMARY KEY,
    "Language" TEXT NOT NULL,
    "Mail" TEXT NULL,
    "Phone" TEXT NULL,
    "Daily" INTEGER NOT NULL,
    "QuietFrom" TEXT NULL,
    "QuietTo" TEXT NULL,
    "Silenced" TEXT NOT NULL
);
CREATE TABLE "Deliveries" (
    "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "NoticeId" INTEGER NOT NULL REFERENCES "Notices" ("Id") ON DELETE CASCADE,
    "OfficerId" TEXT NOT NULL,
    "Way" TEXT NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "DoneAt" INTEGER NULL,
    "Failure" TEXT NULL,
    UNIQUE ("NoticeId", "OfficerId", "Way")
);
CREATE INDEX "DeliveriesDue" ON "Deliveries" ("Way", "DueAt") WHERE "DoneAt" IS NULL;
-- The browsers that show notices while no page is open; each belongs to the session by which it was signed in last.
CREATE TABLE "PushBrowsers" (
    "Endpoint" TEXT NOT NULL PRIMARY KEY,
    "OfficerId" TEXT NOT NULL,
    "SessionId" TEXT NOT NULL,
    "PublicKey" TEXT NOT NULL,
    "Secret" TEXT NOT NULL,
    "At" INTEGER NOT NULL
);
CREATE INDEX "PushBrowsersOfficer" ON "PushBrowsers" ("OfficerId");
