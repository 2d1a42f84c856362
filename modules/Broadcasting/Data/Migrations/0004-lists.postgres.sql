-- What a list of broadcasts is narrowed by is read beside who knows of them.
ALTER TABLE "Audiences" ADD COLUMN "Kind" text NOT NULL DEFAULT '';
ALTER TABLE "Audiences" ADD COLUMN "MadeBy" uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
UPDATE "Audiences" a SET "Kind" = coalesce(c."Fields"::jsonb ->> 'class', ''), "MadeBy" = c."OpenedBy" FROM "Cases" c WHERE c."Id" = a."BroadcastId";
CREATE INDEX "IX_Audiences_Listed" ON "Audiences" ("UnitId", "At", "BroadcastId") INCLUDE ("Kind", "MadeBy");
