CREATE TABLE "Packages" (
    "Id" uuid PRIMARY KEY,
    "Kind" integer NOT NULL,
    "Version" bigint NOT NULL,
    "Label" text NOT NULL,
    "Digest" text NOT NULL,
    "State" text NOT NULL,
    "Document" text NOT NULL,
    "Jws" text NULL,
    "Delegations" text NOT NULL,
    "By" text NOT NULL,
    "At" timestamptz NOT NULL
);
CREATE INDEX "IX_Packages_Digest" ON "Packages" ("Digest");

CREATE TABLE "RolloutTargets" (
    "RolloutId" uuid NOT NULL,
    "SpeakerId" uuid NOT NULL,
    "Group" integer NOT NULL,
    "State" integer NOT NULL,
    "CommandId" uuid NULL,
    "Tries" integer NOT NULL,
    "SentAt" timestamptz NULL,
    "EndedAt" timestamptz NULL,
    "Reason" text NULL,
    PRIMARY KEY ("RolloutId", "SpeakerId")
);
CREATE INDEX "IX_RolloutTargets_State" ON "RolloutTargets" ("RolloutId", "State", "Group");
