-- Of how many speakers in trouble each unit's technicians were told last, so that they are told of what changes.
CREATE TABLE "Silences" (
    "Kind" text NOT NULL,
    "UnitId" uuid NOT NULL,
    "Count" integer NOT NULL,
    "ToldAt" timestamptz NOT NULL,
    PRIMARY KEY ("Kind", "UnitId")
);
