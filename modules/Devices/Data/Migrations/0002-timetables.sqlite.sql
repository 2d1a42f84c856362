-- What a speaker is to hold is kept as it will be signed, and signed when it is sent: whole, or as a change.
-- Timetables are made of other data; each speaker gets the next version of its own at its next state.
DROP TABLE "Timetables";
CREATE TABLE "Timetables" (
    "SpeakerId" TEXT PRIMARY KEY,
    "Version" INTEGER NOT NULL,
    "Payload" TEXT NOT NULL,
    "Changes" INTEGER NOT NULL,
    "Releases" TEXT NOT NULL,
    "Content" TEXT NOT NULL,
    "MadeAt" INTEGER NOT NULL,
    "To" INTEGER NOT NULL
);
CREATE INDEX "IX_Timetables_To" ON "Timetables" ("To");
