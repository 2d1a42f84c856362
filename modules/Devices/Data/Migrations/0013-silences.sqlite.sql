-- Of how many speakers in trouble each unit's technicians were told last, so that they are told of what changes.
CREATE TABLE "Silences" (
    "Kind" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "Count" INTEGER NOT NULL,
    "ToldAt" INTEGER NOT NULL,
    PRIMARY KEY ("Kind", "UnitId")
);
