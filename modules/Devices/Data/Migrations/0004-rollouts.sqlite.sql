CREATE TABLE "Packages" (
    "Id" TEXT PRIMARY KEY,
    "Kind" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "Label" TEXT NOT NULL,
    "Digest" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Document" TEXT NOT NULL,
    "Jws" TEXT NULL,
    "Delegations" TEXT NOT NULL,
    "By" TEXT NOT NULL,
    "At" INTEGER NOT NULL
);
CREATE INDEX "IX_Packages_Digest" ON "Packages" ("Digest");

CREATE TABLE "RolloutTargets" (
    "RolloutId" TEXT NOT NULL,
    "SpeakerId" TEXT NOT NULL,
    "Group" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "CommandId" TEXT NULL,
    "Tries" INTEGER NOT NULL,
    "SentAt" INTEGER NULL,
    "EndedAt" INTEGER NULL,
    "Reason" TEXT NULL,
    PRIMARY KEY ("RolloutId", "SpeakerId")
);
CREATE INDEX "IX_RolloutTargets_State" ON "RolloutTargets" ("RolloutId", "State", "Group");
