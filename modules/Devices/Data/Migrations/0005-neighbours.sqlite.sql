ALTER TABLE "Enrolments" ADD COLUMN "Network" TEXT NOT NULL DEFAULT '';
CREATE INDEX "IX_Enrolments_Network" ON "Enrolments" ("Network", "Expires") WHERE "SpeakerId" IS NULL;
