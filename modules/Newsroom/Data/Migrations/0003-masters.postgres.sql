-- When a bulletin took a reading last, and whether its master was dropped since; what was taken before counts from now.
ALTER TABLE "Renderings" ADD COLUMN "TakenAt" timestamptz NOT NULL DEFAULT now();
ALTER TABLE "Renderings" ADD COLUMN "MasterGone" boolean NOT NULL DEFAULT false;
CREATE INDEX "IX_Renderings_Masters" ON "Renderings" ("TakenAt") WHERE "Kept" AND NOT "MasterGone";
