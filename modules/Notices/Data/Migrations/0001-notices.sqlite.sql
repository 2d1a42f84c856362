CREATE TABLE "Notices" (
    "Id" INTEGER PRIMARY KEY AUTOINCREMENT,
    "Key" TEXT NOT NULL UNIQUE,
    "Kind" TEXT NOT NULL,
    "About" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Link" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Detail" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "ByOfficer" TEXT NULL,
    "OnlyFor" TEXT NULL,
    "Urgent" INTEGER NOT NULL,
    "AtUnitOnly" INTEGER NOT NULL,
    "At" INTEGER NOT NULL,
    "EndedAt" INTEGER NULL
);
CREATE INDEX "NoticesAbout" ON "Notices" ("About", "At");
CREATE INDEX "NoticesUnit" ON "Notices" ("UnitId", "Id");
CREATE INDEX "NoticesAt" ON "Notices" ("At");
CREATE TABLE "ReadMarks" (
    "OfficerId" TEXT NOT NULL,
    "NoticeId" INTEGER NOT NULL REFERENCES "Notices" ("Id") ON DELETE CASCADE,
    PRIMARY KEY ("OfficerId", "NoticeId")
);
CREATE INDEX "ReadMarksNotice" ON "ReadMarks" ("NoticeId");
CREATE TABLE "Readers" (
    "OfficerId" TEXT NOT NULL PRIMARY KEY,
    "ReadUpTo" INTEGER NOT NULL
);
