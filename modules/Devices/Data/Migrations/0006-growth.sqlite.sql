-- Every count of speakers is made along this index, in its order, from it alone.
DROP INDEX "IX_Speakers_Counts";
CREATE INDEX "IX_Speakers_Counts" ON "Speakers" ("State", "Vendor", "Presence", "RefusedReason", "Alarms", "UnitId", "Horns", "Search");
-- A broadcast is counted by speakers, and a page of one stage found, in this alone.
DROP INDEX "IX_Plays_Broadcast";
CREATE INDEX "IX_Plays_Broadcast" ON "Plays" ("BroadcastId", "Stage", "SpeakerId");
-- A page of an order to many, and when the last of it was sent.
DROP INDEX "IX_Commands_Job";
CREATE INDEX "IX_Commands_Job" ON "Commands" ("JobId", "Stage", "Id", "Deadline", "Expires", "ReceivedAt") WHERE "JobId" IS NOT NULL;
CREATE INDEX "IX_Commands_JobSent" ON "Commands" ("JobId", "SentAt") WHERE "JobId" IS NOT NULL;
