-- How long hardly anything went out; null where no one has looked into the record yet (WeighOldPlays).
ALTER TABLE "Plays" ADD COLUMN "SilentMs" INTEGER NULL;
-- What is left to look at: 4 is heard. Nothing new comes into it.
CREATE INDEX "IX_Plays_Unweighed" ON "Plays" ("SpeakerId", "ItemId") WHERE "Stage" = 4 AND "SilentMs" IS NULL;
-- 256 is a volume below 30 of 100.
UPDATE "Speakers" SET "Alarms" = "Alarms" | 256 WHERE "Volume" < 30;
-- Plays that no timetable promised (they have no title) and that a record ended in some far year: they are over.
UPDATE "Plays" SET "OverAt" = (CAST(strftime('%s', 'now') AS INTEGER) + 62135596800) * 10000000 WHERE "Title" = '' AND "OverAt" > (CAST(strftime('%s', 'now') AS INTEGER) + 62135596800) * 10000000;
