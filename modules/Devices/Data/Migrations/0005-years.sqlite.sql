-- What a timetable lists is kept once for all speakers that are to hold the same, and not written anew for each of them.
CREATE TABLE "ItemLists" (
    "Digest" TEXT PRIMARY KEY,
    "Items" TEXT NOT NULL,
    "Since" INTEGER NOT NULL
);
INSERT INTO "ItemLists" ("Digest", "Items", "Since")
SELECT "Content", json_extract(MIN("Payload"), '$.items'), MAX("MadeAt") FROM "Timetables" WHERE "Payload" <> '' GROUP BY "Content";
ALTER TABLE "Timetables" DROP COLUMN "Payload";
ALTER TABLE "Timetables" DROP COLUMN "Releases";
CREATE INDEX "IX_Timetables_Content" ON "Timetables" ("Content");
-- What is still worth sending is found in here alone; what nobody answered in time stays below it for ever.
CREATE INDEX "IX_Commands_Due" ON "Commands" ("Deadline") WHERE "Stage" < 2;
