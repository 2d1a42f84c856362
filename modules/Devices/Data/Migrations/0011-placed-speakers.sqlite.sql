-- What modules that lodge here may read of the registry.
CREATE VIEW "PlacedSpeakers" AS
SELECT "Id", "Name", "NameKey", "UnitId", "State" = 'enrolled' AS "IsEnrolled", "Presence" = 3 AS "IsOnline", "Kid", "PlacedAt",
    "LargestMessage", "TimetableHeld", "PlacementHeld", "RevocationsHeld", "RootHeld", "RecordSeq", "RecordHash"
FROM "Speakers";
