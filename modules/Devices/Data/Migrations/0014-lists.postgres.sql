-- The speakers of a rollout stand in the order of their names, and a page of them, however deep, is found in this index alone.
ALTER TABLE "RolloutTargets" ADD COLUMN "NameKey" text COLLATE "C" NOT NULL DEFAULT '';
UPDATE "RolloutTargets" SET "NameKey" = COALESCE((SELECT s."NameKey" FROM "Speakers" s WHERE s."Id" = "RolloutTargets"."SpeakerId"), '');
CREATE INDEX "IX_RolloutTargets_Name" ON "RolloutTargets" ("RolloutId", "State", "Group", "NameKey", "SpeakerId");
