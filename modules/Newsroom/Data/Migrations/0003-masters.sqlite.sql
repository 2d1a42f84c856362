-- When a bulletin took a reading last, and whether its master was dropped since.
ALTER TABLE "Renderings" ADD COLUMN "TakenAt" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Renderings" ADD COLUMN "MasterGone" INTEGER NOT NULL DEFAULT 0;
-- What was taken before that was noted counts from now.
UPDATE "Renderings" SET "TakenAt" = (CAST(strftime('%s', 'now') AS INTEGER) + 62135596800) * 10000000;
CREATE INDEX "IX_Renderings_Masters" ON "Renderings" ("TakenAt") WHERE "Kept" AND NOT "MasterGone";
