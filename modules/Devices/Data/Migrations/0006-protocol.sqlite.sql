-- Who made it and what it can do, as it said of itself.
ALTER TABLE "Enrolments" ADD COLUMN "Vendor" TEXT NULL;
ALTER TABLE "Enrolments" ADD COLUMN "Can" TEXT NULL;
ALTER TABLE "Speakers" ADD COLUMN "Can" TEXT NULL;
-- The largest message it takes; absent is as large as any. And the one that its timetable was made for.
ALTER TABLE "Speakers" ADD COLUMN "LargestMessage" INTEGER NULL;
ALTER TABLE "Timetables" ADD COLUMN "Room" INTEGER NULL;
-- What began before is not for it, unless people are in danger.
ALTER TABLE "Speakers" ADD COLUMN "PlacedAt" INTEGER NULL;
-- The heads of the ledger that speakers signed, found among millions of plays.
CREATE INDEX "IX_Records_Heads" ON "Records" ("SpeakerId") WHERE "Kind" = 3;
