-- What was stopped because somebody wished it did not fail: 8 sounded in part, 9 not at all, as far as the speaker has said.
UPDATE "Plays" SET "Stage" = CASE WHEN "StartedAt" IS NULL THEN 9 ELSE 8 END
WHERE "Stage" = 6 AND "Reason" IN ('timetable.withdrawn', 'withdrawn', 'stopped', 'skipped', 'paused', 'outranked');
