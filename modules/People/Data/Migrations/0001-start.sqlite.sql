CREATE TABLE "Accounts" (
    "Id" TEXT PRIMARY KEY,
    "UserName" TEXT NOT NULL,
    "NormalizedUserName" TEXT NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NOT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "InvitedUntil" INTEGER NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "LockoutEnd" INTEGER NULL,
    "AccessFailedCount" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "IX_Accounts_NormalizedUserName" ON "Accounts" ("NormalizedUserName");
-- Nobody: takes the failures of unknown names, so that they cost the same time.
INSERT INTO "Accounts" ("Id", "UserName", "NormalizedUserName", "SecurityStamp", "LockoutEnabled", "AccessFailedCount")
VALUES ('00000000-0000-0000-0000-000000000000', '', '', '', 0, 0);
