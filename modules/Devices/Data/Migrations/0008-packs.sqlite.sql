-- Old records of one board, packed together; without lines when they lie in an archive.
CREATE TABLE "RecordPacks" (
    "SpeakerId" TEXT NOT NULL,
    "Kid" TEXT NOT NULL,
    "FirstSeq" INTEGER NOT NULL,
    "LastSeq" INTEGER NOT NULL,
    "StoredAt" INTEGER NOT NULL,
    "Lines" BLOB NULL,
    PRIMARY KEY ("SpeakerId", "Kid", "FirstSeq")
);
CREATE INDEX "IX_RecordPacks_Old" ON "RecordPacks" ("StoredAt") WHERE "Lines" IS NOT NULL;
-- Which of them have grown old.
CREATE INDEX "IX_Records_Old" ON "Records" ("StoredAt");
