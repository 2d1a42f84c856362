CREATE TABLE "Accounts" (
    "Id" uuid PRIMARY KEY,
    "UserName" text NOT NULL,
    "NormalizedUserName" text NOT NULL,
    "PasswordHash" text NULL,
    "SecurityStamp" text NOT NULL,
    "ConcurrencyStamp" text NULL,
    "InvitedUntil" timestamptz NULL,
    "LockoutEnabled" boolean NOT NULL,
    "LockoutEnd" timestamptz NULL,
    "AccessFailedCount" integer NOT NULL
);
CREATE UNIQUE INDEX "IX_Accounts_NormalizedUserName" ON "Accounts" ("NormalizedUserName");
-- Nobody: takes the failures of unknown names, so that they cost the same time.
INSERT INTO "Accounts" ("Id", "UserName", "NormalizedUserName", "SecurityStamp", "LockoutEnabled", "AccessFailedCount")
VALUES ('00000000-0000-0000-0000-000000000000', '', '', '', false, 0);
