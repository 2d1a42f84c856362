CREATE TABLE "Acts" (
    "Position" INTEGER PRIMARY KEY AUTOINCREMENT,
    "Id" TEXT NOT NULL,
    "CaseId" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Procedure" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "Move" TEXT NOT NULL,
    "UnitId" TEXT NOT NULL,
    "At" INTEGER NOT NULL,
    "PostId" TEXT NOT NULL,
    "OfficerId" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "Patch" TEXT NOT NULL,
    "Comment" TEXT NULL,
    "Papers" TEXT NOT NULL,
    "Signature" TEXT NULL,
    "Previous" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
);
CREATE UNIQUE INDEX "IX_Acts_CaseId_Seq" ON "Acts" ("CaseId", "Seq");
CREATE INDEX "IX_Acts_At" ON "Acts" ("At");

-- Acts are only appended: the database itself refuses anything else.
CREATE TRIGGER "Acts_stay" BEFORE UPDATE ON "Acts" BEGIN SELECT RAISE(ABORT, 'acts are only appended'); END;
CREATE TRIGGER "Acts_remain" BEFORE DELETE ON "Acts" BEGIN SELECT RAISE(ABORT, 'acts are only appended'); END;

CREATE TABLE "Cases" (
    "Id" TEXT PRIMARY KEY,
    "Procedure" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "UnitId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Seq" INTEGER NOT NULL,
    "Head" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Search" TEXT NOT NULL,
    "Fields" TEXT NOT NULL,
    "OpenedAt" INTEGER NOT NULL,
    "OpenedBy" TEXT NOT NULL,
    "MovedAt" INTEGER NOT NULL
);
CREATE INDEX "IX_Cases_MovedAt" ON "Cases" ("Procedure", "MovedAt");
CREATE INDEX "IX_Cases_Unit" ON "Cases" ("Procedure", "UnitId", "State");
CREATE INDEX "IX_Cases_Title" ON "Cases" ("Procedure", "Title");

CREATE TABLE "Days" (
    "Date" TEXT PRIMARY KEY,
    "Count" INTEGER NOT NULL,
    "LastPosition" INTEGER NOT NULL,
    "Previous" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
);
