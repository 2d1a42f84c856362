ALTER TABLE "Speakers" ADD COLUMN "Alarms" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Speakers" ADD COLUMN "Software" INTEGER NULL;
ALTER TABLE "Speakers" ADD COLUMN "Configuration" INTEGER NULL;

DROP INDEX "IX_Speakers_Name";
DROP INDEX "IX_Speakers_Counts";
-- A page of the list, searched or not, is found in here alone, however far it is from the first.
CREATE INDEX "IX_Speakers_Name" ON "Speakers" ("Name", "Id", "State", "Vendor", "Presence", "RefusedReason", "UnitId", "Alarms", "Search");
-- The counts of the list are read from here alone.
CREATE INDEX "IX_Speakers_Counts" ON "Speakers" ("State", "Vendor", "Presence", "RefusedReason", "UnitId", "Alarms", "Search");

CREATE TABLE "Signals" (
    "Position" INTEGER PRIMARY KEY,
    "SpeakerId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "From" TEXT NULL,
    "To" TEXT NULL,
    "At" INTEGER NOT NULL,
    "Number" INTEGER NULL
);
CREATE INDEX "IX_Signals_Speaker" ON "Signals" ("SpeakerId", "At");
CREATE INDEX "IX_Signals_At" ON "Signals" ("At");

CREATE TABLE "Health" (
    "SpeakerId" TEXT PRIMARY KEY,
    "At" INTEGER NOT NULL,
    "Vitals" TEXT NOT NULL,
    "Stands" TEXT NOT NULL
);

CREATE TABLE "HealthDays" (
    "SpeakerId" TEXT NOT NULL,
    "Day" TEXT NOT NULL,
    "Slots" INTEGER NOT NULL,
    "Data" BLOB NOT NULL,
    PRIMARY KEY ("SpeakerId", "Day")
);
CREATE INDEX "IX_HealthDays_Day" ON "HealthDays" ("Day", "Slots");
