CREATE TABLE "Announcements" (
    "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL,
    "Type" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "DoneAt" INTEGER NULL,
    "Attempts" INTEGER NOT NULL,
    "NextAt" INTEGER NULL,
    "Failure" TEXT NULL
);
CREATE INDEX "IX_Announcements_Waiting" ON "Announcements" ("Id") WHERE "DoneAt" IS NULL;
CREATE TABLE "HeardAnnouncements" (
    "Key" TEXT NOT NULL,
    "Receiver" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    PRIMARY KEY ("Key", "Receiver")
);
