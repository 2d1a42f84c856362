-- The speakers of a rollout stand in the order of their names, and a page of them, however deep, is found in this index alone.
ALTER TABLE "RolloutTargets" ADD COLUMN "NameKey" text COLLATE "C" NOT NULL DEFAULT '';
UPDATE "RolloutTargets" SET "NameKey" = COALESCE((SELECT s."NameKey" FROM "Speakers" s WHERE s."Id" = "RolloutTargets"."SpeakerId"), '');
CREATE INDEX "IX_RolloutTargets_Name" ON "RolloutTargets" ("RolloutId", "State", "Group", "NameKey", "SpeakerId");
-- What a list in the order of volumes stands on is counted along this too.
DROP INDEX "IX_Speakers_Counts";
CREATE INDEX "IX_Speakers_Counts" ON "Speakers" ("State", "Vendor", "Model", "Presence", "RefusedReason", "Alarms", "UnitId", "Horns", "Volume", "Search");
