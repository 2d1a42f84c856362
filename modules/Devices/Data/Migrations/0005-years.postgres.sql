-- What a timetable lists is kept once for all speakers that are to hold the same, and not written anew for each of them.
CREATE TABLE "ItemLists" (
    "Digest" text PRIMARY KEY,
    "Items" text NOT NULL,
    "Since" timestamptz NOT NULL
);
INSERT INTO "ItemLists" ("Digest", "Items", "Since")
SELECT "Content", MIN("Payload")::json ->> 'items', MAX("MadeAt") FROM "Timetables" WHERE "Payload" <> '' GROUP BY "Content";
ALTER TABLE "Timetables" DROP COLUMN "Payload";
ALTER TABLE "Timetables" DROP COLUMN "Releases";
CREATE INDEX "IX_Timetables_Content" ON "Timetables" ("Content");
-- What is still worth sending is found in here alone; what nobody answered in time stays below it for ever.
CREATE INDEX "IX_Commands_Due" ON "Commands" ("Deadline") WHERE "Stage" < 2;
