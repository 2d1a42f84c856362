-- What a speaker is to hold is kept as it will be signed, and signed when it is sent: whole, or as a change.
-- Timetables are made of other data; each speaker gets the next version of its own at its next state.
DROP TABLE "Timetables";
CREATE TABLE "Timetables" (
    "SpeakerId" uuid PRIMARY KEY,
    "Version" bigint NOT NULL,
    "Payload" text NOT NULL,
    "Changes" integer NOT NULL,
    "Releases" text NOT NULL,
    "Content" text NOT NULL,
    "MadeAt" timestamptz NOT NULL,
    "To" timestamptz NOT NULL
);
CREATE INDEX "IX_Timetables_To" ON "Timetables" ("To");
