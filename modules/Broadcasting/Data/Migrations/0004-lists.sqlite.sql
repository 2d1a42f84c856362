-- What a list of broadcasts is narrowed by is read beside who knows of them.
ALTER TABLE "Audiences" ADD COLUMN "Kind" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Audiences" ADD COLUMN "MadeBy" TEXT NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
UPDATE "Audiences" SET
    "Kind" = (SELECT coalesce(json_extract(c."Fields", '$.class'), '') FROM "Cases" c WHERE c."Id" = "BroadcastId"),
    "MadeBy" = (SELECT c."OpenedBy" FROM "Cases" c WHERE c."Id" = "BroadcastId")
WHERE "BroadcastId" IN (SELECT "Id" FROM "Cases");
