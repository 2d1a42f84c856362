-- Letters about an address itself: the code that proves it its officer's, and that nothing comes there any more.
CREATE TABLE "AddressLetters" (
    "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "OfficerId" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "Proves" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "Code" TEXT NULL,
    "Mistakes" INTEGER NOT NULL,
    "DueAt" INTEGER NOT NULL,
    "SentAt" INTEGER NULL,
    "Failure" TEXT NULL,
    "EndedAt" INTEGER NULL
);
CREATE INDEX "AddressLettersOfficer" ON "AddressLetters" ("OfficerId", "At");
CREATE INDEX "AddressLettersDue" ON "AddressLetters" ("DueAt") WHERE "SentAt" IS NULL AND "EndedAt" IS NULL;
-- Those of before are proved now; moments are ticks since the year 1.
INSERT INTO "AddressLetters" ("OfficerId", "Address", "Proves", "At", "Mistakes", "DueAt")
SELECT "OfficerId", "Mail", 1, now.ticks, 0, now.ticks
FROM "Choices", (SELECT CAST(strftime('%s', 'now') AS INTEGER) * 10000000 + 621355968000000000 AS ticks) AS now
WHERE "Mail" IS NOT NULL;
UPDATE "Choices" SET "Mail" = NULL;
