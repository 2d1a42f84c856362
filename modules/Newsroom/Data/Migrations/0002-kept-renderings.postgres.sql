ALTER TABLE "Renderings" ADD COLUMN "OfficerId" uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000';
ALTER TABLE "Renderings" ADD COLUMN "Bytes" bigint NOT NULL DEFAULT 0;
ALTER TABLE "Renderings" ADD COLUMN "Kept" boolean NOT NULL DEFAULT false;
-- What nobody took into a bulletin, by who had it read.
CREATE INDEX "IX_Renderings_Unkept" ON "Renderings" ("OfficerId", "At") WHERE NOT "Kept";
