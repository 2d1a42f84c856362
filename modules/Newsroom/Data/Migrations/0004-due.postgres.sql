-- What waits for approval is due a day after it was sent up (BulletinProcedure.ApprovalTime).
UPDATE "Cases" SET "DueAt" = "MovedAt" + interval '1 day' WHERE "Procedure" = 'bulletin' AND "State" = 'submitted';
