-- Old records of one board, packed together; without lines when they lie in an archive.
CREATE TABLE "RecordPacks" (
    "SpeakerId" uuid NOT NULL,
    "Kid" text NOT NULL,
    "FirstSeq" bigint NOT NULL,
    "LastSeq" bigint NOT NULL,
    "StoredAt" timestamptz NOT NULL,
    "Lines" bytea NULL,
    PRIMARY KEY ("SpeakerId", "Kid", "FirstSeq")
);
CREATE INDEX "IX_RecordPacks_Old" ON "RecordPacks" ("StoredAt") WHERE "Lines" IS NOT NULL;
-- Which of them have grown old.
CREATE INDEX "IX_Records_Old" ON "Records" ("StoredAt");
