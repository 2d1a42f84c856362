-- What waits for approval is due a day after it was sent up (BulletinProcedure.ApprovalTime, in ticks).
UPDATE "Cases" SET "DueAt" = "MovedAt" + 864000000000 WHERE "Procedure" = 'bulletin' AND "State" = 'submitted';
